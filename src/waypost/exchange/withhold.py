"""Taking apart what may be seen and what may not, whatever format it came in.

Withheld: what is marked ``confidential`` with everything that hangs on it, values that were inferred and not
seen, stewards' notes, and any text that repeats a confidential street.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from waypost.exchange import pointer
from waypost.exchange.batch import Doc
from waypost.exchange.merge import OWN
from waypost.exchange.objects import NESTED
from waypost.model.evidence import Problem, Severity, Struct

Key = tuple[str, str]
"""(object, id)."""

SEEN_OF_LOCATION = ("id", "location_type", "organization_id")
SEEN_OF_OWN = ("key", "town", "confidential")
HANGS_ON = (
    "addresses",
    "phones",
    "contacts",
    "schedules",
    "accessibility",
    "languages",
    "attributes",
    "metadata",
)
YES = ("true", "yes", "y", "1", "1.0")
PRIVATE = ("steward_note",)
FIELDS_OF_EVIDENCE = {
    "cost": ("cost_options", "fees"),
    "kinds": ("attributes",),
    "serves": ("service_areas",),
    "locations": ("service_at_locations",),
    "hours": ("schedules",),
    "documents_needed": ("required_documents",),
}
SHORTEST_STREET = 6
"""A shorter string would be found in innocent text."""


class Apart(Struct):
    """One record taken apart. ``whole``: nothing of it may be seen, not even that it is there."""

    doc: Doc
    withheld: dict[str, Any]
    whole: bool = False


def take_apart(
    docs: Mapping[Key, Doc],
    already: set[Key] | frozenset[Key] = frozenset(),
    known: Iterable[str] = (),
) -> tuple[dict[Key, Apart], list[Problem]]:
    """Every document taken apart, and a Problem for each text that repeated a confidential street.

    ``already``: records that stay hidden, because what hides them is not among these documents.
    ``known``: streets that are confidential already.
    """
    whole = hidden(docs, already)
    pattern = pattern_of({*known, *streets(docs, whole)})
    again = {k for k, doc in docs.items() if pattern and at_street(k, doc, pattern)} - whole
    apart = {key: one(key, doc, docs, whole | again) for key, doc in docs.items()}
    problems = [repeats(key, docs[key], apart[key], Apart({}, {})) for key in sorted(again)]
    if pattern:
        for key, found in list(apart.items()):
            clean = without(found, pattern)
            if clean is not found:
                apart[key] = clean
                problems.append(repeats(key, docs[key], clean, found))
    return apart, problems


def at_street(key: Key, doc: Doc, pattern: re.Pattern[str]) -> bool:
    """Whether an address without a mark is at a confidential street: its town and ZIP code would tell half of it."""
    return key[0] == "address" and mentions(doc.get("address_1"), pattern)


def together(doc: Doc, withheld: Mapping[str, Any]) -> Doc:
    """A document with its withheld values put back. For intake and stewardship only."""
    whole = dict(doc)
    for at, value in withheld.items():
        first, *inside = pointer.steps(at)
        if inside:
            whole[first] = {**whole.get(first, {}), inside[0]: value}
        else:
            whole[first] = value
    return whole


def own_of(doc: Doc) -> Doc:
    """Our own fields of a document."""
    own = doc.get(OWN)
    return own if isinstance(own, dict) else {}


def confidential(doc: Doc) -> bool:
    """Whether its source marks the record confidential, in whatever way a table or a program writes yes."""
    if "confidential" not in doc and OWN not in doc:
        return False
    marks = (doc.get("confidential"), own_of(doc).get("confidential"))
    return any(str(mark).strip().lower() in YES for mark in marks)


def hidden(docs: Mapping[Key, Doc], already: set[Key] | frozenset[Key] = frozenset()) -> set[Key]:
    """The records of which nothing may be seen: marked ones, and what hangs on them or was inferred."""
    found: set[Key] = set(already)
    marked: set[Key] = set()
    for (object_, id_), doc in docs.items():
        if confidential(doc):
            marked.add((object_, id_))
            found |= below(object_, doc, HANGS_ON if object_ in PLACED else tuple(NESTED[object_]), docs)
        elif object_ == "service":
            found |= below(object_, doc, inferred(doc), docs)
    found |= {key for key in marked if key[0] != "location"}
    return found | belonging(docs, marked | found)


PLACED = ("location", "phone", "contact")
POINTS_UP = {
    f"{parent}{ending}": parent
    for parent in ("organization", "service", "location", "contact", "phone")
    for ending in ("", "_id")
}


def belonging(docs: Mapping[Key, Doc], owners: set[Key]) -> set[Key]:
    """The records that say themselves that they belong to one of these."""
    found: set[Key] = set()
    grown = bool(owners)
    while grown:
        grown = False
        for key, doc in docs.items():
            up = {(POINTS_UP[f], doc[f]) for f in doc if f in POINTS_UP and isinstance(doc[f], str)}
            if key[0] in ("location", "service_at_location"):
                up = {owner for owner in up if owner[0] != "location"}
            if key not in found and up & (owners | found):
                found.add(key)
                found |= below(key[0], doc, HANGS_ON, docs)
                grown = True
    return found


def owners(docs: Mapping[Key, Doc]) -> set[Key]:
    """The records elsewhere that these say they belong to."""
    found = set()
    for (object_, _), doc in docs.items():
        for field in POINTS_UP.keys() & doc.keys():
            parent = POINTS_UP[field]
            if isinstance(doc[field], str) and not confidential(doc) and object_ != parent:
                found.add((parent, doc[field]))
    return found


def below(object_: str, doc: Doc, fields: Iterable[str], docs: Mapping[Key, Doc]) -> set[Key]:
    """The records that hang on these fields, with all that hangs on them in turn."""
    found: set[Key] = set()
    for field in fields:
        nested = NESTED[object_].get(field)
        if nested is None or nested.object in SHARED:
            continue
        for id_ in listed(doc.get(field)):
            key = (nested.object, id_)
            found.add(key)
            if key in docs:
                found |= below(nested.object, docs[key], HANGS_ON, docs)
    return found


SHARED = ("organization", "service", "location", "taxonomy_term", "taxonomy", "program", "unit")
"""Objects that stand on their own: what points at them does not own them."""


def listed(value: Any) -> list[str]:
    """The ids in a field, be it a list or a single one."""
    if isinstance(value, str):
        return [value]
    return [v for v in value if isinstance(v, str)] if isinstance(value, list) else []


def pointed_at(object_: str, doc: Doc) -> set[Key]:
    """The smaller records that a document lists as its own."""
    return {
        (nested.object, id_)
        for field, nested in NESTED[object_].items()
        if field in doc and nested.many and nested.object not in SHARED
        for id_ in listed(doc[field])
    }


def inferred(doc: Doc) -> list[str]:
    """The fields of a service that nobody saw on a page."""
    evidence = own_of(doc).get("evidence")
    if not isinstance(evidence, dict):
        return []
    fields = [field for field, how in evidence.items() if how == "inferred"]
    return [name for field in fields for name in (field, *FIELDS_OF_EVIDENCE.get(field, ()))]


def one(key: Key, doc: Doc, docs: Mapping[Key, Doc], whole: set[Key]) -> Apart:
    """One document taken apart."""
    object_, id_ = key
    if key in whole:
        return Apart({"id": id_}, {pointer.make(k): v for k, v in doc.items() if k != "id"}, whole=True)
    seen = dict(doc)
    withheld: dict[str, Any] = {}
    for at in dict.fromkeys(pointers(object_, doc)):
        take(seen, withheld, at)
    for field, nested in NESTED[object_].items() if whole else ():
        ids = listed(seen.get(field))
        kept = [i for i in ids if (nested.object, i) not in whole]
        if len(kept) < len(ids):
            withheld[pointer.make(field)] = seen.pop(field)
            if kept:
                seen[field] = kept
    return Apart(seen, withheld)


def pointers(object_: str, doc: Doc) -> list[str]:
    """Where in a document the values lie that may not be seen."""
    own = own_of(doc)
    found = [pointer.make(OWN, name) for name in own if name in PRIVATE or marked(own[name])]
    nested = [(name, value) for name, value in doc.items() if isinstance(value, (dict, list))]
    found += [pointer.make(name) for name, value in nested if name != OWN and marked(value)]
    if object_ == "location" and confidential(doc):
        found += [pointer.make(k) for k in doc if k not in (*SEEN_OF_LOCATION, OWN, "confidential")]
        found += [pointer.make(OWN, k) for k in own if k not in (*SEEN_OF_OWN, *PRIVATE)]
    if object_ == "service":
        for field in inferred(doc):
            found += [pointer.make(field)] if field in doc else []
            found += [pointer.make(OWN, field)] if field in own else []
    return found


def marked(value: Any) -> bool:
    """Whether anything inside a value that nobody took apart is marked confidential."""
    if isinstance(value, dict):
        return confidential(value) or any(marked(inner) for inner in value.values())
    return isinstance(value, list) and any(marked(inner) for inner in value if not isinstance(inner, str))


def take(seen: Doc, withheld: dict[str, Any], at: str) -> None:
    """Move the value at a pointer from what is seen to what is withheld."""
    first, *inside = pointer.steps(at)
    if inside:
        inner = dict(seen[first])
        withheld[at] = inner.pop(inside[0])
        seen[first] = inner
    else:
        withheld[at] = seen.pop(first)


def streets(docs: Mapping[Key, Doc], whole: set[Key]) -> set[str]:
    """The streets of confidential addresses, long enough not to be found in innocent text."""
    found = (docs[key].get("address_1") for key in whole if key[0] == "address" and key in docs)
    plain = {" ".join(street.split()) for street in found if isinstance(street, str)}
    return {street for street in plain if len(street) >= SHORTEST_STREET}


def pattern_of(words: set[str]) -> re.Pattern[str] | None:
    """A pattern that finds any of these in running text, however it is spaced; None for none."""
    if not words:
        return None
    return re.compile("|".join(r"\s+".join(map(re.escape, w.split())) for w in sorted(words)), re.IGNORECASE)


def without(apart: Apart, pattern: re.Pattern[str]) -> Apart:
    """The same without the fields in which the pattern is found; the very same where it is in none."""
    seen, withheld = dict(apart.doc), dict(apart.withheld)
    for field, value in apart.doc.items():
        if field == OWN and isinstance(value, dict):
            for name in [name for name, v in value.items() if mentions(v, pattern)]:
                take(seen, withheld, pointer.make(OWN, name))
        elif mentions(value, pattern):
            take(seen, withheld, pointer.make(field))
    return apart if len(withheld) == len(apart.withheld) else Apart(seen, withheld, apart.whole)


def mentions(value: Any, pattern: re.Pattern[str]) -> bool:
    """Whether the pattern is found anywhere in a value."""
    if isinstance(value, str):
        return pattern.search(value) is not None
    if isinstance(value, dict):
        return any(mentions(v, pattern) for pair in value.items() for v in pair)
    return isinstance(value, list) and any(mentions(v, pattern) for v in value)


def repeats(key: Key, doc: Doc, clean: Apart, found: Apart) -> Problem:
    """A Problem: a text gives a confidential street away. It does not repeat it."""
    fields = sorted(set(clean.withheld) - set(found.withheld))
    name = own_of(doc).get("key") or key[1]
    return Problem(
        where=f"{key[0]} {name}, {', '.join(fields)}",
        what="This text repeats the street of a confidential address. It was withheld.",
        why="Whoever looks for a person in hiding would find it.",
        do="Take the street out of the text and import again.",
        severity=Severity.warning,
    )
