"""A copy of the guide on the reader's own device: only if asked for, with a plain warning, and removable."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from waypost.desk.guide import Guide
from waypost.site import address
from waypost.site.drawn import scene
from waypost.site.page import Page
from waypost.site.pages.made import HOME, made

_KEPT = frozenset(
    {
        "home",
        "now",
        "turns",
        "turn",
        "help",
        "group",
        "all",
        "service",
        "law",
        "section",
        "questions",
        "question",
    }
)
"""What somebody without a network needs. Sources, lists and ready-made answers stay on the server."""


@dataclass(frozen=True)
class Keep:
    """The paths of the pages that a copy holds, in the language of the page; its keeper; what removes it."""

    paths: tuple[str, ...]
    worker_path: str
    remove_path: str


def keep_page(guide: Guide, language: str, pages: Iterable[Page]) -> Page:
    """The page that offers the copy, given every other page of its language."""
    at = scene(guide, language)
    paths = tuple(page.path for page in pages if page.kind in _KEPT)
    content = Keep((*paths, at.path(address.keep())), address.keep_worker(), at.path(address.keep_remove()))
    return made(at, address.keep(), "keep", content, title=at.words("keep.title"), trail=[HOME])
