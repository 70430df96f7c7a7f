"""How every page value is put together: its path and counterparts, its neutral title, its way back."""

from __future__ import annotations

from collections.abc import Iterable

from waypost.site import address
from waypost.site.drawn import Scene
from waypost.site.frame import Link
from waypost.site.page import Page


def made(
    at: Scene,
    path: str,
    kind: str,
    content: object,
    *,
    title: str,
    neutral: str | None = None,
    template: str | None = None,
    trail: Iterable[tuple[str, str]] = (),
    notes: bool = True,
) -> Page:
    """A page at a path without language. ``trail`` holds paths and keys of words, from the top down.

    The neutral title is the words' ``title.KIND``, with the page's own code where it has one.
    A page whose text shows no footnotes says ``notes=False``.
    """
    code = path.strip("/").rpartition("/")[2]
    return Page(
        path=at.path(path),
        language=at.language,
        kind=kind,
        title=title,
        neutral_title=neutral or at.words(f"title.{kind}", code=code, place=place_name(at)),
        template=f"{template or kind}.jinja",
        content=content,
        counterparts={code: address.localized(path, code) for code in at.guide.pack.manifest.languages},
        trail=tuple((at.path(step), at.words(key)) for step, key in trail),
        notes=at.notebook.notes if notes else (),
    )


def place_name(at: Scene) -> str:
    """The place that the guide is about."""
    return at.words.pick(at.guide.pack.manifest.place).text


def link(at: Scene, path: str, title: str, hint: str = "") -> Link:
    """A link to a page in the language of this one."""
    return Link(title, at.path(path), hint)


HOME = (address.home(), "nav.home")
