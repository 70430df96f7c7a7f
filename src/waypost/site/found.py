"""What find answered, in the reader's words: the same values for the server's page and the page's own script.

``search.js`` clones the markup of ``blank_found`` and fills it from ``texts``: change what a card shows here,
and both show it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from waypost.desk.find_reasons import moment
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
    place: str
    when: str
    answers: tuple[Link, ...]
    cards: tuple[Card, ...]
    unsure: tuple[Card, ...]
    left_out: str
    nothing: bool
    missing_path: str


def shown_found(at: Scene, found: Found) -> ShownFound:
    """What find answered, ready to show in the reader's language."""
    signs = dict.fromkeys(banner.sign for banner in found.banners)
    return ShownFound(
        notice=found.notice or "",
        banners=tuple(_banner(at, [b for b in found.banners if b.sign == sign]) for sign in signs),
        understood=at.words.listed(found.needs),
        place=found.near or "",
        when=moment(at.guide.pack, at.language, found.at) if found.at else "",
        answers=tuple(Link(answer.title, _here(at, answer.path)) for answer in found.answers),
        cards=tuple(_card(at, result) for result in found.results if result.key not in found.unsure),
        unsure=tuple(_card(at, result) for result in found.results if result.key in found.unsure),
        left_out=at.words("results.left_out", count=found.left_out) if found.left_out else "",
        nothing=not (any(result.score for result in found.results) or found.answers or found.banners),
        missing_path=at.path(address.about()),
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
    listing = at.guide.by_slug(result.slug)
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
    return replace(made, summary=None, facts=made.facts[1:], pick=f"k-{listing.service.slug}")


def _open(at: Scene, result: Result) -> str | None:
    """Said only where the reasons do not say it already."""
    if result.open == "open" or (result.open == "closed" and result.opens_next):
        return None
    if result.open == "unknown" and not result.phones:
        return at.words("hours.unknown_ask")
    return at.words(f"open.{result.open}")


def blank_found(language: str) -> ShownFound:
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
        pick="k-",
    )
    link = Link("-", address.home())
    return ShownFound(
        "-",
        (banner,),
        "-",
        "-",
        "-",
        (link,),
        (blank,),
        (blank,),
        "-",
        True,
        address.localized(address.about(), language),
    )


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
        "unknown_ask": at.words("hours.unknown_ask"),
        "no_phone": at.words("card.no_phone"),
        "left_out": at.words.lines["results.left_out"],
        "count": at.words.lines["narrow.count"],
        "count_sure": at.words.lines["narrow.count_sure"],
    }
    return {
        "cards": [
            _text(result_card(listing, at), language)
            for listing in sorted(guide.directory.listings, key=lambda each: each.key)
        ],
        "lines": lines,
        "kinds": {kind: at.words.known(f"phone.{kind}", kind) for kind in kinds},
        "tongues": {code: at.words.tongue(code) for code in tongues},
    }


def _text(made: Card, language: str) -> list[Any]:
    """Where, facts, how it was checked, phones, and the language of the name where it is another."""
    return [
        " · ".join(part for part in (made.organization, made.place) if part),
        " · ".join(made.facts),
        made.checked.tone,
        made.checked.text,
        [_phone(phone) for phone in made.phones],
        *([made.name.language] if made.name.language != language else []),
    ]


def _phone(phone: PhoneLine) -> list[str | int]:
    """Number and label; then, where there is more to say: unchecked, extension, and where it is dialed."""
    usual = phone.href == dial(phone.number, "voice")
    line: list[str | int] = [
        phone.number,
        phone.said,
        int(phone.unchecked),
        phone.extension or "",
        "" if usual else phone.href,
    ]
    while line and not line[-1]:
        line.pop()
    return line
