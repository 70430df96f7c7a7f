"""What still has to be read in the official code: the open questions, for whoever can read them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from waypost.desk.guide import Guide
from waypost.desk.law_open import OpenSection, open_sections
from waypost.site import address
from waypost.site.drawn import Scene, scene
from waypost.site.frame import Link
from waypost.site.page import Page
from waypost.site.pages.law import label
from waypost.site.pages.law_links import TRAIL, table_links
from waypost.site.pages.made import link, made
from waypost.site.words import Said


@dataclass(frozen=True)
class ShownOpen:
    """One section with its open questions."""

    link: Link
    claim: Said
    label: str
    questions: tuple[tuple[str, Said], ...]


@dataclass(frozen=True)
class OpenPlace:
    """The sections whose official text stands in one place."""

    where: Said
    sections: tuple[ShownOpen, ...]


@dataclass(frozen=True)
class ToRead:
    """The page."""

    count: str
    places: tuple[OpenPlace, ...]
    links: tuple[Link, ...]


def pages(guide: Guide, language: str) -> Iterator[Page]:
    """The one page; nothing where no question is open."""
    found = open_sections(guide.pack)
    if not found:
        return
    at = scene(guide, language)
    places: dict[str, list[OpenSection]] = {}
    for one in found:
        places.setdefault(at.words.pick(one.where).text, []).append(one)
    content = ToRead(
        count=at.words.count("law_open.count", sum(len(one.questions) for one in found)),
        places=tuple(
            OpenPlace(at.words.pick(some[0].where), tuple(_shown(at, one) for one in some))
            for some in places.values()
        ),
        links=table_links(at, address.law_open()),
    )
    title = at.words("law_open.title")
    yield made(at, address.law_open(), "law_open", content, title=title, trail=TRAIL)


def _shown(at: Scene, one: OpenSection) -> ShownOpen:
    section = at.guide.pack.law.sections[one.section]
    title = f"{one.citation}: {at.words.pick(one.heading).text}"
    return ShownOpen(
        link=link(at, address.section(section.slug), title),
        claim=at.words.pick(one.claim),
        label=label(at, one.confidence),
        questions=tuple((question.code, at.words.pick(question.text)) for question in one.questions),
    )
