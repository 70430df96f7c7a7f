"""The one renderer: a page value becomes HTML. Everything is escaped; nothing unknown passes silently."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

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
from waypost.site.prose import prose, prose_line
from waypost.site.whither import with_targets
from waypost.site.words import Said, Words

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
        "search_data": f"data-{page.language}" in outlet.asset_names,
        "law_data": f"law-{page.language}" in outlet.asset_names,
    }
    return with_targets(environment().get_template(page.template).render(context), page.path)


def tools(words: Words, link: Callable[[str], str]) -> dict[str, Any]:
    """What every template may use beside its own fields."""
    context: dict[str, Any] = {
        "t": words,
        "lang": words.language,
        "day": words.day,
        "link": link,
        "source_path": lambda key: address.localized(address.source(key), words.language),
        "prose": lambda text: prose(text, link, words("notes.ref")),
        "prose_line": lambda text: prose_line(text, link, words("notes.ref")),
        "said": lambda text: _said(text, words.language),
    }

    def component(room: str, /, **fields: Any) -> Markup:
        template = environment().get_template(f"{room}/template.jinja")
        return Markup(template.render(context | fields).strip())

    context["component"] = component
    return context


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Jinja, always escaping, refusing names that nobody gave."""
    return Environment(
        loader=_Rooms(),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )


class _Rooms(PackageLoader):
    """Templates of whole pages, and of components by their folder."""

    def __init__(self) -> None:
        super().__init__("waypost.site", "templates")
        self._components = PackageLoader("waypost.site", "components")

    def get_source(self, environment: Environment, template: str) -> Any:
        """The source of a page's template, or of ``NAME/template.jinja`` among the components."""
        if "/" in template:
            return self._components.get_source(environment, template)
        return super().get_source(environment, template)


def _said(text: Said | str, language: str) -> Markup:
    """Words, marked with their language where it is not the page's."""
    if isinstance(text, str):
        return escape(text)
    if text.language == language:
        return escape(text.text)
    return Markup('<span lang="{}">{}</span>').format(text.language, text.text)
