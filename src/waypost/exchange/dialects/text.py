"""The bytes of a table as text: which encoding, which delimiter, and the rows under their columns."""

from __future__ import annotations

import codecs
import csv
import io

from waypost.exchange import cells
from waypost.exchange.trouble import stop, unreadable
from waypost.model.evidence import ProblemsFound, Struct

DELIMITERS = (",", ";", "\t", "|")
LONGEST_CELL = 1_000_000
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class Sheet(Struct):
    """A table as it is written: its columns, and each row that is not empty with its number."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, dict[str, str]], ...]
    encoding: str = "utf-8"
    delimiter: str = ","


def decoded(name: str, data: bytes) -> tuple[str, str]:
    """The text and the encoding it is in: by its mark, else UTF-8 if it is that, else cp1252. Raises ProblemsFound."""
    mark = next((encoding for bom, encoding in MARKS if data.startswith(bom)), None)
    for encoding in (mark,) if mark else ("utf-8", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text, encoding
    what = "This is no text in UTF-8, UTF-16 with a mark, or cp1252."
    raise ProblemsFound([unreadable(name, what, "Save it again as CSV in UTF-8.")])


def delimiter_of(text: str) -> str:
    """What stands between the cells of the first line."""
    first = text.split("\n", 1)[0]
    return max(DELIMITERS, key=lambda mark: (first.count(mark), -DELIMITERS.index(mark)))


def read(name: str, data: bytes) -> Sheet:
    """A table from its bytes. Raises ProblemsFound with every row that cannot be read."""
    text, encoding = decoded(name, data)
    delimiter = delimiter_of(text)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[tuple[int, dict[str, str]]] = []
    problems = []
    before = csv.field_size_limit(LONGEST_CELL)
    try:
        header = tuple(cells.read(cell).strip().lower().replace(" ", "_") for cell in next(lines, []))
        if len(set(header)) < len(header):
            problems.append(unreadable(name, "Two of its columns have one name.", "Name each column once."))
        for number, line in enumerate(lines, 2):
            if any(cell.strip() for cell in line[len(header) :]):
                what = f"It has {len(line)} cells, and the table {len(header)} columns."
                do = "Put texts with commas in quotes."
                problems.append(unreadable(f"{name} row {number}", what, do))
                stop(problems, name)
            elif any(cell.strip() for cell in line):
                values = (cells.read(cell).strip() for cell in line)
                rows.append((number, dict(zip(header, values, strict=False))))
    except csv.Error as error:
        where = f"{name} line {lines.line_num}"
        problems.append(unreadable(where, f"It is not CSV: {error}.", "Correct the quotes in this line."))
    finally:
        csv.field_size_limit(before)
    if problems:
        raise ProblemsFound(problems)
    return Sheet(name, header, tuple(rows), encoding, delimiter)
