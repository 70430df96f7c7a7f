"""Every service on one page, in few words: for somebody who helps another, at a desk or on the phone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from waypost.desk.guide import Guide
from waypost.model.directory import Listing
from waypost.site import address
from waypost.site.cards import card
from waypost.site.contact import PhoneLine
from waypost.site.drawn import Scene, scene
from waypost.site.frame import Link
from waypost.site.page import Page
from waypost.site.pages.by_need import listed_groups, listed_once
from waypost.site.pages.made import HOME, link, made
from waypost.site.words import Said


@dataclass(frozen=True)
class Dense:
    """One service in few words."""

    name: Said
    path: str
    where: str
    phones: tuple[PhoneLine, ...]
    facts: tuple[str, ...]


@dataclass(frozen=True)
class DensePart:
    """The services of one need; ``also`` are those that already stand under another."""

    title: str
    rows: tuple[Dense, ...]
    also: tuple[Link, ...]


@dataclass(frozen=True)
class DenseList:
    """All services by need."""

    parts: tuple[DensePart, ...]
    names_path: str


def pages(guide: Guide, language: str) -> Iterator[Page]:
    """The one page."""
    at = scene(guide, language)
    seen: set[str] = set()
    parts = []
    for key, group in listed_groups(guide):
        found = {each.key: each for some in listed_once(guide, key).values() for each in some}
        rows = tuple(_row(each, at) for each in found.values() if each.key not in seen)
        also = tuple(
            link(at, address.service(each.service.slug), card(each, at.words).name.text)
            for each in found.values()
            if each.key in seen
        )
        seen |= found.keys()
        if found:
            parts.append(DensePart(at.words.pick(group.name).text, rows, also))
    content = DenseList(tuple(parts), at.path(address.services()))
    yield made(at, address.dense(), "dense", content, title=at.words("dense.title"), trail=[HOME])


def _row(listing: Listing, at: Scene) -> Dense:
    shown = card(listing, at.words, most_phones=3)
    where = " · ".join(part for part in (shown.organization, shown.place) if part)
    return Dense(shown.name, shown.path, where, shown.phones, shown.facts)
