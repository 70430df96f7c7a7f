"""What every template is drawn with: the one environment, its words, links and components. Everything is escaped."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from waypost.site import address
from waypost.site.prose import prose, prose_line
from waypost.site.words import Said, Words


def tools(words: Words, link: Callable[[str], str]) -> dict[str, Any]:
    """What every template may use beside its own fields."""
    context: dict[str, Any] = {
        "t": words,
        "lang": words.language,
        "day": words.day,
        "dated": words.dated,
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
        # Asking the disk for each part of each page whether its template changed costs more than drawing it.
        auto_reload=False,
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
