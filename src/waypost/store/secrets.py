"""The confidential values as one list, for the check that none of them stands on any page."""

from __future__ import annotations

import sqlalchemy as sa

from waypost.store import tables as t
from waypost.store.records import unpacked

TELLING = {
    "location": ("/latitude", "/longitude"),
    "address": ("/attention", "/address_1", "/address_2"),
    "phone": ("/number",),
    "contact": ("/name", "/email"),
    "organization": ("/email", "/waypost/steward_note"),
    "service": ("/email", "/waypost/steward_note"),
}
"""The values by which somebody could be found. A town, a postal code or a word such as "free" is withheld
too, but stands on other pages with good reason."""

SHORTEST = 6


def withheld_values(connection: sa.Connection) -> dict[str, str]:
    """Each value by which somebody could be found -> whose it is. Only ``check`` asks for this."""
    query = sa.select(t.withheld).order_by(t.withheld.c.object, t.withheld.c.id, t.withheld.c.pointer)
    found: dict[str, str] = {}
    for row in connection.execute(query):
        if row.pointer in TELLING.get(row.object, ()):
            text = str(unpacked(row.value))
            if len(text) >= SHORTEST:
                found.setdefault(text, f"{row.object} {row.id}")
    return found
