"""About this guide, and what it can and cannot do for a reader's safety. Their words are the pack's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from waypost.desk.guide import Guide
from waypost.site import address
from waypost.site.drawn import draw, scene
from waypost.site.frame import Link
from waypost.site.page import Page
from waypost.site.pages.made import HOME, link, made


@dataclass(frozen=True)
class Said:
    """A page that is text from the words of the screens."""

    lead: str
    body: str
    links: tuple[Link, ...]


def pages(guide: Guide, language: str) -> Iterator[Page]:
    """About, and safety."""
    for path, kind in ((address.about(), "about"), (address.safety(), "safety")):
        at = scene(guide, language)
        links = (
            (address.freshness(), "nav.fresh"),
            (address.sources(), "nav.sources"),
            (address.mistakes(), "nav.mistakes"),
        )
        content = Said(
            at.words(f"{kind}.lead"),
            draw(at.words(f"{kind}.body"), at),
            tuple(link(at, to, at.words(key)) for to, key in links) if kind == "about" else (),
        )
        yield made(at, path, kind, content, title=at.words(f"{kind}.title"), template="words", trail=[HOME])
