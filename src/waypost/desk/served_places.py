"""Which place a postal code names, which areas that place lies in, and how far something is from it."""

from __future__ import annotations

from collections.abc import Mapping

from waypost.model.evidence import Problem, ProblemsFound, Struct
from waypost.model.pack import Pack
from waypost.model.place import Places
from waypost.rules.distance import meters

Point = tuple[float, float]


class Here(Struct):
    """What a postal code stands for: the points of its towns, and the areas in which all of it surely lies."""

    points: tuple[Point, ...]
    areas: frozenset[str]

    def within(self, point: Point, distance: float) -> bool:
        """Whether a point is so many meters away at most."""
        return any(meters(*here, *point) <= distance for here in self.points)


class Reach(Struct):
    """The postal codes that the pack's places know, the names of its areas, and where that is from."""

    codes: dict[str, Here] = {}
    names: dict[str, str] = {}
    known_from: str = "no data set"

    def here(self, postcode: str) -> Here:
        """The place of a postal code. Raises ProblemsFound for one that is not among ours."""
        code = postcode.strip().partition("-")[0]
        if code not in self.codes:
            raise ProblemsFound([unknown(self)])
        return self.codes[code]


def unknown(reach: Reach) -> Problem:
    """A Problem: this postal code is not among those that we know. It does not repeat it."""
    return Problem(
        where="postcode",
        what="This postal code is not among those that this guide knows.",
        why=f"It knows {len(reach.codes)} postal codes, from {reach.known_from}; it does not guess.",
        do="Ask without postcode, or for a postal code of the place that this guide is about.",
    )


def reach_of(pack: Pack) -> Reach:
    """What a pack's places say of postal codes."""
    places = pack.places
    by_code: dict[str, list[str]] = {}
    for key, town in places.towns.items():
        for code in town.zips:
            by_code.setdefault(code, []).append(key)
    codes = {code: here_of(places, towns) for code, towns in by_code.items()}
    areas = {name.casefold(): key for key, area in places.areas.items() for name in area.name.values()}
    towns = {n.casefold(): k for k, town in places.towns.items() for n in (town.name, *town.aliases)}
    return Reach(codes, {**areas, **towns}, known_from(pack))


def here_of(places: Places, towns: list[str]) -> Here:
    """The place that some towns share a postal code for."""
    points = tuple((places.towns[key].latitude, places.towns[key].longitude) for key in towns)
    return Here(points, frozenset.intersection(*(around(places, key) for key in towns)))


def around(places: Places, town: str) -> frozenset[str]:
    """A town and every area in which it surely lies, with the areas around those."""
    inside: Mapping[str, tuple[str, ...]] = {
        **{key: area.within for key, area in places.areas.items()},
        **{key: found.areas for key, found in places.towns.items()},
    }
    seen, queue = {town}, [town]
    while queue:
        for key in inside.get(queue.pop(), ()):
            if key not in seen:
                seen.add(key)
                queue.append(key)
    return frozenset(seen)


def known_from(pack: Pack) -> str:
    """The data sets that the towns are from, each with its date."""
    names = sorted({town.source for town in pack.places.towns.values() if town.source})
    sources = [pack.sources[name] for name in names if name in pack.sources]
    told = [f"{s.title} ({s.date}, read on {s.seen_on})" for s in sources]
    return "; ".join(told) or f"the places of the pack {pack.manifest.id}"
