"""A spreadsheet through a mapping, as the tables that the rules for dirt and the intake know from other dialects."""

from __future__ import annotations

import msgspec

from waypost.exchange import hsds_tables
from waypost.exchange.batch import Batch, Count
from waypost.exchange.dialects.book import Book, Page
from waypost.exchange.dialects.mapped_cells import header
from waypost.exchange.dialects.mapped_rows import Known, Teller
from waypost.exchange.dialects.mapping import Mapping, Part
from waypost.exchange.dialects.package import Package, summed
from waypost.exchange.dialects.rules import Notes
from waypost.exchange.dialects.text import Sheet
from waypost.exchange.hsds_tables import OBJECT_OF, Table
from waypost.exchange.trouble import unreadable
from waypost.model.evidence import Problem, ProblemsFound, Severity

FORMAT = "spreadsheet"


def read(book: Book, mapping: Mapping, source: str, where: str) -> Batch:
    """Everything in a spreadsheet. Raises ProblemsFound with all that is wrong with sheets and columns."""
    chosen, problems = chosen_of(book, mapping, where)
    for page, part in chosen:
        problems += missing(page, part, where)
    if any(problem.severity == Severity.error for problem in problems):
        raise ProblemsFound(problems)
    notes = Notes()
    known: Known = {}
    tellers = [Teller(page, part, where, notes, known) for page, part in chosen if not part.as_standard]
    kept = Tables(tellers, notes, source)
    tables = [*kept.tables, *(standard(page, part) for page, part in chosen if part.as_standard)]
    made = hsds_tables.read(tables, source, FORMAT, None)
    counts = kept.counts | {name: c for name, c in made.tables.items() if name not in kept.counts}
    counts = {
        name: summed(c, made.tables.get(name)) if name in kept.counts else c for name, c in counts.items()
    }
    for teller in tellers:
        counts = teller.counted(counts)
    cells = [problem for teller in tellers for problem in teller.bad.problems()]
    told = (
        taken_for(book, chosen, where),
        *book.problems,
        *problems,
        *cells,
        *notes.problems(),
        *made.problems,
    )
    return msgspec.structs.replace(made, tables=counts, encoding=book.encoding, problems=told)


class Tables:
    """The tables of all sheets told in the terms of HSDS, with their account."""

    def __init__(self, tellers: list[Teller], notes: Notes, source: str) -> None:
        sheets: dict[str, tuple[Sheet, str]] = {}
        for teller in tellers:
            for sheet, object_ in teller.sheets():
                sheets[sheet.name] = (sheet, object_)
        package = Package(list(sheets.values()), "spreadsheet", source)
        package.notes = notes
        self.tables = package.retell()
        self.counts: dict[str, Count] = package.counts


def chosen_of(book: Book, mapping: Mapping, where: str) -> tuple[list[tuple[Page, Part]], list[Problem]]:
    """Each sheet that is read with how; and what is wrong with the choice, or left out."""
    pages = {page.name: page for page in book.pages}
    found: list[tuple[Page, Part]] = []
    problems: list[Problem] = []
    told: set[str] = set()
    for part in mapping.sheets:
        name = part.sheet
        if name is None or (len(pages) == 1 and book.kind == "csv"):
            name = next((n for n in pages if n not in told), "")
        if name not in pages:
            if part.ignore is None and not part.as_standard:
                what = f'There is no sheet "{name}". There are: {", ".join(pages)}.'
                problems.append(unreadable(where, what, "Correct the name of the sheet in the mapping."))
            continue
        told.add(name)
        if part.ignore is None:
            found.append((pages[name], part))
        else:
            problems.append(left_out(where, pages[name], f"The mapping says why: {part.ignore}"))
    for name, page in pages.items():
        if name not in told and any(any(row) for _, row in page.rows):
            problems.append(left_out(where, page, "The mapping does not name it."))
    if not found and not problems:
        problems.append(
            unreadable(where, "The mapping reads no sheet of it.", "Add the sheet to the mapping.")
        )
    return found, problems


def left_out(where: str, page: Page, why: str) -> Problem:
    """A word on a sheet that is not read."""
    rows = sum(any(row) for _, row in page.rows)
    what = f'[sheet-left-out] The sheet "{page.name}", with {rows} rows, was not read. {why}'
    do = 'Add it to the mapping under "sheets", or say there why it is left out.'
    return Problem(where, what, "What stands there reaches no reader.", do, Severity.warning)


def missing(page: Page, part: Part, where: str) -> list[Problem]:
    """Columns that the mapping names and the sheet lacks, names that stand twice, and columns nobody named."""
    at = f'{where}, sheet "{page.name}", row {part.header_row}'
    names = header(page, part.header_row)
    problems = []
    for name, column in part.columns.items():
        plain = " ".join(name.split())
        if plain not in names and not column.optional:
            what = f'There is no column "{plain}". There are: {", ".join(filter(None, names))[:200]}.'
            do = 'Correct the name or "header_row" in the mapping, or write "optional: true" beside the column.'
            problems.append(Problem(at, what, "What stood there would be lost without a word.", do))
        elif names.count(plain) > 1 and column.ignore is None:
            what = f'{names.count(plain)} columns are called "{plain}".'
            do = "Name each column once in the spreadsheet."
            problems.append(Problem(at, what, "Nobody can tell which of them is meant.", do))
    for name in dict.fromkeys(filter(None, names)):
        if name not in {" ".join(n.split()) for n in part.columns} and not part.as_standard:
            what = f'[column-left-out] The column "{name}" is not in the mapping. It was not read.'
            do = (
                "Add it to the mapping, with the field that it becomes, or with the reason why it is ignored."
            )
            problems.append(Problem(at, what, "What stands there reaches no reader.", do, Severity.warning))
    return problems


def standard(page: Page, part: Part) -> Table:
    """A sheet that is a table of HSDS already, under the names that people read."""
    names = [name.lower().replace(" ", "_") for name in header(page, part.header_row)]
    rows = [
        (f"{page.name} row {number}", {n: cell for n, cell in zip(names, row, strict=False) if n and cell})
        for number, row in page.rows
        if number > part.header_row and any(row)
    ]
    return Table(page.name, OBJECT_OF.get(part.each_row, part.each_row), rows)


def taken_for(book: Book, chosen: list[tuple[Page, Part]], where: str) -> Problem:
    """What this file was taken for."""
    sheets = ", ".join(f'"{page.name}" (columns in row {part.header_row})' for page, part in chosen)
    written = (
        f"It is written in {book.encoding}, cells apart by {book.delimiter!r}. " if book.delimiter else ""
    )
    return Problem(
        where=where,
        what=f"[taken-for] This was taken for a spreadsheet ({book.kind}). {written}Read through a mapping: {sheets}.",
        why="Read with another mapping, cells would become other fields.",
        do="See the first rows as they would become: waypost import FILE --mapping MAPPING --preview.",
        severity=Severity.warning,
    )
