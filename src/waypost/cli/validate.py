"""``waypost validate``: is it HSDS, which version, what is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec
import typer

from waypost.cli import options, report
from waypost.exchange.validate import validate as examine


def validate(
    path: Annotated[Path, typer.Argument(metavar="FILE_OR_FOLDER", help="HSDS as JSON, ndjson or CSV.")],
    as_json: options.AsJson = False,
) -> None:
    """Say whether a file is HSDS, of which version, and everything that is wrong with it."""
    verdict = examine(path)
    if as_json:
        print(msgspec.json.format(msgspec.json.encode(verdict), indent=2).decode())
    else:
        for problem in verdict.problems:
            print(report.words(problem))
        what = f"{verdict.format}, HSDS {verdict.version}" if verdict.format else "not HSDS"
        said = "valid" if verdict.valid else "not valid"
        print(f"{path}: {what}, {said}, {len(verdict.problems)} to look at.")
    raise typer.Exit(report.DONE if verdict.valid else report.REFUSED)
