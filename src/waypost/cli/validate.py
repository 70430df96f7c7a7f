"""``waypost validate``: is it HSDS, which version, what is wrong."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from waypost import bootstrap
from waypost.cli import options, report
from waypost.exchange.validate import Verdict, examine
from waypost.exchange.validate import validate as judge


def validate(
    path: Annotated[
        Path,
        typer.Argument(metavar="FILE_OR_FOLDER", help="HSDS as JSON, ndjson or CSV; - for standard input."),
    ],
    as_json: options.AsJson = False,
) -> None:
    """Say whether a file is HSDS, of which version, and everything that is wrong with it."""
    standing = str(path) == "-"
    today = bootstrap.today()
    verdict = examine(sys.stdin.buffer.read(), "standard input", today) if standing else judge(path, today)
    if as_json:
        print(msgspec.json.format(msgspec.json.encode(verdict), indent=2).decode())
    else:
        for problem in verdict.problems:
            print(report.words(problem))
        print(f"{path}: {words(verdict)}, {len(verdict.problems)} to look at.")
    raise typer.Exit(report.DONE if verdict.valid else report.REFUSED)


def words(verdict: Verdict) -> str:
    """What a file is, in words."""
    if verdict.version is None:
        return "not HSDS, not valid"
    if verdict.format == "airs-xml":
        return f"AIRS XML {verdict.version}, not HSDS, not valid"
    version = verdict.version if "HSDS" in verdict.version else f"HSDS {verdict.version}"
    parts = [str(verdict.format), version]
    if verdict.fits and verdict.fits[0] != verdict.version:
        parts.append(f"fits {verdict.fits[0]} and later")
    if verdict.profile:
        parts.append(f"profile {verdict.profile}")
    return ", ".join([*parts, "valid" if verdict.valid else "not valid"])
