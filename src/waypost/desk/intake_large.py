"""Taking in a file too large to be held at once: piece by piece, and yet all of it or nothing."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import msgspec

from waypost.desk import unfinished
from waypost.desk.account import Conflict, Gone, Progress, Report, account, silent
from waypost.desk.incoming import allowed, read_bytes
from waypost.desk.intake import refused, stamp
from waypost.desk.pieces import pieces
from waypost.desk.steady import steady
from waypost.desk.taking import Taking
from waypost.exchange.batch import Count
from waypost.exchange.trouble import unreadable
from waypost.model.evidence import Problem, ProblemsFound, Severity
from waypost.model.pack import Pack
from waypost.store import Connection, Store, bulk

MIB = 2**20
TOLD = 1_000
"""Problems of a file that are told one by one; of more only how many there are."""


class Refused(Exception):  # noqa: N818 - it is named for what became of the file
    """A piece of the file must not be taken in, and so nothing of it."""

    def __init__(self, report: Report):
        super().__init__("refused")
        self.report = report


def intake_large(
    store: Store,
    path: Path,
    source: str,
    pack: Pack,
    *,
    today: date,
    dry_run: bool = False,
    progress: Progress = silent,
) -> Report:
    """Take a large file in, in one transaction. Refused, with the database as it was, if a piece of it has an error.

    Raises ProblemsFound for what cannot be read.
    """
    allowed(source, pack)
    try:
        with steady(), store.write(keep=not dry_run) as connection, bulk.loading(connection):
            reports = each(connection, path, source, pack, stamp(store), today, progress)
            report = united(reports, path.name)
            unfinished.end(connection)
    except (Refused, ProblemsFound) as error:
        if not dry_run:
            unfinished.let_go(store)
        if isinstance(error, ProblemsFound):
            raise
        return error.report
    return msgspec.structs.replace(report, dry_run=dry_run)


def each(
    connection: Connection, path: Path, source: str, pack: Pack, moment: str, today: date, progress: Progress
) -> Iterator[Report]:
    """What became of each piece. Raises Refused, ProblemsFound."""
    whole = -(-path.stat().st_size // MIB)
    progress("large", 0, whole)
    for piece in pieces(path):
        with placed(piece.first):
            batch = read_bytes(piece.data, source, pack, path.name)
        if refused(batch):
            raise Refused(placed_in(account(batch, refused=True), piece.first))
        yield placed_in(Taking(connection, batch, moment, today).run(), piece.first)
        del batch
        gc.collect(0)  # what the piece left; what was there before it is not looked at
        progress("large", piece.done // MIB, whole)
    progress("large", whole, whole)


@contextmanager
def placed(first: int) -> Iterator[None]:
    """Let what cannot be read say in which piece of the file that is."""
    try:
        yield
    except ProblemsFound as error:
        raise ProblemsFound([at(first, problem) for problem in error.problems]) from None


def placed_in(report: Report, first: int) -> Report:
    """The account of a piece, its Problems told with where the piece begins."""
    return msgspec.structs.replace(report, problems=tuple(at(first, problem) for problem in report.problems))


def at(first: int, problem: Problem) -> Problem:
    """A Problem of a piece that begins with that object of the file."""
    where = problem.where if first == 1 else f"from object {first:,} on: {problem.where}"
    return msgspec.structs.replace(problem, where=where)


def united(reports: Iterable[Report], name: str) -> Report:
    """One account of all pieces. Where very many Problems are found the first are told, and how many there are.

    Raises ProblemsFound for a file without any piece.
    """
    last: Report | None = None
    tables: dict[str, Count] = {}
    problems: list[Problem] = []
    conflicts: list[Conflict] = []
    withdrawn: list[Gone] = []
    number = 0
    for report in reports:
        last = report
        for name, table in report.tables.items():
            more = {f: n for f, n in msgspec.structs.asdict(table).items() if f != "object"}
            tables[name] = tables.get(name, Count(table.object)).plus(**more)
        number += len(report.problems)
        problems += report.problems[: max(TOLD - len(problems), 0)]
        conflicts += report.conflicts
        withdrawn += report.withdrawn
    if last is None:
        raise ProblemsFound(
            [unreadable(name, "The file is empty.", "Check that this is the file you meant.")]
        )
    if number > TOLD:
        problems.append(many(number))
    fields = {"tables": tables, "problems": tuple(problems)}
    return msgspec.structs.replace(last, conflicts=tuple(conflicts), withdrawn=tuple(withdrawn), **fields)


def many(number: int) -> Problem:
    """A Problem: there are more than can be told."""
    what = f"{number:,} things were found to look at; the first {TOLD:,} are told."
    do = "Correct these where the file comes from, and import it again."
    return Problem("the file", what, "Most of them are of a few kinds.", do, Severity.warning)
