"""The one renderer: a page value becomes HTML. Everything is escaped; nothing unknown passes silently."""

from __future__ import annotations

from waypost.desk.guide import Guide
from waypost.site import address
from waypost.site.bundle import assets
from waypost.site.drawn import scene
from waypost.site.found import blank_found
from waypost.site.frame import frame
from waypost.site.headers import CONTENT_POLICY
from waypost.site.narrowing import narrowing
from waypost.site.outlet import Outlet
from waypost.site.page import Page
from waypost.site.templating import environment, tools
from waypost.site.whither import with_targets
from waypost.site.words import Words

__all__ = ["assets", "environment", "render", "tools"]


def render(page: Page, guide: Guide, outlet: Outlet) -> str:
    """The HTML of a page for an outlet."""
    words = Words(page.language, guide.pack.words(page.language))

    def link(path: str) -> str:
        return path if page.rooted else address.relative(page.path, path, outlet.index_name)

    def asset(name: str) -> str:
        path = address.asset(outlet.asset_names[name])
        return path if page.rooted else address.relative(page.path, path)

    context = tools(words, link) | {
        "page": page,
        "content": page.content,
        "frame": frame(page, guide, words),
        "outlet": outlet,
        "asset": asset,
        "root": "/" if page.rooted else address.relative(page.path, "/"),
        "policy": CONTENT_POLICY,
        "blank_found": blank_found(page.language),
        "blank_narrowing": lambda: narrowing(scene(guide, page.language)),
        "farther": _farther(guide, words),
        "search_data": f"data-{page.language}" in outlet.asset_names,
        "law_data": f"law-{page.language}" in outlet.asset_names,
    }
    return with_targets(environment().get_template(page.template).render(context), page.path)


def _farther(guide: Guide, words: Words) -> str:
    """What is said beside the search where the page holds only the services that are near."""
    if guide.wide is None:
        return ""
    place = words.pick(guide.pack.manifest.place).text
    return words("search.farther", count=len(guide.directory.listings), place=place)
