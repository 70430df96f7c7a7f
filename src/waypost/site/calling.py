"""What happens when one calls a line, and what its listeners must pass on: on the page of the line itself."""

from __future__ import annotations

from dataclasses import dataclass

from waypost.desk.guide import Guide
from waypost.model.directory import Listing, Service
from waypost.site import address
from waypost.site.drawn import Scene, draw
from waypost.site.frame import Link

_FIELDS = ("who", "wait", "languages", "police", "status", "name", "number", "bill", "kept", "cost")


@dataclass(frozen=True)
class CallRow:
    """One question about a call, and the claims that answer it as drawn Markdown; empty: nobody knows."""

    question: str
    answer: str


def calling(listing: Listing, at: Scene) -> tuple[CallRow, ...]:
    """What happens when one calls, question by question; nothing for what is no line."""
    call = at.guide.pack.calls.get(listing.key)
    if call is None:
        return ()
    asked = (field for field in _FIELDS if getattr(call, field) or not _elsewhere(field, listing.service))
    return tuple(CallRow(at.words(f"call.{field}"), _drawn(getattr(call, field), at)) for field in asked)


def _elsewhere(field: str, service: Service) -> bool:
    """Whether the record's own rows on the same page answer it."""
    return (field == "languages" and bool(service.languages)) or (
        field == "cost" and service.cost is not None
    )


def _drawn(claims: tuple[str, ...], at: Scene) -> str:
    return draw(" ".join(f"{{claim:{claim}}}" for claim in claims), at)


def before_telling(listing: Listing, at: Scene) -> Link | None:
    """Where the page "before you tell" speaks of the people who answer here."""
    key = _listener(at.guide, listing.service)
    if key is None:
        return before_link(at) if listing.key in at.guide.pack.calls else None
    name = at.words.pick(at.guide.pack.telling.listeners[key].name).text
    return Link(at.words("before.of", who=name), at.path(address.listener(key)), at.words("before.hint"))


def before_link(at: Scene) -> Link | None:
    """The page "before you tell", where the guide has one."""
    if not at.guide.pack.telling.listeners:
        return None
    return Link(at.words("before.title"), at.path(address.before()), at.words("before.hint"))


def _listener(guide: Guide, service: Service) -> str | None:
    """The listener whom one meets at a service: named there, or else of its kind."""
    listeners = sorted(guide.pack.telling.listeners.items(), key=lambda each: (each[1].order, each[0]))
    named = (key for key, listener in listeners if service.key in listener.services)
    alike = (key for key, listener in listeners if set(service.kinds) & set(listener.kinds))
    return next(named, None) or next(alike, None)
