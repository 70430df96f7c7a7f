"""Is it HSDS, which version, and what is wrong: by the standard's schemas, and beyond what they see."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import phonenumbers

from waypost.exchange import hsds_csv, hsds_json, hsds_tables
from waypost.exchange.batch import Doc
from waypost.exchange.hsds_tables import Table
from waypost.exchange.objects import NESTED
from waypost.exchange.recurring import clock
from waypost.exchange.schema import VERSION, fields_of, schema, validator
from waypost.exchange.trouble import unreadable
from waypost.model.evidence import Problem, ProblemsFound, Severity, Struct

EMAIL = re.compile(r"^[^@\s]+@[^@\s.]+(\.[^@\s.]+)+$")
SHORT_NUMBER = re.compile(r"\s*(\d{3}|\d{5,6})\s*")
LINKS = ("url", "website", "uri", "term_uri", "schedule_link")


class Verdict(Struct, omit_defaults=False):
    """What a file is and what is wrong with it."""

    format: str | None
    version: str | None
    valid: bool
    problems: tuple[Problem, ...] = ()


def validate(path: Path) -> Verdict:
    """Examine a file or folder. Never raises for what is in it."""
    try:
        if not path.exists():
            raise ProblemsFound(
                [unreadable(str(path), "There is no such file or folder.", "Check the name.")]
            )
        if path.is_dir() or zipfile.is_zipfile(path):
            return verdict("hsds-csv", list(tables(hsds_csv.tables_in(path))))
        items = hsds_json.parse(path.read_bytes(), path.name)
        if items.tables:
            found = list(tables(hsds_tables.from_json(items.tables, path.name)))
            return verdict("hsds-tables-json", found)
        return verdict(
            items.shape, [p for at, item, kind in items.found for p in root(item, kind, path.name + at)]
        )
    except ProblemsFound as error:
        return Verdict(None, None, False, tuple(error.problems))
    except OSError as error:
        what = f"It cannot be read: {error.strerror or error}."
        return Verdict(None, None, False, (unreadable(str(path), what, "Check that you may read it."),))


def verdict(format_: str, problems: list[Problem]) -> Verdict:
    """The verdict on what was found."""
    valid = not any(problem.severity == Severity.error for problem in problems)
    return Verdict(format_, VERSION, valid, tuple(problems))


def root(item: Any, object_: str | None, where: str) -> Iterator[Problem]:
    """Everything wrong with one object of a JSON file."""
    if object_ is None:
        yield hsds_json.unknown(where)
        return
    for error in validator(object_).iter_errors(item):
        pointer = "".join(f"/{part}" for part in error.instance_path)
        yield against_schema(f"{where}{pointer}", object_, error)
    yield from beyond(item, object_, where)


def against_schema(where: str, object_: str, error: Any) -> Problem:
    """A schema's complaint in words."""
    return Problem(
        where=where,
        what=f"{error.message[:300]}.",
        why=f"The schema of {object_.replace('_', ' ')} does not allow it: other programs may refuse it.",
        do="Correct the value where the file comes from.",
    )


def beyond(item: Any, object_: str, where: str) -> Iterator[Problem]:
    """What the schemas let through, in an object and in everything nested in it."""
    if not isinstance(item, dict):
        return
    yield from values(item, object_, where)
    for field, kind in NESTED[object_].items():
        inner = item.get(field)
        listed = inner if isinstance(inner, list) else [inner]
        for number, part in enumerate(listed):
            at = f"{where}/{field}/{number}" if isinstance(inner, list) else f"{where}/{field}"
            yield from beyond(part, kind.object, at)


def values(doc: Doc, object_: str, where: str) -> Iterator[Problem]:
    """What is wrong with the values of one object that no schema sees."""
    for field in LINKS:
        if isinstance(doc.get(field), str) and doc[field] and not reachable(doc[field]):
            yield wrong(f"{where}/{field}", "This is no web address.", "A reader's click would lead nowhere.")
    if isinstance(doc.get("email"), str) and doc["email"] and not EMAIL.match(doc["email"]):
        yield wrong(f"{where}/email", "This is no email address.", "A reader's letter would come back.")
    if object_ == "phone" and isinstance(doc.get("number"), str) and not dialable(doc["number"]):
        yield wrong(f"{where}/number", "This number cannot be dialled.", "Someone in need could dial it.")
    if object_ == "location":
        yield from point(doc, where)
    if object_ == "schedule":
        yield from times(doc, where)


def wrong(where: str, what: str, why: str) -> Problem:
    """A warning about a value."""
    return Problem(where, what, why, "Correct it where the file comes from.", Severity.warning)


def reachable(text: str) -> bool:
    """Whether the text is an address on the web."""
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and " " not in text
    except ValueError:
        return False


def dialable(number: str) -> bool:
    """Whether a phone could dial this: a short code, or a number long enough for its country."""
    digits = re.sub(r"[^\d+]", "", number)
    if SHORT_NUMBER.fullmatch(number):
        return True
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(digits, "US"))
    except phonenumbers.NumberParseException:
        return False


def point(doc: Doc, where: str) -> Iterator[Problem]:
    """A point that is not on this planet."""
    for field, most in (("latitude", 90), ("longitude", 180)):
        value = doc.get(field)
        if isinstance(value, int | float) and abs(value) > most:
            yield wrong(f"{where}/{field}", f"It lies beyond {most} degrees.", "The place cannot be found.")


def times(doc: Doc, where: str) -> Iterator[Problem]:
    """Hours that cannot be read, lack one end, or close before they open."""
    opens, closes = doc.get("opens_at"), doc.get("closes_at")
    for field, value in (("opens_at", opens), ("closes_at", closes)):
        if isinstance(value, str) and value and clock(value) is None:
            yield wrong(f"{where}/{field}", "This is no time of day.", "Nobody can tell whether it is open.")
    if bool(opens) != bool(closes):
        yield wrong(where, "It has only one of opens_at and closes_at.", "Nobody can tell when it is open.")
    start, end = clock(opens), clock(closes)
    if start and end and end <= start:
        yield wrong(where, "It closes before it opens.", "Past midnight it is read as closed.")


def tables(found: list[Table]) -> Iterator[Problem]:
    """Everything wrong with tables, by row and column."""
    for table in found:
        for where, cells in table.rows:
            yield from row(table.object, where, cells)
    read = hsds_tables.read(found, "validate", "hsds-csv", VERSION)
    yield from read.problems


def row(object_: str, where: str, cells: Doc) -> Iterator[Problem]:
    """Everything wrong with one row that its table's schema or plain sense can see."""
    doc = {k: number(object_, k, v) for k, v in cells.items() if v is not None and v != ""}
    flat = {field for field, kind in fields_of(object_).items() if field not in NESTED[object_]}
    for error in validator(object_).iter_errors(doc):
        missing = getattr(error.kind, "property", None) if error.kind.name == "required" else None
        if missing is not None and missing not in flat:
            continue
        column = error.instance_path[0] if error.instance_path else missing
        if missing in cells and set(fields_of(object_)[missing]) & {"enum", "format"} == set():
            yield wrong(f"{where}, column {column}", "It is empty.", "Readers may need to know it.")
            continue
        yield against_schema(f"{where}, column {column}", object_, error)
    for column in schema(object_).get("tabular_required", ()):
        if column not in doc:
            yield Problem(
                where=f"{where}, column {column}",
                what="It is empty.",
                why="Tables of the standard need it to say what the row belongs to.",
                do="Fill it in where the file comes from.",
            )
    yield from values(doc, object_, where)


def number(object_: str, column: str, cell: Any) -> Any:
    """A cell of a column of numbers as a number, where it is one."""
    if not isinstance(cell, str) or fields_of(object_).get(column, {}).get("type") != "number":
        return cell
    try:
        return float(cell) if "." in cell else int(cell)
    except ValueError:
        return cell
