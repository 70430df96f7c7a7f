"""Where a listing stands to the reader: service area first, then miles; a confidential place has none."""

from __future__ import annotations

from dataclasses import dataclass

from waypost.model.directory import Listing
from waypost.model.need import Need
from waypost.model.place import Places, Town
from waypost.rules.distance import tenths_of_miles
from waypost.rules.need_words import fold

FAR_TENTHS = 150
AREA_YES, AREA_UNKNOWN, AREA_NEAR, AREA_FAR = 100, 92, 55, 40
"""Percent of its points that a listing keeps: it serves the town, perhaps, not but near, not and far."""
_LEADING = {"ct", "connecticut", "near", "cerca", "de", "in", "en"}


@dataclass(frozen=True)
class Place:
    """Where a listing stands to the reader's town."""

    area: int
    tenths: int | None
    location: str | None


@dataclass(frozen=True)
class Nearby:
    """Where the reader is, as far as anybody said: a town, a place of the same name elsewhere, or unknown."""

    town: str | None
    elsewhere: str | None = None
    unknown: str | None = None


def nearby(near: str | None, need: Need, places: Places) -> Nearby:
    """What was asked for by name goes before the words, and the words before the home of the guide.

    A place that is not ours has no town: its local services are not ranked as if they were close.
    """
    if not near or not near.strip():
        return Nearby(need.town or (None if need.elsewhere else places.home), need.elsewhere)
    town = town_of(near, places)
    if town:
        return Nearby(town)
    elsewhere = elsewhere_of(near, places)
    return Nearby(None, elsewhere) if elsewhere else Nearby(None, None, " ".join(near.split())[:60])


def town_of(near: str, places: Places) -> str | None:
    """The key of a town by name, other name, key or ZIP code; None where there is no such town."""
    plain = _plain(near)
    for key, town in places.towns.items():
        if near == key or near.strip() in town.zips:
            return key
        if plain and any(plain == _plain(name) for name in (town.name, *town.aliases)):
            return key
    return None


def elsewhere_of(near: str, places: Places) -> str | None:
    """The key of a place that only sounds like ours, by its own words or its key."""
    wanted = fold(near)
    found = [
        key
        for key, other in places.elsewhere.items()
        if any(wanted == fold(name) for name in (*other.words, key.replace("-", " ")))
    ]
    return found[0] if found else None


def _plain(name: str) -> list[str]:
    """The words of a place's name without those that only lead to it."""
    return [token for token in fold(name) if token not in _LEADING]


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
