"""What programs may ask of the records: one object whole, a list, or what changed, from what may be given away.

It is made once from the database and then only read: whoever asks waits for no question to the database.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime

import msgspec

from waypost.desk.give import given
from waypost.desk.publish import held_in, let_through
from waypost.desk.served_changes import NOTHING, Feed, feed_of
from waypost.desk.served_lists import Shelf, Wanted
from waypost.desk.served_places import Reach, reach_of
from waypost.exchange.batch import Doc
from waypost.exchange.objects import NESTED
from waypost.exchange.splice import children_of, full
from waypost.exchange.withhold import Key
from waypost.model.evidence import Struct
from waypost.model.pack import Pack
from waypost.store import Store, alias, feed

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class Body(Struct):
    """An object as it is sent, and the tag of exactly these bytes."""

    bytes: bytes
    tag: str


class Served:
    """The records of one day that programs may see, ready to be read by id, in lists and as a feed."""

    def __init__(
        self,
        docs: dict[Key, Doc],
        reach: Reach | None = None,
        *,
        feed: Feed = NOTHING,
        aliases: dict[Key, str] | None = None,
        modified: datetime = LONG_AGO,
        version: tuple[object, ...] = (),
    ):
        self.docs = docs
        self.reach = reach or Reach()
        self.feed = feed
        self.aliases = aliases or {}
        self.modified = modified
        self.stamp = tag_of(repr(version).encode())
        self.children = children_of((key[0], doc) for key, doc in docs.items())
        self.ids: dict[str, list[str]] = {}
        for object_, id_ in sorted(docs):
            self.ids.setdefault(object_, []).append(id_)
        self.bodies: dict[Key, Body] = {}
        self.briefs: dict[Key, msgspec.Raw] = {}
        self.shelves: dict[str, Shelf] = {}

    def find(self, object_: str, id_: str) -> Doc | None:
        """The document of that id with its references as ids, or None."""
        return self.docs.get((object_, id_))

    def whole(self, object_: str, id_: str) -> Doc | None:
        """An object with everything nested in it, or None."""
        return full(self.find, self.children, object_, id_)

    def body(self, object_: str, id_: str) -> Body | None:
        """The same as it is sent, made at the first call."""
        key = (object_, id_)
        found = self.bodies.get(key)
        if found is None and key in self.docs:
            written = msgspec.json.encode(self.whole(object_, id_))
            found = self.bodies[key] = Body(written, f'"{tag_of(written)}"')
        return found

    def brief(self, object_: str, id_: str) -> Doc:
        """An object with only what there is one of."""
        doc = self.docs[object_, id_]
        single: Doc = {}
        for field, value in doc.items():
            nested = NESTED[object_].get(field)
            if nested is None or value is None:
                single[field] = value
            elif not nested.many:
                inside = full(self.find, self.children, nested.object, value, (object_,))
                single.update({field: inside} if inside is not None else {})
        return single

    def brief_bytes(self, object_: str, id_: str) -> msgspec.Raw:
        """The same as it is sent, made at the first call."""
        key = (object_, id_)
        found = self.briefs.get(key)
        if found is None:
            found = self.briefs[key] = msgspec.Raw(msgspec.json.encode(self.brief(object_, id_)))
        return found

    def standing(self, object_: str, id_: str) -> str | None:
        """The id under which a record stands that became part of another; None if that may not be seen."""
        winner = self.aliases.get((object_, id_))
        return winner if winner and (object_, winner) in self.docs else None

    def wanted(self, object_: str, wanted: Wanted) -> list[str]:
        """The ids of a list, in order. Raises ProblemsFound for a postal code that nobody here knows."""
        shelf = self.shelves.get(object_)
        if shelf is None:
            shelf = self.shelves[object_] = Shelf(self.docs, self.ids.get(object_, []), object_, self.reach)
        return shelf.wanted(wanted)


def tag_of(written: bytes) -> str:
    """A short name that no other bytes have."""
    return hashlib.blake2b(written, digest_size=16).hexdigest()


def serve_records(store: Store, pack: Pack, today: date, since: datetime = LONG_AGO) -> Served:
    """The records that programs may see on this day: those that may be shown and passed on.

    ``since``: the moment from which a program that knows the records of before must ask again.
    """
    with store.read() as connection:
        # The feed is read first: what is written meanwhile is then told twice rather than never.
        version = feed.version(connection)
        lines = list(feed.lines(connection))
        aliases = alias.every(connection)
        held = held_in(connection, pack)
    allowed = let_through(held, pack, today, exporting=True).records
    changes = feed_of(lines, held, frozenset(allowed), aliases, pack, today)
    last = max((line.moment for line in lines), default="")
    modified = max(since, datetime.fromisoformat(last)) if last else since
    return Served(
        given(allowed, pack),
        reach_of(pack),
        feed=changes,
        aliases=aliases,
        modified=modified,
        version=(version, today, pack.fingerprint, changes.rights),
    )
