"""What find answered, as a page: danger first, then the help, each with why it is there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from waypost.desk.find_wanted import names_wanted, read_wanted, with_open
from waypost.desk.guide import Guide
from waypost.model.need import Found
from waypost.site import address
from waypost.site.cards import Card, card
from waypost.site.drawn import scene
from waypost.site.found import ShownFound, shown_found
from waypost.site.narrowing import Narrowing, narrowing
from waypost.site.page import Page
from waypost.site.pages.made import HOME, made


@dataclass(frozen=True)
class Results:
    """The page of an answer with its form, so that the words can be changed."""

    found: ShownFound
    find_path: str
    help_path: str
    words: str
    narrowing: Narrowing
    opened: bool


def results_page(guide: Guide, found: Found, language: str, form: Mapping[str, str]) -> Page:
    """The answer on the server. ``form`` holds what was sent and the ``token``."""
    at = scene(guide, language)
    wanted = with_open(read_wanted(form, guide.pack), False)
    content = Results(
        found=shown_found(at, found),
        find_path=at.path(address.FIND),
        help_path=at.path(address.help_list()),
        words=form.get("words", ""),
        narrowing=narrowing(at, form.get("near", ""), wanted, found.choices),
        opened=bool(form.get("near") or names_wanted(wanted)),
    )
    path = address.results(form.get("token", ""))
    page = made(at, path, "results", content, title=at.words("results.title"), trail=[HOME])
    return replace(page, neutral_title=at.words("title.results"))


_MOST_KEPT = 100


@dataclass(frozen=True)
class Kept:
    """The page of a reader's own list."""

    sheet: str
    find_path: str


def kept_page(guide: Guide, language: str, form: Mapping[str, str]) -> Page:
    """What was ticked, as a plain sheet to print. Nothing of it is kept anywhere but in the address's token."""
    at = scene(guide, language)
    picked = [name.removeprefix("k-") for name in form if name.startswith("k-")][:_MOST_KEPT]
    kept = sorted((one for slug in set(picked) if (one := guide.by_slug(slug))), key=lambda one: one.key)
    cards = [card(one, at.words) for one in kept]
    content = Kept("\n\n".join(_lines(one) for one in cards), at.path(address.FIND))
    return made(
        at,
        address.results(form.get("token", "")),
        "sheet",
        content,
        title=at.words("mylist.title"),
        neutral=at.words("title.results"),
        trail=[HOME],
    )


def _lines(one: Card) -> str:
    """A service on the sheet: name, place, numbers with what they are for, and when to come."""
    where = " · ".join(part for part in (one.organization, one.place) if part)
    phones = [f"{p.number}{f' ext. {p.extension}' if p.extension else ''} {p.said}" for p in one.phones]
    return "\n".join(line for line in (one.name.text, where, *phones, " · ".join(one.facts)) if line)
