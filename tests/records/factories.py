"""Things for the tests of records, each with only what matters named."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from waypost.model.directory import Organization, Service
from waypost.model.evidence import Cycle, Verification, VerificationState
from waypost.model.guide import Term, Terms
from waypost.model.pack import Manifest, Pack
from waypost.model.place import Area, Places, Town
from waypost.store import Store, open

TODAY = date(2026, 11, 22)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


AT_ONCE = 10


class Databases:
    """Where new databases are made: in memory, or on a server while its tests run."""

    def __init__(self) -> None:
        self.new: Callable[[], str] = lambda: "sqlite://"
        self.opened: deque[Store] = deque()

    def close(self, but: int = 0) -> None:
        """Close those opened on a server, so that it does not run out of connections."""
        while len(self.opened) > but:
            self.opened.popleft().close()


DATABASES = Databases()


def store(url: str | None = None) -> Store:
    """An empty database whose clock stands still."""
    held = open(url or DATABASES.new(), clock=lambda: NOON)
    if held.writing.dialect.name == "postgresql":
        DATABASES.opened.append(held)
        DATABASES.close(but=AT_ONCE)
    return held


def seen(**changes: Any) -> Verification:
    """A page was read this year."""
    fields: dict[str, Any] = {"on": date(2026, 6, 1), "looked_up": TODAY, **changes}
    return Verification(state=fields.pop("state", VerificationState.seen_on_page), **fields)


def service(key: str = "svc-a", **changes: Any) -> Service:
    """A service about which nothing is special."""
    fields: dict[str, Any] = {
        "slug": "s" + key[-5:].rjust(5, "a"),
        "name": "Clinic",
        "status": "active",
        "description": "Tests and treatment.",
        "kinds": ("testing",),
        "serves": ("new-milford",),
        "verification": seen(),
        "sources": ("r-clinic",),
        **changes,
    }
    return Service(key=key, **fields)


def organization(*services: Service, key: str = "org-a", **changes: Any) -> Organization:
    """An organization with these services."""
    fields: dict[str, Any] = {"slug": "o" + key[-5:].rjust(5, "a"), "name": "Health Center", **changes}
    return Organization(key=key, services=services or (service(),), **fields)


def pack(*organizations: Organization, **changes: Any) -> Pack:
    """A pack of one town with these organizations."""
    cycles = {"service": Cycle(due=365, overdue=545, hide=1095), "crisis": Cycle(due=90, overdue=180)}
    fields: dict[str, Any] = {
        "manifest": Manifest(id="town", title={"en": "Town"}, cycles=cycles),
        "chain": ("town",),
        "places": Places(
            home="new-milford",
            towns={"new-milford": Town("New Milford", "CT", 41.58, -73.41, zips=("06776",))},
            areas={"ct": Area({"en": "Connecticut"})},
        ),
        "terms": Terms(terms={"testing": Term({"en": "Testing", "es": "Pruebas"}, "waypost", "W-1")}),
        "organizations": {item.key: item for item in organizations},
        **changes,
    }
    return Pack(**fields)
