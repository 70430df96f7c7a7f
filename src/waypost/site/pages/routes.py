"""Where do I turn: situations with their first call; and, for the urgent ones, "I need help now"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from waypost.desk.guide import Guide
from waypost.model.guide import Turn
from waypost.site import address
from waypost.site.cards import field_in
from waypost.site.checked import CheckedNote, checked_note
from waypost.site.contact import PhoneLine, in_order, phone_line
from waypost.site.drawn import Scene, draw, scene
from waypost.site.page import Page
from waypost.site.pages.made import HOME, made
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

    key: str
    when: str
    first: tuple[Call, ...]
    then: tuple[Call, ...]
    say: str
    happens: str
    caution: str
    urgent: bool


@dataclass(frozen=True)
class Turns:
    """The situations of a page."""

    turns: tuple[ShownTurn, ...]
    turn_path: str
    safety_path: str


def pages(guide: Guide, language: str) -> Iterator[Page]:
    """The urgent situations, and all of them."""
    ordered = sorted(guide.pack.routes.items(), key=lambda entry: (entry[1].order, entry[0]))
    urgent = [entry for entry in ordered if entry[1].urgent]
    for path, kind, turns in ((address.now(), "now", urgent), (address.turn(), "turn", ordered)):
        at = scene(guide, language)
        shown = tuple(shown_turn(at, key, turn) for key, turn in turns)
        content = Turns(shown, at.path(address.turn()), at.path(address.safety()))
        yield made(at, path, kind, content, title=at.words(f"{kind}.title"), trail=[HOME])


def shown_turn(at: Scene, key: str, turn: Turn) -> ShownTurn:
    """A situation, drawn. Services that are not published are left out."""
    footnotes = "".join(f"[^{claim}]" for claim in turn.claims)
    return ShownTurn(
        key=f"t-{address.opaque(key)}",
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
                if phone.type != "fax"
            ),
            checked=checked_note(listing, at.words),
        )
        for listing in listings
        if listing
    )


def _drawn(at: Scene, text: dict[str, str], after: str = "") -> str:
    said = at.words.pick(text).text
    return draw(said + after, at) if said or after else ""
