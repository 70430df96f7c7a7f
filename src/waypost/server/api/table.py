"""The table of the API: each list, its object and its parameters. Answers and description both come from it."""

from __future__ import annotations

from typing import Any, NamedTuple


class Parameter(NamedTuple):
    """One parameter of a list: what kind of value it takes and what it does."""

    kind: str
    does: str


class Listing(NamedTuple):
    """One list of the API: the object it holds and its parameters."""

    object: str
    parameters: tuple[str, ...]
    one: tuple[str, ...] = ()
    """Parameters of a single object of the list."""


MOST = 1000
"""The largest page."""

FARTHEST = 999_999_999
"""The largest number that any parameter takes."""

PARAMETERS: dict[str, Parameter] = {
    "search": Parameter(
        "text",
        "Only what holds every one of these words, or words that begin so, in its names or description.",
    ),
    "page": Parameter("number", "Which page, from 1."),
    "per_page": Parameter("size", f"How many on a page, at most {MOST}."),
    "format": Parameter("format", "json, or ndjson: everything, one object a line, without pages."),
    "taxonomy_term_id": Parameter("text", "Only what carries this taxonomy term."),
    "taxonomy_id": Parameter("text", "Only what carries a term of this taxonomy."),
    "organization_id": Parameter("text", "Only services of this organization."),
    "modified_after": Parameter("moment", "Only what was modified at this moment or later."),
    "minimal": Parameter("yes", "Only id and last_modified of each."),
    "full": Parameter("yes", "Each object with everything nested in it."),
    "full_service": Parameter("yes", "With its services, each with everything nested in it."),
    "postcode": Parameter(
        "postcode",
        "Only what serves this postal code, or does not say whom it serves. One that is not known is refused.",
    ),
    "proximity": Parameter(
        "number", "Only what is so many meters from the middle of the postcode, or nearer."
    ),
    "cursor": Parameter("cursor", "What `next` said: only what changed since. Without one, everything."),
    "top_only": Parameter("yes", "Only terms that have no parent."),
    "parent_id": Parameter("text", "Only terms whose parent has this id."),
}

PAGED = ("page", "per_page", "format")
TERMS = ("taxonomy_term_id", "taxonomy_id")
TABLE: dict[str, Listing] = {
    "services": Listing(
        "service", ("search", *PAGED, *TERMS, "organization_id", "modified_after", "minimal", "full")
    ),
    "organizations": Listing(
        "organization", ("search", *PAGED, *TERMS, "full_service", "full"), ("full_service",)
    ),
    "service_at_locations": Listing(
        "service_at_location",
        ("search", *PAGED, *TERMS, "organization_id", "modified_after", "postcode", "proximity", "full"),
    ),
    "taxonomies": Listing("taxonomy", ("search", *PAGED)),
    "taxonomy_terms": Listing("taxonomy_term", ("search", *PAGED, "taxonomy_id", "top_only", "parent_id")),
}

CHANGES = ("cursor", "per_page", "full")
"""The parameters of the feed."""

SCHEMAS: dict[str, dict[str, Any]] = {
    "text": {"type": "string"},
    "number": {"type": "integer", "minimum": 1, "maximum": FARTHEST},
    "size": {"type": "integer", "minimum": 1, "maximum": MOST},
    "postcode": {"type": "string", "pattern": "^[0-9]{5}(-[0-9]{4})?$"},
    "cursor": {"type": "string", "pattern": "^[A-Za-z0-9_-]{1,400}$"},
    "format": {"type": "string", "enum": ["json", "ndjson"]},
    "moment": {"type": "string", "format": "date-time"},
    "yes": {"type": "boolean"},
}
