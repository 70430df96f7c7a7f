"""The side tables: where things are and how services are classified, kept in step with the documents."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from waypost.store import tables as t
from waypost.store.records import Doc, Record, chunks, named

CELL_DEGREES = 10
"""Cells are a tenth of a degree: about seven miles."""


def refresh(connection: sa.Connection, touched: Iterable[Record]) -> None:
    """Bring the side tables in step with records that were taken or changed."""
    touched = list(touched)
    refresh_places(connection, touched)
    refresh_terms(connection, [record for record in touched if record.object == "service"])


def refresh_places(connection: sa.Connection, touched: list[Record]) -> None:
    """One row for each location whose place may be known; none for a confidential one."""
    locations = {r.id: r for r in touched if r.object == "location"}
    moved = {r.parent for r in touched if r.object == "address" and r.parent} - set(locations)
    locations.update(named(connection, "location", moved))
    for some in chunks(list(locations)):
        connection.execute(sa.delete(t.place).where(t.place.c.location.in_(some)))
    addresses = named(
        connection, "address", [a for r in locations.values() for a in names(r.doc, "addresses")]
    )
    rows = [place_of(r, addresses) for r in locations.values() if r.status == "active"]
    if rows:
        connection.execute(sa.insert(t.place), rows)


def place_of(location: Record, addresses: dict[str, Record]) -> dict[str, Any]:
    """The row of one location."""
    latitude, longitude = (degrees(location.doc.get(name)) for name in ("latitude", "longitude"))
    postal = next(
        (addresses[a].doc.get("postal_code") for a in names(location.doc, "addresses") if a in addresses),
        None,
    )
    known = latitude is not None and longitude is not None
    return {
        "location": location.id,
        "latitude": latitude,
        "longitude": longitude,
        "cell": cell(latitude or 0.0, longitude or 0.0) if known else None,
        "postal_code": postal if isinstance(postal, str) else None,
    }


def names(doc: Doc, field: str) -> list[str]:
    """The ids that a field lists, whatever else stands there."""
    value = doc.get(field)
    return [v for v in value if isinstance(v, str)] if isinstance(value, list) else []


def degrees(value: Any) -> float | None:
    """A number of degrees, or None."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return float(value)


def cell(latitude: float, longitude: float) -> str:
    """The name of the cell that a point lies in."""
    return f"{math.floor(latitude * CELL_DEGREES)},{math.floor(longitude * CELL_DEGREES)}"


def refresh_terms(connection: sa.Connection, services: list[Record]) -> None:
    """One row for each term that a service is classified by."""
    for some in chunks([r.id for r in services]):
        connection.execute(sa.delete(t.service_term).where(t.service_term.c.service.in_(some)))
    attributes = named(connection, "attribute", [a for r in services for a in names(r.doc, "attributes")])
    pairs = {
        (term, service.id)
        for service in services
        for a in names(service.doc, "attributes")
        if a in attributes and isinstance(term := attributes[a].doc.get("taxonomy_term"), str)
    }
    if pairs:
        rows = [{"term": term, "service": service} for term, service in sorted(pairs)]
        connection.execute(sa.insert(t.service_term), rows)
