"""The services in order: points times whole percents for area, person, time and certainty, ties by key."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from waypost.desk.find_place import AREA_YES, Place, placed
from waypost.model.directory import Directory, Listing
from waypost.model.evidence import Freshness
from waypost.model.need import Need
from waypost.model.pack import Pack
from waypost.rules.eligibility import Fit, fit
from waypost.rules.hours import hours_of, open_at
from waypost.search import Index

LEAST = 300
LEAST_SHARE = 8


@dataclass(frozen=True)
class Ranked:
    """One listing with its points, what they were made of, and what the reasons are drawn from."""

    points: int
    listing: Listing
    place: Place
    fit: Fit
    open: str
    base: int = 0
    parts: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Moment:
    """When: the moment that hours are read at, and the days on which a public holiday is kept."""

    at: datetime
    holidays: Collection[date]


def ranked(
    pack: Pack,
    directory: Directory,
    index: Index,
    need: Need,
    points: dict[int, int],
    town: str | None,
    when: Moment,
) -> list[Ranked]:
    """The services by points, then key. Known misfits are left out."""
    groups = [g for key in need.traits for g in pack.lexicon.traits[key].for_whom]
    by_key = {listing.key: listing for listing in directory.listings}
    found: list[Ranked] = []
    for number, base in points.items():
        kind, key = index.documents[number]
        listing = by_key.get(key) if kind == "service" else None
        if listing is None:
            continue
        person = fit(listing.service, need.age, groups)
        if person == "no":
            continue
        state = open_at(hours_of(listing), when.at, when.holidays)
        place = placed(pack.places, listing, town)
        parts = _percents(listing, place, person, state, need)
        total = base
        for _, percent in parts:
            total = total * percent // 100
        found.append(Ranked(total, listing, place, person, state, base, parts))
    found.sort(key=lambda r: (-r.points, r.listing.key))
    best = found[0].points if found else 0
    return [r for r in found if r.points >= max(LEAST, best * LEAST_SHARE // 100)]


def referral_of(pack: Pack, directory: Directory, town: str | None, when: Moment) -> Ranked | None:
    """The line that helps to find more, as a last result."""
    listing = directory.get(pack.manifest.settings.referral or "")
    if listing is None:
        return None
    state = open_at(hours_of(listing), when.at, when.holidays)
    return Ranked(0, listing, placed(pack.places, listing, town), "unknown", state)


def _percents(
    listing: Listing, place: Place, person: Fit, state: str, need: Need
) -> tuple[tuple[str, int], ...]:
    """What the base points are multiplied with, one after the other, each in whole percents."""
    service = listing.service
    near = min(place.tenths or 0, 200) // 25 if place.area == AREA_YES else 0
    parts = [("area", place.area), ("distance", 100 - near)]
    if person == "yes":
        parts.append(("person", 112))
    if need.now and state != "unknown":
        parts.append((state, 106 if state == "open" else 92))
    if listing.shown.freshness in (Freshness.overdue, Freshness.hidden):
        parts.append(("overdue", 97))
    if service.core_unverified:
        parts.append(("unconfirmed", 90))
    if need.language in ("es", "mixed") and any(spoken.code == "es" for spoken in service.languages):
        parts.append(("spanish", 102))
    if not reachable(listing):
        parts.append(("no way in", 40))
    return tuple(parts)


def reachable(listing: Listing) -> bool:
    """Whether a reader can get there at all: by a contact, or by going to a known, open place."""
    return listing.contactable or any(p.latitude and not p.confidential for p in listing.service.locations)
