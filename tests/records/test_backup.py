"""The drill of docs/operations.md: a copy made while the program runs, put back, and looked at."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.postgres import Cluster
from tests.records.factories import TODAY, pack
from tests.records.test_whole_or_nothing import fingerprint, services
from waypost.desk.incoming import read_batch
from waypost.desk.intake import intake
from waypost.store import Store, feed, open, records

COPY = ROOT / "docs" / "hosting" / "copy-records.py"


def filled(url: str, tmp_path: Path) -> Store:
    """A database with some services."""
    held = open(url)
    intake(held, read_batch(services(tmp_path / "in.json", 5), "a", pack()), today=TODAY)
    return held


def feed_goes_on(held: Store, tmp_path: Path) -> bool:
    """Whether what is taken in now stands in the feed behind all that stood there."""
    with held.read() as connection:
        before = feed.end(connection)
    intake(held, read_batch(services(tmp_path / "more.json", 7), "a", pack()), today=TODAY)
    with held.read() as connection:
        return len(list(feed.lines(connection, before))) == 2


def test_copy_of_a_file_in_use_is_put_back(tmp_path: Path) -> None:
    """A copy made while a writer is at work holds all that was kept, nothing that was not, and goes on."""
    url = f"sqlite:///{tmp_path / 'records.sqlite'}"
    held = filled(url, tmp_path)
    before = fingerprint(held)
    copy = tmp_path / "copy.sqlite"
    with held.write(keep=False) as connection:
        records.remember(connection, "half", 1)
        subprocess.run([sys.executable, COPY, tmp_path / "records.sqlite", copy], check=True)
    held.close()
    for old in tmp_path.glob("records.sqlite*"):
        old.unlink()
    shutil.move(copy, tmp_path / "records.sqlite")
    again = open(url)
    assert fingerprint(again) == before
    assert feed_goes_on(again, tmp_path)
    again.close()


@pytest.mark.skipif(not os.environ.get("WAYPOST_SOAK"), reason="copies a whole cluster: make soak")
def test_copy_of_a_cluster_is_put_back(programs: Path, tmp_path: Path) -> None:
    """A copy of a running cluster, started elsewhere, holds every row, and its feed goes on where it stood."""
    first, second = Cluster(programs), Cluster(programs)
    try:
        url = first.make().database()
        held = filled(url, tmp_path)
        before = fingerprint(held)
        held.close()
        line = f"host=127.0.0.1 port={first.port} user=waypost"
        second.run("pg_basebackup", "-D", second.data, "-d", line, "-X", "stream", "-c", "fast")
        first.cut_off()
        again = open(second.start().url(url.rsplit("/", 1)[1]))
        assert fingerprint(again) == before
        assert feed_goes_on(again, tmp_path)
        again.close()
    finally:
        first.throw_away()
        second.throw_away()
