"""Is it HSDS, which version, and what is wrong: by the standard's schemas, and beyond what they see."""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from waypost.exchange import hsds_csv, hsds_json, hsds_tables, recognize
from waypost.exchange.batch import Doc
from waypost.exchange.dialects import airs_file, xml
from waypost.exchange.dialects import package as dialects
from waypost.exchange.dialects.book import SPREADSHEETS
from waypost.exchange.flatten import Flat
from waypost.exchange.foreign import foreign
from waypost.exchange.hsds_tables import Table
from waypost.exchange.objects import NESTED
from waypost.exchange.recognize import Known, walk
from waypost.exchange.schema import VERSION, fields_of, schema, validator
from waypost.exchange.sense import outside, values, wrong
from waypost.exchange.trouble import unreadable
from waypost.model.evidence import Problem, ProblemsFound, Severity, Struct


class Verdict(Struct, omit_defaults=False):
    """What a file is and what is wrong with it. ``records``: how many of each object it holds."""

    format: str | None
    version: str | None
    valid: bool
    problems: tuple[Problem, ...] = ()
    declared: str | None = None
    fits: tuple[str, ...] = ()
    profile: str | None = None
    records: dict[str, int] = {}


def validate(path: Path, today: date | None = None) -> Verdict:
    """Examine a file or folder. Never raises for what is in it. Without ``today`` no day is in the future."""
    try:
        if not path.exists():
            raise ProblemsFound(
                [unreadable(str(path), "There is no such file or folder.", "Check the name.")]
            )
        if path.suffix.lower() in SPREADSHEETS:
            what = "This is a spreadsheet. HSDS has none: there is nothing to hold its columns against."
            do = "Import it through a mapping (waypost import FILE --suggest-mapping), or save it as tables of HSDS in CSV."
            return Verdict("spreadsheet", None, False, (unreadable(path.name, what, do),))
        if path.is_dir() or zipfile.is_zipfile(path):
            return package(path, today)
        return examine(path.read_bytes(), path.name, today)
    except ProblemsFound as error:
        return Verdict(None, None, False, tuple(error.problems))
    except OSError as error:
        what = f"It cannot be read: {error.strerror or error}."
        return Verdict(None, None, False, (unreadable(str(path), what, "Check that you may read it."),))


def examine(data: bytes, name: str, today: date | None = None) -> Verdict:
    """Examine the bytes of a file of this name, as they come from a file or from standard input."""
    try:
        if name.lower().endswith(".csv") and (old := older({name: data}, name)):
            return old
        if name.lower().endswith(".csv"):
            return of_tables("hsds-csv", hsds_csv.tables_of({name: data}, Path(name)), None, today, [name])
        if xml.looks_so(data) and not foreign(data, name):
            return of_airs(data, name)
        if (other := no_records(data, name)) is not None:
            return other
        items = hsds_json.parse(data, name)
    except ProblemsFound as error:
        return Verdict(None, None, False, tuple(error.problems))
    if items.tables:
        try:
            tables = hsds_tables.from_json(items.tables, name)
        except ProblemsFound as error:
            return Verdict("hsds-tables-json", VERSION, False, tuple(error.problems))
        return of_tables("hsds-tables-json", tables, None, today, list(items.tables))
    return of_items(items, name, today)


def no_records(data: bytes, name: str) -> Verdict | None:
    """The verdict on JSON that speaks of HSDS and holds no record of it: an API's root, a list of tests."""
    try:
        value = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, RecursionError, ValueError):
        return None
    if found := recognize.description(value):
        return made("hsds-api-root", found, [])
    if profile := recognize.tests_of(value):
        what = f"This is a list of tests for an API of {profile}. It holds no records."
        return Verdict("api-tests", None, False, (unreadable(name, what, "Name the file of records."),))
    old = recognize.old_fields(value)
    content = value.get("content") if isinstance(value, dict) else value if isinstance(value, list) else None
    if old is None and isinstance(content, list) and content:
        old = recognize.old_fields(content[0])
    if old is None:
        return None
    return Verdict("json", old, False, (recognize.too_old(name, old),))


def made(
    format_: str, found: Known, problems: list[Problem], records: dict[str, int] | None = None
) -> Verdict:
    """The verdict on what was found."""
    valid = not any(problem.severity == Severity.error for problem in problems)
    bare = Verdict(format_, found.version, valid, tuple(problems), records=records or {})
    said = {"declared": found.declared, "fits": found.fits, "profile": found.profile}
    return msgspec.structs.replace(bare, **said)


def of_items(items: hsds_json.Items, name: str, today: date | None) -> Verdict:
    """The verdict on the objects of a JSON file."""
    inside = [pair for _, item, kind in items.found for pair in walk(item, kind)]
    found = recognize.known(inside)
    problems = [p for at, item, kind in items.found for p in root(item, kind, name + at, today)]
    problems += recognize.strange(inside, found)
    problems += twice(items, name)
    ids = {(object_, str(doc.get("id"))) for object_, doc in inside}
    for at, item, kind in items.found:
        problems += dangling(item, kind, name + at, ids)
    counts: dict[str, set[str]] = {}
    for object_, id_ in ids:
        counts.setdefault(object_, set()).add(id_)
    return made(items.shape, found, problems, {k: len(v) for k, v in sorted(counts.items())})


def root(item: Any, object_: str | None, where: str, today: date | None) -> Iterator[Problem]:
    """Everything wrong with one object of a JSON file."""
    if object_ is None:
        yield hsds_json.unknown(where, item)
        return
    for error in validator(object_).iter_errors(item):
        pointer = "".join(f"/{part}" for part in error.instance_path)
        yield against_schema(f"{where}{pointer}", object_, error)
    yield from beyond(item, object_, where, today)


def against_schema(where: str, object_: str, error: Any) -> Problem:
    """A schema's complaint in words."""
    return Problem(
        where=where,
        what=f"{error.message[:300]}.",
        why=f"The schema of {object_.replace('_', ' ')} does not allow it: other programs may refuse it.",
        do="Correct the value where the file comes from.",
    )


def beyond(item: Any, object_: str, where: str, today: date | None = None) -> Iterator[Problem]:
    """What the schemas let through, in an object and in everything nested in it."""
    if not isinstance(item, dict):
        return
    yield from values(item, object_, where, today)
    if object_ == "location" and isinstance(item.get("addresses"), list):
        yield from outside(item, [a for a in item["addresses"] if isinstance(a, dict)], where)
    for field, kind in NESTED[object_].items():
        inner = item.get(field)
        listed = inner if isinstance(inner, list) else [inner]
        for number, part in enumerate(listed):
            at = f"{where}/{field}/{number}" if isinstance(inner, list) else f"{where}/{field}"
            yield from beyond(part, kind.object, at, today)


def twice(items: hsds_json.Items, name: str) -> Iterator[Problem]:
    """Ids that stand on two records of a list, and records that stand in two places with two values."""
    seen: dict[tuple[str, str], str] = {}
    flat = Flat("validate")
    for at, item, kind in items.found:
        if kind is None:
            continue
        key = (kind, str(item.get("id")))
        if "id" in item and key in seen:
            what = f"{seen[key]} has this id too."
            yield wrong(f"{name}{at}/id", what, "Two records under one id cannot be told apart.")
        else:
            flat.nested(kind, item, name + at)
        seen.setdefault(key, name + at)
    yield from flat.problems


POINTERS = ("organization", "service", "location", "service_at_location", "program", "taxonomy", "unit")


def dangling(item: Any, object_: str | None, where: str, ids: set[tuple[str, str]]) -> Iterator[Problem]:
    """Keys that name a record of a kind that the file holds, but not that record."""
    held = {kind for kind, _ in ids}
    if object_ is None or not isinstance(item, dict):
        return
    for target in POINTERS:
        said = item.get(f"{target}_id")
        if isinstance(said, str) and said and target in held and (target, said) not in ids:
            what = f"It names a {target.replace('_', ' ')} that is not in this file."
            yield wrong(
                f"{where}/{target}_id", what, "What hangs in the air cannot be shown where it belongs."
            )
    for field, kind in NESTED[object_].items():
        inner = item.get(field)
        for number, part in enumerate(inner if isinstance(inner, list) else [inner]):
            at = f"{where}/{field}/{number}" if isinstance(inner, list) else f"{where}/{field}"
            yield from dangling(part, kind.object, at, ids)


def package(path: Path, today: date | None) -> Verdict:
    """The verdict on a folder or zip file of tables."""
    files = hsds_csv.unzip(path) if path.is_file() else hsds_csv.folder(path)
    if found := airs_file.among(files, path.name):
        return of_airs(files[found], found)
    if old := older(files, path.name):
        return old
    return of_tables(
        "hsds-csv", hsds_csv.tables_of(files, path), hsds_csv.declared(files), today, list(files)
    )


def older(files: Mapping[str, bytes], name: str) -> Verdict | None:
    """The verdict on tables of an older dialect, recognized as an import does; None for others."""
    found = dialects.recognized(files)
    if found is None:
        return None
    problem = recognize.too_old(name, found.dialect)
    do = f"{problem.do} waypost import takes it in as it is."
    problems = (msgspec.structs.replace(problem, do=do), found.told(name))
    return Verdict(found.format, found.dialect, False, problems)


def of_airs(data: bytes, name: str) -> Verdict:
    """The verdict on AIRS XML: it is no HSDS, and what an import would say of it."""
    batch = airs_file.read(data, "validate", name)
    told = unreadable(
        name,
        f"This is AIRS XML {batch.version}, not HSDS.",
        "waypost import takes it in as it is; an export of that is HSDS 3.",
    )
    counts = Counter(row_.object for row_ in batch.rows)
    return Verdict(
        batch.format, batch.version, False, (told, *batch.problems), records=dict(sorted(counts.items()))
    )


def of_tables(
    format_: str, found: list[Table], declared: str | None, today: date | None, names: list[str]
) -> Verdict:
    """The verdict on tables, by row and column."""
    if old := recognize.old_tables(names) or recognize.old_columns(found):
        return Verdict(format_, old, False, (recognize.too_old(names[0], old),))
    rows = [(table.object, row_) for table in found for _, row_ in table.rows]
    cells = [(object_, {k: v for k, v in row_.items() if v not in (None, "")}) for object_, row_ in rows]
    known = recognize.known(cells, declared)
    problems = [p for table in found for at, row_ in table.rows for p in row(table.object, at, row_, today)]
    read = hsds_tables.read(found, "validate", "hsds-csv", VERSION)
    problems += [*read.problems, *recognize.strange(cells, known), *points(found)]
    return made(format_, known, problems, {table.object: len(table.rows) for table in found})


def points(found: list[Table]) -> Iterator[Problem]:
    """Points of a table of locations that do not lie in the state of their addresses."""
    addresses: dict[str, list[Doc]] = {}
    for table in found:
        for _, cells in table.rows if table.object == "address" else ():
            addresses.setdefault(str(cells.get("location_id")), []).append(cells)
    for table in found:
        for where, cells in table.rows if table.object == "location" else ():
            doc = {k: number("location", k, v) for k, v in cells.items()}
            yield from outside(doc, addresses.get(str(cells.get("id")), []), where)


def row(object_: str, where: str, cells: Doc, today: date | None = None) -> Iterator[Problem]:
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
    for problem in values(doc, object_, where, today):
        yield by_column(problem, where)


def by_column(problem: Problem, where: str) -> Problem:
    """A Problem about a field as one about a column."""
    field = problem.where.removeprefix(where).removeprefix("/")
    return msgspec.structs.replace(problem, where=f"{where}, column {field}" if field else where)


def number(object_: str, column: str, cell: Any) -> Any:
    """A cell of a column of numbers as a number, where it is one."""
    if not isinstance(cell, str) or fields_of(object_).get(column, {}).get("type") != "number":
        return cell
    try:
        found = msgspec.json.decode(cell.strip())
    except (msgspec.DecodeError, ValueError, RecursionError):
        return cell
    return found if isinstance(found, int | float) and not isinstance(found, bool) else cell
