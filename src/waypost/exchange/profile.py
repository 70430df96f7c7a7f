"""The HSDS profile of what Waypost adds to the standard: JSON Merge Patches to the standard's own schemas.

A profile is a set of files named as the schemas that they change, each a merge patch (RFC 7386); see
docs/hsds-profile.md. Ours adds one property, ``waypost``, and takes nothing away.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec

from waypost.exchange.batch import Doc
from waypost.exchange.own import Own
from waypost.exchange.schema import schema

VERSION = "1.0.0"
BASED_ON = "3.2.3"
URI = f"urn:waypost:hsds-profile:{VERSION}"
"""The name of the profile. It leads nowhere by itself: an API serves the files under ``/api/hsds/profile``."""

NAMED = {
    "key": "The name of the record in its pack, stable and in words.",
    "slug": "Its name in public addresses, opaque.",
}
OPEN = {"hours": "Exact hours: IANA time zone, season, by appointment, holidays and a note by language."}
IN_WORDS = "The same words by language, where they are not only in English."
FIELDS: dict[str, dict[str, str]] = {
    "organization": {
        **NAMED,
        "former_names": "Names under which it may still be known.",
        "description": IN_WORDS,
        "inclusion": "Why it is listed: the reason, the day, and the role that decided.",
        "note": "A note for readers by language.",
        "origin": "Whose record it is, and under which licence it may be passed on.",
    },
    "service": {
        **NAMED,
        **OPEN,
        "exported": "Whether it may be passed on; left out where it may.",
        "verification": "What was done to make sure, by whom, on what day; beside the standard's assured_date.",
        "sources": "What the record rests on, by the keys of the pack's sources.",
        "evidence": "By field: whether a page showed it or it was inferred. Inferred values are not given away.",
        "unverified": "What nobody has confirmed, in words.",
        "core_unverified": "Whether that is so much that the service should be called before it is relied on.",
        "cycle": "How often this kind of fact must be checked.",
        "access": "How one gets in: walk in, call first, by appointment, by referral, online.",
        "referred_through": "The record through which one is referred.",
        "other_channels": "Ways to reach it that are no phone.",
        "cost": "Free, sliding, low, paid, or it varies. Left out is unknown, not free.",
        "for_whom": "Who is served.",
        "not_for": "Who is not.",
        "no_id_needed": "Whether one gets in without papers. Left out is unknown.",
        "confidentiality": "What is kept confidential, by language.",
        "police_told": "When the police are told, by language.",
        "translations": "Fields in other languages.",
        "fees_description": IN_WORDS,
        "eligibility_description": IN_WORDS,
        "application_process": IN_WORDS,
        "note": "A note for readers by language.",
        "origin": "Whose record it is, and under which licence it may be passed on.",
    },
    "service_at_location": dict(OPEN),
    "service_capacity": {
        "unit": "Beds, places or the like, by language.",
        "hours": "For how many hours after it was counted the number may be shown.",
    },
    "location": {
        "key": NAMED["key"],
        "town": "The town that it lies in, all that is told of a confidential place.",
        "point_source": "Where the point is from.",
        "note": "A note for readers by language.",
        **OPEN,
        "origin": "Whose record it is, and under which licence it may be passed on.",
    },
    "phone": {
        "purpose": "What the line is for, by language.",
        "description": IN_WORDS,
        "extension": "An extension that is no plain number.",
        "checked": "False where not even a page showed the number.",
        **OPEN,
    },
    "schedule": {
        "always": "Open 24 hours a day.",
        "closes": "When it really closes, past midnight.",
        "continues": "The row continues the night before and opens nothing of its own.",
        "exception": "What is so on this one date: closed, or open at other hours.",
    },
    "service_area": {"area": "The key of the area in the pack's places."},
    "required_document": {"document": IN_WORDS},
    "attribute": {"term": "The key of the term in the pack's taxonomy."},
    "taxonomy": {
        "standard": "Whether it is a published taxonomy, taken whole.",
        "licence": "The licence of the published taxonomy.",
        "origin": "Whose record it is, and under which licence it may be passed on.",
    },
    "taxonomy_term": {"key": NAMED["key"], "name": "The plain name by language."},
}
"""What stands under ``waypost`` in each object. Marks of confidence and stewards' notes are never given away."""


@cache
def types() -> dict[str, Any]:
    """The JSON schema of each of our own fields, self-contained."""
    _, parts = msgspec.json.schema_components([Own], ref_template="#/$defs/{name}")
    return {"properties": whole(parts["Own"], parts)["properties"]}


def whole(value: Any, parts: Doc) -> Any:
    """A schema with what it refers to put in its place."""
    if isinstance(value, dict):
        if isinstance(ref := value.get("$ref"), str):
            return whole(parts[ref.rpartition("/")[2]], parts)
        return {key: whole(inner, parts) for key, inner in value.items() if key != "default"}
    return [whole(inner, parts) for inner in value] if isinstance(value, list) else value


def patch(object_: str) -> Doc:
    """The merge patch of one object."""
    known = types()["properties"]
    fields = {
        name: {**bare(known.get(name, {"type": "object"})), "description": words}
        for name, words in FIELDS[object_].items()
    }
    own = {"type": "object", "description": "What Waypost adds to the standard.", "properties": fields}
    return {"properties": {"waypost": own}}


def bare(said: Doc) -> Doc:
    """A schema without the titles and words that are about our types and not about the field."""
    return {key: value for key, value in said.items() if key not in ("title", "description")}


def document() -> Doc:
    """The profile as a whole: its name, its version, what it is based on, and its files."""
    return {
        "uri": URI,
        "version": VERSION,
        "title": "Waypost",
        "description": "What a guide to help must say that the standard has no field for. It removes nothing.",
        "based_on": f"HSDS {BASED_ON}",
        "licence": "CC BY-SA 4.0",
        "files": [f"{name}.json" for name in sorted(FIELDS)],
    }


def merged(target: Any, change: Any) -> Any:
    """A document with a merge patch applied, as RFC 7386 has it."""
    if not isinstance(change, dict):
        return change
    found = dict(target) if isinstance(target, dict) else {}
    for name, value in change.items():
        if value is None:
            found.pop(name, None)
        else:
            found[name] = merged(found.get(name), value)
    return found


def compiled(object_: str) -> Doc:
    """The standard's schema of one object with the profile's patch applied."""
    found: Doc = merged(schema(object_), patch(object_) if object_ in FIELDS else {})
    return found


def files() -> dict[str, bytes]:
    """The profile as files by name: what it is, and one patch for each object that it changes."""
    every = {"profile.json": document(), **{f"{name}.json": patch(name) for name in sorted(FIELDS)}}
    return {
        name: msgspec.json.format(msgspec.json.encode(doc), indent=2) + b"\n" for name, doc in every.items()
    }
