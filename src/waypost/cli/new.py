"""``waypost new``: the folder that a new town's guide begins with."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from waypost import bootstrap
from waypost.cli import report
from waypost.desk.begin import begin, check_id
from waypost.desk.begin_answers import NOT_KNOWN, Answers, read_answers, shaped
from waypost.model.evidence import Problem, ProblemsFound
from waypost.model.pack import LocalMatter, Pack
from waypost.packs import keep, load_pack, recall


def new(
    identity: Annotated[str, typer.Argument(help="The id of the new pack, like us-ct-town.", metavar="ID")],
    name: Annotated[str | None, typer.Option("--name", help="The town's name as readers know it.")] = None,
    inherits: Annotated[
        str | None,
        typer.Option("--inherits", help="The pack above it (default: the longest that the id begins with)."),
    ] = None,
    into: Annotated[
        Path | None,
        typer.Option("--into", help="The folder of packs; the pack above stands there too (WAYPOST_PACKS)."),
    ] = None,
    answers: Annotated[
        Path | None, typer.Option("--answers", help="A YAML file of answers; nothing more is asked.")
    ] = None,
) -> None:
    """Begin a town's guide: one small folder, with what its people answer; the rest is inherited."""
    root = into or bootstrap.packs_root()
    folder = root / identity
    try:
        parent = _pack(root, inherits or _above(identity, root))
        town = check_id(identity, parent)
        if folder.exists():
            raise ProblemsFound([_there(folder)])
        told = _read(answers) if answers else _asked(town, name, parent)
        told = msgspec.structs.replace(told, name=name or told.name)
        files = begin(identity, parent, told, bootstrap.today(parent))
    except ProblemsFound as found:
        report.fail(found.problems)
    try:
        _write(folder, files)
    except OSError as error:
        report.fail([_unwritable(folder, error)], report.ENVIRONMENT)
    print(f"{len(files)} files in {folder}. It is a draft.")
    where = f"WAYPOST_PACKS={into} " if into else ""
    print(f"What is missing before it may be published: {where}waypost check --pack {identity}")


def _pack(root: Path, identity: str) -> Pack:
    """The pack above, read anew only where one of its files has changed. Raises ProblemsFound."""
    folder = bootstrap.home() / "index"
    if kept := recall(root, identity, folder):
        return kept
    pack = load_pack(root, identity)
    keep(root, pack, folder)
    return pack


def _above(identity: str, root: Path) -> str:
    """The pack with the longest id that this one goes on from. Raises ProblemsFound."""
    there = [path.parent.name for path in root.glob("*/pack.yaml")]
    found = [each for each in there if identity.startswith(f"{each}-")]
    # A state that nobody has begun: the nation alone would give a town without its state's lines and law.
    if not found or (len(found) == 1 and found[0].count("-") == 0):
        raise ProblemsFound([_orphan(identity, sorted(there), found)])
    return max(found, key=len)


def _read(answers: Path) -> Answers:
    try:
        return read_answers(answers.read_text("utf-8"), str(answers))
    except (OSError, UnicodeDecodeError) as error:
        raise ProblemsFound([_unreadable(str(answers), error)]) from None


def _write(folder: Path, files: dict[str, str]) -> None:
    """All files or none: a half-written town would stand in the way of the next attempt."""
    half = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(half, ignore_errors=True)
    try:
        for path, text in files.items():
            (half / path).parent.mkdir(parents=True, exist_ok=True)
            (half / path).write_text(text, "utf-8")
        half.rename(folder)
    finally:
        shutil.rmtree(half, ignore_errors=True)


def _asked(town: str, name: str | None, parent: Pack) -> Answers:
    """What a person at the terminal answers; without a terminal nothing is asked and nothing waits."""
    called = name or town.replace("-", " ").title()
    if not sys.stdin.isatty():
        return Answers(name=called)
    told: dict[str, Any] = {"name": name or typer.prompt("The town's name", default=called)}
    if town not in parent.places.towns:
        told |= {
            "latitude": typer.prompt("Latitude of its center, in degrees", type=float),
            "longitude": typer.prompt("Longitude of its center, in degrees", type=float),
            "zips": _listed("Its ZIP codes, with spaces between"),
            "areas": _listed(f"Areas it surely lies in ({', '.join(parent.places.areas)})"),
            "perhaps": _listed("Areas it may lie in though nobody has confirmed it"),
        }
    print(f'Now what only people here know. "{NOT_KNOWN}" is an answer; nothing at all leaves it open.')
    matters = parent.manifest.settings.local
    told["local"] = {key: said for key, matter in matters.items() if (said := _matter(matter))}
    return shaped(told, "what you typed")


def _listed(ask: str) -> list[str]:
    return _line(ask).replace(",", " ").split()


def _matter(matter: LocalMatter) -> dict[str, Any] | str:
    said = _line(f"{matter.ask} Its name")
    if not said or said.casefold() == NOT_KNOWN:
        return said
    given = {
        "name": said,
        "phone": _line("  Its phone"),
        "website": _line("  Its website"),
        "details": {
            key: told for key, each in matter.details.items() if (told := _line(f"  {each.ask} (yes, no)"))
        },
        "called": _line("  The day you called it, like 2026-01-31, if you did"),
        "seen": _line("  The address of the page where you saw it, if you did"),
    }
    if given["seen"]:
        given["seen_date"] = _line("  The date that the page bears, like 2026-01-31")
    return {key: told for key, told in given.items() if told and str(told).casefold() != NOT_KNOWN}


def _line(ask: str) -> str:
    return str(typer.prompt(ask, default="", show_default=False)).strip()


def _there(folder: Path) -> Problem:
    return Problem(
        where=str(folder),
        what="there is already something there",
        why="What somebody wrote would be lost.",
        do="Go on with that folder, choose another id, or move it away first.",
    )


def _orphan(identity: str, there: list[str], nation: list[str]) -> Problem:
    begun = ", ".join(there) or "none"
    also = f" To begin without a state's pack all the same: --inherits {nation[0]}." if nation else ""
    return Problem(
        where="the id",
        what=f'"{identity}" goes on from no state that there is (packs here: {begun})',
        why="The id says what the town inherits: the state's lines and law, and the nation's.",
        do=f"Write it like us-ct-town: the state's pack, a hyphen, the town.{also}",
    )


def _unreadable(file: str, error: Exception) -> Problem:
    return Problem(
        where=file,
        what=f"the answers cannot be read ({type(error).__name__})",
        why="The folder would be made without them.",
        do="Name a text file that is there.",
    )


def _unwritable(folder: Path, error: OSError) -> Problem:
    return Problem(
        where=str(folder),
        what=f"It cannot be written: {error.strerror or error}.",
        why="The town would have no folder.",
        do="Name a folder of packs in which you may write: --into, or WAYPOST_PACKS.",
    )
