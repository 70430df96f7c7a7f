"""An import is whole or it is nothing: killed in the middle, tried dry, or refused, it leaves what was."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random

import pytest
import sqlalchemy as sa
from typer.testing import CliRunner, Result

from tests.records.factories import TODAY, pack, store
from waypost.cli.app import app
from waypost.desk import unfinished
from waypost.desk.incoming import read_batch
from waypost.desk.intake import intake
from waypost.exchange.batch import Batch
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


KILLS = 200 if os.environ.get("WAYPOST_SOAK") else 10
STARTS_WITHIN = 2.0


def test_killed_at_any_moment_leaves_all_or_nothing(tmp_path: Path) -> None:
    """Killed at any moment, an import is whole or left nothing; what was acknowledged is there; it starts at once."""
    begun, ended = tmp_path / "before.sqlite", tmp_path / "after.sqlite"
    held = store(f"sqlite:///{begun}")
    intake(held, read_batch(services(tmp_path / "in.json", 30), "a", pack()), today=TODAY)
    before = fingerprint(held)
    held.close()
    shutil.copy(begun, ended)
    batch = read_batch(services(tmp_path / "in.json", 99, "Rent"), "a", pack())
    start = time.perf_counter()
    held = store(f"sqlite:///{ended}")
    intake(held, batch, today=TODAY)
    took = time.perf_counter() - start
    after = fingerprint(held)
    held.close()
    random, seen = Random(8), set()
    for kill in range(KILLS):
        path = tmp_path / f"{kill}.sqlite"
        shutil.copy(begun, path)
        acknowledged = killed_while(partial(imported, path, batch), took * 1.2 * random.random())
        start = time.perf_counter()
        held = store(f"sqlite:///{path}")
        assert time.perf_counter() - start < STARTS_WITHIN
        left = fingerprint(held)
        assert left == after if acknowledged else left in (before, after)
        with held.read() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        held.close()
        seen.add(left)
    assert before in seen


def imported(path: Path, batch: Batch) -> None:
    """Take a batch in, in a process of its own."""
    intake(store(f"sqlite:///{path}"), batch, today=TODAY)


def killed_while(work: Callable[[], None], seconds: float) -> bool:
    """Do some work in a child and kill that after some time; whether it had said by then that it was done."""
    heard, said = os.pipe()
    child = os.fork()
    if child == 0:
        work()
        os.write(said, b"done")
        time.sleep(60)
        os._exit(0)
    os.close(said)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    acknowledged = os.read(heard, 4) == b"done"
    os.close(heard)
    return acknowledged


def test_interrupted_is_taken_up_or_let_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An import that was cut off is told of, and one command takes it up again or lets go of it."""
    url = f"sqlite:///{tmp_path / 'r.sqlite'}"
    monkeypatch.setattr("waypost.bootstrap.open_store", lambda *_, **__: store(url))
    monkeypatch.setattr("waypost.bootstrap.read_pack", lambda _: pack())
    file = services(tmp_path / "in.json", 3)
    held = store(url)
    before = fingerprint(held)
    unfinished.begin(held, str(file), "a")

    def run(*words: str) -> Result:
        result = CliRunner().invoke(app, ["import", *words])
        assert result.exit_code == 0, result.output
        return result

    other = services(tmp_path / "other.json", 1)
    assert "did not come to its end" in run(str(other), "--dry-run").stderr
    assert "as they were" in run("--undo").stdout
    assert fingerprint(held) == before
    unfinished.begin(held, str(file), "a")
    assert "3 taken" in run("--again").stdout
    assert "Every import came to its end" in run("--again").stdout
    assert "did not come" not in run(str(other)).stderr
    assert CliRunner().invoke(app, ["import"]).exit_code == 2
