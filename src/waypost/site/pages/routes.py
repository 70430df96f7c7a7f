"""Where do I turn: situations with their first call; and, for the urgent ones, "I need help now"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from waypost.desk.guide import Guide
from waypost.model.guide import Turn
from waypost.site import address
from waypost.site.calling import before_link
from waypost.site.cards import field_in
from waypost.site.checked import CheckedNote, checked_note
from waypost.site.contact import PhoneLine, in_order, phone_line
from waypost.site.drawn import Scene, draw, scene
from waypost.site.frame import Link
from waypost.site.page import Page
from waypost.site.pages.made import HOME, link, made
from waypost.site.pages.questions import LinkList, LinkPart
from waypost.site.prose import plain
from waypost.site.words import Said


@dataclass(frozen=True)
class Call:
    """One service to call in a situation."""

    name: Said
    path: str
    phones: tuple[PhoneLine, ...]
    checked: CheckedNote


@dataclass(frozen=True)
class ShownTurn:
    """One situation: when, whom first, whom then, what to say, what happens, what to mind."""

    path: str
    when: str
    first: tuple[Call, ...]
    then: tuple[Call, ...]
    say: str
    happens: str
    caution: str
    urgent: bool


@dataclass(frozen=True)
class Board:
    """The urgent situations with their numbers."""

    turns: tuple[ShownTurn, ...]
    turn_path: str
    safety_path: str
    before: Link | None


@dataclass(frozen=True)
class Situation:
    """One situation, and the others."""

    turn: ShownTurn
    others: tuple[Link, ...]


def pages(guide: Guide, language: str) -> Iterator[Page]:
    """The board of urgent numbers, the list of all situations, and a page for each."""
    ordered = sorted(guide.pack.routes.items(), key=lambda entry: (entry[1].order, entry[0]))
    at = scene(guide, language)
    urgent = tuple(shown_turn(at, key, turn) for key, turn in ordered if turn.urgent)
    board = Board(urgent, at.path(address.turn()), at.path(address.safety()), before_link(at))
    yield made(at, address.now(), "now", board, title=at.words("now.title"), trail=[HOME], notes=False)
    links = [(turn, link(at, address.situation(key), plain(_drawn(at, turn.when)))) for key, turn in ordered]
    parts = (
        LinkPart(at.words("turn.urgent"), tuple(each for turn, each in links if turn.urgent)),
        LinkPart(at.words("turn.other"), tuple(each for turn, each in links if not turn.urgent)),
    )
    content = LinkList(at.words("turn.lead"), parts)
    yield made(
        at,
        address.turn(),
        "turns",
        content,
        title=at.words("turn.title"),
        template="list",
        trail=[HOME],
        notes=False,
    )
    for number, (key, turn) in enumerate(ordered):
        others = tuple(each for _, each in [*links[number + 1 :], *links[:number]][:4])
        yield _situation(scene(guide, language), key, turn, others)


def _situation(at: Scene, key: str, turn: Turn, others: tuple[Link, ...]) -> Page:
    shown = shown_turn(at, key, turn)
    trail = [HOME, (address.turn(), "nav.turn")]
    return made(
        at, address.situation(key), "turn", Situation(shown, others), title=plain(shown.when), trail=trail
    )


def shown_turn(at: Scene, key: str, turn: Turn) -> ShownTurn:
    """A situation, drawn. Services that are not published are left out."""
    footnotes = "".join(f"[^{claim}]" for claim in turn.claims)
    return ShownTurn(
        path=at.path(address.situation(key)),
        when=_drawn(at, turn.when),
        first=calls(at, turn.first),
        then=calls(at, turn.then),
        say=_drawn(at, turn.say),
        happens=_drawn(at, turn.happens, footnotes),
        caution=_drawn(at, turn.caution, "" if turn.happens else footnotes),
        urgent=turn.urgent,
    )


def calls(at: Scene, keys: tuple[str, ...]) -> tuple[Call, ...]:
    """The services of those keys as calls, with their numbers."""
    listings = (at.guide.directory.get(key) for key in keys)
    return tuple(
        Call(
            name=field_in(listing, "name", at.words),
            path=at.path(address.service(listing.service.slug)),
            phones=tuple(
                phone_line(phone, at.words)
                for phone in in_order(listing.service.phones, at.language)
                if phone.type not in ("fax", "tty")
            ),
            checked=checked_note(listing, at.words),
        )
        for listing in listings
        if listing
    )


def _drawn(at: Scene, text: dict[str, str], after: str = "") -> str:
    said = at.words.pick(text).text
    return draw(said + after, at) if said or after else ""
