"""A spreadsheet from its bytes: pages of rows of plain text, whatever program wrote it; nothing in it is run."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import date, datetime, time, timedelta
from typing import Any, NoReturn

from waypost.exchange import cells
from waypost.exchange.dialects import text
from waypost.exchange.hsds_csv import suspicious
from waypost.exchange.trouble import ExtraMissing, unreadable
from waypost.model.evidence import Problem, ProblemsFound, Severity, Struct

SPREADSHEETS = (".xlsx", ".xlsm", ".ods")
PLAIN = (".csv", ".tsv", ".tab", ".txt")
ENDINGS = (*SPREADSHEETS, *PLAIN)
MOST_CELLS = 5_000_000
"""A page with two cells in far corners would be laid out in memory with everything between them."""
OLE = b"\xd0\xcf\x11\xe0"
SECRET = "EncryptedPackage".encode("utf-16-le")
REFERENCE = re.compile(rb"""<(?:\w+:)?c\s[^>]{0,200}?\br=["']([A-Z]{1,3})(\d{1,7})["']""")
ROW = re.compile(rb"""<(?:\w+:)?row\s[^>]{0,400}?\br=["'](\d{1,9})["']""")
REPEATED = re.compile(rb'table:number-(?:columns|rows)-repeated="(\d{1,9})"')
MOST_REPEATED = 1000
LONGEST_TAG = 2000
LONGEST_ROW = 100_000
SAVE = "Open it, save it again as xlsx, and import that."


class Page(Struct):
    """One sheet: its name, and its rows with their numbers, each cell as text without blanks around it."""

    name: str
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    hidden: bool = False


class Book(Struct):
    """A spreadsheet: its pages, what it was taken for, and what there is to tell of it."""

    pages: tuple[Page, ...]
    kind: str
    encoding: str = "utf-8"
    delimiter: str = ""
    problems: tuple[Problem, ...] = ()


def looks_so(data: bytes) -> str | None:
    """The kind of spreadsheet in these bytes by what is in the zip; None for any other zip."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "xl/workbook.xml" in names or any(name.startswith("xl/") for name in names):
                return "xlsx"
            if "mimetype" in names and b"opendocument.spreadsheet" in archive.open("mimetype").read(100):
                return "ods"
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError, ValueError):
        return None
    return None


def read(name: str, data: bytes) -> Book:
    """The pages of a spreadsheet. Raises ProblemsFound in a sentence for what cannot or must not be read."""
    if data.startswith(OLE):
        if SECRET in data:
            refuse(name, "It is protected by a password.", "Save it without a password, and import that.")
        refuse(name, "It is a spreadsheet of an older office program (xls).", SAVE)
    if data.startswith(b"PK") or name.lower().endswith(SPREADSHEETS):
        return workbook(name, data)
    return plain(name, data)


def refuse(name: str, what: str, do: str) -> NoReturn:
    """Raise ProblemsFound with one sentence."""
    raise ProblemsFound([unreadable(name, what, do)])


def plain(name: str, data: bytes) -> Book:
    """A single page of text in cells."""
    said, encoding = text.decoded(name, data)
    mark = delimiter_of(said)
    before = csv.field_size_limit(text.LONGEST_CELL)
    try:
        lines = csv.reader(io.StringIO(said, newline=""), delimiter=mark)
        rows = tuple((n, tuple(cells.read(c).strip() for c in line)) for n, line in enumerate(lines, 1))
    except csv.Error as error:
        refuse(name, f"It is not CSV: {error}.", "Correct the quotes in it.")
    finally:
        csv.field_size_limit(before)
    if not any(any(row) for _, row in rows):
        refuse(name, "It is empty.", "Name the file that holds the list.")
    return Book((Page(name, rows),), "csv", encoding, mark)


def delimiter_of(said: str) -> str:
    """What stands between the cells: what the first lines have most of, since titles may stand above the table."""
    first = "\n".join(said.split("\n", 15)[:15])
    bare = re.sub(r'"[^"]*"', "", first)
    return max(text.DELIMITERS, key=lambda mark: (bare.count(mark), -text.DELIMITERS.index(mark)))


def workbook(name: str, data: bytes) -> Book:
    """The pages of an xlsx or ods."""
    kind, told = inspected(name, data)
    try:
        from python_calamine import CalamineError, CalamineWorkbook
    except ImportError:
        raise ExtraMissing(name, "Spreadsheets") from None
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [(meta, book.get_sheet_by_name(meta.name)) for meta in book.sheets_metadata]
        pages = tuple(
            Page(meta.name, rows_of(sheet), not str(meta.visible).endswith(".Visible"))
            for meta, sheet in sheets
        )
    except (CalamineError, OSError, ValueError, KeyError, OverflowError) as error:
        refuse(name, f"It is no whole spreadsheet: {str(error)[:120]}.", SAVE)
    if not any(any(row) for page in pages for _, row in page.rows):
        refuse(name, "Nothing stands in any of its sheets.", "Name the file that holds the list.")
    return Book(pages, kind, problems=tuple(told))


def inspected(name: str, data: bytes) -> tuple[str, list[Problem]]:
    """What kind of spreadsheet the zip is, before anything of it is laid out. Raises ProblemsFound."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            what = suspicious(members, len(data))
            if not what and (archive.comment or min((m.header_offset for m in members), default=0) > 0):
                what = "It is a spreadsheet and something else at once."
            if what:
                refuse(name, what, "Check where the file comes from.")
            names = archive.namelist()
            if any(n.startswith("xl/") for n in names):
                measure(name, (archive.read(n) for n in names if re.match(r"xl/worksheets/[^/]+\.xml\Z", n)))
                return "xlsx", noted(name, names)
            if "content.xml" in names:
                if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read(
                    "META-INF/manifest.xml"
                ):
                    refuse(
                        name, "It is protected by a password.", "Save it without a password, and import that."
                    )
                measure_repeated(name, archive.read("content.xml"))
                return "ods", noted(name, names)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError, ValueError) as error:
        refuse(name, f"It is no whole spreadsheet: {str(error)[:120]}.", SAVE)
    refuse(name, "It is a zip file, but no spreadsheet (xlsx, ods).", SAVE)


def measure(name: str, sheets: Any) -> None:
    """Refuse a page that would be laid out over more cells than any list has."""
    for data in sheets:
        refuse_entities(name, data)
        corner = [(number(match[1]), int(match[2])) for match in REFERENCE.finditer(data)]
        last = max([row for _, row in corner] + [int(m[1]) for m in ROW.finditer(data)], default=0)
        if max((column for column, _ in corner), default=0) * last > MOST_CELLS:
            refuse(name, "Cells stand so far apart in it that no list needs it.", SAVE)


def number(letters: bytes) -> int:
    """The number of a column: A is 1."""
    found = 0
    for letter in letters:
        found = found * 26 + letter - 64
    return found


def measure_repeated(name: str, data: bytes) -> None:
    """Refuse a page that repeats a cell that holds something more often than any list does."""
    refuse_entities(name, data)
    for match in REPEATED.finditer(data):
        if int(match[1]) <= MOST_REPEATED:
            continue
        start = data.rfind(b"<", max(match.start() - LONGEST_TAG, 0), match.start())
        end = data.find(b">", match.end(), match.end() + LONGEST_TAG) + 1
        tag = data[start:end]
        row = tag.startswith(b"<table:table-row")
        holds = full_row(data, end) if row else b"office:value" in tag or not tag.endswith(b"/>")
        if holds and b"table-column" not in tag:
            refuse(name, f"It repeats one {'row' if row else 'cell'} {int(match[1])} times.", SAVE)


def full_row(data: bytes, at: int) -> bool:
    """Whether the row that begins here holds anything."""
    end = data.find(b"</table:table-row>", at, at + LONGEST_ROW)
    return end < 0 or b"office:value-type" in data[at:end]


def refuse_entities(name: str, data: bytes) -> None:
    """No spreadsheet needs a DTD, which can make a small file fill the memory."""
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        refuse(name, "It has a DTD, which no spreadsheet needs.", "Check where the file comes from.")


def noted(name: str, names: list[str]) -> list[Problem]:
    """What stands in a spreadsheet that is passed over."""
    found = []
    if any("vbaProject" in n or n.startswith(("Basic/", "Scripts/")) for n in names):
        found.append(passed(name, "It holds macros. They were not run, and not read."))
    if any(n.startswith("xl/externalLinks/") for n in names):
        found.append(
            passed(name, "It points at other files. They were not opened; values are as last saved.")
        )
    return found


def passed(name: str, what: str) -> Problem:
    """A word on what was passed over."""
    why, do = "Nothing in a file of others is ever run or fetched.", "Nothing, if the values are right."
    return Problem(name, what, why, do, Severity.warning)


def rows_of(sheet: Any) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """The rows of a sheet as text. A cell merged downwards stands in each of its rows."""
    rows = [[said(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    for (top, left), (bottom, _) in sheet.merged_cell_ranges or ():
        for below in range(top + 1, min(bottom + 1, len(rows))):
            if top < len(rows) and left < len(rows[top]) and left < len(rows[below]):
                rows[below][left] = rows[below][left] or rows[top][left]
    return tuple((n, tuple(row)) for n, row in enumerate(rows, 1))


def said(cell: object) -> str:
    """A cell as text: no .0 behind a number that is none, a date as 2026-11-22, a time as 09:00."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "minutes")
    if isinstance(cell, time):
        return cell.isoformat("minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        minutes = int(cell.total_seconds()) // 60
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    return cells.read(str(cell)).strip()
