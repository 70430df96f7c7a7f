"""Opening the database, and saying plainly what is wrong when it cannot be used."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

from waypost.model.evidence import Problem
from waypost.store import migrate
from waypost.store.file import examine
from waypost.store.trouble import StoreError, explain

WAIT_SECONDS = 10
"""How long a writer waits for another before it gives up and says so."""


CONNECT_SECONDS = 3
"""How long each host of a server's address is given to answer."""

ONE_WRITER = 0x57505354
"""The name of the lock that a writer holds on a server."""


def now() -> datetime:
    """The moment, in UTC: only the database's own stamps are made with it."""
    return datetime.now(UTC)


NO_DRIVER = Problem(
    where="--database",
    what="This program cannot speak to PostgreSQL yet.",
    why="Its driver, psycopg, is an extra that most who run Waypost do not need.",
    do="Install it, pip install 'waypost[postgres]', and write postgresql+psycopg://...",
)


@dataclass(frozen=True)
class Store:
    """The database: one engine to read with and one to write with.

    Two engines, because on SQLite a transaction that starts by reading and then writes fails under load,
    and one that says at once that it will write waits its turn.
    """

    url: str
    reading: sa.Engine
    writing: sa.Engine
    clock: Callable[[], datetime] = now

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """A consistent view of the records. Raises StoreError."""
        with explained(self.url), self.reading.begin() as connection:
            yield connection

    @contextmanager
    def write(self, *, keep: bool = True) -> Iterator[sa.Connection]:
        """One transaction: all of it is kept or, without ``keep``, nothing. Raises StoreError."""
        with explained(self.url), self.writing.connect() as connection:
            transaction = connection.begin()
            try:
                yield connection
            except BaseException:
                transaction.rollback()
                raise
            transaction.commit() if keep else transaction.rollback()

    def close(self) -> None:
        """Let go of the file or the server."""
        self.reading.dispose()
        self.writing.dispose()


@contextmanager
def explained(url: str) -> Iterator[None]:
    """Turn a database's complaint into a StoreError that says what to do."""
    try:
        yield
    except (sa.exc.OperationalError, sa.exc.DatabaseError, sqlite3.Error, OSError) as error:
        raise explain(url, error) from error


def open(url: str, clock: Callable[[], datetime] = now) -> Store:
    """Open the records' database at a SQLAlchemy URL; make it if there is none. Raises StoreError."""
    parsed = address(url)
    if parsed.get_backend_name() == "sqlite":
        with explained(url):
            examine(url, parsed.database)
            store = sqlite_store(url, parsed, clock)
    else:
        store = server_store(url, parsed, clock)
    try:
        with explained(url):
            migrate.to_newest(store.reading, store.writing, url)
    except StoreError:
        store.close()
        raise
    return store


def address(url: str) -> sa.URL:
    """The URL taken apart. Raises StoreError for what is no address of a database that we know."""
    try:
        parsed = sa.make_url(url)
        parsed.get_dialect()
    except (sa.exc.ArgumentError, ImportError, ValueError, TypeError):
        parsed = None
    if parsed is None or parsed.get_backend_name() not in ("sqlite", "postgresql"):
        raise StoreError(
            Problem(
                where="--database",
                what="This is not the address of a database that Waypost knows.",
                why="Records live in SQLite (one file) or PostgreSQL (a server).",
                do="Write sqlite:///records.sqlite for a file, or postgresql+psycopg://... for a server.",
            )
        )
    return parsed


def sqlite_store(url: str, parsed: sa.URL, clock: Callable[[], datetime]) -> Store:
    """The two engines over one file. In memory (for tests) both share one connection."""
    if not parsed.database or parsed.database == ":memory:":
        one = {"check_same_thread": False}
        engine = sa.create_engine("sqlite://", poolclass=sa.StaticPool, connect_args=one)
        prepare(engine, "BEGIN")
        return Store(url, engine, engine, clock)
    Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    wait = {"timeout": WAIT_SECONDS}
    reading = sa.create_engine(parsed, connect_args=wait)
    writing = sa.create_engine(parsed, connect_args=wait)
    prepare(reading, "BEGIN")
    prepare(writing, "BEGIN IMMEDIATE")
    return Store(url, reading, writing, clock)


def prepare(engine: sa.Engine, begin: str) -> None:
    """Take transactions out of the driver's hands: every one begins with the word given."""

    @event.listens_for(engine, "connect")
    def on_connect(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = NORMAL")

    @event.listens_for(engine, "begin")
    def on_begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql(begin)


def server_store(url: str, parsed: sa.URL, clock: Callable[[], datetime]) -> Store:
    """The two engines over one server, or over the servers of a URL that names several hosts.

    Reading sees one moment throughout and may ask whichever host answers. Writing asks for the one that takes
    writes, and then waits until no other writer is at work, as it does on SQLite.
    """
    wait = {"connect_timeout": CONNECT_SECONDS}
    pool: dict[str, Any] = {
        "pool_pre_ping": True,
        "pool_size": max(2, os.cpu_count() or 2),
        "connect_args": wait,
    }
    several = "host" in parsed.query and "target_session_attrs" not in parsed.query
    there = parsed.update_query_dict({"target_session_attrs": "read-write"}) if several else parsed
    try:
        writing = sa.create_engine(there, **pool)
    except ModuleNotFoundError:
        raise StoreError(NO_DRIVER) from None
    reading = sa.create_engine(parsed, isolation_level="REPEATABLE READ", **pool)

    @event.listens_for(writing, "begin")
    def on_begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{WAIT_SECONDS}s'")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ONE_WRITER})")

    return Store(url, reading, writing, clock)


__all__ = ["Store", "StoreError", "open"]
