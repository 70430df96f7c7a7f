"""Putting very much in at once: what is looked up later is put in order at the end rather than row by row."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from waypost.store import tables as t

LATER = ("record_key", "record_parent", "record_modified")
"""Indexes that no import asks. Their order is another than that in which records come."""
FEW = 100_000
"""With more records than this before, making the indexes anew would take longer than it saves."""
WHILE_LOADING, WHILE_SORTING = 448 * 1024, 64 * 1024
"""KiB of pages held in memory: ids come in no order, so that any page may be wanted again."""


@contextmanager
def loading(connection: sa.Connection) -> Iterator[None]:
    """Within it very many records may be put in, in the transaction of this connection.

    A server has memory of its own, and would keep readers waiting while an index is away: there it is as always.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    before = connection.exec_driver_sql("PRAGMA cache_size").scalar_one()
    rows = connection.execute(sa.select(sa.func.count()).select_from(t.record)).scalar_one()
    later = [index for index in t.record.indexes if index.name in LATER and rows < FEW]
    try:
        _hold(connection, -WHILE_LOADING)
        for index in later:
            index.drop(connection)
        yield
        _hold(connection, -WHILE_SORTING)
        connection.exec_driver_sql("PRAGMA shrink_memory")
        for index in sorted(later, key=lambda index: str(index.name)):
            index.create(connection)
    finally:
        _hold(connection, before)


def _hold(connection: sa.Connection, pages: int) -> None:
    connection.exec_driver_sql(f"PRAGMA cache_size = {pages:d}")
