"""HSDS documents as our own structs: the way back from ``packform``, and the way in for records of others."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from waypost.exchange import schedules
from waypost.exchange.batch import Doc
from waypost.exchange.packform import OWN_OF_SERVICE, STANDARD_PLAIN, STANDARD_TEXTS
from waypost.exchange.recurring import iso_day
from waypost.model.directory import Address, Capacity, Language, Location, Organization, Phone, Service
from waypost.model.evidence import Text, VerificationState

Find = Callable[[str, str], Doc | None]
"""(object, id) -> its document, or None where it may not be seen or is not there."""

COUNTRY = "US"


class Reader(msgspec.Struct, frozen=True):
    """What is needed to read documents: where they are, and what is so where they do not say."""

    find: Find
    timezone: str = "America/New_York"
    terms: dict[str, str] = {}
    areas: dict[str, str] = {}

    def all(self, object_: str, ids: Any) -> list[Doc]:
        """The documents of these ids that may be seen, in their order."""
        if not isinstance(ids, list):
            return []
        return [doc for id_ in ids if isinstance(id_, str) and (doc := self.find(object_, id_)) is not None]

    def organization(self, doc: Doc) -> Organization:
        """An organization with its services and places."""
        own = own_of(doc)
        fields: Doc = {"key": own.get("key") or f"org-{doc['id']}", "slug": own.get("slug") or doc["id"]}
        fields["name"] = words_of(doc.get("name")) or ""
        fields |= some(own, ["former_names", "inclusion", "note", "steward_note"])
        fields |= strings(doc, ["alternate_name", "website"])
        fields["description"] = text_of(doc, own, "description")
        fields["locations"] = [self.location(d) for d in self.all("location", doc.get("locations"))]
        fields["services"] = [self.service(d) for d in self.all("service", doc.get("services"))]
        return msgspec.convert(fields, Organization, from_attributes=True)

    def service(self, doc: Doc) -> Service:
        """A service with everything around it."""
        own = own_of(doc)
        fields: Doc = {"key": own.get("key") or f"svc-{doc['id']}", "slug": own.get("slug") or doc["id"]}
        fields |= some(own, OWN_OF_SERVICE)
        fields.setdefault("verification", {"state": VerificationState.unverified, "on": day(doc)})
        fields.setdefault("sources", [])
        fields |= strings(doc, [f for f in STANDARD_PLAIN if not f.endswith("_age")])
        fields |= {"description": fields.get("description", ""), "status": fields.get("status", "active")}
        fields |= {"name": fields.get("name", "")}
        fields |= {f: int(doc[f]) for f in ("minimum_age", "maximum_age") if whole(doc.get(f))}
        fields |= {f: text_of(doc, own, f) for f in STANDARD_TEXTS}
        fields["phones"] = [p for d in self.all("phone", doc.get("phones")) if (p := self.phone(d))]
        fields["hours"] = self.hours(doc, own)
        fields["serves"] = self.serves(doc)
        fields["languages"] = self.languages(doc)
        fields["kinds"] = self.kinds(doc)
        fields["documents_needed"] = self.documents(doc)
        at = self.all("service_at_location", doc.get("service_at_locations"))
        places = [(row, self.location(d)) for row in at for d in self.all("location", [row.get("location")])]
        fields["locations"] = [place for _, place in places]
        here = {place.key: self.hours(row, own_of(row)) for row, place in places}
        fields["hours_at"] = {key: hours for key, hours in here.items() if hours is not None}
        rooms = (self.capacity(row) for row in self.all("service_capacity", doc.get("capacities")))
        fields["capacity"] = [room for room in rooms if room is not None]
        return msgspec.convert(fields, Service, from_attributes=True)

    def phone(self, doc: Doc) -> Phone | None:
        """A phone; None where there is no number to call."""
        own = own_of(doc)
        number = words_of(doc.get("number"))
        if not number:
            return None
        fields: Doc = {"number": number, **strings(doc, ["type"])}
        fields |= some(own, ["purpose", "confidential", "hours", "checked", "extension"])
        if whole(doc.get("extension")) or isinstance(doc.get("extension"), str):
            fields["extension"] = str(doc["extension"]).removesuffix(".0")
        fields["description"] = text_of(doc, own, "description")
        fields["languages"] = self.languages(doc)
        return msgspec.convert(fields, Phone, from_attributes=True)

    def languages(self, doc: Doc) -> list[Language]:
        """The languages of a record: by code, or by name where there is no code."""
        found = []
        for row in self.all("language", doc.get("languages")):
            if code := words_of(row.get("code")) or words_of(row.get("name")):
                found.append(Language(code=code, note=words_of(row.get("note"))))
        return found

    def hours(self, doc: Doc, own: Doc) -> Any:
        """The opening hours, or None where unknown."""
        return schedules.read(self.all("schedule", doc.get("schedules")), own.get("hours"), self.timezone)

    def serves(self, doc: Doc) -> list[str]:
        """The areas served: by our key, or by a name that the pack's places know."""
        rows = self.all("service_area", doc.get("service_areas"))
        keys = (own_of(r).get("area") or self.areas.get(str(r.get("name")).casefold()) for r in rows)
        return list(dict.fromkeys(key for key in keys if key))

    def kinds(self, doc: Doc) -> list[str]:
        """The terms of the pack that the service is classified by."""
        found = []
        for row in self.all("attribute", doc.get("attributes")):
            if own_of(row).get("standard"):
                continue
            term = own_of(row).get("term") or self.terms.get(str(row.get("taxonomy_term")))
            if term:
                found.append(term)
        return list(dict.fromkeys(found))

    def capacity(self, doc: Doc) -> Capacity | None:
        """How much room there was; None where it is not said how much, or when that was true."""
        own = own_of(doc)
        names = [name for row in self.all("unit", [doc.get("unit")]) if (name := words_of(row.get("name")))]
        unit = own.get("unit") or ({"en": names[0]} if names else {})
        fields: Doc = {"available": doc.get("available"), "at": doc.get("updated"), "unit": unit}
        fields |= {"maximum": doc.get("maximum"), "hours": own.get("hours")}
        try:
            found = msgspec.convert(fields, Capacity, strict=False)
        except msgspec.ValidationError:
            return None
        return found if found.at.tzinfo is not None else None

    def documents(self, doc: Doc) -> Text:
        """The documents needed, in words."""
        texts = [
            text_of(r, own_of(r), "document")
            for r in self.all("required_document", doc.get("required_documents"))
        ]
        codes = dict.fromkeys(code for text in texts for code in text)
        return {code: "; ".join(text[code] for text in texts if code in text) for code in codes}

    def location(self, doc: Doc) -> Location:
        """A place."""
        own = own_of(doc)
        fields: Doc = {"key": own.get("key") or f"loc-{doc['id']}", "name": words_of(doc.get("name")) or ""}
        fields |= some(own, ["town", "point_source", "note", "confidential"])
        fields |= strings(doc, ["location_type"])
        fields |= {f: float(doc[f]) for f in ("latitude", "longitude") if number(doc.get(f))}
        fields["addresses"] = [self.address(d) for d in self.all("address", doc.get("addresses"))]
        fields["hours"] = self.hours(doc, own)
        return msgspec.convert(fields, Location, from_attributes=True)

    def address(self, doc: Doc) -> Address:
        """An address; an empty street is an unknown one."""
        fields: Doc = {"city": "", "state_province": "", "country": COUNTRY}
        fields |= strings(doc, list(fields))
        for field in ("address_1", "address_2", "postal_code", "address_type"):
            if words := words_of(doc.get(field)):
                fields[field] = words
        return msgspec.convert(fields | some(own_of(doc), ["confidential"]), Address)


def own_of(doc: Doc) -> Doc:
    """Our own fields of a document."""
    own = doc.get("waypost")
    return own if isinstance(own, dict) else {}


def some(own: Doc, fields: Iterable[str]) -> Doc:
    """These fields, where they are set."""
    return {field: own[field] for field in fields if field in own}


def words_of(value: Any) -> str | None:
    """The value if it is words, else None."""
    return value if isinstance(value, str) and value else None


def strings(doc: Doc, fields: Iterable[str]) -> Doc:
    """These fields, where they are words."""
    return {field: words for field in fields if (words := words_of(doc.get(field))) is not None}


def number(value: Any) -> bool:
    """Whether the value is a number that can be counted with."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def whole(value: Any) -> bool:
    """Whether the value is a number without a fraction."""
    return number(value) and value == int(value)


def day(doc: Doc) -> str | None:
    """The day on which its source says the record was last assured."""
    assured = doc.get("assured_date")
    return assured if iso_day(assured) else None


def text_of(doc: Doc, own: Doc, field: str) -> Text:
    """Words by language: the standard's field says the main language, our own the others."""
    words = words_of(doc.get(field))
    if words is None:
        return {}
    text = dict(own[field]) if isinstance(own.get(field), dict) else {}
    return {**text, ("en" if "en" in text or not text else min(text)): words}
