"""``waypost import``: records in, with a full account."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Annotated, Any, Literal, NoReturn

import typer
from typer.core import TyperCommand

from waypost import bootstrap
from waypost.cli import options, report
from waypost.cli.export import unwritable
from waypost.cli.progress import told
from waypost.desk import unfinished
from waypost.desk.account import Progress, Report
from waypost.desk.incoming import read_batch, read_bytes, source_of
from waypost.desk.intake import intake
from waypost.desk.intake_large import intake_large
from waypost.desk.mapping import suggested
from waypost.desk.pieces import in_pieces
from waypost.desk.preview import preview as preview_of
from waypost.desk.unfinished import Begun
from waypost.exchange.batch import Batch
from waypost.exchange.trouble import ExtraMissing
from waypost.model.evidence import Problem, ProblemsFound
from waypost.model.pack import Pack
from waypost.store import Store

Form = Literal["words", "json"]
UNSAID = {"--preview": ("5", re.compile(r"\d+")), "--suggest-mapping": ("-", re.compile(r"-|.+\.ya?ml"))}
"""Options whose value may be left out: what then holds, and what a value looks like."""


class Words(TyperCommand):
    """The command line, where ``--preview`` and ``--suggest-mapping`` may stand without a value."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the value there that was left out."""
        full: list[str] = []
        for place, word in enumerate(args):
            full.append(word)
            following = args[place + 1] if place + 1 < len(args) else ""
            if word in UNSAID and not UNSAID[word][1].fullmatch(following):
                full.append(UNSAID[word][0])
        return super().parse_args(ctx, full)


Named = Annotated[
    Path | None,
    typer.Argument(
        metavar="FILE_OR_FOLDER",
        help="HSDS JSON, ndjson or CSV, AIRS XML, a spreadsheet, or our YAML; - for standard input.",
    ),
]
Whose = Annotated[str | None, typer.Option(help="Whose records these are (default: the file's name).")]
Dry = Annotated[bool, typer.Option("--dry-run", help="Say what would happen; keep nothing.")]
Account = Annotated[str, typer.Option("--report", help="How to give the account: words or json.")]
Told = Annotated[
    bool | None, typer.Option("--progress/--no-progress", help="Tell how far it is (default: on a terminal).")
]
Again = Annotated[bool, typer.Option("--again", help="Take up the import that did not come to its end.")]
Undo = Annotated[bool, typer.Option("--undo", help="Let go of the import that did not come to its end.")]
Through = Annotated[
    Path | None, typer.Option(help="For a spreadsheet: the file that says what its columns become.")
]
Drafted = Annotated[
    Path | None,
    typer.Option(help="Draft a mapping for a spreadsheet into this file (without a name: print it)."),
]
Shown = Annotated[
    int | None,
    typer.Option(min=1, help="Show the first records (5, or so many) as they would become; keep nothing."),
]


def import_(
    path: Named = None,
    source: Whose = None,
    dry_run: Dry = False,
    form: Account = "words",
    progress: Told = None,
    again: Again = False,
    undo: Undo = False,
    mapping: Through = None,
    suggest_mapping: Drafted = None,
    preview: Shown = None,
    pack: options.Pack = None,
    database: options.Database = None,
) -> None:
    """Take records in: all of them or, if something is wrong with the file, none."""
    if suggest_mapping is not None:
        draft(path, suggest_mapping)
    if form not in ("words", "json"):
        raise typer.BadParameter('Write "words" or "json".', param_hint="--report")
    read = bootstrap.read_pack(pack)
    if preview is not None and path is not None:
        show(path, source, read, mapping, preview)
    store = bootstrap.open_store(database, read)
    path, source = asked_for(store, path, source, again=again, undo=undo)
    with told(progress) as tell_progress:
        try:
            account = taken(store, path, source, read, mapping, dry_run=dry_run, progress=tell_progress)
        except ProblemsFound as found:
            refuse(found, form, source or source_of(path))
    tell(account, form)


def taken(
    store: Store,
    path: Path,
    source: str | None,
    pack: Pack,
    mapping: Path | None = None,
    *,
    dry_run: bool,
    progress: Progress,
) -> Report:
    """Read what is there and take it in. Raises ProblemsFound for what cannot be read."""
    day, large = bootstrap.today(pack), mapping is None and in_pieces(path)
    if not large:
        progress("read", 0, 1)
        batch = batch_of(path, source, pack, mapping)
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


def draft(path: Path | None, out: Path) -> NoReturn:
    """Write a first mapping for a spreadsheet, and leave."""
    if path is None:
        raise typer.BadParameter("Name the spreadsheet to draft a mapping for.")
    text = suggested(path)
    if str(out) == "-":
        print(text, end="")
        raise typer.Exit(report.DONE)
    if out.exists():
        what, do = "There is such a file already. It was not overwritten.", "Give another name."
        report.fail([Problem(str(out), what, "Somebody may have worked on it.", do)])
    try:
        out.write_text(text, "utf-8")
    except OSError as error:
        report.fail([unwritable(out, error)], report.ENVIRONMENT)
    print(f"{out} is a first mapping. Read it, then see what comes of it:")
    print(f"  waypost import {path} --mapping {out} --preview")
    raise typer.Exit(report.DONE)


def show(path: Path, source: str | None, pack: Pack, mapping: Path | None, number: int) -> NoReturn:
    """Show the first records as they would become, and what there is to look at; leave."""
    batch = batch_of(path, source, pack, mapping)
    print("\n".join(preview_of(batch, number)))
    report.tell(batch.problems)
    raise typer.Exit(report.DONE)


def batch_of(path: Path, source: str | None, pack: Pack, mapping: Path | None = None) -> Batch:
    """The batch in a file, a folder or, for "-", on standard input. Raises ProblemsFound."""
    if str(path) == "-":
        return read_bytes(sys.stdin.buffer.read(), source or "standard-input", pack)
    return read_batch(path, source, pack, mapping)


def refuse(found: ProblemsFound, form: str, source: str) -> None:
    """Say why nothing was taken, and leave."""
    code = report.ENVIRONMENT if isinstance(found, ExtraMissing) else report.REFUSED
    if form == "json":
        empty = Report("unknown", None, None, True, source, {}, problems=tuple(found.problems))
        print(empty.as_json().decode())
        raise typer.Exit(code)
    report.fail(found.problems, code)


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
