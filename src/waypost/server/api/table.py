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


MOST = 1000
"""The largest page."""

PARAMETERS: dict[str, Parameter] = {
    "search": Parameter("text", "Only what holds every one of these words in its name or description."),
    "page": Parameter("number", "Which page, from 1."),
    "per_page": Parameter("number", f"How many on a page, at most {MOST}."),
    "format": Parameter("format", "json, or ndjson: everything, one object a line, without pages."),
    "taxonomy_term_id": Parameter("text", "Only what carries this taxonomy term."),
    "taxonomy_id": Parameter("text", "Only what carries a term of this taxonomy."),
    "organization_id": Parameter("text", "Only services of this organization."),
    "modified_after": Parameter("moment", "Only what was modified at this moment or later."),
    "minimal": Parameter("yes", "Only id and last_modified of each."),
    "full": Parameter("yes", "Each object with everything nested in it."),
    "top_only": Parameter("yes", "Only terms that have no parent."),
    "parent_id": Parameter("text", "Only terms whose parent has this id."),
}

PAGED = ("page", "per_page", "format")
TERMS = ("taxonomy_term_id", "taxonomy_id")
TABLE: dict[str, Listing] = {
    "services": Listing(
        "service", ("search", *PAGED, *TERMS, "organization_id", "modified_after", "minimal", "full")
    ),
    "organizations": Listing("organization", ("search", *PAGED, *TERMS, "full")),
    "service_at_locations": Listing(
        "service_at_location", ("search", *PAGED, *TERMS, "organization_id", "modified_after", "full")
    ),
    "taxonomies": Listing("taxonomy", ("search", *PAGED)),
    "taxonomy_terms": Listing("taxonomy_term", ("search", *PAGED, "taxonomy_id", "top_only", "parent_id")),
}

SCHEMAS: dict[str, dict[str, Any]] = {
    "text": {"type": "string"},
    "number": {"type": "integer", "minimum": 1},
    "format": {"type": "string", "enum": ["json", "ndjson"]},
    "moment": {"type": "string", "format": "date-time"},
    "yes": {"type": "boolean"},
}
