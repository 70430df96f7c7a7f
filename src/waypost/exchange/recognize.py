"""Which version, profile or older dialect a file is written in, by what it declares and by what it holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

import msgspec

from waypost.exchange.batch import Doc
from waypost.exchange.objects import NESTED
from waypost.exchange.schema import VERSION, fields_of
from waypost.model.evidence import Problem, Severity, Struct

VERSIONS = ("3.0", "3.1", "3.2")
"""Those whose objects we take as they are. 3.1 and 3.2 have the same."""

SINCE_3_1 = {
    "attribute": ("label",),
    "organization": ("additional_websites",),
    "service": ("additional_urls", "capacities"),
    "service_area": ("service_at_location_id",),
    "service_at_location": ("service_areas",),
}
UK = "HSDS-UK-3.0"
FIELDS_OF_UK = {
    "accessibility": ("accessibility",),
    "service_area": ("service_area",),
    "taxonomy_term": ("term",),
}
"""Fields of the profile of Open Referral UK that the standard does not know."""

OHANA = ("mail_addresses", "categories", "taxonomy")
OLD_TABLES = {
    "1.1": ("regular_schedules", "holiday_schedules", "services_taxonomy", "service_taxonomy"),
    "2.0": ("physical_addresses", "postal_addresses", "accessibility_for_disabilities", "service_attributes"),
}
OLD_FIELDS = {
    "HSDS-UK-1.0": ("eligibilitys", "deliverable_type", "attending_type", "service_taxonomys"),
    "1.1": ("regular_schedule", "regular_schedules", "holiday_schedules", "service_taxonomy"),
    "2.0": ("physical_addresses", "postal_addresses", "accessibility_for_disabilities"),
}


class Known(Struct, omit_defaults=False):
    """The version of a file: what it declares, the versions whose fields it keeps to, and its profile."""

    version: str | None = VERSION
    declared: str | None = None
    fits: tuple[str, ...] = VERSIONS
    profile: str | None = None


def walk(item: Any, object_: str | None) -> Iterator[tuple[str, Doc]]:
    """An object and every one nested in it, with its kind."""
    if object_ is None or not isinstance(item, dict):
        return
    yield object_, item
    for field, kind in NESTED[object_].items():
        inner = item.get(field)
        for part in inner if isinstance(inner, list) else [inner]:
            yield from walk(part, kind.object)


def known(docs: Iterable[tuple[str, Doc]], declared: str | None = None) -> Known:
    """The version and profile of these objects."""
    newer, uk = False, False
    for object_, doc in docs:
        newer = newer or any(field in doc for field in SINCE_3_1.get(object_, ()))
        uk = uk or any(field in doc for field in FIELDS_OF_UK.get(object_, ()))
    fits = VERSIONS[1:] if newer else VERSIONS
    said = next((v for v in reversed(VERSIONS) if declared and v in declared), None)
    profile = declared if declared and declared.upper().startswith("HSDS-UK") else UK if uk else None
    return Known(said if said in fits else fits[-1], declared, fits, profile)


def strange(docs: Iterable[tuple[str, Doc]], known_: Known) -> Iterator[Problem]:
    """Each field that the standard does not know, once, with how many have it."""
    found: dict[tuple[str, str], int] = {}
    for object_, doc in docs:
        for field in doc:
            if field not in fields_of(object_) and field not in ("waypost", "confidential"):
                found[object_, field] = found.get((object_, field), 0) + 1
    for (object_, field), count in found.items():
        theirs = known_.profile if field in FIELDS_OF_UK.get(object_, ()) else None
        yield unknown_field(object_, field, count, theirs)


PLAIN: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "number": (int, float),
    "integer": (int,),
    "boolean": (bool,),
}


def mistyped(docs: Iterable[tuple[str, Doc]]) -> Iterator[Problem]:
    """Each plain field that holds another type than the standard's, once, with how many do."""
    found: dict[tuple[str, str, str], int] = {}
    for object_, doc in docs:
        types, nested = fields_of(object_), NESTED[object_]
        for field, value in doc.items():
            if value is None or field in nested:
                continue
            wanted = str(types.get(field, {}).get("type"))
            if wanted in PLAIN and type(value) not in PLAIN[wanted]:
                found[object_, field, wanted] = found.get((object_, field, wanted), 0) + 1
    for (object_, field, wanted), count in found.items():
        yield Problem(
            where=f"{object_}/{field}",
            what=f"This should be a {wanted}. {count} {'is' if count == 1 else 'are'} something else.",
            why="It is kept as it is written, but pages and searches may pass it over.",
            do="Correct it where the file comes from. waypost validate names each place.",
            severity=Severity.warning,
        )


def unknown_field(object_: str, field: str, count: int, profile: str | None = None) -> Problem:
    """A Problem: a field that the standard does not know. It is kept."""
    whose = f" It is one of {profile}." if profile else ""
    return Problem(
        where=f"{object_}/{field[:80]}",
        what=f"HSDS {VERSION} has no field of this name. {count} {'has' if count == 1 else 'have'} it.{whose}",
        why="It is kept and given back, but no page shows it.",
        do="Use the standard's own field if it has one for this.",
        severity=Severity.warning,
    )


def old_tables(names: Iterable[str]) -> str | None:
    """The older version or dialect that names its tables so, if one does."""
    stems = {PurePosixPath(name).stem.lower() for name in names if name.lower().endswith(".csv")}
    if len(stems & set(OHANA)) > 1:
        return "Ohana"
    return next((version for version, telling in OLD_TABLES.items() if stems & set(telling)), None)


def old_columns(tables: Iterable[Any]) -> str | None:
    """The older version whose columns these tables have, if one does."""
    columns = {(table.object, column) for table in tables for _, row in table.rows[:1] for column in row}
    return "1.1" if ("service", "taxonomy_ids") in columns else None


def old_fields(item: Any) -> str | None:
    """The older version that has fields of these names, if one does."""
    if not isinstance(item, Mapping):
        return None
    for version, telling in OLD_FIELDS.items():
        if any(field in item for field in telling):
            return version
    return None


def too_old(where: str, version: str) -> Problem:
    """A Problem: an older dialect, recognized as such."""
    name = "the format of Ohana" if version == "Ohana" else version if "UK" in version else f"HSDS {version}"
    return Problem(
        where=where,
        what=f"This is {name}, which is older than HSDS 3: its names and shapes are others.",
        why="Read as HSDS 3, much of it would be lost or misread.",
        do="Have it exported as HSDS 3.",
    )


def read_anyway(where: str, version: str) -> Problem:
    """A Problem: an older dialect that is taken in as far as HSDS 3 has the same names."""
    return msgspec.structs.replace(
        too_old(where, version),
        why="Only what HSDS 3 calls the same was taken. The other tables were set aside, and other fields "
        "are kept under their old names.",
        severity=Severity.warning,
    )


def old_dialect(files: Mapping[str, bytes], tables: Iterable[Any]) -> str | None:
    """The older version or dialect of a package, if it is one."""
    return old_tables(files) or old_columns(tables)


def description(value: Any) -> Known | None:
    """What the root of an API says of itself, if this is one: it describes records and holds none."""
    if not isinstance(value, Mapping) or "id" in value or not isinstance(value.get("version"), str):
        return None
    if not isinstance(value.get("openapi_url"), str):
        return None
    declared = str(value["version"])
    found = known((), declared)
    profile = value.get("profile")
    return Known(found.version, declared, found.fits, profile if isinstance(profile, str) else found.profile)


def tests_of(value: Any) -> str | None:
    """The name of the profile that a list of tests belongs to, if this is one."""
    if isinstance(value, Mapping) and isinstance(value.get("testGroups"), list):
        return str(value.get("profile") or "a profile")
    return None
