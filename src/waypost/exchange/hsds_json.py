"""HSDS 3.x as JSON: a single object, a list, a page of an API, one object a line, or the tables as JSON."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from waypost.exchange import hsds_tables
from waypost.exchange.batch import Batch, Doc
from waypost.exchange.flatten import Flat
from waypost.exchange.foreign import foreign
from waypost.exchange.hsds_tables import OBJECT_OF
from waypost.exchange.objects import TABLES
from waypost.exchange.recognize import mistyped, old_fields, read_anyway
from waypost.exchange.schema import VERSION, fields_of
from waypost.exchange.trouble import not_utf8, stop, unreadable
from waypost.model.evidence import Problem, ProblemsFound

DEEPEST = 64
"""HSDS nests about eight levels; what is deeper by far is no HSDS and could exhaust a reader."""

ROOTS = ("service", "organization", "service_at_location", "location", "taxonomy_term", "taxonomy")
TELLING = 2
"""So many of the standard's fields an object must have to be taken for one of its objects."""


class Items(msgspec.Struct, frozen=True):
    """What was found in a file: each item's JSON pointer, the item, and which object it is, if any."""

    shape: str
    found: tuple[tuple[str, Any, str | None], ...]
    tables: dict[str, Any] = {}


def read(data: bytes, source: str, where: str) -> Batch:
    """Everything in a JSON or ndjson file. Raises ProblemsFound for a file that is not HSDS."""
    items = parse(data, where)
    if items.tables:
        return hsds_tables.read(
            hsds_tables.from_json(items.tables, where), source, "hsds-tables-json", VERSION
        )
    flat = Flat(source)
    old = next(filter(None, (old_fields(item) for _, item, _ in items.found)), None)
    if old:
        flat.problems.append(read_anyway(where, old))
    for pointer, item, object_ in items.found:
        if object_ is None:
            flat.problems.append(unknown(f"{where}{pointer}", item))
        else:
            flat.nested(object_, item, pointer or "/")
    flat.problems += mistyped((row.object, row.doc) for row in flat.rows.values())
    return flat.batch(items.shape, old or VERSION, "utf-8")


def parse(data: bytes, where: str) -> Items:
    """The objects of a file. Raises ProblemsFound."""
    if problem := foreign(data, where):
        raise ProblemsFound([problem])
    text = data.removeprefix(b"\xef\xbb\xbf")
    try:
        text.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ProblemsFound([not_utf8(where, error)]) from None
    if not text.strip():
        raise ProblemsFound(
            [unreadable(where, "The file is empty.", "Check that this is the file you meant.")]
        )
    if in_lines(text):
        return Items("hsds-ndjson", tuple(ndjson(io.BytesIO(text), where)))
    return shaped(decode(text, where), where)


def in_lines(text: bytes) -> bool:
    """Whether each line is an object of its own, of more than one. The lines are not held: there may be millions."""
    lines = (line.strip() for line in io.BytesIO(text) if not line.isspace())
    count = 0
    for count, line in enumerate(lines, 1):  # noqa: B007 - the count is used after the loop
        if not (line.startswith(b"{") and line.endswith(b"}")):
            return False
    return count > 1


SMALL = 1_000_000


def hollow(text: bytes) -> bool:
    """Whether a large text is made of empty parts, each of which would take many times its size to hold."""
    return len(text) > SMALL and sum(map(text.count, (b",", b"[", b"{"))) > len(text) / 6


STRINGS = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"?', re.DOTALL)
BUT_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))


def depth(text: bytes) -> int:
    """How deep brackets nest, counted without recursion and without the ones in strings."""
    deepest = level = 0
    for bracket in STRINGS.sub(b"", text).translate(None, BUT_BRACKETS):
        if bracket in b"[{":
            level += 1
            deepest = max(deepest, level)
            if deepest > DEEPEST:
                break
        else:
            level -= 1
    return deepest


def decode(text: bytes, where: str) -> Any:
    """One JSON value. Raises ProblemsFound with words for what is wrong, before anything of it is held."""
    what = None
    try:
        msgspec.json.decode(text, type=msgspec.Raw)
        if depth(text) > DEEPEST:
            what = TOO_DEEP
        elif hollow(text):
            what = "It is almost nothing but brackets and commas. HSDS says something in them."
        else:
            return msgspec.json.decode(text)
    except RecursionError:
        what = TOO_DEEP
    except (msgspec.DecodeError, ValueError) as error:
        said = str(error)
        large = "out of range" in said
        what = "It holds a number too large to be one." if large else f"It is not JSON: {said}."
    raise ProblemsFound([unreadable(where, what, "Correct the file, or export it again.")])


TOO_DEEP = f"It nests more than {DEEPEST} levels deep. HSDS does not."


def ndjson(lines: Iterable[bytes], where: str) -> Iterator[tuple[str, Any, str | None]]:
    """One object a line; every line that cannot be read is a Problem."""
    problems: list[Problem] = []
    found: list[tuple[str, Any, str | None]] = []
    for number, line in enumerate((line for line in lines if not line.isspace()), 1):
        try:
            item = decode(line, f"{where} line {number}")
            found.append((f"/{number}", item, kind_of(item)))
        except ProblemsFound as error:
            problems += error.problems
            stop(problems, where)
    if problems:
        raise ProblemsFound(problems)
    yield from found


def shaped(value: Any, where: str) -> Items:
    """The objects in a value of one of the shapes that HSDS has."""
    if isinstance(value, dict) and value and all(str(k).endswith(".csv") for k in value):
        return Items("hsds-tables-json", (), value)
    if isinstance(value, dict) and isinstance(value.get("contents"), list):
        return Items("hsds-json", listed(value["contents"], "/contents"))
    if isinstance(value, list):
        return Items("hsds-json", listed(value, ""))
    if isinstance(value, dict) and value and all(wrapped(name, inner) for name, inner in value.items()):
        return Items(
            "hsds-json",
            tuple(found for name in value for found in listed(value[name], f"/{name}", OBJECT_OF[name])),
        )
    if kind_of(value) is None:
        raise ProblemsFound([unknown(where, value)])
    return Items("hsds-json", (("", value, kind_of(value)),))


def wrapped(name: str, inner: Any) -> bool:
    """Whether a field is a list of objects under the name of their table."""
    return name in OBJECT_OF and name not in TABLES and isinstance(inner, list)


def listed(
    values: list[Any], pointer: str, object_: str | None = None
) -> tuple[tuple[str, Any, str | None], ...]:
    """The items of a list, each of the object given or of the one that it looks like."""
    found: list[tuple[str, Any, str | None]] = []
    strangers: list[Problem] = []
    for n, v in enumerate(values):
        kind = (object_ or kind_of(v)) if isinstance(v, dict) else None
        if kind is None:
            strangers.append(unknown(f"{pointer}/{n}", v))
            stop(strangers, pointer or "/")
        found.append((f"{pointer}/{n}", v, kind))
    return tuple(found)


def kind_of(item: Any) -> str | None:
    """Which object of the standard this is: the one whose fields it has most of."""
    if not isinstance(item, dict):
        return None
    scores = {name: len(fields_of(name).keys() & item.keys()) for name in ROOTS}
    best = max(ROOTS, key=lambda name: scores[name])
    return best if scores[best] >= TELLING else None


def unknown(where: str, item: Any) -> Problem:
    """A Problem: this is none of the standard's objects; what was looked for, and what is there."""
    names = [str(name)[:30] for name in item][:8] if isinstance(item, dict) else []
    here = f"Its fields are {', '.join(names)}." if names else f"It is {SORTS.get(type(item), 'nothing')}."
    return unreadable(
        where,
        "This is JSON, but not an object that HSDS knows: a service, organization, location, or one of their kind. "
        f"Looked for: one of {', '.join(ROOTS)} with {TELLING} or more of its fields; a list of them; a page of an "
        f'API with "contents"; lists under the names of tables. {here}',
        "Check that this is the file you meant. docs/records.md names the formats that can be taken in.",
    )


SORTS: dict[type, str] = {str: "words", int: "a number", float: "a number", bool: "yes or no", list: "a list"}


def write(documents: list[Doc]) -> bytes:
    """Objects as one JSON list."""
    return msgspec.json.format(msgspec.json.encode(documents), indent=2) + b"\n"


def write_lines(documents: list[Doc]) -> bytes:
    """Objects one a line."""
    return b"".join(msgspec.json.encode(document) + b"\n" for document in documents)
