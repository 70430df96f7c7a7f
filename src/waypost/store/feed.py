"""The change feed in the order in which it may be read: nothing is put in before what was read already.

SQLite has one writer, so numbers grow as they become visible. A server runs several transactions at once, and a
lower number may become visible after a higher one: there the order is by transaction and number, and what
transactions beside one that still runs wrote is not read yet (docs/decisions/0007-api.md).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import sqlalchemy as sa

from waypost.store import tables as t
from waypost.store.records import unpacked

Position = tuple[int, int]
"""Where a line stands: its transaction, 0 where there is one writer, and its number."""

SETTLED = sa.text("(xid IS NULL OR xid < (pg_snapshot_xmin(pg_current_snapshot())::text)::bigint)")


class Line(NamedTuple):
    """One line of the feed."""

    at: Position
    object: str
    id: str
    kind: str
    moment: str
    fields: tuple[str, ...]


def lines(connection: sa.Connection, after: Position | None = None) -> Iterator[Line]:
    """Every line that may be read, in order, or those after a position."""
    place = sa.func.coalesce(t.change.c.xid, 0)
    query = sa.select(t.change, place.label("place")).order_by(place, t.change.c.seq)
    if after is not None:
        later = sa.and_(place == after[0], t.change.c.seq > after[1])
        query = query.where(sa.or_(place > after[0], later))
    if connection.dialect.name == "postgresql":
        query = query.where(SETTLED)
    for row in connection.execute(query):
        fields = tuple(unpacked(row.fields)) if row.fields != "[]" else ()
        yield Line((row.place, row.seq), row.object, row.id, row.kind, row.at, fields)


def end(connection: sa.Connection) -> Position:
    """The position of the last line that may be read; before all lines where there is none."""
    place = sa.func.coalesce(t.change.c.xid, 0)
    query = sa.select(place, t.change.c.seq).order_by(place.desc(), t.change.c.seq.desc()).limit(1)
    if connection.dialect.name == "postgresql":
        query = query.where(SETTLED)
    row = connection.execute(query).first()
    return (row[0], row[1]) if row else (0, 0)


def version(connection: sa.Connection) -> tuple[int, ...]:
    """Numbers that differ once anything more may be read: cheap enough to ask every second."""
    last = sa.select(sa.func.coalesce(sa.func.max(t.change.c.seq), 0))
    if connection.dialect.name != "postgresql":
        return (connection.execute(last).scalar_one(),)
    settled = sa.select(sa.func.count()).select_from(t.change).where(SETTLED)
    every = sa.select(sa.func.count()).select_from(t.change)
    return tuple(connection.execute(query).scalar_one() for query in (last, every, settled))
