"""A worksheet: rows under named columns, as Markdown to read and fill in, as CSV, or as a spreadsheet (xlsx)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import msgspec

from waypost.exchange.trouble import unreadable
from waypost.model.evidence import Problem, ProblemsFound

Line = dict[str, str]
MOST_ROWS = 20_000
_HEAD = re.compile(r"^## (?P<of>\S+)\s*$")
_FIELD = re.compile(r"^- (?P<name>[a-z_]+):(?P<value>.*)$")


class Sheet(msgspec.Struct, frozen=True):
    """The columns of a worksheet, those to be filled in, the words that one of them takes, and its rows."""

    title: str
    intro: str
    columns: Mapping[str, str]
    to_fill: Sequence[str]
    choices: Mapping[str, Sequence[str]]
    rows: Sequence[Mapping[str, str]]


def markdown(sheet: Sheet) -> bytes:
    """The worksheet as text: one heading a row, one line a field; the empty lines are to be filled in."""
    lines = [f"# {sheet.title}", "", sheet.intro]
    for row in sheet.rows:
        lines += ["", f"## {row['of']}", ""]
        for name in sheet.columns:
            if name != "of":
                value = " / ".join(row.get(name, "").splitlines())
                lines.append(f"- {name}: {value}".rstrip())
    return ("\n".join(lines) + "\n").encode()


def xlsx(sheet: Sheet, on: date) -> bytes:
    """The worksheet as a spreadsheet. Raises ProblemsFound where the extra ``formats`` is not installed."""
    try:
        import xlsxwriter
    except ImportError:
        raise ProblemsFound([_missing()]) from None
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    # The same worksheet on the same day is the same file.
    book.set_properties({"title": sheet.title, "created": datetime(on.year, on.month, on.day)})  # noqa: DTZ001
    page = book.add_worksheet("worksheet")
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    blank = book.add_format({"text_wrap": True, "valign": "top", "bg_color": "#FFF6D6", "border": 1})
    names = list(sheet.columns)
    for place, name in enumerate(names):
        page.set_column(place, place, 18 if name in sheet.to_fill else 34)
        page.write_string(0, place, name, head)
        page.write_comment(0, place, sheet.columns[name])
        for number, row in enumerate(sheet.rows, 1):
            page.write_string(number, place, row.get(name, ""), blank if name in sheet.to_fill else plain)
        if name in sheet.choices and sheet.rows:
            rule = {"validate": "list", "source": list(sheet.choices[name]), "error_type": "warning"}
            page.data_validation(1, place, len(sheet.rows), place, rule)
    page.freeze_panes(1, 1)
    page.set_landscape()
    book.close()
    return out.getvalue()


def read(path: Path) -> list[tuple[str, Line]]:
    """The rows of a filled worksheet with their places. Raises ProblemsFound for what cannot be read."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ProblemsFound([unreadable(str(path), f"It cannot be read: {error.strerror}.", _NAME)]) from None
    ending = path.suffix.lower()
    if ending == ".xlsx":
        return _table(_cells(path, data), path.name)
    text = _text(path, data)
    if ending == ".csv":
        return _table(list(csv.reader(io.StringIO(text), strict=False)), path.name)
    if ending in (".md", ".txt"):
        return list(_blocks(text, path.name))
    raise ProblemsFound(
        [unreadable(str(path), f'A worksheet ends in .md, .xlsx or .csv, not "{ending}".', _NAME)]
    )


_NAME = "Name the worksheet that was filled in."


def _text(path: Path, data: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ProblemsFound([unreadable(str(path), "It is no text.", "Save it as UTF-8 text.")])


def _cells(path: Path, data: bytes) -> list[list[Any]]:
    try:
        from python_calamine import CalamineError, CalamineWorkbook
    except ImportError:
        raise ProblemsFound([_missing()]) from None
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return list(book.get_sheet_by_index(0).to_python(nrows=MOST_ROWS))
    except (CalamineError, OSError, ValueError) as error:
        raise ProblemsFound([unreadable(str(path), f"It is no spreadsheet: {error}", _NAME)]) from None


def _table(rows: Sequence[Sequence[Any]], name: str) -> list[tuple[str, Line]]:
    if not rows:
        return []
    head = [_word(cell).lower() for cell in rows[0]]
    if "of" not in head:
        what = 'Its first row names no column "of", so no row says what it is about.'
        raise ProblemsFound(
            [unreadable(name, what, "Fill in the worksheet as it was written; keep its first row.")]
        )
    found = []
    for number, row in enumerate(rows[1:], 2):
        line = {column: _word(cell) for column, cell in zip(head, row, strict=False) if column}
        if any(line.values()):
            found.append((f"{name} row {number}", line))
    return found


def _word(cell: object) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell).strip()


def _blocks(text: str, name: str) -> Iterable[tuple[str, Line]]:
    line: Line | None = None
    where = ""
    for number, written in enumerate(text.splitlines(), 1):
        if head := _HEAD.match(written):
            if line is not None:
                yield where, line
            line, where = {"of": head["of"]}, f"{name} line {number}"
        elif line is not None and (field := _FIELD.match(written)):
            line[field["name"]] = field["value"].strip()
    if line is not None:
        yield where, line


def _missing() -> Problem:
    return Problem(
        where="worksheet",
        what="Spreadsheets need the extra packages of Waypost's formats.",
        why="They are not installed, because most guides do without.",
        do='Install them with "pip install waypost[formats]", or use the Markdown worksheet.',
    )
