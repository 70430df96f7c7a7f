"""The names in public paths that are taken: asked for as they are needed, for there may be millions."""

from __future__ import annotations

from collections.abc import Iterable

from waypost.exchange.batch import Row
from waypost.exchange.identity import slug_for
from waypost.store import Connection, records


class Slugs:
    """The slugs in use for one object, of which those that a batch is likely to want are asked for at once."""

    def __init__(self, connection: Connection, object_: str, rows: Iterable[Row]):
        self.connection, self.object = connection, object_
        first = (row.slug or slug_for(object_, row.id, ()) for row in rows if row.object == object_)
        self.asked = set(first)
        self.taken = records.slugs_among(connection, object_, self.asked)

    def __contains__(self, slug: object) -> bool:
        """Whether a record has that slug."""
        if isinstance(slug, str) and slug not in self.asked:
            self.asked.add(slug)
            self.taken |= records.slugs_among(self.connection, self.object, [slug])
        return slug in self.taken

    def add(self, slug: str) -> None:
        """It is taken from now on."""
        self.asked.add(slug)
        self.taken.add(slug)
