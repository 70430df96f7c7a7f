"""An import that did not come to its end: known of, taken up again, or let go. Nothing of it was ever kept."""

from __future__ import annotations

from waypost.model.evidence import Struct
from waypost.store import Connection, Store, records

NAME = "import:begun"


class Begun(Struct):
    """What was to be imported, as it was asked for, and when that began."""

    path: str
    source: str | None
    at: str


def begin(store: Store, path: str, source: str | None) -> None:
    """Note that an import begins, in a transaction of its own, so that the note outlives a crash."""
    note = {"path": path, "source": source, "at": store.clock().isoformat(timespec="seconds")}
    with store.write() as connection:
        records.remember(connection, NAME, note)


def end(connection: Connection) -> None:
    """Take the note away in the import's own transaction: both come to be, or neither."""
    records.forget(connection, NAME)


def found(store: Store) -> Begun | None:
    """The import that did not come to its end, or None."""
    with store.read() as connection:
        note = records.remembered(connection, NAME)
    return Begun(**note) if note else None


def let_go(store: Store) -> Begun | None:
    """Forget the import that did not come to its end. The records are as they were before it."""
    before = found(store)
    if before:
        with store.write() as connection:
            end(connection)
    return before
