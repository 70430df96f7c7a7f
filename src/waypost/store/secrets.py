"""The withheld values as one list, for the check that none of them stands on any page."""

from __future__ import annotations

import sqlalchemy as sa

from waypost.store import tables as t
from waypost.store.records import unpacked


def withheld_values(connection: sa.Connection) -> dict[str, str]:
    """Each withheld value as text -> the record it belongs to. Only ``check`` asks for this."""
    query = sa.select(t.withheld.c.id, t.withheld.c.value).order_by(t.withheld.c.id)
    found: dict[str, str] = {}
    for identity, value in connection.execute(query):
        for text in _texts(unpacked(value)):
            found.setdefault(text, identity)
    return found


def _texts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for part in value.values() for text in _texts(part)]
    if isinstance(value, list):
        return [text for part in value for text in _texts(part)]
    if isinstance(value, str | float | int) and not isinstance(value, bool):
        return [str(value)]
    return []
