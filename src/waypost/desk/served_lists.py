"""One list of the API, made ready so that each thing by which it can be narrowed is looked up, not searched for."""

from __future__ import annotations

import math
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime

from waypost.desk.served_places import Point, Reach
from waypost.exchange.batch import Doc
from waypost.exchange.withhold import Key, listed, own_of
from waypost.model.evidence import Struct

SEARCHED = ("name", "alternate_name", "description")
WORD = re.compile(r"[^\W_]+")
Rows = set[int]


class Wanted(Struct):
    """What a list is narrowed to; nothing said, everything."""

    taxonomy_term_id: str | None = None
    taxonomy_id: str | None = None
    organization_id: str | None = None
    modified_after: datetime | None = None
    parent_id: str | None = None
    top_only: bool = False
    search: str | None = None
    postcode: str | None = None
    proximity: int | None = None


class Shelf:
    """The ids of one list in order, and the rows in which each word, term, organization and parent stands."""

    def __init__(self, docs: Mapping[Key, Doc], ids: list[str], object_: str, reach: Reach):
        self.docs, self.ids, self.object, self.reach = docs, ids, object_, reach
        self.words: dict[str, Rows] = {}
        self.terms: dict[tuple[str | None, str | None], Rows] = {}
        self.organizations: dict[str, Rows] = {}
        self.parents: dict[str | None, Rows] = {}
        self.modified: list[datetime | None] = []
        self.points: dict[int, Point] = {}
        self.areas: dict[int, frozenset[str]] = {}
        for row, id_ in enumerate(ids):
            self.put(row, docs[object_, id_])
        self.vocabulary = sorted(self.words)

    def put(self, row: int, doc: Doc) -> None:
        """Note all by which one row can be found."""
        services = list(self.services_of(doc))
        for said in (doc, *services):
            for word in {w for field in SEARCHED for w in words_of(said.get(field))}:
                self.words.setdefault(word, set()).add(row)
        for pair in self.pairs(doc, services):
            self.terms.setdefault(pair, set()).add(row)
        for one in services:
            for field in ("organization", "organization_id"):
                if isinstance(one.get(field), str):
                    self.organizations.setdefault(one[field], set()).add(row)
        self.parents.setdefault(doc.get("parent_id") or None, set()).add(row)
        self.modified.append(moment_of(doc.get("last_modified")))
        if self.object == "service_at_location":
            self.place(row, doc, services)

    def place(self, row: int, doc: Doc, services: list[Doc]) -> None:
        """Note where a row is and which areas it serves, as far as both may be known."""
        location = self.find("location", doc.get("location") or doc.get("location_id")) or {}
        latitude, longitude = (degrees(location.get(name)) for name in ("latitude", "longitude"))
        if latitude is not None and longitude is not None:
            self.points[row] = (latitude, longitude)
        served = doc if doc.get("service_areas") else next(iter(services), doc)
        rows = [self.find("service_area", id_) or {} for id_ in listed(served.get("service_areas"))]
        known = [own_of(r).get("area") or self.reach.names.get(str(r.get("name")).casefold()) for r in rows]
        self.areas[row] = frozenset(key for key in known if isinstance(key, str))

    def find(self, object_: str, id_: object) -> Doc | None:
        """The document of that id, or None."""
        return self.docs.get((object_, id_)) if isinstance(id_, str) else None

    def services_of(self, doc: Doc) -> Iterator[Doc]:
        """The services that a row is, holds or stands for."""
        if self.object == "service":
            yield doc
            return
        ids = listed(doc.get("services")) if self.object == "organization" else listed(doc.get("service"))
        for id_ in dict.fromkeys([*ids, *listed(doc.get("service_id"))]):
            if found := self.find("service", id_):
                yield found

    def pairs(self, doc: Doc, services: list[Doc]) -> set[tuple[str | None, str | None]]:
        """The terms and taxonomies that a row is under, alone and together."""
        terms = [doc] if self.object == "taxonomy_term" else self.terms_of([doc, *services])
        said = {(term["id"], taxonomy_of(term)) for term in terms}
        return {
            pair for term, taxonomy in said for pair in ((term, taxonomy), (term, None), (None, taxonomy))
        }

    def terms_of(self, docs: Iterable[Doc]) -> Iterator[Doc]:
        """The terms that objects carry as attributes."""
        for doc in docs:
            for attribute in listed(doc.get("attributes")):
                said = (self.find("attribute", attribute) or {}).get("taxonomy_term")
                if term := self.find("taxonomy_term", said):
                    yield term

    def wanted(self, wanted: Wanted) -> list[str]:
        """The ids that fit, in order. Raises ProblemsFound for a postal code that nobody here knows."""
        sets = list(self.narrowing(wanted))
        if not sets:
            return self.ids
        sets.sort(key=len)
        rows = set.intersection(*sets) if len(sets) > 1 else sets[0]
        return [self.ids[row] for row in sorted(rows)]

    def narrowing(self, wanted: Wanted) -> Iterator[Rows]:
        """The rows that each thing asked for leaves."""
        if wanted.taxonomy_term_id is not None or wanted.taxonomy_id is not None:
            yield self.terms.get((wanted.taxonomy_term_id, wanted.taxonomy_id), set())
        if wanted.organization_id is not None:
            yield self.organizations.get(wanted.organization_id, set())
        if wanted.parent_id is not None:
            yield self.parents.get(wanted.parent_id, set())
        if wanted.top_only:
            yield self.parents.get(None, set())
        if (since := wanted.modified_after) is not None:
            yield {row for row, own in enumerate(self.modified) if own is not None and own >= since}
        for word in words_of(wanted.search):
            yield self.saying(word)
        if wanted.postcode is not None:
            yield self.near(wanted.postcode, wanted.proximity)

    def saying(self, word: str) -> Rows:
        """The rows in which a word stands, or one that begins with it."""
        found: Rows = set()
        for at in range(bisect_left(self.vocabulary, word), len(self.vocabulary)):
            if not self.vocabulary[at].startswith(word):
                break
            found |= self.words[self.vocabulary[at]]
        return found

    def near(self, postcode: str, proximity: int | None) -> Rows:
        """The rows that serve a postal code, as far as it is known whom they serve; near it if that is asked.

        Areas that nobody can place say nothing, so they leave a row in. A row whose place is not known, or must
        not be, is near nothing.
        """
        here = self.reach.here(postcode)
        rows = {row for row in range(len(self.ids)) if not (a := self.areas.get(row)) or a & here.areas}
        if proximity is None:
            return rows
        return {r for r in rows if r in self.points and here.within(self.points[r], proximity)}


def words_of(text: object) -> list[str]:
    """The words of a text without case and accents, each once."""
    if not isinstance(text, str):
        return []
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return list(dict.fromkeys(WORD.findall(text.casefold())))


def taxonomy_of(term: Doc) -> str | None:
    """The id of the taxonomy that a term is of."""
    said = term.get("taxonomy_detail")
    return said if isinstance(said, str) else None


def moment_of(said: object) -> datetime | None:
    """A date or moment, in UTC where it names no zone; None where it is neither."""
    try:
        own = datetime.fromisoformat(str(said))
    except ValueError:
        return None
    return own if own.tzinfo else own.replace(tzinfo=UTC)


def degrees(value: object) -> float | None:
    """A number of degrees, or None."""
    good = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    return float(value) if good else None  # type: ignore[arg-type]
