"""``waypost import``: records in, with a full account."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from waypost import bootstrap
from waypost.cli import options, report
from waypost.cli.progress import told
from waypost.desk.account import Report
from waypost.desk.incoming import read_batch, read_bytes, source_of
from waypost.desk.intake import intake
from waypost.exchange.batch import Batch
from waypost.model.evidence import ProblemsFound
from waypost.model.pack import Pack

Form = Literal["words", "json"]


def import_(
    path: Annotated[
        Path,
        typer.Argument(
            metavar="FILE_OR_FOLDER", help="HSDS JSON, ndjson or CSV, or our YAML; - for standard input."
        ),
    ],
    source: Annotated[
        str | None, typer.Option(help="Whose records these are (default: the file's name).")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen; keep nothing.")] = False,
    form: Annotated[str, typer.Option("--report", help="How to give the account: words or json.")] = "words",
    progress: Annotated[
        bool | None,
        typer.Option("--progress/--no-progress", help="Tell how far it is (default: on a terminal)."),
    ] = None,
    pack: options.Pack = None,
    database: options.Database = None,
) -> None:
    """Take records in: all of them or, if something is wrong with the file, none."""
    if form not in ("words", "json"):
        raise typer.BadParameter('Write "words" or "json".', param_hint="--report")
    read = bootstrap.read_pack(pack)
    with told(progress) as tell_progress:
        try:
            tell_progress("read", 0, 1)
            batch = batch_of(path, source, read)
            tell_progress("read", 1, 1)
        except ProblemsFound as found:
            refuse(found, form, source or source_of(path))
        store = bootstrap.open_store(database, read)
        day = bootstrap.today(read)
        account = intake(store, batch, today=day, dry_run=dry_run, progress=tell_progress)
    tell(account, form)


def batch_of(path: Path, source: str | None, pack: Pack) -> Batch:
    """The batch in a file, a folder or, for "-", on standard input. Raises ProblemsFound."""
    if str(path) == "-":
        return read_bytes(sys.stdin.buffer.read(), source or "standard-input", pack)
    return read_batch(path, source, pack)


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
