"""Where a place is, drawn by ourselves: towns as points, miles and direction from the middle of the town.

Nobody else learns who looks at it. Places that are confidential are on no map, and no distance to them is given.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import atan2, cos, degrees, radians

from waypost.model.directory import Listing
from waypost.model.place import Town
from waypost.rules.distance import tenths_of_miles
from waypost.site.drawn import Scene

_WIDE, _EDGE = 320, 14
_LETTER, _LINE = 7.4, 13
"""How wide a letter and how high a line is taken to be, on the wide side."""
_POINTS = ("north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest")
_MILES_A_DEGREE = 69.0
_RING = 10


@dataclass(frozen=True)
class Dot:
    """One town: where it lies on the drawing, its name where there is room for it, and what it is."""

    x: float
    y: float
    name: str
    anchor: str
    state: str


@dataclass(frozen=True)
class TownMap:
    """The drawing, and the same in words."""

    high: float
    dots: tuple[Dot, ...]
    rings: tuple[tuple[float, float, float], ...]
    ring_words: str
    title: str
    lines: tuple[str, ...]


def map_of(listings: Iterable[Listing], at: Scene) -> TownMap | None:
    """The map of the places that these services have and may show; None where there is none to show."""
    places = at.guide.pack.places
    home = places.towns.get(places.home or "")
    if home is None or places.home is None:
        return None
    marked = _towns(listings, at)
    if not marked:
        return None
    lines = tuple(_line(home, key, at) for key in marked)
    across = _Drawing(home, {places.home, *marked}, places.towns)
    order = sorted(
        places.towns,
        key=lambda k: (k not in marked, k != places.home, _away(home, places.towns[k]), k),
    )
    dots = across.dots([key for key in order if across.holds(key)], places.home, marked)
    return TownMap(
        high=across.high,
        dots=tuple(dots),
        rings=across.rings(),
        ring_words=at.words("map.ring", count=_RING),
        title=at.words("map.title", place=home.name),
        lines=lines,
    )


def _towns(listings: Iterable[Listing], at: Scene) -> list[str]:
    """The towns of the places that may be shown, nearest first, each once."""
    towns = at.guide.pack.places.towns
    home = towns[at.guide.pack.places.home or ""]
    found = {
        location.town
        for listing in listings
        for location in listing.service.locations
        if not location.confidential
        and location.town in towns
        and any(address.city and not address.confidential for address in location.addresses)
    }
    return sorted((key for key in found if key), key=lambda key: (_away(home, towns[key]), key))


def _line(home: Town, key: str, at: Scene) -> str:
    """A place in words: how far, which way, in which town."""
    town = at.guide.pack.places.towns[key]
    if town is home:
        return at.words("map.here", town=town.name)
    miles = max(1, round(_away(home, town) / 10))
    way = at.words(f"map.{direction(home, town)}")
    key = "map.away.one" if miles == 1 else "map.away.many"
    return at.words(key, count=miles, way=way, home=home.name, town=town.name)


def _away(home: Town, town: Town) -> int:
    return tenths_of_miles(home.latitude, home.longitude, town.latitude, town.longitude)


def direction(home: Town, town: Town) -> str:
    """Which of eight ways leads from one town to another."""
    east = (town.longitude - home.longitude) * cos(radians(home.latitude))
    turned = degrees(atan2(east, town.latitude - home.latitude)) % 360
    return _POINTS[round(turned / 45) % 8]


class _Drawing:
    """A square of land around the towns that matter, north at the top."""

    def __init__(self, home: Town, keep: set[str], towns: dict[str, Town]) -> None:
        self._home, self._towns = home, towns
        self._shrink = cos(radians(home.latitude))
        reach = max((_away(home, towns[key]) / 10 for key in keep), default=0)
        self._reach = max(8.0, reach * 1.15)
        self._scale = (_WIDE / 2 - _EDGE) / (self._reach / _MILES_A_DEGREE)
        self.high = float(_WIDE)

    def point(self, town: Town) -> tuple[float, float]:
        x = _WIDE / 2 + (town.longitude - self._home.longitude) * self._shrink * self._scale
        return round(x, 1), round(_WIDE / 2 - (town.latitude - self._home.latitude) * self._scale, 1)

    def holds(self, key: str) -> bool:
        x, y = self.point(self._towns[key])
        return 4 <= x <= _WIDE - 4 and 10 <= y <= _WIDE - 6

    def rings(self) -> tuple[tuple[float, float, float], ...]:
        middle = _WIDE / 2
        mile = self._scale / _MILES_A_DEGREE
        return tuple(
            (middle, middle, round(miles * mile, 1))
            for miles in range(_RING, int(self._reach) + 1, _RING)
            if miles * mile < middle
        )

    def dots(self, keys: Sequence[str], home: str, marked: Sequence[str]) -> list[Dot]:
        """Each town as a dot; its name where it covers no other."""
        taken: list[tuple[float, float, float, float]] = []
        made = []
        points = {key: self.point(self._towns[key]) for key in keys}
        taken += [(x - 4, y - 4, x + 4, y + 4) for x, y in points.values()]
        taken += [(x - 36, y - far - 18, x + 36, y - far) for x, y, far in self.rings()[:1]]
        for key in keys:
            x, y = points[key]
            state = "marked" if key in marked else "home" if key == home else "plain"
            name, anchor = _room(self._towns[key].name, x, y, taken)
            made.append(Dot(x, y, name, anchor, state))
        return made


def _room(name: str, x: float, y: float, taken: list[tuple[float, float, float, float]]) -> tuple[str, str]:
    """The name and the side of the dot on which it has room; no name where it has none."""
    wide = len(name) * _LETTER
    for anchor, left in (("start", x + 7), ("end", x - 7 - wide)):
        box = (left, y - _LINE / 2, left + wide, y + _LINE / 2)
        inside = box[0] >= 0 and box[2] <= _WIDE
        if inside and not any(
            box[0] < t[2] and t[0] < box[2] and box[1] < t[3] and t[1] < box[3] for t in taken
        ):
            taken.append(box)
            return name, anchor
    return "", "start"
