"""What PostgreSQL does otherwise than SQLite: several writers at once, a server that can be away, a feed in order."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from tests.postgres import INSTALL, Cluster, free_port
from tests.records.factories import TODAY, pack
from tests.records.test_whole_or_nothing import KILLED, fingerprint, services
from waypost.desk.incoming import read_batch
from waypost.desk.intake import intake
from waypost.store import Store, StoreError, connect, feed, open, records, tables
from waypost.store.records import Change


@pytest.fixture
def url(postgres: Cluster) -> str:
    """A new database with the schema in it."""
    return postgres.database()


@pytest.fixture
def held(url: str) -> Iterator[Store]:
    """The same, opened."""
    store = open(url)
    yield store
    store.close()


def line(number: int) -> Change:
    """A line of the feed."""
    return Change("service", str(number), "taken", "a", "2026-11-22T12:00:00Z", 1)


def seen(held: Store, after: feed.Position | None = None) -> list[str]:
    """The ids in the feed, in order."""
    with held.read() as connection:
        return [one.id for one in feed.lines(connection, after)]


def test_migrations_make_the_schema_of_the_code(held: Store) -> None:
    """The tables that the migrations make on a server are those that the code names, column for column."""
    with held.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, tables.metadata) == []


def test_two_programs_begin_at_once(postgres: Cluster) -> None:
    """Of two programs that open an empty database at once, one makes the schema and both can use it."""
    name = f"fresh_{uuid4().hex}"
    postgres.sql(f"CREATE DATABASE {name}")
    opened: list[Store] = []
    at_once = [threading.Thread(target=lambda: opened.append(open(postgres.url(name)))) for _ in range(3)]
    for thread in at_once:
        thread.start()
    for thread in at_once:
        thread.join()
    assert len(opened) == len(at_once)
    for store in opened:
        assert seen(store) == []
        store.close()


def test_slow_transaction_is_not_overtaken(held: Store, url: str) -> None:
    """Nothing is put into the feed before what was read: lines beside a transaction that still runs are held back."""
    other = sa.create_engine(url)
    with other.connect() as slow:
        slow.begin()
        records.tell(slow, [line(1)])
        with held.write() as connection:
            records.tell(connection, [line(2)])
        with held.read() as connection:
            before, version = feed.end(connection), feed.version(connection)
        assert seen(held) == []
        slow.commit()
    assert seen(held, before) == ["1", "2"]
    with held.read() as connection:
        assert feed.version(connection) != version
        (first, second) = feed.lines(connection)
    assert seen(held, first.at) == ["2"]
    assert seen(held, second.at) == []
    other.dispose()


def test_writers_wait_for_one_another(url: str) -> None:
    """Of several programs that count up at once none overwrites what another wrote."""

    def count() -> None:
        store = open(url)
        for _ in range(5):
            with store.write() as connection:
                records.remember(connection, "count", (records.remembered(connection, "count") or 0) + 1)
        store.close()

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    store = open(url)
    with store.read() as connection:
        assert records.remembered(connection, "count") == 20
    store.close()


def test_writer_gives_up_in_words(held: Store, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A writer that waits too long for another says so, and has changed nothing."""
    monkeypatch.setattr(connect, "WAIT_SECONDS", 1)
    second = open(url)
    with held.write(), pytest.raises(StoreError) as told, second.write():
        pass
    assert "in use by another program" in told.value.problem.what
    second.close()


def test_reading_sees_one_moment(held: Store) -> None:
    """What another writes while somebody reads is not seen until they ask anew."""
    with held.read() as reading:
        assert records.remembered(reading, "name") is None
        with held.write() as connection:
            records.remember(connection, "name", 1)
        assert records.remembered(reading, "name") is None
    with held.read() as reading:
        assert records.remembered(reading, "name") == 1


def test_killed_import_leaves_what_was(held: Store, url: str, tmp_path: Path) -> None:
    """An import whose program is killed leaves the records that were there, and no other; it can be taken up."""
    intake(held, read_batch(services(tmp_path / "in.json", 3), "a", pack()), today=TODAY)
    before = fingerprint(held)
    file = services(tmp_path / "in.json", 43, "Rent")
    root = Path(__file__).resolve().parents[2]
    environment = {"PYTHONPATH": f"{root / 'src'}:{root}", "PATH": "/usr/bin:/bin"}
    words = [sys.executable, "-c", KILLED, url, str(file), "store", "40"]
    left = subprocess.run(words, env=environment, cwd=root, check=False, capture_output=True)
    assert left.returncode < 0, left.stderr
    assert fingerprint(held) == before
    report = intake(held, read_batch(file, "a", pack()), today=TODAY)
    assert report.tables["services"].taken == 40


def test_server_that_is_away_is_told_in_words() -> None:
    """A server that does not answer is told of in a sentence, without a password."""
    with pytest.raises(StoreError) as told:
        open(f"postgresql+psycopg://waypost:secret@127.0.0.1:{free_port()}/records")
    assert "does not answer" in told.value.problem.what
    assert "secret" not in repr(told.value.problem)


def test_missing_driver_is_told_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the driver the program says which extra to install."""
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StoreError) as told:
        open("postgresql+psycopg://waypost@127.0.0.1/records")
    assert "waypost[postgres]" in told.value.problem.do


def test_tests_say_how_to_install() -> None:
    """Where PostgreSQL is missing the tests say what to install."""
    assert "apt-get install" in INSTALL
