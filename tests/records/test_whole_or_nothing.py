"""An import is whole or it is nothing: killed in the middle, tried dry, or refused, it leaves what was."""

from __future__ import annotations

import hashlib
import json
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.records.factories import TODAY, pack, store
from waypost.desk.incoming import read_batch
from waypost.desk.intake import intake
from waypost.store import Store, tables

ID = "ac148810-d857-441c-9679-408f346de1{:02d}"


def services(path: Path, number: int, name: str = "Food") -> Path:
    """A file of services."""
    docs = [{"id": ID.format(n), "name": f"{name} {n}", "status": "active"} for n in range(number)]
    path.write_text(json.dumps(docs))
    return path


def fingerprint(held: Store) -> str:
    """Every row of every table, as one hash."""
    with held.read() as connection:
        rows = [repr(connection.execute(sa.select(table)).all()) for table in tables.metadata.sorted_tables]
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def test_dry_run_changes_not_a_byte(tmp_path: Path) -> None:
    """After a dry run every table is as it was, though the account says what would have happened."""
    held = store()
    intake(held, read_batch(services(tmp_path / "in.json", 3), "a", pack()), today=TODAY)
    before = fingerprint(held)
    other = read_batch(services(tmp_path / "in.json", 5, "Rent"), "a", pack())
    report = intake(held, other, today=TODAY, dry_run=True)
    assert (report.tables["services"].taken, report.tables["services"].changed) == (2, 3)
    assert fingerprint(held) == before
    intake(held, other, today=TODAY)
    assert fingerprint(held) != before


KILLED = """
import os, signal, sys
from pathlib import Path
from tests.records.factories import TODAY, pack, store
from waypost.desk.incoming import read_batch
from waypost.desk.intake import intake

def progress(step, done, whole):
    if step == sys.argv[3] and done == int(sys.argv[4]):
        os.kill(os.getpid(), signal.SIGKILL)

batch = read_batch(Path(sys.argv[2]), "a", pack())
intake(store(sys.argv[1]), batch, today=TODAY, progress=progress)
"""


@pytest.mark.parametrize(("step", "done"), [("write", 0), ("store", 40)])
def test_killed_in_the_middle_leaves_what_was(tmp_path: Path, step: str, done: int) -> None:
    """An import that is killed while it writes leaves the records that were there, and no other."""
    url = f"sqlite:///{tmp_path / 'r.sqlite'}"
    held = store(url)
    intake(held, read_batch(services(tmp_path / "in.json", 3), "a", pack()), today=TODAY)
    before = fingerprint(held)
    held.close()
    services(tmp_path / "in.json", 43, "Rent")
    words = [sys.executable, "-c", KILLED, url, str(tmp_path / "in.json"), step, str(done)]
    root = Path(__file__).resolve().parents[2]
    environment = {"PYTHONPATH": f"{root / 'src'}:{root}", "PATH": "/usr/bin:/bin"}
    left = subprocess.run(words, env=environment, cwd=root, check=False, capture_output=True)
    assert left.returncode == -signal.SIGKILL, left.stderr
    assert fingerprint(store(url)) == before
    with sqlite3.connect(tmp_path / "r.sqlite") as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_progress_is_told(tmp_path: Path) -> None:
    """Each step tells how far it is, from nothing to all of it."""
    told: list[tuple[str, int, int]] = []
    batch = read_batch(services(tmp_path / "in.json", 5), "a", pack())
    intake(store(), batch, today=TODAY, progress=lambda *step: told.append(step))
    assert told == [
        ("compare", 0, 5),
        ("compare", 5, 5),
        ("write", 0, 5),
        ("write", 5, 5),
        ("store", 0, 5),
        ("store", 5, 5),
    ]
