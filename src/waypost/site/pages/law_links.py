"""The way to the tables of the law, and back from them."""

from __future__ import annotations

from waypost.site import address
from waypost.site.drawn import Scene
from waypost.site.frame import Link
from waypost.site.pages.made import HOME, link

TRAIL = [HOME, (address.law(), "nav.law")]


def table_links(at: Scene, without: str = "") -> tuple[Link, ...]:
    """The tables that the pack has, and what still has to be read; without the page that asks."""
    law = at.guide.pack.law
    there = (
        (address.law_sides(), "law_sides", bool(law.tables.sides)),
        (address.law_years(), "law_years", bool(law.tables.tracks)),
        (address.law_models(), "law_models", bool(law.models)),
        (address.law_open(), "law_open", any(s.open_questions for s in law.sections.values())),
    )
    return tuple(
        link(at, path, at.words(f"{key}.title"), at.words(f"{key}.hint"))
        for path, key, has in there
        if has and path != without
    )
