"""What changed since a cursor: each object once, where it was last touched, as it is now.

An object is touched by a change of itself and of anything nested in it. Who follows the feed from any cursor,
asking for what it names and dropping what is gone, ends with the list as it is (docs/decisions/0007-api.md).
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

import msgspec

from waypost.desk.publish import Held, clock_of, may_be_seen
from waypost.exchange.objects import NESTED
from waypost.exchange.splice import Children, children_of
from waypost.exchange.withhold import Key, listed
from waypost.model.evidence import Struct
from waypost.model.pack import Pack
from waypost.rules.freshness import hide_on
from waypost.store.feed import Line, Position
from waypost.store.records import Record

FOLLOWED = ("organization", "service", "service_at_location", "taxonomy", "taxonomy_term")
"""The objects that the feed names: those that can be asked for by id."""

START: Position = (0, 0)


class Entry(NamedTuple):
    """One object of the feed: where it was last touched, and what became of it."""

    at: Position
    object: str
    id: str
    change: str
    moment: str = ""
    into: str | None = None


class Aged(NamedTuple):
    """An object that the clock took out of sight on a day, or that held what it took; no line tells of that."""

    day: int
    object: str
    id: str


class Cursor(Struct, array_like=True):
    """How far somebody has read: in the feed, and in what the clock took. ``rights`` are those it was made under."""

    rights: str
    at: Position
    key: Key
    aged: tuple[int, str, str]


class Feed(Struct):
    """Every object that was ever touched, in the order of its last touch."""

    rights: str
    today: int
    last: Position
    entries: list[Entry]
    aged: list[Aged]

    def start(self) -> Cursor:
        """Before everything: whoever has nothing yet. What the clock took until today they never had."""
        return Cursor(self.rights, START, ("", ""), (self.today, "~", ""))

    def after(self, cursor: Cursor, most: int) -> tuple[list[Entry | Aged], Cursor]:
        """What comes after a cursor, at most so much, and the cursor behind that."""
        from_ = bisect_right(self.aged, Aged(*cursor.aged))
        aged = self.aged[from_ : from_ + most]
        rest = most - len(aged)
        begin = bisect_right(self.entries, (cursor.at, *cursor.key), key=lambda e: (e.at, e.object, e.id))
        entries = self.entries[begin : begin + rest]
        if aged:
            cursor = msgspec.structs.replace(cursor, aged=tuple(aged[-1]))
        if entries:
            last = entries[-1]
            cursor = msgspec.structs.replace(cursor, at=last.at, key=(last.object, last.id))
        return [*aged, *entries], cursor


NOTHING = Feed("", 0, START, [], [])


class Told(NamedTuple):
    """Where the feed last speaks of a record at all, of more than that it came, and of public fields of it."""

    ever: Position
    later: Position
    fields: Position
    kind: str


SILENT = Told(START, START, START, "")


class Touches:
    """Where each object was last touched, by itself or by what is nested in it."""

    def __init__(self, lines: Iterable[Line], every: Mapping[Key, Record]):
        self.every = every
        self.children: Children = children_of((key[0], record.doc) for key, record in every.items())
        self.moments: dict[Position, str] = {}
        self.told: dict[Key, Told] = {}
        for line in lines:
            self.moments[line.at] = line.moment
            key = (line.object, line.id)
            before = self.told.get(key, SILENT)
            later = before.later if line.kind == "taken" else line.at
            self.told[key] = Told(line.at, later, line.at if line.fields else before.fields, line.kind)
        self.known: dict[tuple[Key, frozenset[str]], tuple[Position, Position]] = {}

    def own(self, key: Key) -> Told:
        """What the feed says of a record by itself."""
        return self.told.get(key, SILENT)

    def last(self, key: Key, path: frozenset[str] = frozenset()) -> tuple[Position, Position]:
        """The last touch at all and the last but of things that came, of an object and all nested in it.

        As where objects are put together, nothing is nested in a thing of its own kind.
        """
        path = path | {key[0]}
        if (found := self.known.get((key, path))) is None:
            own = self.own(key)
            touches = [(own.ever, own.later), *(self.last(inner, path) for inner in self.inside(key, path))]
            found = (max(t[0] for t in touches), max(t[1] for t in touches))
            self.known[key, path] = found
        return found

    def inside(self, key: Key, path: frozenset[str]) -> set[Key]:
        """What is nested in a record, and the service that a place of service belongs to."""
        record = self.every.get(key)
        if record is None:
            return set()
        found = set()
        for field, nested in NESTED[key[0]].items():
            if nested.object not in path:
                ids = [*listed(record.doc.get(field)), *self.children.get((*key, field), ())]
                found |= {(nested.object, id_) for id_ in ids}
        if key[0] == "service_at_location" and record.parent and "service" not in path:
            found.add(("service", record.parent))
        return found


def feed_of(
    lines: list[Line],
    held: Held,
    allowed: frozenset[Key],
    aliases: Mapping[Key, str],
    pack: Pack,
    today: date,
) -> Feed:
    """The feed of what may be given away. Of anything else it says at most that it is gone."""
    touches = Touches(lines, held.every)
    found = (
        entry_of(key, record, touches, allowed, aliases)
        for key, record in held.every.items()
        if key[0] in FOLLOWED
    )
    entries = sorted(entry for entry in found if entry is not None)
    last = max((line.at for line in lines), default=START)
    return Feed(rights_of(pack), today.toordinal(), last, entries, aged(held, allowed, pack, today))


def entry_of(
    key: Key, record: Record, touches: Touches, allowed: frozenset[Key], aliases: Mapping[Key, str]
) -> Entry | None:
    """What the feed says of one object, or None if it says nothing."""
    own, (ever, later) = touches.own(key), touches.last(key)
    if key in allowed:
        new = own.kind == "taken" and ever == own.ever
        return Entry(ever, *key, "created" if new else "changed", touches.moments.get(ever, ""))
    winner = aliases.get(key)
    if winner is not None and (key[0], winner) in allowed:
        return Entry(own.ever, *key, "merged", touches.moments.get(own.ever, ""), winner)
    # Of a record that nobody may know of, only the moment is told at which it went out of sight.
    at = own.fields if set(record.doc) <= {"id"} else later
    return None if at == START else Entry(at, *key, "withdrawn", touches.moments.get(at, ""))


def aged(held: Held, allowed: frozenset[Key], pack: Pack, today: date) -> list[Aged]:
    """The services that the clock has taken out of sight, with their places and organizations, by the day."""
    days: dict[str, int] = {}
    owners: dict[str, int] = {}
    for (object_, id_), record in held.every.items():
        if object_ != "service" or (object_, id_) in allowed:
            continue
        if may_be_seen((object_, id_), record, held.ours, pack, exporting=True):
            day = hide_on(*clock_of(record.doc, pack))
            if day is not None and day <= today:
                days[id_] = day.toordinal()
                for field in ("organization", "organization_id"):
                    owners.update(dict.fromkeys(listed(record.doc.get(field)), days[id_]))
    found = {Aged(day, "service", id_) for id_, day in days.items()}
    found |= {
        Aged(day, "organization", id_) for id_, day in owners.items() if ("organization", id_) in allowed
    }
    for key, record in held.every.items() if days else ():
        if key[0] == "service_at_location" and record.parent in days:
            if may_be_seen(key, record, held.ours, pack, exporting=True):
                found.add(Aged(days[record.parent], *key))
        elif key[0] == "organization" and key in allowed:
            found |= {Aged(days[s], *key) for s in listed(record.doc.get("services")) if s in days}
    return sorted(found)


def rights_of(pack: Pack) -> str:
    """A short name for what decides who may see what; under another one, a cursor means nothing."""
    rights = {name: (s.shown, s.exported) for name, s in pack.sources.items()}
    parts = (pack.manifest.id, sorted(rights.items()), pack.manifest.cycles)
    return hashlib.blake2b(msgspec.json.encode(parts, order="deterministic"), digest_size=6).hexdigest()
