"""The database: made by itself, one writer at a time, and plain words for what is wrong with it."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

import waypost
from tests.records.factories import store
from waypost.store import StoreError, connect, open, records, tables
from waypost.store.trouble import explain

SOURCE = str(Path(waypost.__file__).parents[1])


def url(path: Path) -> str:
    """The address of a SQLite file."""
    return f"sqlite:///{path}"


def test_database_is_made_with_its_folder(tmp_path: Path) -> None:
    """A database that is not there is made, folder and all, in write-ahead mode and with our mark."""
    path = tmp_path / "deep" / "records.sqlite"
    held = open(url(path))
    with held.read() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        mark = connection.exec_driver_sql("PRAGMA application_id").scalar()
    assert mark == tables.APPLICATION_ID
    held.close()


def test_second_opening_finds_what_was_written(tmp_path: Path) -> None:
    """What was written is there when the database is opened again."""
    first = open(url(tmp_path / "r.sqlite"))
    with first.write() as connection:
        records.remember(connection, "name", {"a": 1})
    first.close()
    with open(url(tmp_path / "r.sqlite")).read() as connection:
        assert records.remembered(connection, "name") == {"a": 1}


def test_migrations_make_the_schema_of_the_code() -> None:
    """The tables that the migrations make are those that the code names, column for column."""
    with store().read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, tables.metadata) == []


def test_failed_transaction_leaves_nothing(tmp_path: Path) -> None:
    """An error in the middle of a transaction leaves the database as it was."""
    held = open(url(tmp_path / "r.sqlite"))

    def halfway() -> None:
        with held.write() as connection:
            records.remember(connection, "half", 1)
            raise KeyError("halfway")

    with pytest.raises(KeyError):
        halfway()
    with held.read() as connection:
        assert records.remembered(connection, "half") is None


RAISE_BY_ONE = """
import sys
from waypost.store import open, records
held = open(sys.argv[1])
for _ in range(10):
    with held.write() as connection:
        records.remember(connection, "count", (records.remembered(connection, "count") or 0) + 1)
"""


def test_writers_wait_for_one_another(tmp_path: Path) -> None:
    """Four processes that read and then write the same value lose no write."""
    address = url(tmp_path / "r.sqlite")
    open(address).close()
    command = [sys.executable, "-c", RAISE_BY_ONE, address]
    workers = [subprocess.Popen(command, env={**os.environ, "PYTHONPATH": SOURCE}) for _ in range(4)]
    assert [worker.wait(60) for worker in workers] == [0, 0, 0, 0]
    with open(address).read() as connection:
        assert records.remembered(connection, "count") == 40


def refused(path: Path) -> str:
    """What is said about a database that cannot be used; its file stays byte for byte as it was."""
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(StoreError) as found:
        open(url(path))
    assert (path.read_bytes() if path.is_file() else b"") == before
    problem = found.value.problem
    assert all((problem.where, problem.what, problem.why, problem.do))
    assert "Traceback" not in problem.what
    return problem.what


def test_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    """A letter that happens to have the name is refused and not touched."""
    path = tmp_path / "records.sqlite"
    path.write_text("Dear Sir or Madam, " * 100)
    assert "not a database" in refused(path)


def test_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    """A database with somebody else's tables is refused and not touched."""
    path = tmp_path / "records.sqlite"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE photos (id)")
    connection.commit()
    connection.close()
    assert "another program" in refused(path)


def made(path: Path) -> Path:
    """A database of ours with all its pages in the file."""
    held = open(url(path))
    with held.write() as connection:
        records.remember(connection, "long", "x" * 50_000)
    held.close()
    plain = sqlite3.connect(path)
    plain.execute("PRAGMA journal_mode = DELETE")
    plain.close()
    return path


def test_file_cut_short_is_refused(tmp_path: Path) -> None:
    """A database whose end is missing is refused and not touched."""
    path = made(tmp_path / "records.sqlite")
    path.write_bytes(path.read_bytes()[:-8192])
    assert "cut short" in refused(path)


def test_damaged_file_is_refused(tmp_path: Path) -> None:
    """A database whose pages are overwritten is refused in plain words."""
    path = made(tmp_path / "records.sqlite")
    data = bytearray(path.read_bytes())
    data[100:4096] = b"\xff" * (4096 - 100)
    path.write_bytes(data)
    assert "damaged" in refused(path)


def test_newer_schema_is_refused(tmp_path: Path) -> None:
    """A database that a newer program made is refused and not touched."""
    path = made(tmp_path / "records.sqlite")
    connection = sqlite3.connect(path)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    assert "newer" in refused(path)


def test_folder_is_refused(tmp_path: Path) -> None:
    """A folder is no database."""
    assert "folder" in refused(tmp_path)


def test_locked_database_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A database that another program holds on to is told as such, after waiting."""
    monkeypatch.setattr(connect, "WAIT_SECONDS", 0.1)
    path = tmp_path / "records.sqlite"
    held = open(url(path))
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    def wait() -> None:
        with held.write():
            pass

    with pytest.raises(StoreError) as found:
        wait()
    assert "in use by another program" in found.value.problem.what
    other.close()


@pytest.mark.parametrize("address", ["mysql://x/y", "nonsense", "", "http://example.org"])
def test_unknown_address_is_told(address: str) -> None:
    """What is no address of a database that we know is refused in plain words."""
    with pytest.raises(StoreError) as found:
        open(address)
    assert "SQLite" in found.value.problem.why


def test_password_is_not_repeated() -> None:
    """A message about a server does not repeat its password."""
    error = sa.exc.OperationalError("", {}, Exception("connection refused"))
    told = explain("postgresql+psycopg://me:hunter2@db/records", error).problem
    assert "hunter2" not in repr(told)
    assert told.where == "db/records"
