"""``waypost new``: the folder that a new town's guide begins with."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from waypost import bootstrap
from waypost.cli import report
from waypost.desk.begin import NOT_KNOWN, Answer, Answers, begin, check_id, read_answers
from waypost.model.evidence import Problem, ProblemsFound
from waypost.model.pack import Pack


def new(
    identity: Annotated[str, typer.Argument(help="The id of the new pack, like us-ct-town.", metavar="ID")],
    name: Annotated[str | None, typer.Option("--name", help="The town's name as readers know it.")] = None,
    inherits: Annotated[
        str | None,
        typer.Option("--inherits", help="The pack above it (default: the id without its last part)."),
    ] = None,
    into: Annotated[Path | None, typer.Option("--into", help="The folder of packs (WAYPOST_PACKS).")] = None,
    answers: Annotated[
        Path | None, typer.Option("--answers", help="A YAML file of answers, asked for nothing more.")
    ] = None,
) -> None:
    """Begin a town's guide: one small folder, with what its people answer; the rest is inherited."""
    try:
        parent = bootstrap.read_pack(inherits or identity.rpartition("-")[0])
        town = check_id(identity, parent)
        folder = (into or bootstrap.packs_root()) / identity
        if folder.exists():
            raise ProblemsFound([_there(folder)])
        told = (
            read_answers(answers.read_text("utf-8"), str(answers)) if answers else _asked(town, name, parent)
        )
        told = msgspec.structs.replace(told, name=name or told.name)
        files = begin(identity, parent, told, bootstrap.today(parent))
    except ProblemsFound as found:
        report.fail(found.problems)
    except (OSError, UnicodeDecodeError) as error:
        report.fail([_unreadable(str(answers), error)])
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    print(f"{len(files)} files in {folder}. It is a draft.")
    print(f"What is missing before it may be published: waypost check --pack {identity}")


def _asked(town: str, name: str | None, parent: Pack) -> Answers:
    """What a person at the terminal answers; without a terminal nothing is asked and nothing waits."""
    called = name or town.replace("-", " ").title()
    if not sys.stdin.isatty():
        return Answers(name=called)
    told = Answers(name=name or typer.prompt("The town's name", default=called))
    if town not in parent.places.towns:
        told = msgspec.structs.replace(
            told,
            latitude=typer.prompt("Latitude of its center, in degrees", type=float),
            longitude=typer.prompt("Longitude of its center, in degrees", type=float),
            zips=_listed("Its ZIP codes, with spaces between"),
            areas=_listed(f"Areas it surely lies in ({', '.join(parent.places.areas)})"),
            perhaps=_listed("Areas it may lie in though nobody has confirmed it"),
        )
    print(f'Now what only people here know. "{NOT_KNOWN}" is an answer; nothing at all leaves it open.')
    local = {key: said for key in parent.manifest.settings.local if (said := _matter(key, parent))}
    return msgspec.structs.replace(told, local=local)


def _listed(ask: str) -> tuple[str, ...]:
    return tuple(str(typer.prompt(ask, default="", show_default=False)).replace(",", " ").split())


def _matter(key: str, parent: Pack) -> Answer | str | None:
    said = _line(f"{parent.manifest.settings.local[key].ask} Its name")
    if not said or said == NOT_KNOWN:
        return said
    return Answer(
        name=said,
        phone=_known(_line("  Its phone")),
        website=_known(_line("  Its website")),
        advocate=_line("  Does it take a report by an advocate (yes, no, not known)")
        if key == "police"
        else None,
        seen=_known(_line("  The page where you saw it")),
        seen_date=_known(_line("  The date that the page bears, like 2026-01-31")) or "undated",
    )


def _line(ask: str) -> str | None:
    return str(typer.prompt(ask, default="", show_default=False)).strip() or None


def _known(said: str | None) -> str | None:
    return None if said == NOT_KNOWN else said


def _there(folder: Path) -> Problem:
    return Problem(
        where=str(folder),
        what="there is already something there",
        why="What somebody wrote would be lost.",
        do="Go on with that folder, choose another id, or move it away first.",
    )


def _unreadable(file: str, error: Exception) -> Problem:
    return Problem(
        where=file,
        what=f"the answers cannot be read ({type(error).__name__})",
        why="The folder would be made without them.",
        do="Name a text file that is there.",
    )
