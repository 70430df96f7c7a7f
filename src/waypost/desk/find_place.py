"""Where a listing stands to the reader: service area first, then miles; a confidential place has none."""

from __future__ import annotations

from dataclasses import dataclass

from waypost.model.directory import Listing
from waypost.model.evidence import Problem, ProblemsFound
from waypost.model.place import Places, Town
from waypost.rules.distance import tenths_of_miles
from waypost.rules.need_words import fold

FAR_TENTHS = 150
AREA_YES, AREA_UNKNOWN, AREA_NEAR, AREA_FAR = 100, 92, 55, 40
"""Percent of its points that a listing keeps: it serves the town, perhaps, not but near, not and far."""


@dataclass(frozen=True)
class Place:
    """Where a listing stands to the reader's town."""

    area: int
    tenths: int | None
    location: str | None


def town_of(near: str, places: Places) -> str:
    """The key of a town by name, other name, key or ZIP code."""
    wanted = fold(near)
    state = {"ct", "connecticut", "near", "cerca", "de", "in", "en"}
    plain = [token for token in wanted if token not in state]
    for key, town in places.towns.items():
        if near == key or near.strip() in town.zips:
            return key
        if any(plain == [t for t in fold(n) if t not in state] for n in (town.name, *town.aliases)):
            return key
    known = ", ".join(sorted(town.name for town in places.towns.values()))
    raise ProblemsFound(
        [
            Problem(
                where="--near",
                what=f'"{near}" is no town or ZIP code that this guide knows.',
                why="Distances and service areas need a place.",
                do=f"Use one of: {known}; or a ZIP code of one of them.",
            )
        ]
    )


def serves(places: Places, listing: Listing, town: str | None) -> bool | None:
    """Whether a listing's service area has the town in it; None where that is not known."""
    areas = set(listing.service.serves)
    if town is None or not areas:
        return None
    if town in areas:
        return True
    here = places.towns.get(town)
    if here is None:
        return None
    if areas & _around(places, here.areas):
        return True
    return None if areas & _around(places, here.perhaps) else False


def _around(places: Places, nearest: tuple[str, ...]) -> set[str]:
    """These areas and all that lie around them."""
    todo, seen = list(nearest), set[str]()
    while todo:
        area = todo.pop()
        if area not in seen:
            seen.add(area)
            todo.extend(places.areas[area].within if area in places.areas else ())
    return seen


def placed(places: Places, listing: Listing, town: str | None) -> Place:
    """Service area first, then distance; a confidential place has none."""
    served = serves(places, listing, town)
    here = places.towns.get(town) if town else None
    nearest: tuple[int, str] | None = None
    for location in listing.service.locations:
        point = (
            None
            if location.confidential
            else _point(places, location.latitude, location.longitude, location.town)
        )
        if point and here:
            tenths = tenths_of_miles(here.latitude, here.longitude, *point)
            nearest = min(nearest or (tenths, location.key), (tenths, location.key))
    tenths_away = nearest[0] if nearest else None
    if served is None:
        area = AREA_UNKNOWN
    elif served:
        area = AREA_YES
    else:
        area = AREA_NEAR if tenths_away is not None and tenths_away <= FAR_TENTHS else AREA_FAR
    return Place(area, tenths_away, nearest[1] if nearest else None)


def _point(
    places: Places, latitude: float | None, longitude: float | None, town: str | None
) -> tuple[float, float] | None:
    if latitude is not None and longitude is not None:
        return latitude, longitude
    centre: Town | None = places.towns.get(town) if town else None
    return (centre.latitude, centre.longitude) if centre else None
