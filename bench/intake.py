"""How fast records come in, and how much memory that takes: 10,000 services with all that hangs on them."""

from __future__ import annotations

import csv
import json
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from waypost import store as database
from waypost.desk.incoming import read_batch
from waypost.desk.intake import intake
from waypost.model.guide import Terms
from waypost.model.pack import Manifest, Pack
from waypost.model.place import Places

SERVICES = 10_000
DAY = date(2026, 11, 22)
EMPTY = Pack(Manifest("bench", {"en": "Bench"}), ("bench",), places=Places(), terms=Terms())
TERM = {"id": str(UUID(int=7)), "name": "Food", "description": "Food."}


def services(number: int) -> Iterator[dict[str, Any]]:
    """Services with an organization, a phone, a schedule and a place with its address: seven records each."""
    random = Random(1)

    def new() -> str:
        return str(UUID(int=random.getrandbits(128), version=4))

    for n in range(number):
        town = {"city": "Town", "state_province": "CT", "postal_code": "06776", "country": "US"}
        street = {"id": new(), "address_1": f"{n} Long Street", **town, "address_type": "physical"}
        place = {"id": new(), "location_type": "physical", "name": f"Place {n}", "addresses": [street]}
        yield {
            "id": new(),
            "name": f"Service {n}",
            "description": "Help with rent, food and papers, for whoever lives here. " * 3,
            "status": "active",
            "organization": {"id": new(), "name": f"Center {n}", "description": "We help."},
            "phones": [{"id": new(), "number": "203-555-0100", "type": "voice"}],
            "schedules": [
                {"id": new(), "freq": "WEEKLY", "byday": "MO,TU", "opens_at": "09:00", "closes_at": "17:00"}
            ],
            "service_at_locations": [
                {"id": new(), "location": {**place, "latitude": 41.5, "longitude": -73.4}}
            ],
        }


def write_json(folder: Path) -> Path:
    """The services as one JSON list."""
    path = folder / "in.json"
    path.write_text(json.dumps(list(services(SERVICES))))
    return path


def write_csv(folder: Path) -> Path:
    """The services as tables."""
    out = folder / "tables"
    out.mkdir()
    rows: dict[str, list[dict[str, Any]]] = {}
    for one in services(SERVICES):
        (at,) = one.pop("service_at_locations")
        place, organization = at.pop("location"), one.pop("organization")
        (street,), (phone,), (hours,) = place.pop("addresses"), one.pop("phones"), one.pop("schedules")
        rows.setdefault("organizations", []).append(organization)
        rows.setdefault("services", []).append({**one, "organization_id": organization["id"]})
        rows.setdefault("locations", []).append(place)
        rows.setdefault("addresses", []).append({**street, "location_id": place["id"]})
        rows.setdefault("phones", []).append({**phone, "service_id": one["id"]})
        rows.setdefault("schedules", []).append({**hours, "service_id": one["id"]})
        rows.setdefault("service_at_location", []).append(
            {**at, "service_id": one["id"], "location_id": place["id"]}
        )
    for name, table in rows.items():
        with (out / f"{name}.csv").open("w", newline="") as file:
            writer = csv.DictWriter(file, list(table[0]))
            writer.writeheader()
            writer.writerows(table)
    return out


def measure(kind: str) -> None:
    """Import twice, and print services a second of each, and the most memory that it took."""
    with tempfile.TemporaryDirectory() as name:
        path = (write_json if kind == "JSON" else write_csv)(Path(name))
        held = database.open(f"sqlite:///{name}/r.sqlite")
        for what in ("first", "again"):
            start = time.perf_counter()
            intake(held, read_batch(path, "bench", EMPTY), today=DAY)
            rate = SERVICES / (time.perf_counter() - start)
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (
                1024 * (1024 if sys.platform == "darwin" else 1)
            )
            print(f"import {kind}, {what:<34}{rate:>10,.0f} services/s{peak:>10,.0f} MiB at most")
        held.close()


def main() -> None:
    """One process for each format, so that each has its own peak."""
    print(f"\nIntake of {SERVICES:,} services, {7 * SERVICES:,} records")
    for kind in ("JSON", "CSV"):
        process = multiprocessing.get_context("spawn").Process(target=measure, args=(kind,))
        process.start()
        process.join()


if __name__ == "__main__":
    main()
