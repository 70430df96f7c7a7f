"""``waypost import``: records in, with a full account."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from waypost import bootstrap
from waypost.cli import options, report
from waypost.desk.account import Report
from waypost.desk.incoming import read_batch, source_of
from waypost.desk.intake import intake
from waypost.model.evidence import ProblemsFound

Form = Literal["words", "json"]


def import_(
    path: Annotated[
        Path, typer.Argument(metavar="FILE_OR_FOLDER", help="HSDS JSON, ndjson or CSV, or our YAML.")
    ],
    source: Annotated[
        str | None, typer.Option(help="Whose records these are (default: the file's name).")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen; keep nothing.")] = False,
    form: Annotated[str, typer.Option("--report", help="How to give the account: words or json.")] = "words",
    pack: options.Pack = None,
    database: options.Database = None,
) -> None:
    """Take records in: all of them or, if something is wrong with the file, none."""
    if form not in ("words", "json"):
        raise typer.BadParameter('Write "words" or "json".', param_hint="--report")
    read = bootstrap.read_pack(pack)
    try:
        batch = read_batch(path, source, read)
    except ProblemsFound as found:
        refuse(found, form, source or source_of(path))
    store = bootstrap.open_store(database, read)
    tell(intake(store, batch, today=bootstrap.today(read), dry_run=dry_run), form)


def refuse(found: ProblemsFound, form: str, source: str) -> None:
    """Say why nothing was taken, and leave."""
    if form == "json":
        empty = Report("unknown", None, None, True, source, {}, problems=tuple(found.problems))
        print(empty.as_json().decode())
        raise typer.Exit(report.REFUSED)
    report.fail(found.problems)


def tell(account: Report, form: str) -> None:
    """Give the account of an import, and leave with 1 if it was refused."""
    if form == "json":
        print(account.as_json().decode())
    else:
        print(account.as_words())
        report.tell(account.problems)
        if account.problems:
            print(f"\n{len(account.problems)} to look at.", file=sys.stderr)
    if account.refused:
        raise typer.Exit(report.REFUSED)
