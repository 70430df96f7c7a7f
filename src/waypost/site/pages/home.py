"""The front page: one search box, the doors, the needs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from waypost.desk.guide import Guide
from waypost.site import address
from waypost.site.calling import before_link
from waypost.site.drawn import Scene, scene
from waypost.site.frame import Link, has_law
from waypost.site.page import Page
from waypost.site.pages.by_need import need_links
from waypost.site.pages.made import link, made, place_name


@dataclass(frozen=True)
class Home:
    """What the front page shows."""

    place: str
    find_path: str
    doors: tuple[Link, ...]
    needs: tuple[Link, ...]
    safety_path: str
    before: Link | None


def pages(guide: Guide, language: str) -> Iterator[Page]:
    """The front page."""
    at = scene(guide, language)
    content = Home(
        place=place_name(at),
        find_path=at.path(address.FIND),
        doors=doors(at),
        needs=need_links(at),
        safety_path=at.path(address.safety()),
        before=before_link(at),
    )
    yield made(at, address.home(), "home", content, title=at.words("home.title"))


def doors(at: Scene) -> tuple[Link, ...]:
    """The ways in: get help, know the law where the guide has law, understand."""
    law = (
        (link(at, address.law(), at.words("door.law"), at.words("door.law_hint")),)
        if has_law(at.guide)
        else ()
    )
    return (
        link(at, address.help_list(), at.words("door.help"), at.words("door.help_hint")),
        *law,
        link(at, address.questions(), at.words("door.understand"), at.words("door.understand_hint")),
    )
