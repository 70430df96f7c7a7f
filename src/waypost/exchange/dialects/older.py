"""HSDS 1.1 and 2.0 and the Ohana dialect: their tables and columns in the terms of HSDS 3.

The three share most names, so one set of tables of names serves them; what tells them apart is in ``signs``.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from waypost.exchange.dialects.text import Sheet
from waypost.exchange.objects import TABLES
from waypost.exchange.schema import columns_of

ALIASES = {
    "taxonomy": "taxonomy_term",
    "taxonomies": "taxonomy_term",
    "categories": "taxonomy_term",
    "taxonomy_types": "taxonomy_term",
    "physical_addresses": "address",
    "postal_addresses": "address",
    "mail_addresses": "address",
    "regular_schedules": "schedule",
    "holiday_schedules": "schedule",
    "accessibility_for_disabilities": "accessibility",
    "services_at_location": "service_at_location",
    "services_at_locations": "service_at_location",
    "service_at_locations": "service_at_location",
    "locations_services": "service_at_location",
    "service_attributes": "attribute",
    "services_taxonomy": "attribute",
    "service_taxonomy": "attribute",
    "other_attributes": "attribute",
    "payments_accepted": "payment",
    "payment_accepted": "payment",
    "eligibility": "eligibility",
    "eligibilities": "eligibility",
    "details": "detail",
}
ALIASES |= {table: name for name, table in TABLES.items() if name != "taxonomy"}
POSTAL = re.compile(r"postal|mail")
BY_COLUMNS: tuple[tuple[str, set[str], set[str]], ...] = (
    (
        "service_at_location",
        {"service_id", "location_id"},
        {"weekday", "number", "language", "name", "taxonomy_ids"},
    ),
    ("schedule", {"weekday"}, set()),
    ("schedule", {"start_date", "end_date", "closed"}, set()),
    ("address", {"address_1", "city"}, set()),
    ("phone", {"number"}, {"name"}),
    ("attribute", {"service_id", "taxonomy_id"}, set()),
    ("attribute", {"service_id", "taxonomy_term_id"}, set()),
    ("taxonomy_term", {"parent_id", "parent_name"}, set()),
    ("service", {"application_process", "name"}, set()),
    ("location", {"latitude", "longitude", "name"}, set()),
    ("organization", {"legal_status", "name"}, set()),
)
"""Object, the columns that tell it, and those that it never has: for a file whose name says nothing."""

RENAME: dict[str, dict[str, str]] = {
    "organization": {"url": "website"},
    "service": {"website": "url", "fees": "fees_description", "eligibility": "eligibility_description"},
    "location": {"website": "url"},
    "phone": {"number_type": "type"},
    "service_area": {"service_area": "name"},
    "language": {"language": "name"},
    "accessibility": {"accessibility": "description"},
    "taxonomy_term": {"term": "name", "vocabulary": "taxonomy"},
    "attribute": {"service_id": "link_id", "taxonomy_id": "taxonomy_term_id"},
}
LISTS: dict[str, dict[str, tuple[str, str]]] = {
    "service": {
        "languages": ("language", "name"),
        "required_documents": ("required_document", "document"),
        "funding_sources": ("funding", "source"),
        "service_areas": ("service_area", "name"),
        "accepted_payments": ("attribute", "accepted_payment"),
        "keywords": ("attribute", "keyword"),
        "audience": ("attribute", "audience"),
        "taxonomy_ids": ("attribute", ""),
        "location_id": ("service_at_location", "location_id"),
    },
    "organization": {
        "funding_sources": ("funding", "source"),
        "accreditations": ("attribute", "accreditation"),
        "licenses": ("attribute", "license"),
    },
    "location": {
        "languages": ("language", "name"),
        "accessibility": ("accessibility", "description"),
        "email": ("contact", "email"),
    },
    "phone": {"language": ("language", "name")},
}
"""Object and column -> the rows that its cell becomes, and their column (or, of an attribute, its kind)."""

WHOLE = ("audience", "email", "location_id")
"""Columns of ``LISTS`` whose cell is one value, commas and all."""

PRIVATE = ("admin_emails",)
TELLING: dict[str, dict[str, tuple[str, ...]]] = {
    "Ohana": {
        "service": ("accepted_payments", "audience", "location_id"),
        "location": ("admin_emails", "short_desc", "virtual"),
        "phone": ("number_type", "vanity_number", "country_prefix"),
        "organization": ("date_incorporated", "funding_sources"),
    },
    "1.1": {
        "service": ("taxonomy_ids",),
        "taxonomy_term": ("parent_name", "vocabulary"),
        "schedule": ("weekday", "closed"),
    },
    "2.0": {"taxonomy_term": ("term",), "schedule": ("byday", "weekday")},
}
BOTH: dict[str, tuple[str, ...]] = {
    "service_area": ("service_area",),
    "language": ("language",),
    "accessibility": ("accessibility",),
}
NEW = {
    "address": "address_type",
    "location": "location_type",
    "schedule": "attending_type",
    "attribute": "link_entity",
    "taxonomy_term": "term_uri",
    "service": "eligibility_description",
    "service_area": "extent",
    "accessibility": "url",
}
"""Columns that HSDS 3 brought; a file that has as many of them as of older ones is read as HSDS 3."""
OLD_NAMES = {
    "Ohana": {"mail_addresses", "categories"},
    "1.1": {"regular_schedules", "holiday_schedules", "services_taxonomy", "service_taxonomy"},
    "2.0": {"service_attributes", "taxonomy_types", "other_attributes"},
    "": {"physical_addresses", "postal_addresses", "accessibility_for_disabilities", "payments_accepted"},
}


def stem(name: str) -> str:
    """The name of a table, without what copies and systems add to it: "HSDS Services (1).csv" is services."""
    bare = PurePosixPath(name.replace("\\", "/")).stem.lower()
    bare = re.sub(r"\s*\(\d+\)$|[ _-]*copy$", "", bare)
    bare = re.sub(r"[\s-]+", "_", bare.strip())
    return re.sub(r"^(?:hsds|ohana|export)_|_(?:export|table|\d{4,})$", "", bare)


def object_of(sheet: Sheet) -> str | None:
    """What a table holds: by its name, in whatever number, else by its columns."""
    name = stem(sheet.name)
    singular = {re.sub(r"(?:es|s)$", "", alias): alias for alias in ALIASES}
    for written in (name, f"{name}s", singular.get(re.sub(r"(?:es|s)$", "", name), "")):
        if written in ALIASES:
            return ALIASES[written]
    columns = set(sheet.columns)
    for object_, has, never in BY_COLUMNS:
        if has <= columns and not never & columns:
            return object_
    return None


def signs(sheets: dict[str, list[Sheet]]) -> dict[str, list[str]]:
    """What in these tables tells an older dialect, by dialect; what tells any of them is under ""."""
    found: dict[str, list[str]] = {}
    for dialect, names in OLD_NAMES.items():
        stems = {stem(sheet.name) for of in sheets.values() for sheet in of}
        found.setdefault(dialect, []).extend(sorted(names & stems))
    for dialect, telling in (*TELLING.items(), ("", BOTH)):
        for object_, columns in telling.items():
            known = set(columns_of(object_))
            for sheet in sheets.get(object_, ()):
                has = [f"{stem(sheet.name)}.{c}" for c in columns if c in sheet.columns and c not in known]
                found.setdefault(dialect, []).extend(has)
    return {dialect: list(dict.fromkeys(said)) for dialect, said in found.items() if said}


def dialect_of(sheets: dict[str, list[Sheet]]) -> tuple[str, list[str]] | None:
    """The older dialect of these tables with what told it, or None where nothing did."""
    found = signs(sheets)
    if not found:
        return None
    new = sum(NEW[object_] in s.columns for object_ in NEW for s in sheets.get(object_, ()))
    if new >= len({sign for said in found.values() for sign in said}):
        return None
    own = {dialect: said for dialect, said in found.items() if dialect}
    if not own:
        return "2.0", found[""]
    best = max(own, key=lambda dialect: (len(own[dialect]), dialect == "1.1"))
    return best, own[best] + found.get("", [])
