"""Documents whose references lead to the record that now stands for the one they name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from waypost.exchange.batch import Doc
from waypost.exchange.hsds_tables import LINKS, OBJECT_OF
from waypost.exchange.objects import NESTED
from waypost.exchange.withhold import Key

UP = {
    **{f"{name}_id": name for name in ("organization", "service", "location", "contact", "phone", "program")},
    "service_at_location_id": "service_at_location",
    "taxonomy_id": "taxonomy",
    "taxonomy_term_id": "taxonomy_term",
    "unit_id": "unit",
    "parent_organization_id": "organization",
}
"""A column that names a single record, and the object that it names."""


def repointed(object_: str, doc: Doc, aliases: Mapping[Key, str]) -> Doc:
    """The same document; the very same where it names no old id."""
    changed: Doc = {}
    for field, value in doc.items():
        target = target_of(object_, doc, field)
        if target and (there := following(target, value, aliases)) != value:
            changed[field] = there
    return {**doc, **changed} if changed else doc


def target_of(object_: str, doc: Doc, field: str) -> str | None:
    """The object that a field names, if it names one."""
    if nested := NESTED[object_].get(field):
        return nested.object
    if field == "parent_id":
        return object_
    if object_ in LINKS and field == LINKS[object_][1]:
        return OBJECT_OF.get(str(doc.get(LINKS[object_][0])))
    return UP.get(field)


def following(target: str, value: Any, aliases: Mapping[Key, str]) -> Any:
    """An id, or a list of ids without repetition, with every old one replaced."""
    if isinstance(value, str):
        return aliases.get((target, value), value)
    if isinstance(value, list) and all(isinstance(v, str) for v in value):
        if not any((target, v) in aliases for v in value):
            return value
        return list(dict.fromkeys(aliases.get((target, v), v) for v in value))
    return value
