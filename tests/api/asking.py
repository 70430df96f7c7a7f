"""An API over records that a test may change, and ways to ask it."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
from starlette.testclient import TestClient

from tests.records.factories import TODAY, organization, pack, service, store
from tests.records.test_examples import EXAMPLES
from waypost.desk.guide import Guide
from waypost.desk.incoming import read_batch
from waypost.desk.intake import intake, intake_pack
from waypost.desk.served_now import Now
from waypost.exchange.flatten import Flat
from waypost.model.directory import Address, Directory, Location
from waypost.model.pack import Pack
from waypost.server.api import Api
from waypost.server.api.table import TABLE
from waypost.store import Store


class Day:
    """An edition with nothing but records, read anew whenever they change."""

    def __init__(self, held: Store, town: Pack, on: date = TODAY):
        self.guide = Guide(town, Directory(()), on, on, None, Now(held, town, on))

    def edition(self) -> Day:
        """Itself, every day."""
        return self

    kept = edition


def api(held: Store, town: Pack | None = None, on: date = TODAY, look_again: float = 0) -> Api:
    """The API over a store; it looks for changes at every request."""
    return Api(Day(held, town or pack(), on), look_again=look_again)  # type: ignore[arg-type]


def asker(held: Store, town: Pack | None = None, on: date = TODAY) -> TestClient:
    """Asks it, and follows no redirect."""
    return TestClient(api(held, town, on), follow_redirects=False)


HERE = Location(
    "loc-here",
    "Center",
    town="new-milford",
    addresses=(Address("New Milford", "CT", address_1="1 Main Street", postal_code="06776"),),
    latitude=41.577,
    longitude=-73.4085,
)
FAR = Location(
    "loc-far",
    "Far center",
    town="new-milford",
    addresses=(Address("Hartford", "CT", address_1="2 Main Street", postal_code="06103"),),
    latitude=41.764,
    longitude=-72.685,
)


def town_with_places(**changes: Any) -> Pack:
    """A pack with a service here and one an hour away."""
    near = service("svc-a", locations=(HERE,), **changes)
    far = service("svc-b", slug="sbbbbb", name="Clínica", locations=(FAR,), serves=())
    return pack(organization(near, far, locations=(HERE, FAR)))


def full_store() -> Store:
    """Every official example that goes with the others, and a pack's own records."""
    held = store()
    for name in ("service_full.json", "organization_full.json"):
        intake(held, read_batch(EXAMPLES / name, None, pack()), today=TODAY)
    intake_pack(held, town_with_places(), TODAY)
    return held


def take(held: Store, *docs: dict[str, Any], on: date = TODAY) -> None:
    """Take organizations in, from a source of their own."""
    flat = Flat("upstream")
    for doc in docs:
        flat.nested("organization", doc, "/")
    intake(held, flat.batch("hsds-json", "3.2", "utf-8"), today=on)


def every(ask: TestClient, at: str) -> dict[str, Any]:
    """All of a list by id, whole, read as lines."""
    whole = "full" in TABLE[at].parameters
    lines = ask.get(f"/api/hsds/{at}?format=ndjson{'&full=true' if whole else ''}").content.splitlines()
    listed = {doc["id"]: doc for doc in map(msgspec.json.decode, lines)}
    return listed if whole else {id_: ask.get(f"/api/hsds/{at}/{id_}").json() for id_ in listed}
