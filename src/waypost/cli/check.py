"""``waypost check``: every Problem of a guide."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Annotated

import msgspec
import typer

from waypost import bootstrap
from waypost.check import examine, readable
from waypost.check.pages import drawn
from waypost.cli import options, report
from waypost.desk import upkeep
from waypost.desk.law_open import as_markdown, open_sections
from waypost.model.evidence import Problem, ProblemsFound, Severity


def check(
    pack: options.Pack = None,
    database: options.Database = None,
    on: options.On = None,
    as_json: options.AsJson = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit 1 on warnings too.")] = False,
    law: Annotated[
        bool,
        typer.Option("--law", help="Only list what a volunteer lawyer should read in the official code."),
    ] = False,
    readability: Annotated[
        bool,
        typer.Option("--readability", help="Only measure how hard each page is to read, by its own words."),
    ] = False,
) -> None:
    """Say every Problem of the guide: errors (exit 1), warnings, and facts open for a person to close."""
    if law:
        _to_read(pack, as_json)
        return
    if readability:
        _measure(pack, database, on, as_json)
        return
    problems, cost = _examine(pack, database, on)
    counts = Counter(str(problem.severity) for problem in problems)
    if as_json:
        said = {"counts": _all_counts(counts), "upkeep": cost.parts, "problems": problems}
        print(msgspec.json.encode(said).decode())
    else:
        for problem in problems:
            print(report.words(problem))
        if cost.words:
            print(cost.words)
        print(", ".join(f"{count} {severity}" for severity, count in _all_counts(counts).items()))
    failed = counts[Severity.error] or (strict and counts[Severity.warning])
    raise typer.Exit(report.REFUSED if failed else report.DONE)


def _to_read(pack: str | None, as_json: bool) -> None:
    """What must still be read in the official code, section by section, as Markdown or JSON."""
    try:
        found = open_sections(bootstrap.read_pack(pack))
    except ProblemsFound as faults:
        report.fail(faults.problems)
    print(msgspec.json.encode({"sections": found}).decode() if as_json else as_markdown(found))


def _measure(pack: str | None, database: str | None, on: options.On, as_json: bool) -> None:
    """The grade of every page, as a table or JSON."""
    try:
        found = readable.grades(drawn(bootstrap.open_guide(pack, database, on)).read)
    except ProblemsFound as faults:
        report.fail(faults.problems, report.ENVIRONMENT)
    if as_json:
        print(msgspec.json.encode({"pages": found, "medians": readable.medians(found)}).decode())
    else:
        print(readable.as_table(found))


@dataclass(frozen=True)
class _Cost:
    """What keeping the guide true takes; nothing for a guide that does not load."""

    parts: tuple[upkeep.Part, ...] = ()
    words: str = ""


def _examine(pack: str | None, database: str | None, on: options.On) -> tuple[list[Problem], _Cost]:
    try:
        guide = bootstrap.open_guide(pack, database, on)
        parts = upkeep.upkeep(guide)
        cost = _Cost(tuple(parts), upkeep.as_lines(guide, parts))
        return examine(guide, bootstrap.secrets(database, guide.pack)), cost
    except ProblemsFound as found:
        return found.problems, _Cost()


def _all_counts(counts: Counter[str]) -> dict[str, int]:
    return {severity: counts[severity] for severity in ("error", "warning", "open")}
