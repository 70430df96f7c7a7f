"""Records as a spreadsheet: a sheet to read, and a sheet for each kind of record, from which it can be taken in again."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from waypost.exchange import cells, hsds_tables
from waypost.exchange.batch import Doc
from waypost.exchange.objects import NESTED, TABLES
from waypost.exchange.schema import columns_of
from waypost.exchange.splice import children_of, full
from waypost.exchange.trouble import ExtraMissing
from waypost.model.evidence import Problem, Severity

READ = "Directory"
"""The sheet for people. It says again what the others hold."""
COLUMNS = (
    "Organization", "Service", "Status", "Description", "Phones", "Hours", "Address", "Website", "Email", "Who may come",
    "Cost", "Languages", "How to get in", "Last looked at",
)  # fmt: skip
LONGEST = 32_767
"""More characters than that no cell of a spreadsheet holds."""
DATED = datetime(1980, 1, 1)  # noqa: DTZ001
"""The same records are the same file."""


def write(
    docs: Mapping[tuple[str, str], Doc], licences: Sequence[Mapping[str, str]] = ()
) -> tuple[dict[str, bytes], list[Problem]]:
    """The file, and a Problem for each cell that is too long for one. Raises ProblemsFound without the extra."""
    try:
        import xlsxwriter
    except ImportError:
        raise ExtraMissing("export", "Spreadsheets") from None
    out = io.BytesIO()
    settings = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(out, settings)
    whose = "; ".join(f"{said.get('title', '')} ({said.get('name', '')})" for said in licences)
    book.set_properties({"title": "Human services directory", "comments": whose, "created": DATED})
    looks = {
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
        "cell": book.add_format({"text_wrap": True, "valign": "top"}),
    }
    problems: list[Problem] = []
    fill(book, looks, READ, COLUMNS, directory(docs), problems)
    found = hsds_tables.tables_of(docs)
    for object_ in TABLES:
        if rows := found.get(object_):
            used = [
                c for c in columns_of(object_) if c == "id" or any(cells.write(row.get(c)) for row in rows)
            ]
            lines = ([row.get(column) for column in used] for row in rows)
            fill(book, looks, title(object_), [heading(c) for c in used], lines, problems)
    book.close()
    return {"": out.getvalue()}, problems


def title(object_: str) -> str:
    """The name of the sheet of a kind of record."""
    return heading(TABLES[object_])


def heading(column: str) -> str:
    """The name of a column as people read it; the words are those of the standard, so that it can be read back."""
    return column.replace("_", " ").capitalize()


def fill(
    book: Any,
    looks: Mapping[str, Any],
    name: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    told: list[Problem],
) -> None:
    """Write one sheet."""
    page = book.add_worksheet(name)
    for place, column in enumerate(columns):
        page.set_column(place, place, 18 if len(column) < 12 else 30)
        page.write_string(0, place, column, looks["head"])
    number = 0
    for number, row in enumerate(rows, 1):
        for place, value in enumerate(row):
            text = cells.write(value)
            if len(text) > LONGEST:
                told.append(too_long(f"{name} row {number + 1}, column {columns[place]}", len(text)))
                # Half a text would come back as a change; an empty cell changes nothing.
                continue
            if text:
                page.write_string(number, place, text, looks["cell"])
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, max(number, 1), len(columns) - 1)
    page.set_landscape()
    page.repeat_rows(0)


def too_long(where: str, length: int) -> Problem:
    """A Problem: a text that no cell holds."""
    what = f"This text has {length} characters, and a cell holds {LONGEST}. It was left out."
    return Problem(where, what, "Half of it would be misread.", "Export as hsds-csv.", Severity.warning)


def directory(docs: Mapping[tuple[str, str], Doc]) -> list[list[str]]:
    """One row for each service, as people read it."""
    children = children_of((object_, doc) for (object_, _), doc in docs.items())

    def find(object_: str, id_: str) -> Doc | None:
        return docs.get((object_, id_))

    made = [full(find, children, "service", id_) for object_, id_ in sorted(docs) if object_ == "service"]
    return sorted(row(service) for service in made if service)


def row(service: Doc) -> list[str]:
    """A service in the columns for people."""
    owner = service.get("organization") or {}
    places = [at.get("location") or {} for at in objects(service, "service_at_locations")]
    at = objects(service, "service_at_locations")
    return [
        str(owner.get("name") or ""),
        str(service.get("name") or ""),
        str(service.get("status") or ""),
        str(service.get("description") or ""),
        lines(phone(p) for of in (service, *at, *places, owner) for p in objects(of, "phones")),
        lines(hours(h) for of in (service, *at, *places) for h in objects(of, "schedules")),
        lines(address(a) for place in places for a in objects(place, "addresses")),
        str(service.get("url") or owner.get("website") or ""),
        str(service.get("email") or owner.get("email") or ""),
        str(service.get("eligibility_description") or ""),
        str(service.get("fees_description") or ""),
        ", ".join(
            dict.fromkeys(str(of.get("name") or of.get("code")) for of in objects(service, "languages"))
        ),
        str(service.get("application_process") or ""),
        str(service.get("assured_date") or "")[:10],
    ]


def objects(doc: Doc, field: str) -> list[Doc]:
    """What is nested in a list."""
    assert any(field in fields for fields in NESTED.values())
    return [item for item in doc.get(field) or () if isinstance(item, dict)]


def lines(said: Iterable[str]) -> str:
    """Each on a line of its own, once."""
    return "\n".join(dict.fromkeys(filter(None, said)))


def phone(doc: Doc) -> str:
    """A number with its extension and what it is for."""
    words = [str(doc.get("number") or ""), f"ext. {doc['extension']}" if doc.get("extension") else ""]
    said = str(doc.get("description") or "")
    kind = str(doc.get("type") or "")
    beside = "; ".join(filter(None, ["" if kind == "voice" else kind, said]))
    return " ".join(filter(None, [*words, f"({beside})" if beside else ""]))


def hours(doc: Doc) -> str:
    """Hours as they stand in a schedule."""
    span = "-".join(filter(None, [str(doc.get("opens_at") or ""), str(doc.get("closes_at") or "")]))
    return " ".join(filter(None, [str(doc.get("byday") or ""), span, str(doc.get("description") or "")]))


def address(doc: Doc) -> str:
    """An address on one line."""
    parts = ("address_1", "address_2", "city", "state_province", "postal_code")
    return ", ".join(str(doc[part]) for part in parts if doc.get(part))
