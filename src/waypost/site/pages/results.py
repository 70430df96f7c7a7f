"""What find answered, as a page: danger first, then the help, each with why it is there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from waypost.desk.guide import Guide
from waypost.model.need import Banner, Found, FoundPhone, Result
from waypost.site import address
from waypost.site.cards import Card, card
from waypost.site.checked import CheckedNote, seen_words
from waypost.site.contact import PhoneLine, dial
from waypost.site.drawn import Scene, scene
from waypost.site.frame import Link
from waypost.site.page import Page
from waypost.site.pages.made import HOME, made
from waypost.site.words import Said


@dataclass(frozen=True)
class ShownBanner:
    """One door that stands before every result."""

    key: str
    name: str
    path: str
    phones: tuple[PhoneLine, ...]
    why: str
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


@dataclass(frozen=True)
class Results:
    """The page of an answer with its form, so that the words can be changed."""

    found: ShownFound
    find_path: str
    help_path: str
    words: str
    near: str
    open_now: bool


def results_page(guide: Guide, found: Found, language: str, form: Mapping[str, str]) -> Page:
    """The answer on the server. ``form`` holds what was sent (``words``, ``near``, ``open_now``) and ``token``."""
    at = scene(guide, language)
    content = Results(
        found=shown_found(at, found),
        find_path=at.path(address.FIND),
        help_path=at.path(address.help_list()),
        words=form.get("words", ""),
        near=form.get("near", ""),
        open_now=form.get("open_now") == "on",
    )
    path = address.results(form.get("token", ""))
    page = made(at, path, "results", content, title=at.words("results.title"), trail=[HOME])
    return replace(page, neutral_title=at.words("title.results"))


def shown_found(at: Scene, found: Found) -> ShownFound:
    """What find answered, in the reader's words."""
    return ShownFound(
        notice=found.notice or "",
        banners=tuple(_banner(at, banner) for banner in found.banners),
        understood=at.words.listed(found.needs),
        answers=tuple(Link(answer.title, _here(at, answer.path)) for answer in found.answers),
        cards=tuple(_card(at, result) for result in found.results),
        nothing=not (found.results or found.answers or found.banners),
    )


def _here(at: Scene, path: str) -> str:
    """The path of an answer in the page's language; a path that has a language keeps it."""
    return path if address.language_of(path) != address.DEFAULT_LANGUAGE else at.path(path)


def _banner(at: Scene, banner: Banner) -> ShownBanner:
    hours = banner.deadline_hours
    return ShownBanner(
        key=banner.key,
        name=banner.name,
        path=at.path(address.service(banner.slug)),
        phones=tuple(found_phone(at, phone) for phone in banner.phones),
        why=banner.why,
        deadline=at.words("banner.deadline", hours=hours) if hours else "",
        happens=banner.happens or "",
        silent=banner.silent or "",
    )


def found_phone(at: Scene, phone: FoundPhone) -> PhoneLine:
    """A number as find gives it."""
    label = at.words.known(f"phone.{phone.kind}", phone.kind)
    tongue = at.words.tongue(phone.language) if phone.language else ""
    return PhoneLine(phone.number, dial(phone.number, phone.kind), phone.kind, label, tongue)


def _card(at: Scene, result: Result) -> Card:
    words, listing = at.words, at.guide.directory.get(result.key)
    if listing is not None:
        drawn = card(listing, words)
        name, place, facts, checked = drawn.name, drawn.place, drawn.facts, drawn.checked
    else:
        checked = CheckedNote("plain", seen_words(result.verification.state, result.verification.on, words))
        name, place, facts = Said(result.name, at.language), None, ()
    miles = result.distance_miles
    return Card(
        key=result.key,
        name=name,
        path=at.path(address.service(result.slug)),
        organization=result.organization if result.organization not in name.text else None,
        place=place,
        phones=drawn.phones if listing else tuple(found_phone(at, phone) for phone in result.phones[:2]),
        summary=None,
        facts=facts[1:],
        checked=checked,
        open_words=_open(words_of=at, result=result),
        open_state=result.open,
        distance=at.words("card.miles", miles=f"{miles:.0f}" if miles >= 1 else "1") if miles is not None else None,
        reasons=result.reasons,
    )


def _open(words_of: Scene, result: Result) -> str:
    words = words_of.words
    if result.open == "closed" and result.opens_next:
        return words("open.closed_until", when=result.opens_next)
    return words(f"open.{result.open}")


def blank_found() -> ShownFound:
    """One of everything, empty: what the page's own script clones and fills, so that its markup is the server's."""
    phone = PhoneLine("0", "#", "voice", "-", "", unchecked=True)
    banner = ShownBanner("-", "-", address.home(), (phone,), "-", "-", "-", "-")
    card = Card(
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
    return ShownFound("-", (banner,), "-", (Link("-", address.home()),), (card,), True)
