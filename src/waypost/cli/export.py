"""``waypost export``: records out, in the standard's formats."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from waypost import bootstrap
from waypost.cli import options, report
from waypost.desk.give import give
from waypost.exchange.hsds_csv import zipped
from waypost.exchange.outgoing import FORMATS
from waypost.model.evidence import Problem


def export(
    path: Annotated[
        Path, typer.Argument(metavar="FILE", help="Where to write; a folder or .zip for hsds-csv.")
    ],
    form: Annotated[str | None, typer.Option("--format", help="hsds-json, hsds-csv, ndjson or xlsx.")] = None,
    on: options.On = None,
    pack: options.Pack = None,
    database: options.Database = None,
) -> None:
    """Write the records that may be given away, nothing confidential among them."""
    form = form or format_of(path)
    if form not in FORMATS:
        raise typer.BadParameter(f"Write one of {', '.join(FORMATS)}.", param_hint="--format")
    read = bootstrap.read_pack(pack)
    bootstrap.ready(read)
    store = bootstrap.open_store(database, read)
    gift = give(store, read, on or bootstrap.today(read))
    files, problems = FORMATS[form](gift.docs, gift.licences)
    try:
        write(path, files)
    except OSError as error:
        report.fail([unwritable(path, error)], report.ENVIRONMENT)
    report.tell([*problems, *gift.problems])


def format_of(path: Path) -> str:
    """The format that a file's name asks for."""
    if path.suffix.lower() in (".zip", ".csv", ""):
        return "hsds-csv"
    if path.suffix.lower() == ".xlsx":
        return "xlsx"
    return "ndjson" if path.suffix.lower() in (".ndjson", ".jsonl") else "hsds-json"


def write(path: Path, files: dict[str, bytes]) -> None:
    """Write one file, a zip, or a folder of files."""
    if "" in files:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(files[""])
    elif path.suffix.lower() == ".zip":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(zipped(files))
    else:
        path.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            (path / name).write_bytes(data)


def unwritable(path: Path, error: OSError) -> Problem:
    """A Problem: the file cannot be written."""
    return Problem(
        where=str(path),
        what=f"It cannot be written: {error.strerror or error}.",
        why="What was asked for is not there.",
        do="Check that the folder is there and that you may write in it.",
    )
