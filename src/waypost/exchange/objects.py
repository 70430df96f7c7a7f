"""The 24 objects of HSDS 3.2 as a table: what each nests, and how it points at what it belongs to."""

from __future__ import annotations

from typing import NamedTuple


class Nested(NamedTuple):
    """A field that holds other objects: which object, and whether several."""

    object: str
    many: bool


def many(**fields: str) -> dict[str, Nested]:
    """Fields that hold lists."""
    return {field: Nested(name, True) for field, name in fields.items()}


def one(**fields: str) -> dict[str, Nested]:
    """Fields that hold a single object."""
    return {field: Nested(name, False) for field, name in fields.items()}


NOTES = many(attributes="attribute", metadata="metadata")

NESTED: dict[str, dict[str, Nested]] = {
    "organization": {
        **many(additional_websites="url", funding="funding", contacts="contact", phones="phone"),
        **many(locations="location", programs="program"),
        **many(organization_identifiers="organization_identifier", services="service"),
        **NOTES,
    },
    "service": {
        **many(additional_urls="url", phones="phone", schedules="schedule", service_areas="service_area"),
        **many(service_at_locations="service_at_location", languages="language"),
        **one(organization="organization", program="program"),
        **many(funding="funding", cost_options="cost_option", required_documents="required_document"),
        **many(contacts="contact", capacities="service_capacity"),
        **NOTES,
    },
    "service_at_location": {
        **many(service_areas="service_area", contacts="contact", phones="phone", schedules="schedule"),
        **one(location="location", service="service"),
        **NOTES,
    },
    "location": {
        **many(languages="language", addresses="address", contacts="contact"),
        **many(accessibility="accessibility", phones="phone", schedules="schedule"),
        **NOTES,
    },
    "contact": {**many(phones="phone"), **NOTES},
    "phone": {**many(languages="language"), **NOTES},
    "service_capacity": {**one(unit="unit"), **NOTES},
    "attribute": {**one(taxonomy_term="taxonomy_term"), **many(metadata="metadata")},
    "taxonomy_term": {**one(taxonomy_detail="taxonomy"), **many(metadata="metadata")},
    "taxonomy": {**many(metadata="metadata", taxonomy_terms="taxonomy_term")},
    "metadata": {},
    **{
        name: dict(NOTES)
        for name in (
            "accessibility",
            "address",
            "cost_option",
            "funding",
            "language",
            "meta_table_description",
            "organization_identifier",
            "program",
            "required_document",
            "schedule",
            "service_area",
            "unit",
            "url",
        )
    },
}
"""The standard's nesting, with the three that its API adds and its schemas lack: an organization's services,
the service of a service at location, and the terms of a taxonomy."""

OBJECTS = tuple(NESTED)

TABLES: dict[str, str] = {
    "organization": "organizations",
    "program": "programs",
    "service": "services",
    "attribute": "attributes",
    "service_at_location": "service_at_location",
    "location": "locations",
    "phone": "phones",
    "contact": "contacts",
    "address": "addresses",
    "schedule": "schedules",
    "service_area": "service_areas",
    "language": "languages",
    "funding": "funding",
    "accessibility": "accessibility",
    "cost_option": "cost_options",
    "required_document": "required_documents",
    "organization_identifier": "organization_identifiers",
    "service_capacity": "service_capacity",
    "unit": "units",
    "url": "url",
    "metadata": "metadata",
    "meta_table_description": "meta_table_descriptions",
    "taxonomy": "taxonomies",
    "taxonomy_term": "taxonomy_terms",
}
"""The name of each object's table in a CSV data package, without its ending."""

FIELD_OF_PARENT: dict[tuple[str, str], tuple[str, str]] = {
    (nested.object, f"{parent}_id"): (parent, field)
    for parent in ("organization", "service", "service_at_location", "location", "contact", "phone")
    for field, nested in NESTED[parent].items()
    if nested.many
}
"""(child, its column) -> (parent, the parent's list): how a table's keys become lists of the parent."""

OWN_REFERENCE: dict[tuple[str, str], str] = {
    ("service", "program_id"): "program",
    ("service_at_location", "location_id"): "location",
    ("service_capacity", "unit_id"): "unit",
    ("attribute", "taxonomy_term_id"): "taxonomy_term",
    ("taxonomy_term", "taxonomy_id"): "taxonomy_detail",
}
"""(object, its column) -> its field that holds the single object the column points at."""
