"""``waypost import``: records in, with a full account."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from waypost import bootstrap
from waypost.cli import options, report
from waypost.cli.progress import told
from waypost.desk import unfinished
from waypost.desk.account import Progress, Report
from waypost.desk.incoming import read_batch, read_bytes, source_of
from waypost.desk.intake import intake
from waypost.desk.intake_large import intake_large
from waypost.desk.pieces import in_pieces
from waypost.desk.unfinished import Begun
from waypost.exchange.batch import Batch
from waypost.model.evidence import ProblemsFound
from waypost.model.pack import Pack
from waypost.store import Store

Form = Literal["words", "json"]


def import_(
    path: Annotated[
        Path | None,
        typer.Argument(
            metavar="FILE_OR_FOLDER", help="HSDS JSON, ndjson or CSV, or our YAML; - for standard input."
        ),
    ] = None,
    source: Annotated[
        str | None, typer.Option(help="Whose records these are (default: the file's name).")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen; keep nothing.")] = False,
    form: Annotated[str, typer.Option("--report", help="How to give the account: words or json.")] = "words",
    progress: Annotated[
        bool | None,
        typer.Option("--progress/--no-progress", help="Tell how far it is (default: on a terminal)."),
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Take up the import that did not come to its end.")
    ] = False,
    undo: Annotated[
        bool, typer.Option("--undo", help="Let go of the import that did not come to its end.")
    ] = False,
    pack: options.Pack = None,
    database: options.Database = None,
) -> None:
    """Take records in: all of them or, if something is wrong with the file, none."""
    if form not in ("words", "json"):
        raise typer.BadParameter('Write "words" or "json".', param_hint="--report")
    read = bootstrap.read_pack(pack)
    store = bootstrap.open_store(database, read)
    path, source = asked_for(store, path, source, again=again, undo=undo)
    with told(progress) as tell_progress:
        try:
            account = taken(store, path, source, read, dry_run=dry_run, progress=tell_progress)
        except ProblemsFound as found:
            refuse(found, form, source or source_of(path))
    tell(account, form)


def taken(
    store: Store, path: Path, source: str | None, pack: Pack, *, dry_run: bool, progress: Progress
) -> Report:
    """Read what is there and take it in. Raises ProblemsFound for what cannot be read."""
    day, large = bootstrap.today(pack), in_pieces(path)
    if not large:
        progress("read", 0, 1)
        batch = batch_of(path, source, pack)
        progress("read", 1, 1)
    if not dry_run and str(path) != "-":
        unfinished.begin(store, str(path.resolve()), source)
    if not large:
        return intake(store, batch, today=day, dry_run=dry_run, progress=progress)
    name = source or source_of(path)
    return intake_large(store, path, name, pack, today=day, dry_run=dry_run, progress=progress)


def asked_for(
    store: Store, path: Path | None, source: str | None, *, again: bool, undo: bool
) -> tuple[Path, str | None]:
    """What to import, and whose; leaves where there is nothing to import."""
    if (path is not None) + again + undo != 1:
        raise typer.BadParameter("Name a file or folder, or write --again or --undo.")
    before = unfinished.let_go(store) if undo else unfinished.found(store)
    if path is not None:
        if before:
            print(interrupted(before), file=sys.stderr)
        return path, source
    if undo or before is None:
        print(let_go(before) if before else "Every import came to its end.")
        raise typer.Exit(report.DONE)
    return Path(before.path), source or before.source


def interrupted(before: Begun) -> str:
    """What to tell of an import that did not come to its end."""
    what = (
        f"An import of {before.path}, begun at {before.at}, did not come to its end. Nothing of it was kept."
    )
    return f"{what}\nTake it up again: waypost import --again. Let go of it: waypost import --undo."


def let_go(before: Begun) -> str:
    """What to tell of an import that was let go."""
    return f"The import of {before.path} is let go. The records are as they were before it."


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
