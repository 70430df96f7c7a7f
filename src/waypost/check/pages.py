"""What can only be seen on the finished pages: dead links, lost pages, telling names, leaks."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from waypost.check.reading import Seen, seen
from waypost.desk.guide import Guide
from waypost.model.evidence import Problem
from waypost.site import address
from waypost.site.outlet import Outlet
from waypost.site.page import Page
from waypost.site.pages import all_pages
from waypost.site.render import assets, render

_OUTSIDE = ("http:", "https:", "tel:", "sms:", "mailto:")


@dataclass(frozen=True)
class Edition:
    """The static edition in memory: its files by path, the values of its pages, and what a reader sees."""

    files: Mapping[str, bytes]
    pages: Mapping[str, Page]
    read: Mapping[str, Seen]


def drawn(guide: Guide) -> Edition:
    """The static edition of a guide, each page read once."""
    made = assets(guide)
    outlet = Outlet.static(made)
    files = {f"assets/{name}": data for name, data in made.items()}
    values = {address.file_name(page.path): page for page in all_pages(guide)}
    read = {}
    for path, page in values.items():
        html = render(page, guide, outlet)
        files[path], read[path] = html.encode(), seen(html)
    return Edition(files, values, read)


def faults(edition: Edition, telling: tuple[str, ...]) -> Iterator[Problem]:
    """Dead links, pages that no link leads to, and names that would tell a bystander."""
    files = edition.files
    links: dict[str, list[str]] = {}
    for path in files:
        if page := edition.read.get(path):
            links[path] = [target for link in page.uses if (target := _inside(path, link)) is not None]
        yield from _telling(path, page.title if page else "", telling)
    for path, targets in links.items():
        for target in sorted({t for t in targets if t not in files}):
            yield _dead(path, target)
    unlinked = {address.file_name(address.problem())}
    yield from (_lost(path) for path in sorted(links.keys() - _reached(links, "index.html") - unlinked))


def _inside(path: str, link: str) -> str | None:
    """The file that a link on that page leads to; None if it leaves the edition or stays on the page."""
    if link.startswith(_OUTSIDE) or link.startswith(("#", "data:")):
        return None
    target = unquote(urlsplit(link).path)
    joined = (
        posixpath.normpath(posixpath.join("/", posixpath.dirname(path), target)) if target else f"/{path}"
    )
    return address.file_name(f"{joined.rstrip('/')}/" if target.endswith("/") else joined)


def _reached(links: Mapping[str, list[str]], start: str) -> set[str]:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        path = waiting.pop()
        if path not in seen and path in links:
            seen.add(path)
            waiting += links[path]
    return seen


def _telling(path: str, title: str, telling: tuple[str, ...]) -> Iterator[Problem]:
    for kind, text in (("path", path), ("title", title)):
        words = re.split(r"[^a-záéíóúñü]+", text.lower())
        # Short words are looked for whole: "sti" also stands in "listing".
        hits = [t for t in telling if (t in words if len(t) < 4 else any(w.startswith(t) for w in words))]
        if hits:
            yield Problem(
                where=path,
                what=f'its {kind} "{text}" holds the telling word "{hits[0]}"',
                why="Somebody who looks over a shoulder or into the history would know what was read.",
                do="Give it a neutral title or an opaque slug.",
            )


def leaks(files: Mapping[str, bytes], secrets: Mapping[str, str]) -> Iterator[Problem]:
    """An error for each withheld value that stands in any file. ``secrets``: value -> whose it is."""
    for value, owner in secrets.items():
        needle = value.encode()
        for path, data in files.items():
            if len(needle) >= 4 and needle in data:
                yield Problem(
                    where=path,
                    what=f"it holds a confidential value of {owner}",
                    why="Somebody could be found by a person who means them harm.",
                    do="Do not publish this build. Find the text that repeats the value and take it out.",
                )


def _dead(path: str, target: str) -> Problem:
    return Problem(
        where=path,
        what=f'a link leads to "{target}", which is not there',
        why="A reader in a hurry would end up nowhere.",
        do="Correct the link, or add what it leads to.",
    )


def _lost(path: str) -> Problem:
    return Problem(
        where=path,
        what="no way of links leads here from the home page",
        why="Nobody would ever find this page.",
        do="Link to it from a page that readers reach.",
    )
