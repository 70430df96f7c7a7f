"""Before you tell: who must pass on, may tell, must not, or where we know no rule, by what is said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from waypost.desk.guide import Guide
from waypost.model.guide import Cell, Listener, Saying, Telling
from waypost.site import address
from waypost.site.cards import field_in
from waypost.site.drawn import Scene, draw, scene
from waypost.site.frame import Link
from waypost.site.page import Page
from waypost.site.pages.made import HOME, link, made


@dataclass(frozen=True)
class Row:
    """One listener in the table: the answers in the order of the columns, and what stays there, in words."""

    name: str
    path: str
    marks: tuple[Telling, ...]
    keeps: str


@dataclass(frozen=True)
class Grid:
    """The table of all."""

    answers: tuple[Telling, ...]
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    as_of: date
    next: tuple[Link, ...]


@dataclass(frozen=True)
class Reason:
    """What one listener does with all that is told alike: what is said, the answer, why, how well known."""

    answer: Telling
    said: tuple[str, ...]
    why: str
    known: str
    as_of: date


@dataclass(frozen=True)
class Told:
    """One listener in full: the answers with their reasons, and the services of that kind."""

    reasons: tuple[Reason, ...]
    services: tuple[Link, ...]
    others: tuple[Link, ...]


NEXT = ("young", "parents", "no-papers", "after-violence", "trafficking")
"""The questions whose readers fear most what is passed on."""


def pages(guide: Guide, language: str) -> Iterator[Page]:
    """The table, then each listener; nothing where the pack has no grid."""
    listeners = sorted(guide.pack.telling.listeners.items(), key=lambda each: (each[1].order, each[0]))
    if not listeners:
        return
    yield _grid(scene(guide, language), listeners)
    for place, (key, listener) in enumerate(listeners):
        following = [*listeners[place + 1 :], *listeners[:place]][:4]
        yield _told(scene(guide, language), key, listener, following)


def _grid(at: Scene, listeners: list[tuple[str, Listener]]) -> Page:
    sayings, asked = _sayings(at.guide), at.guide.pack.questions
    following = [asked[key].get(at.language) or asked[key]["en"] for key in NEXT if key in asked]
    content = Grid(
        answers=tuple(Telling),
        columns=tuple(at.words.pick(saying.short).text for _, saying in sayings),
        rows=tuple(_row(at, key, listener, sayings) for key, listener in listeners),
        as_of=min(cell.as_of for _, listener in listeners for cell in listener.cells.values()),
        next=tuple(link(at, address.question(q.slug), q.title) for q in following),
    )
    return made(at, address.before(), "before", content, title=at.words("before.title"), trail=[HOME])


def _sayings(guide: Guide) -> list[tuple[str, Saying]]:
    return sorted(guide.pack.telling.sayings.items(), key=lambda each: (each[1].order, each[0]))


def _row(at: Scene, key: str, listener: Listener, sayings: list[tuple[str, Saying]]) -> Row:
    """A row has an answer in each column: a cell that is not there is one that nobody knows."""
    answers = {said: cell.answer for said, cell in listener.cells.items()}
    kept = [at.words.pick(saying.short).text for said, saying in sayings if answers.get(said) == "must_not"]
    return Row(
        name=at.words.pick(listener.name).text,
        path=at.path(address.listener(key)),
        marks=tuple(answers.get(said, Telling.unknown) for said, _ in sayings),
        keeps=at.words("before.keeps", what=at.words.listed(kept)) if kept else at.words("before.keeps_none"),
    )


def _told(at: Scene, key: str, listener: Listener, following: list[tuple[str, Listener]]) -> Page:
    """The cells of a listener, those with the same answer and the same reasons told together."""
    alike: dict[tuple[object, ...], tuple[Cell, list[str]]] = {}
    for said, saying in _sayings(at.guide):
        if cell := listener.cells.get(said):
            same = (cell.answer, cell.claims, cell.confidence, cell.as_of, at.words.pick(cell.note).text)
            alike.setdefault(same, (cell, []))[1].append(at.words.pick(saying.text).text)
    order = list(Telling)
    reasons = sorted(alike.values(), key=lambda each: order.index(each[0].answer))
    content = Told(
        reasons=tuple(_reason(at, cell, tuple(said)) for cell, said in reasons),
        services=tuple(_services(at, listener)),
        others=tuple(
            link(at, address.listener(other), at.words.pick(each.name).text) for other, each in following
        ),
    )
    title = at.words("before.of", who=at.words.pick(listener.name).text)
    trail = [HOME, (address.before(), "before.title")]
    return made(at, address.listener(key), "told", content, title=title, trail=trail)


def _reason(at: Scene, cell: Cell, said: tuple[str, ...]) -> Reason:
    parts = [f"{{claim:{claim}}}" for claim in cell.claims]
    note = at.words.pick(cell.note).text
    why = draw(" ".join([*parts, note] if note else parts), at)
    known = at.words.known(f"confidence.{cell.confidence}", "")
    return Reason(cell.answer, said, why, known, cell.as_of)


def _services(at: Scene, listener: Listener) -> Iterator[Link]:
    """The services that this listener's row names, by name."""
    for service in listener.services:
        if listing := at.guide.directory.get(service):
            name = field_in(listing, "name", at.words).text
            yield link(at, address.service(listing.service.slug), name)
