"""Records of every object of the standard, made at random but always the same for the same seed."""

from __future__ import annotations

from random import Random
from typing import Any
from uuid import UUID

from waypost.exchange.objects import NESTED, OBJECTS
from waypost.exchange.schema import columns_of, fields_of, schema

WORDS = (
    *("Food", "Renta y comida", "=1+1", "+1 203 555 0100", "-2", "-2+3", "@home", "\tindented", "\rreturned"),
    *("'=quoted", "''quoted", "a, b", 'say "hi"', "two\nlines", "two\r\nlines", "☃ café", "[1, 2]", "[1,2]"),
    *('{"a":1}', "null", "true", " spaced ", "0012", "1e5", "7", "\u2028", ";", "", "#", "'"),
)
EXTRA = ("colour", "=formula", "a b", "X-Ray", "größe", "phones_note")
DEEPEST = 4


class Maker:
    """Makes records from a seed; some stand in several places, as they do in the field."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.shared: dict[str, list[dict[str, Any]]] = {"location": [], "taxonomy_term": [], "program": []}

    def id(self) -> str:
        """A UUID."""
        return str(UUID(int=self.random.getrandbits(128), version=4))

    def value(self, said: dict[str, Any]) -> Any:
        """A value that a schema allows."""
        if "enum" in said:
            return self.random.choice([v for v in said["enum"] if v])
        if said.get("type") == "number":
            return self.random.choice([0, 7, -73.41, 1.5, 12, 1e16, 3])
        format_ = said.get("format")
        known = {
            "date": "2026-11-22",
            "uri": "https://example.org/=x?a=1",
            "email": "desk@example.org",
            "uuid": self.id(),
            "date-time": "2026-11-22T10:00:00Z",
            "time": "09:00:00Z",
        }
        return known.get(str(format_)) or self.random.choice(WORDS)

    def flat(self, object_: str) -> dict[str, Any]:
        """One record without those nested in it."""
        doc: dict[str, Any] = {"id": self.id()}
        for field in columns_of(object_):
            required = field in schema(object_).get("required", ())
            pointing = field.endswith("_id") or field in ("link_entity", "resource_type")
            if field != "id" and not pointing and (required or self.random.random() < 0.4):
                doc[field] = self.value(fields_of(object_)[field])
        if object_ in ("organization", "service", "location", "service_at_location"):
            doc["description"] = "So that a reader sees what it is."
        if self.random.random() < 0.2:
            extra: list[Any] = [7, True, None, ["a", 1], {"b": [None]}, *WORDS]
            doc[self.random.choice(EXTRA)] = self.random.choice(extra)
        return doc

    def whole(self, object_: str, path: tuple[str, ...] = ()) -> dict[str, Any]:
        """One record with others nested in it."""
        held = self.shared.get(object_)
        if held and path and self.random.random() < 0.3:
            return self.random.choice(held)
        doc, path = self.flat(object_), (*path, object_)
        for field, kind in NESTED[object_].items():
            if kind.object in path or len(path) >= DEEPEST or self.random.random() < 0.5:
                continue
            if kind.many:
                doc[field] = [self.whole(kind.object, path) for _ in range(self.random.choice((1, 2)))]
            else:
                doc[field] = self.whole(kind.object, path)
        if held is not None and "organization" not in path[:-1] and object_ != "location":
            held.append(doc)
        return doc

    def tables(self, dirt: float = 0.0) -> dict[str, list[dict[str, str]]]:
        """Rows of every table, by object; their keys lead somewhere or, if there is dirt, nowhere."""
        docs = {name: [self.flat(name) for _ in range(self.random.choice((1, 2, 3)))] for name in OBJECTS}
        found: dict[str, list[dict[str, str]]] = {}
        for name, rows in docs.items():
            for doc in rows:
                for column in columns_of(name):
                    target = column.removesuffix("_id")
                    if column.endswith("_id") and target in docs and self.random.random() < 0.6:
                        stray = self.random.random() < dirt
                        doc[column] = self.id() if stray else self.random.choice(docs[target])["id"]
            found[name] = [{k: str(v) for k, v in doc.items() if v is not None} for doc in rows]
        for rows in found.values():
            if self.random.random() < dirt:
                rows.append(dict(self.random.choice(rows)))
            if self.random.random() < dirt:
                rows.append({**self.random.choice(rows), "name": "Another"})
            if self.random.random() < dirt:
                rows[0]["id"] = self.random.choice(("7", "", "no uuid"))
        return found
