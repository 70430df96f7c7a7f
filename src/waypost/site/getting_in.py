"""What decides whether a reader can go: room, who is served, and what to ask because nobody knows it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time
from zoneinfo import ZoneInfo

from waypost.model.directory import Capacity, Listing
from waypost.rules.capacity import current_until
from waypost.site.drawn import Scene
from waypost.site.opening import clock
from waypost.site.words import Said

UNASKED = ("emergency", "police_nonemergency")
"""Kinds for which no question may stand between a reader and the call."""


def whom(listing: Listing, at: Scene) -> list[str]:
    """For whom it is and for whom it is not, where no words of its own say it."""
    service = listing.service
    said = []
    if service.for_whom and not service.eligibility_description:
        said.append(at.words("who.for", whom=_groups(service.for_whom, at)))
    if service.not_for:
        said.append(at.words("who.not_for", whom=_groups(service.not_for, at)))
    return said


def _groups(keys: Iterable[str], at: Scene) -> str:
    """Groups of people by the names that the pack has for them; a group without a name stands for itself."""
    traits = at.guide.pack.lexicon.traits.values()
    named = [
        next(
            (at.words.pick(trait.name).text for trait in traits if key in trait.for_whom),
            key.replace("_", " "),
        )
        for key in keys
    ]
    return at.words.listed(dict.fromkeys(named))


def to_ask(listing: Listing, at: Scene) -> list[str]:
    """What matters to somebody who is afraid, and nobody knows: never a reason not to call a crisis line."""
    service = listing.service
    if any(kind in UNASKED for kind in service.kinds):
        return []
    asked = []
    if service.cycle != "crisis":
        if service.cost is None and not service.fees_description:
            asked.append("cost")
        if service.no_id_needed is None and not service.documents_needed:
            asked.append("id")
    if not service.police_told and listing.key not in at.guide.pack.calls:
        asked.append("police")
    return [at.words(f"ask.{key}") for key in asked]


def room(listing: Listing, at: Scene) -> tuple[list[Said | str], str | None]:
    """The room there was at its hour, and until when that may be shown; nothing once it may not."""
    settings = at.guide.pack.manifest.settings
    zone = ZoneInfo(settings.timezone)
    begins = datetime.combine(at.guide.on, time(), zone)
    counts = [c for c in listing.service.capacity if current_until(c, settings.capacity_hours) > begins]
    if not counts:
        return [], None
    until = min(current_until(count, settings.capacity_hours) for count in counts)
    return [_count(count, at, zone) for count in counts], until.isoformat()


def _count(count: Capacity, at: Scene, zone: ZoneInfo) -> str:
    words, local = at.words, count.at.astimezone(zone)
    told = {
        "available": count.available,
        "unit": words.pick(count.unit).text,
        "time": clock(f"{local:%H:%M}", words),
        "day": words.day(local.date()),
    }
    if count.maximum is None:
        return words("room.some", **told)
    return words("room.of", maximum=count.maximum, **told)
