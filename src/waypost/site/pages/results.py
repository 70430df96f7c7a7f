"""What find answered, as a page: danger first, then the help, each with why it is there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from waypost.desk.guide import Guide
from waypost.model.need import Found
from waypost.site import address
from waypost.site.drawn import scene
from waypost.site.found import ShownFound, shown_found
from waypost.site.page import Page
from waypost.site.pages.made import HOME, made


@dataclass(frozen=True)
class Results:
    """The page of an answer with its form, so that the words can be changed."""

    found: ShownFound
    find_path: str
    help_path: str
    words: str
    near: str
    open_now: bool


def results_page(guide: Guide, found: Found, language: str, form: Mapping[str, str]) -> Page:
    """The answer on the server. ``form`` holds what was sent and the ``token``."""
    at = scene(guide, language)
    content = Results(
        found=shown_found(at, found),
        find_path=at.path(address.FIND),
        help_path=at.path(address.help_list()),
        words=form.get("words", ""),
        near=form.get("near", ""),
        open_now=form.get("open_now") == "on",
    )
    path = address.results(form.get("token", ""))
    page = made(at, path, "results", content, title=at.words("results.title"), trail=[HOME])
    return replace(page, neutral_title=at.words("title.results"))
