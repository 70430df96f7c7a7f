"""The numbers of a sheet and of a card: drawn from records, once for each language that needs another one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from waypost.desk.guide import Guide
from waypost.model.directory import Listing
from waypost.site.cards import field_in
from waypost.site.contact import dial, first_phone
from waypost.site.drawn import Scene, draw, scene
from waypost.site.prose import plain
from waypost.site.words import Said


@dataclass(frozen=True)
class Number:
    """A number to press or to type; ``note`` says for whom or how, where that is not plain."""

    number: str
    href: str
    note: str


@dataclass(frozen=True)
class Line:
    """One line of a sheet: what it is for, in each language, and whom to call."""

    labels: tuple[Said, ...]
    names: tuple[Said, ...]
    numbers: tuple[Number, ...]


@dataclass(frozen=True)
class Sheet:
    """A page of numbers."""

    titles: tuple[Said, ...]
    leads: tuple[Said, ...]
    first: tuple[Line, ...]
    turns: tuple[Line, ...]
    rest: Line | None
    words: tuple[Said, ...]
    made: tuple[Said, ...]


@dataclass(frozen=True)
class Side:
    """One side of a card."""

    language: str
    lines: tuple[Line, ...]
    made: str


def sheet(guide: Guide, languages: Sequence[str]) -> Sheet:
    """The page of numbers for the town, in the languages side by side."""
    scenes = [scene(guide, language) for language in languages]
    turns = sorted((turn for turn in guide.pack.routes.values() if turn.urgent), key=lambda turn: turn.order)
    lines = []
    for turn in turns:
        called = [listing for key in turn.first if (listing := guide.directory.get(key))]
        labels = [_said(at, plain(draw(at.words.pick(turn.when).text, at))) for at in scenes]
        for place, listing in enumerate(each for each in called if each.service.phones):
            names = _names(scenes, listing)
            lines.append(Line(() if place else tuple(labels), names, numbers(scenes, listing)))
    return Sheet(
        titles=tuple(_said(at, at.words("print.sheet_title", place=_place(at))) for at in scenes),
        leads=tuple(_said(at, at.words("now.hang_up")) for at in scenes),
        first=tuple(strip(guide, scenes, quiet=False)),
        turns=tuple(lines),
        rest=_rest(guide, scenes),
        words=tuple(_said(at, at.words("now.call_logs")) for at in scenes),
        made=tuple(_said(at, made_line(at)) for at in scenes),
    )


def sides(guide: Guide, languages: Sequence[str]) -> tuple[Side, ...]:
    """The sides of a card, one for each language."""
    made = []
    for language in languages:
        at = scene(guide, language)
        rest = _rest(guide, [at])
        lines = [*strip(guide, [at], quiet=True), *([rest] if rest else [])]
        made.append(Side(language, tuple(lines), at.words("print.card_made", day=at.words.day(guide.on))))
    return tuple(made)


def first_lines(guide: Guide, at: Scene) -> tuple[Line, ...]:
    """The numbers of every page and, last, the line that finds any other help."""
    rest = _rest(guide, [at])
    return (*strip(guide, [at], quiet=False), *([rest] if rest else []))


def made_line(at: Scene) -> str:
    """When it was made, and from when on it counts as old."""
    days = {"day": at.words.day(at.guide.on), "until": at.words.day(at.guide.stale_after)}
    return at.words("print.made", **days)


def strip(guide: Guide, scenes: Sequence[Scene], *, quiet: bool) -> list[Line]:
    """The numbers that the pack puts on every page; by their quiet names where somebody may find them."""
    lines = []
    for entry in guide.pack.manifest.settings.emergency:
        listing = guide.directory.get(entry.service)
        if listing is None:
            continue
        label = entry.quiet if quiet and entry.quiet else entry.label
        labels = tuple(at.words.pick(label) for at in scenes)
        found = numbers(scenes, listing, entry.phone)
        lines.append(Line(labels, _names(scenes, listing), found[:1] if quiet else found))
    return lines


def numbers(scenes: Sequence[Scene], listing: Listing, at_place: int = 0) -> tuple[Number, ...]:
    """The first number of a service for each language; where they differ, each says whose it is. Texts last."""
    chosen = [(at, first_phone(listing, at.language, at_place)) for at in scenes]
    voices = {phone.number: (at, phone) for at, phone in reversed(chosen) if phone}
    several = len(voices) > 1
    writes = next(
        (p for p in listing.service.phones if p.type in ("text", "sms") and not p.confidential), None
    )
    made = []
    for at, phone in reversed(voices.values()):
        note = at.words.known(f"language.own.{at.language}", at.language) if several else ""
        if writes and writes.number == phone.number:
            note = _in_each(scenes, "print.call_or_text")
        href = dial(phone.number, phone.type, phone.extension)
        made.append(Number(phone.number, href, note))
    if writes and writes.number not in voices:
        made.append(Number(writes.number, dial(writes.number, "text"), _in_each(scenes, "print.text")))
    return tuple(made)


def _rest(guide: Guide, scenes: Sequence[Scene]) -> Line | None:
    """The line that finds any other help."""
    listing = guide.directory.get(guide.pack.manifest.settings.referral or "")
    if listing is None or not listing.service.phones:
        return None
    labels = tuple(_said(at, at.words("print.rest")) for at in scenes)
    return Line(labels, _names(scenes, listing), numbers(scenes, listing))


def _names(scenes: Iterable[Scene], listing: Listing) -> tuple[Said, ...]:
    return tuple(dict.fromkeys(field_in(listing, "name", at.words) for at in scenes))


def _in_each(scenes: Iterable[Scene], key: str) -> str:
    return " / ".join(dict.fromkeys(at.words(key) for at in scenes))


def _said(at: Scene, text: str) -> Said:
    return Said(text, at.language)


def _place(at: Scene) -> str:
    return at.words.pick(at.guide.pack.manifest.place).text
