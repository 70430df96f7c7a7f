"""Our pack form as HSDS documents: one file of ``directory/`` becomes flat objects that name each other.

What the standard has no field for stands under one key of our own, ``waypost``. ``packread`` is the way back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from waypost.exchange import schedules
from waypost.exchange.batch import Batch, Count, Doc, Row
from waypost.exchange.identity import record_id, row_hash
from waypost.model.directory import (
    Address,
    Capacity,
    Hours,
    Language,
    Location,
    Organization,
    Phone,
    Service,
)
from waypost.model.evidence import Problem, Text, VerificationState
from waypost.model.guide import Terms
from waypost.model.place import Places

SOURCE = "pack"
"""Packs are one source: a national line has one id in every town's guide."""

OWN_OF_SERVICE = (
    *("verification", "sources", "translations", "other_channels", "cost", "for_whom", "not_for"),
    *("no_id_needed", "access", "referred_through", "confidentiality", "police_told", "evidence"),
    *("unverified", "core_unverified", "cycle", "note", "steward_note"),
)
STANDARD_TEXTS = ("fees_description", "eligibility_description", "application_process")
STANDARD_PLAIN = (
    *("name", "alternate_name", "description", "url", "email", "status"),
    *("minimum_age", "maximum_age"),
)


class Writer:
    """Collects the rows of one batch and sees that an id is used once."""

    def __init__(self, places: Places, terms: Terms, source: str) -> None:
        self.source = source
        self.places = places
        self.terms = terms
        self.rows: dict[tuple[str, str], Row] = {}
        self.problems: list[Problem] = []

    def id(self, object_: str, name: str) -> str:
        """The id of the record that the source knows by this name."""
        return record_id(self.source, object_, name)

    def row(
        self, object_: str, name: str, doc: Doc, *, where: str, parent: str | None = None, **more: Any
    ) -> str:
        """Add a record that the pack knows by this name, and return its id."""
        id_ = self.id(object_, name)
        # Through JSON and back, so that a document equals itself once it has been stored.
        doc = {"id": id_, **msgspec.json.decode(msgspec.json.encode(doc))}
        held = self.rows.get((object_, id_))
        if held is None:
            row = Row(object_, id_, doc, object_, where, source_id=name, parent=parent, **more)
            self.rows[object_, id_] = row
        elif held.doc != doc:
            if object_ in ("organization", "service", "location", "taxonomy_term"):
                self.problems.append(twice(name, held.where, where))
            else:
                name = f"{name}/{row_hash(doc | {'id': None})}"
                return self.row(object_, name, doc | {"id": self.id(object_, name)}, where=where, **more)
        return id_


def twice(name: str, first: str, second: str) -> Problem:
    """A Problem: two things of one name that are not the same."""
    return Problem(
        where=second,
        what=f'"{name}" is written here and, differently, in {first}.',
        why="One name must stand for one thing, or a reader may be sent to the wrong place.",
        do="Give one of the two another key, or make them the same.",
    )


def batch_of(
    organizations: Iterable[Organization], places: Places, terms: Terms, source: str = SOURCE
) -> Batch:
    """Every record of a pack as one batch. A pack states all it knows; a file of another source may not."""
    writer = Writer(places, terms, source)
    for name in sorted(terms.taxonomies):
        taxonomy(writer, name)
    for key in sorted(terms.terms):
        term(writer, key)
    for organization in organizations:
        write_organization(writer, organization)
    tables: dict[str, Count] = {}
    for row in writer.rows.values():
        tables[row.table] = tables.get(row.table, Count(row.object)).plus(in_=1)
    return Batch(
        source=source,
        format="pack",
        version="3.2",
        rows=tuple(writer.rows.values()),
        tables=tables,
        problems=tuple(writer.problems),
        complete=source == SOURCE,
    )


def write_organization(writer: Writer, organization: Organization) -> None:
    """An organization, its places and its services."""
    where = f"directory/{organization.key}"
    own: Doc = {"key": organization.key, "slug": organization.slug}
    own |= chosen(organization, ["former_names", "inclusion", "note", "steward_note"])
    doc: Doc = {"name": organization.name, "description": ""}
    put(doc, "alternate_name", organization.alternate_name)
    put(doc, "website", organization.website)
    put_text(doc, own, "description", organization.description)
    id_ = writer.id("organization", organization.key)
    put(doc, "locations", [location(writer, at, where, id_) for at in organization.locations])
    services = [service(writer, item, where, id_) for item in organization.services]
    put(doc, "services", services)
    named = {"key": organization.key, "slug": organization.slug}
    writer.row("organization", organization.key, {**doc, "waypost": own}, where=where, **named)


def service(writer: Writer, item: Service, where: str, organization: str) -> str:
    """A service and everything around it."""
    where = f"{where}, {item.key}"
    id_ = writer.id("service", item.key)
    own: Doc = {"key": item.key, "slug": item.slug, **chosen(item, OWN_OF_SERVICE)}
    own.setdefault("verification", msgspec.to_builtins(item.verification))
    doc: Doc = {"organization": organization, **chosen(item, STANDARD_PLAIN)}
    for field in STANDARD_TEXTS:
        put_text(doc, own, field, getattr(item, field))
    if item.verification.state == VerificationState.confirmed and item.verification.on:
        doc["assured_date"] = item.verification.on.isoformat()
    around = Around(writer, "service", item.key, id_, where)
    put(doc, "phones", [phone(around, p) for p in item.phones])
    put(doc, "schedules", hours(around, item.hours, own))
    put(doc, "service_areas", [area(around, key) for key in item.serves])
    at = [
        service_at_location(around, place, organization, item.hours_at.get(place.key))
        for place in item.locations
    ]
    put(doc, "service_at_locations", at)
    put(doc, "languages", [language(around, lang) for lang in item.languages])
    put(doc, "cost_options", cost(around, item))
    put(doc, "required_documents", required(around, item.documents_needed))
    put(doc, "capacities", [capacity(around, room) for room in item.capacity])
    put(doc, "attributes", [id_ for key in item.kinds for id_ in kinds(around, key)])
    named = {"key": item.key, "slug": item.slug, "parent": organization}
    return writer.row("service", item.key, {**doc, "waypost": own}, where=where, **named)


class Around(msgspec.Struct, frozen=True):
    """The record that smaller ones are being written for."""

    writer: Writer
    object: str
    name: str
    id: str
    where: str

    def row(self, object_: str, name: str, doc: Doc) -> str:
        """Add a smaller record that belongs to this one."""
        return self.writer.row(object_, f"{self.name}/{name}", doc, where=self.where, parent=self.id)


def phone(around: Around, item: Phone) -> str:
    """A phone. Two languages on two lines are two phones."""
    doc: Doc = {"number": item.number, "type": item.type}
    own: Doc = chosen(item, ["purpose", "confidential", "hours"])
    if not item.checked:
        own["checked"] = False
    if item.extension is not None:
        number = item.extension.isascii() and item.extension.isdigit() and not item.extension.startswith("0")
        plain = number and len(item.extension) < 10
        (doc if plain else own)["extension"] = int(item.extension) if plain else item.extension
    put_text(doc, own, "description", item.description)
    name = "|".join((item.number, item.extension or "", item.type, *(lang.code for lang in item.languages)))
    inner = Around(around.writer, "phone", f"{around.name}/{name}", around.id, around.where)
    put(doc, "languages", [language(inner, lang) for lang in item.languages])
    put(doc, "waypost", own)
    return around.row("phone", name, doc)


def language(around: Around, item: Language) -> str:
    """A language."""
    return around.row("language", item.code, chosen(item, ["code", "note"]))


def hours(around: Around, item: Hours | None, own: Doc) -> list[str]:
    """The rows of the opening hours; what the standard cannot say goes among our own fields."""
    if item is None:
        return []
    own["hours"] = schedules.rest(item)
    return [around.row("schedule", row_hash(row), row) for row in schedules.write(item)]


def area(around: Around, key: str) -> str:
    """An area that a service serves, by the name that the pack's places give it."""
    places = around.writer.places
    if key in places.towns:
        name = places.towns[key].name
    elif key in places.areas:
        name = next(iter(places.areas[key].name.values()), key)
    else:
        name = key
    return around.row("service_area", key, {"name": name, "waypost": {"area": key}})


def cost(around: Around, item: Service) -> list[str]:
    """A cost option: an amount of nothing for what is free, else the word for it and what is said of fees."""
    if item.cost is None:
        return []
    doc: Doc = {"option": item.cost}
    if item.cost == "free":
        doc |= {"amount": 0, "currency": "USD"}
    elif item.fees_description:
        doc["amount_description"] = main(item.fees_description)[1]
    return [around.row("cost_option", item.cost, doc)]


def capacity(around: Around, item: Capacity) -> str:
    """How much room there was, and of what, at the hour at which it was counted."""
    unit, own = {"name": main(item.unit)[1] if item.unit else ""}, chosen(item, ["unit", "hours"])
    id_ = around.row("unit", row_hash(dict(item.unit)), unit)
    doc: Doc = {"unit": id_, "available": item.available, "updated": item.at.isoformat()}
    put(doc, "maximum", item.maximum)
    put(doc, "waypost", own)
    return around.row("service_capacity", row_hash(doc), doc)


def required(around: Around, documents: Text) -> list[str]:
    """The documents needed."""
    if not documents:
        return []
    doc: Doc = {}
    own: Doc = {}
    put_text(doc, own, "document", documents)
    put(doc, "waypost", own)
    return [around.row("required_document", "documents", doc)]


def kinds(around: Around, key: str) -> list[str]:
    """The attributes that say what kind of service it is: our term, and the published one it goes by."""
    terms = around.writer.terms
    item = terms.terms.get(key)
    if item is None:
        bare = {"name": key, "description": key, "waypost": {"key": key}}
        term_id = around.writer.row("taxonomy_term", key, bare, where="terms", key=key)
    else:
        term_id = around.writer.id("taxonomy_term", key)
    doc = {"link_entity": "service", "link_type": "service_type"}
    found = [around.row("attribute", key, {**doc, "taxonomy_term": term_id, "waypost": {"term": key}})]
    if item and item.code and item.taxonomy in terms.taxonomies:
        published = around.writer.id("taxonomy_term", f"{item.taxonomy}/{item.code}")
        also = {**doc, "taxonomy_term": published, "waypost": {"standard": True}}
        found.append(around.row("attribute", f"{item.taxonomy}/{key}", also))
    return found


OURS = "waypost"


def taxonomy(writer: Writer, name: str) -> None:
    """A published taxonomy, whole, with its own codes, names and hierarchy."""
    item = writer.terms.taxonomies[name]
    doc: Doc = {"name": item.name, "description": item.description}
    put(doc, "version", item.version)
    put(doc, "uri", item.uri)
    put(doc, "waypost", chosen(item, ["licence"]))
    id_ = writer.row("taxonomy", name, doc, where="taxonomies")
    for code, held in item.terms.items():
        doc = {"code": code, "name": held.name, "description": held.name, "taxonomy": item.name}
        doc["taxonomy_detail"] = id_
        if held.parent:
            doc["parent_id"] = writer.id("taxonomy_term", f"{name}/{held.parent}")
        if held.es:
            doc["waypost"] = {"name": {"en": held.name, "es": held.es}}
        writer.row("taxonomy_term", f"{name}/{code}", doc, where="taxonomies")


def term(writer: Writer, key: str) -> None:
    """A term of ours in plain words and the taxonomy it belongs to.

    Where the pack holds the published taxonomy that the term goes by, that one's terms keep their own names.
    """
    item = writer.terms.terms[key]
    published = item.taxonomy in writer.terms.taxonomies
    name_of = OURS if published else item.taxonomy
    taxonomy = writer.row("taxonomy", name_of, {"name": name_of, "description": name_of}, where="terms")
    name = main(item.name)[1]
    doc: Doc = {"code": key if published else item.code or key, "name": name, "description": name}
    if item.parent:
        doc["parent_id"] = writer.id("taxonomy_term", item.parent)
    doc |= {"taxonomy": name_of, "taxonomy_detail": taxonomy}
    doc["waypost"] = {"key": key, "name": item.name}
    writer.row("taxonomy_term", key, doc, where="terms", key=key)


def location(writer: Writer, item: Location, where: str, organization: str) -> str:
    """A place; its address and point are taken apart at intake where it is confidential."""
    id_ = writer.id("location", item.key)
    around = Around(writer, "location", item.key, id_, where)
    own: Doc = {"key": item.key, **chosen(item, ["town", "point_source", "note", "confidential"])}
    doc: Doc = chosen(item, ["location_type", "name", "latitude", "longitude"])
    doc["location_type"] = item.location_type
    put(doc, "addresses", [address(around, a) for a in item.addresses])
    put(doc, "schedules", hours(around, item.hours, own))
    more = {"key": item.key, "parent": organization}
    return writer.row("location", item.key, {**doc, "waypost": own}, where=where, **more)


def address(around: Around, item: Address) -> str:
    """An address. The standard wants a street and a postal code always: unknown is written empty."""
    doc: Doc = {"address_1": item.address_1 or ""}
    put(doc, "address_2", item.address_2)
    doc |= {"city": item.city, "state_province": item.state_province, "postal_code": item.postal_code or ""}
    doc |= {"country": item.country, "address_type": item.address_type}
    name = "|".join(
        (doc["address_1"], item.address_2 or "", item.city, doc["postal_code"], item.address_type)
    )
    put(doc, "waypost", chosen(item, ["confidential"]))
    return around.row("address", name, doc)


def service_at_location(around: Around, item: Location, organization: str, open_: Hours | None) -> str:
    """That a service is given at a place, and when. Hours at a confidential place are confidential."""
    place = location(around.writer, item, around.where, organization)
    doc: Doc = {"service": around.id, "location": place}
    own: Doc = {}
    id_ = around.writer.id("service_at_location", f"{around.name}/{item.key}")
    at = Around(around.writer, "service_at_location", f"{around.name}/{item.key}", id_, around.where)
    if item.confidential and open_ is not None:
        rows = [{**row, "confidential": True} for row in schedules.write(open_)]
        put(doc, "schedules", [at.row("schedule", row_hash(row), row) for row in rows])
    else:
        put(doc, "schedules", hours(at, open_, own))
    put(doc, "waypost", own)
    return around.row("service_at_location", item.key, doc)


def chosen(item: Any, fields: Iterable[str]) -> Doc:
    """These fields of a struct as plain values, without those that are not set."""
    every: Mapping[str, Any] = msgspec.to_builtins(item)
    return {field: every[field] for field in fields if field in every}


def put(doc: Doc, field: str, value: Any) -> None:
    """Set a field unless there is nothing to say."""
    if value is not None and value != [] and value != {}:
        doc[field] = value


def main(text: Text) -> tuple[str, str]:
    """The language in which a standard field is written, and the words: English, else the first."""
    code = "en" if "en" in text else min(text)
    return code, text[code]


def put_text(doc: Doc, own: Doc, field: str, text: Text) -> None:
    """Write the main language into the standard's field, and all of it beside if that is not only English."""
    if not text:
        return
    doc[field] = main(text)[1]
    if set(text) != {"en"}:
        own[field] = dict(text)
