"""Places: towns, their ZIP codes and points, and the areas that a service serves."""

from __future__ import annotations

from waypost.model.evidence import Struct, Text


class Town(Struct):
    """A town that readers may be in or near.

    ``latitude`` and ``longitude`` are degrees (WGS 84) of its centre; ``zips`` are five-digit strings;
    ``areas`` are keys of larger areas it lies in, ``perhaps`` of those it may lie in though nobody has
    confirmed it ("ask whether they take people from your town"); ``aliases`` are other names readers type.
    """

    name: str
    state: str
    latitude: float
    longitude: float
    zips: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    perhaps: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    source: str | None = None
    note: str | None = None


class Area(Struct):
    """A larger area that services serve: a region, a state, the country. ``within`` are the areas around it."""

    name: Text
    within: tuple[str, ...] = ()
    note: str | None = None


class Elsewhere(Struct):
    """A place that sounds like one of ours and is not (New Milford, New Jersey)."""

    name: Text
    words: tuple[str, ...]
    say: Text


class Places(Struct):
    """The gazetteer of a pack: ``home`` is the key of the town that it is about."""

    home: str | None = None
    towns: dict[str, Town] = {}
    areas: dict[str, Area] = {}
    elsewhere: dict[str, Elsewhere] = {}
