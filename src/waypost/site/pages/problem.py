"""The page that says that something went wrong, with the same header and numbers as any other."""

from __future__ import annotations

from dataclasses import dataclass, replace

from waypost.desk.guide import Guide
from waypost.site import address
from waypost.site.drawn import scene
from waypost.site.frame import Link
from waypost.site.page import Page
from waypost.site.pages.made import link, made

_KNOWN = (400, 403, 404, 405, 410, 413, 415, 429)


@dataclass(frozen=True)
class Wrong:
    """What happened and where to go on."""

    text: str
    links: tuple[Link, ...]


def problem_page(guide: Guide, language: str, status: int) -> Page:
    """The page for an HTTP status. Its links start at the root, because it answers at any depth."""
    at = scene(guide, language)
    key = status if status in _KNOWN else 500
    links = ((address.home(), "nav.home"), (address.now(), "nav.now"), (address.help_list(), "nav.help"))
    content = Wrong(at.words(f"problem.{key}"), tuple(link(at, to, at.words(name)) for to, name in links))
    page = made(at, address.problem(), "problem", content, title=at.words(f"problem.{key}_title"))
    homes = {code: address.localized("/", code) for code in guide.pack.manifest.languages}
    return replace(page, rooted=True, status=status, counterparts=homes)
