"""Records that may be one: looked for, listed for a person, joined or kept apart as that person says."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from typing import Any

from waypost.desk.merge import Union, merge
from waypost.exchange.batch import Doc
from waypost.exchange.packform import SOURCE
from waypost.exchange.withhold import Key, listed
from waypost.model.evidence import Problem, ProblemsFound, Struct
from waypost.rules.matching import Answer, Crowd, Likeness, Reason, Sketch, alike
from waypost.store import Connection, Store, records, verdicts
from waypost.store.records import Record
from waypost.store.verdicts import Pair

COMPARED = ("organization", "location", "service")
LOOKED_AT_ON_IMPORT = 5000
"""With more organizations and places than this an import does not look by itself: ``waypost merges`` does."""

ACCEPTED, REJECTED = "accepted", "rejected"


class Side(Struct):
    """One of two records that may be one."""

    id: str
    name: str
    source: str


class Candidate(Struct, omit_defaults=False):
    """Two records that may be one, and why; ``keep`` is the one that would stand."""

    name: str
    object: str
    answer: Answer
    points: int
    keep: Side
    other: Side
    reasons: tuple[Reason, ...]


def candidates(connection: Connection, among: Collection[Key] | None = None) -> list[Candidate]:
    """Every two records that may be one and that nobody was asked about, or those with one of ``among``."""
    said = verdicts.every(connection)
    held = {
        (object_, record.id): record
        for object_ in COMPARED
        for record in records.every(connection, object_)
        if record.status == "active"
    }
    found = alike(Crowd(sketches(connection, held)), among)
    return [candidate(one, held) for one in found if pair_of(one) not in said]


def proposed(connection: Connection, taken: Iterable[Key]) -> list[Candidate]:
    """The proposals for records that were just taken in; none where there are too many to look at by the way."""
    if sum(records.number_of(connection, object_) for object_ in COMPARED[:2]) > LOOKED_AT_ON_IMPORT:
        return []
    return candidates(connection, {key for key in taken if key[0] in COMPARED})


def candidate(found: Likeness, held: dict[Key, Record]) -> Candidate:
    """A likeness as a person is asked about it."""
    one, other = (held[found.object, id_] for id_ in (found.one, found.other))
    keep, go = sorted((one, other), key=standing)
    return Candidate(
        pair_name(pair_of(found)),
        found.object,
        found.answer,
        found.points,
        side(keep),
        side(go),
        found.reasons,
    )


def standing(record: Record) -> tuple[bool, int, str]:
    """Which of two records would stand: the pack's own, then the one that says more."""
    return (record.source != SOURCE, -len(record.doc), record.id)


def side(record: Record) -> Side:
    """A record as it is named to a person."""
    return Side(record.id, str(record.doc.get("name", "")), record.source)


def pair_of(found: Likeness) -> Pair:
    """The pair as it is remembered."""
    return (found.object, *sorted((found.one, found.other)))  # type: ignore[return-value]


def pair_name(pair: Pair) -> str:
    """A short name for a pair, to be typed."""
    return hashlib.blake2b("\0".join(pair).encode(), digest_size=4).hexdigest()


def named(connection: Connection, name: str) -> Candidate:
    """The candidate of that name. Raises ProblemsFound."""
    for one in candidates(connection):
        if one.name == name:
            return one
    what, why = (
        "No two records are asked about under this name.",
        "It may have been answered, or records changed.",
    )
    raise ProblemsFound([Problem(name, what, why, "See what is asked: waypost merges list.")])


def accept(store: Store, name: str, keep: str | None = None) -> Union:
    """Join two records, as a person says; ``keep`` is the id that stands. Raises ProblemsFound."""
    with store.read() as connection:
        found = named(connection, name)
    sides = {one.id: one for one in (found.keep, found.other)}
    stands = keep or found.keep.id
    if stands not in sides:
        what = f"It is none of the two: {', '.join(sides)}."
        raise ProblemsFound([Problem(stands, what, "Only one of them can stand.", "Name one of them.")])
    (goes,) = set(sides) - {stands}
    union = merge(store, found.object, goes, stands)
    remember(store, found, ACCEPTED)
    return union


def reject(store: Store, name: str) -> Candidate:
    """Keep two records apart for good, as a person says. Raises ProblemsFound."""
    with store.read() as connection:
        found = named(connection, name)
    remember(store, found, REJECTED)
    return found


def remember(store: Store, found: Candidate, said: str) -> None:
    """Write down what a person said."""
    one, other = sorted((found.keep.id, found.other.id))
    with store.write() as connection:
        verdicts.say(connection, (found.object, one, other), said, found.points, store.clock().isoformat())


def forget(store: Store, name: str) -> bool:
    """Ask again about two records that were kept apart; False if nobody kept these apart."""
    with store.write() as connection:
        every = verdicts.every(connection).items()
        pair = next((p for p, said in every if said == REJECTED and pair_name(p) == name), None)
        return pair is not None and verdicts.forget(connection, pair)


def sketches(connection: Connection, held: dict[Key, Record]) -> list[Sketch]:
    """What is compared of each record: only what is public, with what hangs on it."""
    phones = {r.id: str(r.doc.get("number", "")) for r in records.every(connection, "phone") if seen(r)}
    doors = {r.id: door(r.doc) for r in records.every(connection, "address") if seen(r)}
    hung = hanging(connection, held)
    return [
        Sketch(
            object_,
            id_,
            str(record.doc.get("name", "")),
            tuple(filter(None, [text(record.doc, "alternate_name")])),
            tuple(doors[a] for doc in around for a in listed(doc.get("addresses")) if a in doors),
            tuple(phones[p] for doc in around for p in listed(doc.get("phones")) if p in phones),
            tuple(filter(None, (text(record.doc, field) for field in ("website", "url")))),
            owner(record.doc, "organization") if object_ == "service" else "",
        )
        for (object_, id_), record in held.items()
        for around in [[record.doc, *hung.get((object_, id_), [])]]
    ]


def hanging(connection: Connection, held: dict[Key, Record]) -> dict[Key, list[Doc]]:
    """The documents whose addresses and numbers count as those of an organization or a service."""
    found: dict[Key, list[Doc]] = {}
    for (object_, _), record in held.items():
        if object_ != "organization" and (above := owner(record.doc, "organization")):
            found.setdefault(("organization", above), []).append(record.doc)
    for record in records.every(connection, "service_at_location"):
        place = held.get(("location", owner(record.doc, "location")))
        if place and seen(record) and (service := owner(record.doc, "service")):
            found.setdefault(("service", service), []).append(place.doc)
            above = (
                owner(held["service", service].doc, "organization") if ("service", service) in held else ""
            )
            found.setdefault(("organization", above), []).append(place.doc)
    return found


def seen(record: Record) -> bool:
    """Whether a record may be seen."""
    return record.status == "active"


def owner(doc: Doc, object_: str) -> str:
    """The id of what a document belongs to, or nothing."""
    return text(doc, f"{object_}_id") or text(doc, object_)


def text(doc: Doc, field: str) -> str:
    """The words of a field, or nothing."""
    value: Any = doc.get(field)
    return value if isinstance(value, str) else ""


def door(doc: Doc) -> tuple[str, str]:
    """The first line of an address, and its postal code."""
    return text(doc, "address_1"), text(doc, "postal_code")
