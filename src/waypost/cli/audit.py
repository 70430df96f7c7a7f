"""``waypost audit``: hold another page against what this guide knows."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from waypost import bootstrap
from waypost.cli import options, report
from waypost.desk.audit import Audit, Finding
from waypost.desk.audit import audit as hold_against
from waypost.model.evidence import Problem, ProblemsFound
from waypost.rules.audit_text import decoded

_LARGEST = 8 * 1024 * 1024
_SHOWN = {"differs": "DIFFERS", "unknown": "unknown to us", "agrees": "agrees"}


def audit(
    path: Annotated[
        Path, typer.Argument(metavar="PAGE_OR_TEXT_FILE", help="A page (HTML) or text on this computer.")
    ],
    pack: options.Pack = None,
    database: options.Database = None,
    on: options.On = None,
    as_json: options.AsJson = False,
    differing: Annotated[bool, typer.Option("--differs", help="Only show what differs.")] = False,
) -> None:
    """Say of each phone, citation, class, term, fine, name, day and hour on a page: agrees, differs, unknown.

    Exit 1 when something differs. Nothing is fetched; the page is read from this computer.
    """
    text = _read(path)
    try:
        guide = bootstrap.open_guide(pack, database, on)
    except ProblemsFound as found:
        report.fail(found.problems)
    held = hold_against(guide, text)
    shown = [each for each in held.findings if not differing or each.verdict == "differs"]
    if as_json:
        counts = {verdict: held.count(verdict) for verdict in _SHOWN}
        answer = {"file": path.name, "on": guide.on, "counts": counts, "findings": shown}
        print(msgspec.json.encode(answer).decode())
    else:
        for each in shown:
            print(_words(each))
        print(_summary(held))
    raise typer.Exit(report.REFUSED if held.count("differs") else report.DONE)


def _words(each: Finding) -> str:
    lines = [f"line {each.line}  {each.kind}  {_SHOWN[each.verdict]}: {each.said}"]
    behind = "; ".join(
        part
        for part in (each.record, f"sources {', '.join(each.sources[:4])}" if each.sources else "", each.on)
        if part
    )
    for part in (f"we have: {each.have}", behind):
        if part:
            lines += textwrap.wrap(part, 100, initial_indent="  ", subsequent_indent="    ")
    return "\n".join(lines)


def _summary(held: Audit) -> str:
    return ", ".join(f"{held.count(verdict)} {words.lower()}" for verdict, words in _SHOWN.items())


def _read(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
    except OSError as error:
        report.fail([_unreadable(path, error.strerror or "it cannot be opened")], report.ENVIRONMENT)
    if len(data) > _LARGEST:
        report.fail([_unreadable(path, "it is larger than 8 MB")])
    return decoded(data)


def _unreadable(path: Path, detail: str) -> Problem:
    return Problem(
        where=str(path),
        what=f"the page cannot be read: {detail}",
        why="There is nothing to hold against the guide.",
        do="Save the page as a file on this computer and give its path.",
    )
