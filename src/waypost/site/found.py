"""What find answered, in the reader's words: the same values for the server's page and the page's own script.

``search.js`` clones the markup of ``blank_found`` and fills it from ``texts``: change what a card shows here,
and both show it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from waypost.desk.guide import Guide
from waypost.model.directory import Listing
from waypost.model.need import Banner, Found, FoundPhone, Result
from waypost.model.pack import Pack
from waypost.site import address
from waypost.site.cards import Card, card
from waypost.site.checked import CheckedNote
from waypost.site.contact import PhoneLine, dial
from waypost.site.drawn import Scene, scene
from waypost.site.frame import Link
from waypost.site.words import Said


@dataclass(frozen=True)
class Door:
    """One service of a banner."""

    key: str
    name: str
    path: str
    phones: tuple[PhoneLine, ...]


@dataclass(frozen=True)
class ShownBanner:
    """One danger sign: why it stands there, its doors, and what to know before calling."""

    why: str
    doors: tuple[Door, ...]
    deadline: str
    happens: str
    silent: str


@dataclass(frozen=True)
class ShownFound:
    """The answer to a query, ready to show."""

    notice: str
    banners: tuple[ShownBanner, ...]
    understood: str
    answers: tuple[Link, ...]
    cards: tuple[Card, ...]
    nothing: bool


def shown_found(at: Scene, found: Found) -> ShownFound:
    """What find answered, ready to show in the reader's language."""
    signs = dict.fromkeys(banner.sign for banner in found.banners)
    return ShownFound(
        notice=found.notice or "",
        banners=tuple(_banner(at, [b for b in found.banners if b.sign == sign]) for sign in signs),
        understood=at.words.listed(found.needs),
        answers=tuple(Link(answer.title, _here(at, answer.path)) for answer in found.answers),
        cards=tuple(_card(at, result) for result in found.results),
        nothing=not (found.results or found.answers or found.banners),
    )


def answer_paths(pack: Pack) -> dict[str, str]:
    """The English public paths of questions and sections by key, as find wants them."""
    questions = {
        key: address.question(next(iter(asked.values())).slug) for key, asked in pack.questions.items()
    }
    return questions | {key: address.section(section.slug) for key, section in pack.law.sections.items()}


def _here(at: Scene, path: str) -> str:
    """The path of an answer in the page's language; a path that has a language keeps it."""
    return path if address.language_of(path) != address.DEFAULT_LANGUAGE else at.path(path)


def _banner(at: Scene, doors: list[Banner]) -> ShownBanner:
    first = doors[0]
    return ShownBanner(
        why=first.why,
        doors=tuple(
            Door(
                key=door.key,
                name=door.name,
                path=at.path(address.service(door.slug)),
                phones=tuple(found_phone(at, phone) for phone in door.phones if phone.kind != "fax"),
            )
            for door in doors
        ),
        deadline=at.words("banner.deadline", hours=first.deadline_hours) if first.deadline_hours else "",
        happens=first.happens or "",
        silent=first.silent or "",
    )


def found_phone(at: Scene, phone: FoundPhone) -> PhoneLine:
    """A number as find gives it."""
    kind = "text" if phone.kind == "sms" else phone.kind
    tongue = at.words.tongue(phone.language) if phone.language else ""
    label = at.words.known(f"phone.{kind}", kind)
    return PhoneLine(
        phone.number, dial(phone.number, kind), kind, label, tongue, tongues=(tongue,) if tongue else ()
    )


def _card(at: Scene, result: Result) -> Card:
    listing = at.guide.directory.get(result.key)
    if listing is None:
        raise LookupError(result.key)
    return replace(
        result_card(listing, at),
        open_words=_open(at, result),
        open_state=result.open,
        reasons=result.reasons,
    )


def result_card(listing: Listing, at: Scene) -> Card:
    """The card of a listing among results: its reasons stand for its summary, its state for its hours."""
    made = card(listing, at.words)
    return replace(made, summary=None, facts=made.facts[1:])


def _open(at: Scene, result: Result) -> str | None:
    """Said only where the reasons do not say it already."""
    if result.open == "open" or (result.open == "closed" and result.opens_next):
        return None
    return at.words(f"open.{result.open}")


def blank_found() -> ShownFound:
    """One of everything, empty: what the page's script clones and fills, so that its markup is the server's."""
    phone = PhoneLine("0", "#", "voice", "-", "", unchecked=True)
    banner = ShownBanner("-", (Door("-", "-", address.home(), (phone,)),), "-", "-", "-")
    blank = Card(
        key="-",
        name=Said("-", ""),
        path=address.home(),
        organization="-",
        place=None,
        phones=(phone,),
        summary=None,
        facts=("-",),
        checked=CheckedNote("plain", "-"),
        open_words="-",
        open_state="unknown",
        reasons=("-",),
    )
    return ShownFound("-", (banner,), "-", (Link("-", address.home()),), (blank,), True)


def texts(guide: Guide, language: str) -> dict[str, Any]:
    """What the script needs to draw results as the server does: the cards' words and some lines."""
    at = scene(guide, language)
    kinds = sorted({phone.type for listing in guide.directory.listings for phone in listing.service.phones})
    tongues = sorted(
        {t.code for each in guide.directory.listings for p in each.service.phones for t in p.languages}
    )
    lines = {
        "deadline": at.words.lines["banner.deadline"],
        "and": at.words.lines["list.and"],
        "closed": at.words("open.closed"),
        "unknown": at.words("open.unknown"),
        "no_phone": at.words("card.no_phone"),
    }
    return {
        "cards": {
            listing.key: _text(result_card(listing, at), language) for listing in guide.directory.listings
        },
        "lines": lines,
        "kinds": {kind: at.words.known(f"phone.{kind}", kind) for kind in kinds},
        "tongues": {code: at.words.tongue(code) for code in tongues},
    }


def _text(made: Card, language: str) -> dict[str, Any]:
    value: dict[str, Any] = {
        "name": made.name.text,
        "where": " · ".join(part for part in (made.organization, made.place) if part),
        "phones": [
            [phone.number, phone.href, phone.said, phone.extension or "", phone.unchecked]
            for phone in made.phones
        ],
        "facts": " · ".join(made.facts),
        "checked": [made.checked.tone, made.checked.text],
    }
    return value | ({} if made.name.language == language else {"lang": made.name.language})
