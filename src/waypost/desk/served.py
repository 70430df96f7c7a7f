"""What programs may ask of the records: one object whole, or a list, from what ``give`` lets out of the house."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime

from waypost.desk.give import give
from waypost.exchange.batch import Doc
from waypost.exchange.objects import NESTED
from waypost.exchange.splice import children_of, full
from waypost.exchange.withhold import Key, listed
from waypost.model.evidence import Struct
from waypost.model.pack import Pack
from waypost.store import Store


class Wanted(Struct):
    """What a list is narrowed to; nothing said, everything."""

    taxonomy_term_id: str | None = None
    taxonomy_id: str | None = None
    organization_id: str | None = None
    modified_after: datetime | None = None
    parent_id: str | None = None
    top_only: bool = False
    search: str | None = None


class Served:
    """The records of one day that programs may see, ready to be read by id and in lists."""

    def __init__(self, docs: dict[Key, Doc]):
        self.docs = docs
        self.children = children_of((key[0], doc) for key, doc in docs.items())
        self.ids: dict[str, list[str]] = {}
        for object_, id_ in sorted(docs):
            self.ids.setdefault(object_, []).append(id_)

    def find(self, object_: str, id_: str) -> Doc | None:
        """The document of that id with its references as ids, or None."""
        return self.docs.get((object_, id_))

    def whole(self, object_: str, id_: str) -> Doc | None:
        """An object with everything nested in it, or None."""
        return full(self.find, self.children, object_, id_)

    def brief(self, object_: str, id_: str) -> Doc | None:
        """An object with only what there is one of."""
        doc = self.whole(object_, id_)
        return doc and {field: v for field, v in doc.items() if not several(object_, field)}

    def wanted(self, object_: str, wanted: Wanted) -> list[str]:
        """The ids of a list, in order."""
        return [id_ for id_ in self.ids.get(object_, []) if self.fits(object_, id_, wanted)]

    def fits(self, object_: str, id_: str, wanted: Wanted) -> bool:
        """Whether one object is among those wanted."""
        doc = self.docs[object_, id_]
        if wanted.modified_after and not since(doc.get("last_modified"), wanted.modified_after):
            return False
        if wanted.top_only and doc.get("parent_id"):
            return False
        if wanted.parent_id and doc.get("parent_id") != wanted.parent_id:
            return False
        return self.belongs(object_, doc, wanted) and self.says(object_, id_, wanted.search)

    def belongs(self, object_: str, doc: Doc, wanted: Wanted) -> bool:
        """Whether it is of the organization and under the term or taxonomy asked for."""
        if object_ == "taxonomy_term":
            return wanted.taxonomy_id in (None, doc.get("taxonomy_detail"))
        services = list(self.services_of(object_, doc))
        if wanted.organization_id and not any(
            wanted.organization_id in (s.get("organization"), s.get("organization_id")) for s in services
        ):
            return False
        if not (wanted.taxonomy_term_id or wanted.taxonomy_id):
            return True
        terms = list(self.terms_of([doc, *services]))
        return any(
            wanted.taxonomy_term_id in (None, term["id"])
            and wanted.taxonomy_id in (None, term.get("taxonomy_detail"))
            for term in terms
        )

    def services_of(self, object_: str, doc: Doc) -> Iterator[Doc]:
        """The services that an object is, holds or stands for."""
        if object_ == "service":
            yield doc
            return
        ids = listed(doc.get("services")) if object_ == "organization" else listed(doc.get("service"))
        up = [doc["service_id"]] if isinstance(doc.get("service_id"), str) else []
        for id_ in {*ids, *up}:
            if found := self.find("service", id_):
                yield found

    def terms_of(self, docs: Iterable[Doc]) -> Iterator[Doc]:
        """The terms that objects carry as attributes."""
        for doc in docs:
            for attribute in listed(doc.get("attributes")):
                said = (self.find("attribute", attribute) or {}).get("taxonomy_term")
                if isinstance(said, str) and (term := self.find("taxonomy_term", said)):
                    yield term

    def says(self, object_: str, id_: str, words: str | None) -> bool:
        """Whether every word stands somewhere in the object's own name, other name or description."""
        if not words:
            return True
        doc = self.docs[object_, id_]
        nearby = [doc, *self.services_of(object_, doc)]
        text = " ".join(str(d.get(f, "")) for d in nearby for f in SEARCHED).casefold()
        return all(word in text for word in words.casefold().split())


SEARCHED = ("name", "alternate_name", "description")


def since(said: object, moment: datetime) -> bool:
    """Whether a record says that it was modified at that moment or later; one that does not say is left out."""
    try:
        own = datetime.fromisoformat(str(said))
    except ValueError:
        return False
    return (own if own.tzinfo else own.replace(tzinfo=UTC)) >= moment


def several(object_: str, field: str) -> bool:
    """Whether a field holds a list of other objects."""
    kind = NESTED[object_].get(field)
    return kind is not None and kind.many


def serve_records(store: Store, pack: Pack, today: date) -> Served:
    """The records that programs may see on this day: those that may be shown and passed on."""
    return Served(give(store, pack, today).docs)
