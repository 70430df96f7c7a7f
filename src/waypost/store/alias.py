"""Old ids of records that became one: whoever asks for the old id is answered with the one that stands."""

from __future__ import annotations

import sqlalchemy as sa

from waypost.store import tables as t

Key = tuple[str, str]


def every(connection: sa.Connection) -> dict[Key, str]:
    """The id that now stands for each old one, by object and old id."""
    return {(row.object, row.old_id): row.id for row in connection.execute(sa.select(t.alias))}


def standing(connection: sa.Connection, object_: str, id_: str) -> str:
    """The id that stands for this one: itself, unless the record became part of another."""
    query = sa.select(t.alias.c.id).where(t.alias.c.object == object_, t.alias.c.old_id == id_)
    return connection.execute(query).scalar() or id_


def add(connection: sa.Connection, object_: str, old_id: str, id_: str, at: str) -> None:
    """Note that one id now stands for another, and for all that the other stood for."""
    connection.execute(
        sa.update(t.alias).where(t.alias.c.object == object_, t.alias.c.id == old_id).values(id=id_, at=at)
    )
    connection.execute(sa.insert(t.alias).values(object=object_, old_id=old_id, id=id_, at=at))
