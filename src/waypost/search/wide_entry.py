"""How one service stands in the index: its fields, and what tantivy makes of them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from hashlib import blake2b

import tantivy

from waypost.model.evidence import Struct

CELL = 10
"""Cells are a tenth of a degree, about seven miles."""
LEVELS = ((CELL, ""), (1, "d"), (0.1, "t"))
"""How many cells there are to a degree at each level, and what their names begin with."""
MOST_SMALL = (8, 80)
"""How far, in small cells, one looks at each level before one looks at larger ones."""
UNSAID = "?"
"""What stands in a field of which a record says nothing: unknown is not no."""
OWN = "own"
MILLIONTHS = 1_000_000
NAMED = ("id", "slug", "owner")
TEXTS = {"name": 3.0, "also": 2.0, "body": 1.0}
"""Fields of words, and what they weigh in choosing candidates."""
TERMS = ("kind", "area", "language", "cost", "access", "group", "cell", "hours", "own")
COUNTED = ("kind", "language", "cost", "access", "group")
"""Fields whose values can be counted."""
NO_WEEK = 0
NEVER = 10_000_000
"""The ordinal of a day that does not come: what the clock never hides."""


class Entry(Struct):
    """One service as the index has it.

    ``name``, ``also``, ``body`` are stems with blanks between, ``starts`` the words of its names as written.
    ``owner`` is the slug of its organization; ``rests_on`` the ids of all records that it was made from.
    ``points`` are degrees; ``hide_on`` the ordinal of the first day on which it is hidden; ``own`` says that the
    pack itself wrote it; ``hours`` a text that is the same for the same hours; ``held`` what whoever asks gets
    back.
    """

    id: str
    slug: str
    owner: str
    name: str
    also: str
    body: str
    starts: str
    rests_on: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    access: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    cost: str | None = None
    points: tuple[tuple[float, float], ...] = ()
    hours: str | None = None
    hide_on: int | None = None
    own: bool = False
    held: bytes = b""


def cell(latitude: float, longitude: float, level: int = 0) -> str:
    """The cell of a point: a tenth of a degree wide, a degree at the first level, ten at the second."""
    per_degree, mark = LEVELS[level]
    return f"{mark}{math.floor(latitude * per_degree)},{math.floor(longitude * per_degree)}"


def cells_of(latitude: float, longitude: float) -> tuple[str, ...]:
    """The cells of a point at every level."""
    return tuple(cell(latitude, longitude, level) for level in range(len(LEVELS)))


def around(latitude: float, longitude: float, down: float, right: float | None = None) -> list[str]:
    """Cells that hold everything within so many tenths of a degree of a point's own, and no more than need be.

    They are large where many small ones would be asked for. ``right`` is how far it goes east and west, as far as
    north and south where it is left out.
    """
    right = down if right is None else right
    level = sum(max(down, right) > most for most in MOST_SMALL)
    per_degree, mark = LEVELS[level]
    share = per_degree / CELL
    rows = _steps(math.floor(latitude * CELL), down, share)
    columns = [f",{at}" for at in _steps(math.floor(longitude * CELL), right, share)]
    return [f"{mark}{row}{column}" for row in rows for column in columns]


def _steps(here: int, far: float, share: float) -> range:
    return range(math.floor((here - far) * share), math.floor((here + far) * share) + 1)


def week(hours: str | None) -> int:
    """The number of hours, by which they are looked up; ``NO_WEEK`` where nobody knows them."""
    return number_of(hours) if hours else NO_WEEK


def number_of(id_: str) -> int:
    """A number that stands for an id: two ids of one number only mean that one service too many is looked at."""
    return int.from_bytes(blake2b(id_.encode(), digest_size=8).digest(), "big")


def schema() -> tantivy.Schema:
    """The fields of the index."""
    made = tantivy.SchemaBuilder()
    for name in NAMED:
        made.add_text_field(name, tokenizer_name="raw", index_option="basic")
    made.add_unsigned_field("rests_on", indexed=True)
    for name in TEXTS:
        made.add_text_field(name, stored=True, tokenizer_name="whitespace", index_option="freq")
    made.add_text_field("starts", tokenizer_name="whitespace", index_option="basic")
    for name in TERMS:
        made.add_text_field(name, fast=name in COUNTED, tokenizer_name="raw", index_option="basic")
    for name in ("latitude", "longitude"):
        made.add_integer_field(name, fast=True)
    made.add_unsigned_field("week", indexed=True, fast=True)
    made.add_unsigned_field("hide_on", indexed=True, fast=True)
    made.add_bytes_field("held", stored=True)
    return made.build()


def document(entry: Entry) -> tantivy.Document:
    """An entry as tantivy takes it."""
    made = tantivy.Document()
    texts: Mapping[str, str] = {name: getattr(entry, name) for name in (*NAMED, *TEXTS, "starts")}
    for name, text in texts.items():
        made.add_text(name, text)
    cells = tuple(dict.fromkeys(at for point in entry.points for at in cells_of(*point)))
    terms = {
        "kind": entry.kinds,
        "area": entry.areas,
        "language": entry.languages,
        "access": entry.access,
        "group": entry.groups,
        "cost": (entry.cost,) if entry.cost else (),
        "cell": cells,
        "hours": (entry.hours,) if entry.hours else (),
        "own": (OWN,) if entry.own else (),
    }
    for name, values in terms.items():
        for value in values or (UNSAID,):
            made.add_text(name, value)
    for latitude, longitude in entry.points[:1]:
        made.add_integer("latitude", round(latitude * MILLIONTHS))
        made.add_integer("longitude", round(longitude * MILLIONTHS))
    for number in {number_of(id_) for id_ in entry.rests_on}:
        made.add_unsigned("rests_on", number)
    made.add_unsigned("week", week(entry.hours))
    made.add_unsigned("hide_on", entry.hide_on or NEVER)
    made.add_bytes("held", entry.held)
    return made
