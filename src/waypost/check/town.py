"""What a town's guide still lacks before it may be published, one Problem for each thing and what to do."""

from __future__ import annotations

from collections.abc import Iterator

from waypost.desk.guide import Guide
from waypost.model.evidence import Problem
from waypost.model.pack import LocalMatter
from waypost.model.place import Town
from waypost.rules.distance import miles

NEAR = 25.0
"""Miles within which a town has at least one neighbor that the guide should know."""


def missing(guide: Guide) -> list[Problem]:
    """What only people of the town can tell and nobody has told; nothing for a pack that is only inherited."""
    pack = guide.pack
    if pack.places.home is None or not pack.manifest.settings.local:
        return []
    found = [*_of_place(guide), *_of_matters(guide)]
    if pack.draft and not found:
        found.append(
            _lacking(
                guide,
                "nobody has called it ready",
                "Read every page as a stranger would, then set publishable: true in pack.yaml.",
            )
        )
    return found


def _of_place(guide: Guide) -> Iterator[Problem]:
    pack = guide.pack
    town = pack.places.towns.get(pack.places.home or "")
    if town is None:
        yield _lacking(
            guide, "its home is a town that no places.yaml has", "Add the town under towns: in places.yaml."
        )
        return
    if not any(pack.manifest.place.values()):
        yield _lacking(guide, "it has no name for readers", "Write place: {en: ..., es: ...} in pack.yaml.")
    if not town.zips:
        yield _lacking(guide, "its ZIP codes are not there", "Add zips: to the town in places.yaml.")
    if not town.areas:
        yield _lacking(
            guide,
            "nobody has said in which areas it lies, so that regional services cannot be told from far ones",
            "Add areas: (and perhaps: for those that nobody confirmed) to the town in places.yaml.",
        )
    if not any(_near(town, other) for other in pack.places.towns.values() if other is not town):
        yield _lacking(
            guide, "no neighbor is known", "Add the towns around it to places.yaml, with their points."
        )


def _near(town: Town, other: Town) -> bool:
    return miles(town.latitude, town.longitude, other.latitude, other.longitude) <= NEAR


def _of_matters(guide: Guide) -> Iterator[Problem]:
    for key, matter in guide.pack.manifest.settings.local.items():
        if key not in guide.pack.manifest.not_known and not answered(guide, matter):
            yield _lacking(
                guide,
                f"{matter.ask} Nobody has answered",
                f"Add a record with one of these kinds that serves the town: {', '.join(matter.kinds)}. "
                f"If you looked and it is not known, write {key} under not_known: in pack.yaml; "
                "readers are then told so, and to ask.",
            )


def answered(guide: Guide, matter: LocalMatter) -> bool:
    """Whether a service of that kind serves the town, or may: its area is one the town perhaps lies in."""
    places = guide.pack.places
    town = places.towns.get(places.home or "")
    # A line for the whole state answers nothing that is asked of a town.
    wide = set(guide.pack.chain)
    here = {places.home, *town.areas, *town.perhaps} - wide if town else {places.home}
    return any(
        here & set(listing.service.serves) and set(matter.kinds) & set(listing.service.kinds)
        for listing in guide.directory.listings
    )


def _lacking(guide: Guide, what: str, do: str) -> Problem:
    return Problem(
        where=f"packs/{guide.pack.manifest.id}",
        what=f"not publishable yet: {what}",
        why="Somebody in this town would be sent to the wrong place, or to none.",
        do=do,
    )
