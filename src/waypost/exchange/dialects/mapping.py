"""How a spreadsheet becomes records: what a steward may write in a mapping file, and what is wrong with one."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Literal

import msgspec

from waypost.exchange.schema import columns_of
from waypost.model.evidence import Problem, Struct

Split = Literal["phones", "hours", "languages", "list", "lines"]
PARTS = {
    "phone": "number",
    "schedule": "description",
    "language": "name",
    "service_area": "name",
    "required_document": "document",
    "accessibility": "description",
    "funding": "source",
    "cost_option": "option",
    "keyword": "name",
}
"""Objects that a cell becomes one of, or several, with the field that its text goes into."""
ONE = ("organization", "service", "location", "address", "postal_address", "contact", "schedule")
"""Objects of which a row has one, put together from its columns."""
OWNERS = ("organization", "service", "location")
HOLDS = {"postal_address": "address", "keyword": "taxonomy_term"}


class Column(Struct, forbid_unknown_fields=True):
    """What one column becomes. Either ``to``, ``marks`` or ``ignore`` must be there.

    - ``to``: the field, or a list of fields, that the cell goes into, such as ``service.name``.
    - ``split``: the cell holds several: ``phones``, ``hours``, ``languages``, a ``list`` (apart by commas, semicolons or
      lines) or ``lines``.
    - ``of``: whose phone, language or hours they are: ``organization``, ``service`` or ``location``.
    - ``kind``: the kind of phone in this column: ``voice``, ``fax``, ``textphone``, ``text``, ``cell``.
    - ``label``: words that stand before the text of the cell, or beside a phone.
    - ``join``: what stands between this column and the one before it that goes into the same field.
    - ``day``: the day whose hours stand in this column.
    - ``says``: the cell is a yes or a no; for a yes these words go into the field.
    - ``values``: what a cell says, and what it becomes.
    - ``marks``: ``confidential``, ``confidential-address``, ``inactive`` or ``private``.
    - ``when``: the cells that mark. Left out: every cell that is not a clear no.
    - ``ignore``: why the column is left out.
    - ``optional``: whether the column may be missing from the file.
    """

    to: str | tuple[str, ...] = ()
    split: Split | None = None
    of: Literal["organization", "service", "location"] | None = None
    kind: str | None = None
    label: str | None = None
    join: str | None = None
    day: str | None = None
    says: str | None = None
    values: dict[str, str] = {}
    marks: Literal["confidential", "confidential-address", "inactive", "private"] | None = None
    when: tuple[str, ...] = ()
    ignore: str | None = None
    optional: bool = False

    @property
    def targets(self) -> tuple[str, ...]:
        """The fields that the cell goes into."""
        return (self.to,) if isinstance(self.to, str) else self.to


class Part(Struct, forbid_unknown_fields=True):
    """How one sheet is read.

    - ``sheet``: its name. Left out: the only sheet, or the first.
    - ``ignore``: why the whole sheet is left out.
    - ``header_row``: the number of the row that names the columns, as the spreadsheet counts.
    - ``each_row``: what a row is: a ``service`` (with its organization and place), an ``organization``, a ``location``, or
      any other object of HSDS.
    - ``fill_down``: columns whose empty cells mean what stands above them.
    - ``columns``: what each column becomes.
    - ``fixed``: fields that are the same in every row, such as ``address.state_province: CT``.
    - ``identify``: for ``service``, ``organization`` and ``location``, the columns that tell one from another, so that a
      second import finds the same one.
    - ``dates``: ``month-first`` or ``day-first``, for dates such as 4/5/2026.
    - ``times``: ``by-day`` (9-5 is nine in the morning to five in the afternoon), ``marked`` (only times with am or pm are
      read) or ``24-hours``.
    - ``empty``: what stands in cells that say nothing, such as ``N/A``.
    - ``as_standard``: the sheet is a table of HSDS already, as Waypost's own export; no rule for dirt is applied.
    """

    sheet: str | None = None
    ignore: str | None = None
    header_row: int = 1
    each_row: str = "service"
    fill_down: tuple[str, ...] = ()
    columns: dict[str, Column] = {}
    fixed: dict[str, str] = {}
    identify: dict[str, tuple[str, ...]] = {}
    dates: Literal["month-first", "day-first"] = "month-first"
    times: Literal["by-day", "marked", "24-hours"] = "by-day"
    empty: tuple[str, ...] = ("N/A", "n/a", "NA", "-", "--", "none", "TBD", "?")
    as_standard: bool = False


class Mapping(Struct, forbid_unknown_fields=True):
    """A mapping file. ``mapping`` is the version of its form, ``about`` says what list it is for."""

    mapping: Literal["1"]
    sheets: tuple[Part, ...]
    about: str | None = None


def targets() -> list[str]:
    """Every field that a column may go into."""
    found = list(PARTS)
    for name in ONE:
        fields = [f for f in columns_of(HOLDS.get(name, name)) if f != "id" and not f.endswith("_id")]
        found += [f"{name}.{field}" for field in fields]
    return [*found, "phone.number", "phone.extension", "organization.id", "service.id", "location.id"]


def faults(mapping: Mapping, where: str) -> Iterator[Problem]:
    """What is wrong with a mapping itself, all of it."""
    for place, part in enumerate(mapping.sheets):
        at = f"{where}, sheets/{place}"
        if part.ignore is None and not part.as_standard:
            yield from faults_of(part, at)


def faults_of(part: Part, at: str) -> Iterator[Problem]:
    """What is wrong with how one sheet is read."""
    known = targets()
    if part.each_row not in OWNERS:
        yield wrong(at, "each_row", part.each_row, OWNERS)
    if part.header_row < 1:
        yield wrong(at, "header_row", str(part.header_row), ("1",))
    for name, column in part.columns.items():
        given = sum((bool(column.targets), column.marks is not None, column.ignore is not None))
        if given != 1:
            what = f'The column "{name}" must have one of "to", "marks" and "ignore", and has {given}.'
            yield fault(f"{at}/columns/{name}", what, "Say what becomes of it; for one left out, say why.")
        for target in column.targets:
            if target not in known:
                yield wrong(f"{at}/columns/{name}", "to", target, known)
    for target in part.fixed:
        if target not in known:
            yield wrong(at, "fixed", target, known)
    for object_, names in part.identify.items():
        if object_ not in OWNERS:
            yield wrong(at, "identify", object_, OWNERS)
        for name in names:
            if name not in part.columns:
                yield wrong(at, f"identify/{object_}", name, list(part.columns))
    for name in part.fill_down:
        if name not in part.columns:
            yield wrong(at, "fill_down", name, list(part.columns))
    told = {t for c in part.columns.values() for t in c.targets} | set(part.fixed)
    if f"{part.each_row}.name" not in told and part.each_row in ("service", "organization"):
        what = f'No column becomes "{part.each_row}.name".'
        yield fault(at, what, f'Give the column of names "to: {part.each_row}.name".')


def wrong(at: str, key: str, said: str, known: tuple[str, ...] | list[str]) -> Problem:
    """A Problem: a word that a key does not take, with the nearest that it does."""
    near = difflib.get_close_matches(said, known, 3, 0.5) or list(known)[:3]
    return fault(at, f'"{said}" is none that "{key}" takes.', f"Write one such as {', '.join(near)}.")


def fault(at: str, what: str, do: str) -> Problem:
    """A Problem in a mapping file."""
    return Problem(at, what, "Records would be made of the wrong cells.", do)


def shape(error: msgspec.ValidationError, where: str) -> Problem:
    """A Problem: the file is not shaped as a mapping is."""
    return fault(where, f"{error}.", "docs/importing.md shows how a mapping is written, key by key.")
