"""What ``waypost new`` is told of a town: the answers, how a file of them is read, and what cannot be right."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated

import msgspec

from waypost.exchange.sense import dialable
from waypost.model.evidence import Problem, ProblemsFound, Struct
from waypost.model.pack import LocalMatter, Pack
from waypost.packs.read import read_yaml

NOT_KNOWN = "not known"
"""The answer of whoever looked and did not find; readers are told so."""

Degrees = Annotated[float, msgspec.Meta(ge=-180, le=180)]
Key = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Zip = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{5}$")]


class Answer(Struct):
    """What somebody said of one local matter, and how they know: a page and its own date, or a call.

    ``details`` holds yes, no or ``not known`` for what is asked beside it. ``called`` is the day on which
    somebody called and was told so.
    """

    name: str
    phone: str | None = None
    website: str | None = None
    details: dict[str, str] = {}
    seen: str | None = None
    seen_date: str = "undated"
    called: date | None = None


class Neighbor(Struct):
    """A town close by that the packs above do not know yet."""

    name: str
    latitude: Annotated[float, msgspec.Meta(ge=-90, le=90)]
    longitude: Degrees
    zips: tuple[Zip, ...] = ()


class Answers(Struct):
    """All that ``waypost new`` asks; what is left out is told by ``waypost check``."""

    name: str
    state: Annotated[str, msgspec.Meta(pattern="^[A-Z]{2}$")] | None = None
    latitude: Annotated[float, msgspec.Meta(ge=-90, le=90)] | None = None
    longitude: Degrees | None = None
    zips: tuple[Zip, ...] = ()
    areas: tuple[str, ...] = ()
    perhaps: tuple[str, ...] = ()
    neighbors: dict[Key, Neighbor] = {}
    local: dict[str, Answer | str] = {}


def read_answers(text: str, file: str) -> Answers:
    """The answers of a YAML file, read as strictly as a pack. Raises ProblemsFound."""
    tree, problems = read_yaml(text, file)
    if problems:
        raise ProblemsFound(problems)
    return shaped(tree.value, file)


def shaped(told: object, where: str) -> Answers:
    """The answers in their shape, each text without stray blanks. Raises ProblemsFound."""
    try:
        read = msgspec.convert(_trimmed(told), Answers, strict=False)
    except msgspec.ValidationError as error:
        raise ProblemsFound([_unfit(where, str(error))]) from None
    return msgspec.structs.replace(read, local={key: _answer(said) for key, said in read.local.items()})


def _trimmed(told: object) -> object:
    if isinstance(told, str):
        return " ".join("".join(c for c in told if c.isprintable() or c.isspace()).split())
    if isinstance(told, dict):
        return {key: _trimmed(part) for key, part in told.items()}
    return [_trimmed(part) for part in told] if isinstance(told, list) else told


def _answer(said: Answer | str) -> Answer | str:
    """A bare text is ``not known``, nothing, or the name of what answers the question."""
    if isinstance(said, Answer):
        return said
    return said.casefold() if said.casefold() in (NOT_KNOWN, "") else Answer(said)


def doubts(told: Answers, town: str, parent: Pack, today: date) -> list[Problem]:
    """Every answer that cannot be right, all at once."""
    return [*_of_the_place(told, town, parent), *_of_matters(told, parent.manifest.settings.local, today)]


def _of_the_place(told: Answers, town: str, parent: Pack) -> Iterator[Problem]:
    held = parent.places.towns
    if not told.name:
        yield _wrong("name", "the town has no name", "Write the name that readers know.")
    if town in held and (told.latitude is not None or told.zips or told.areas or told.perhaps):
        what = f"{held[town].name} stands in the packs above already"
        yield _wrong(town, what, "Leave point, ZIP codes and areas out; correct them in the pack above.")
    if (told.latitude is None) != (told.longitude is None):
        yield _wrong("latitude", "half of a point", "Write latitude and longitude, or neither.")
    if (told.latitude is not None or told.neighbors) and not state_of(told, parent):
        yield _wrong("state", "nobody has said in which state it lies", "Write state: with its two letters.")
    known = {*parent.places.areas, *held, *parent.chain}
    for area in (*told.areas, *told.perhaps):
        if area not in known:
            there = ", ".join(parent.places.areas) or "none yet"
            yield _wrong(area, "no pack above has this area", f"Use one of these: {there}.")
    for key in told.neighbors:
        if key in held or key == town:
            yield _wrong(key, "this neighbor is known already", "Leave it out.")


def state_of(told: Answers, parent: Pack) -> str:
    """The two letters of the state: as told, or that of the towns above, or of the pack above."""
    above = parent.manifest.id.rpartition("-")
    return told.state or next(
        (t.state for t in parent.places.towns.values()), above[2].upper() if above[0] else ""
    )


def _of_matters(told: Answers, matters: Mapping[str, LocalMatter], today: date) -> Iterator[Problem]:
    for key, answer in told.local.items():
        if key not in matters:
            there = ", ".join(matters) or "none; the pack above asks nothing"
            yield _wrong(key, "no town is asked this", f"Use one of these: {there}.")
        elif isinstance(answer, Answer):
            yield from _of_answer(key, answer, matters[key], today)


def _of_answer(key: str, answer: Answer, matter: LocalMatter, today: date) -> Iterator[Problem]:
    if not answer.name:
        yield _wrong(key, "it has no name", "Write the name, or leave the whole answer out.")
    if answer.phone and not dialable(answer.phone):
        yield _wrong(f"{key}, phone", f'"{answer.phone}" cannot be dialed', "Write it with its area code.")
    for field, address in (("website", answer.website), ("seen", answer.seen)):
        if address and not re.fullmatch(r"https?://[^\s/]+\.[^\s]+", address):
            do = "Copy the whole address, from https:// on."
            yield _wrong(f"{key}, {field}", f'"{address}" is not the address of a page', do)
    for each, said in answer.details.items():
        if each not in matter.details or said.casefold() not in ("yes", "no", NOT_KNOWN):
            there = ", ".join(matter.details) or "nothing"
            yield _wrong(
                f"{key}, {each}", f'"{said}" is no answer', f"Say yes, no or {NOT_KNOWN} to: {there}."
            )
    if answer.called and answer.called > today:
        yield _wrong(f"{key}, called", "that day is still to come", "Write the day of the call.")
    if (on := day_in(answer.seen_date)) and on > today:
        yield _wrong(f"{key}, seen_date", "that day is still to come", "Write the date that the page bears.")


def day_in(said: str) -> date | None:
    """The day, where a page's own date is one; pages also say "undated" or "recent"."""
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None


def _wrong(where: str, what: str, do: str) -> Problem:
    return Problem(f"answers, {where}", what, "Somebody would be sent to the wrong place, or to none.", do)


def _unfit(file: str, detail: str) -> Problem:
    return Problem(
        where=file,
        what=detail,
        why="The program will not guess what was meant.",
        do="docs/new-town.md shows a file of answers.",
    )
