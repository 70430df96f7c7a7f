"""Collecting records from nested objects or from tables: each object once, references as ids."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from waypost.exchange.batch import Batch, Count, Doc, Row
from waypost.exchange.identity import UNIT_SEPARATOR, record_id, row_hash, valid_id
from waypost.exchange.objects import NESTED, OWN_REFERENCE, TABLES
from waypost.exchange.own import fits
from waypost.exchange.recognize import known, strange
from waypost.model.evidence import Problem, Severity


def as_written(field: str) -> str:
    """The name under which a field's value is kept that is none of what the standard nests there."""
    return f"{field}_as_written"


UP = {
    ("organization", "services"): "organization",
    ("service", "service_at_locations"): "service",
    ("taxonomy", "taxonomy_terms"): "taxonomy_detail",
}
"""(parent, its list) -> the child's field that points back up, where it cannot be partial."""


class Flat:
    """Collects the rows of one source, with an account of every one."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.rows: dict[tuple[str, str], Row] = {}
        self.objects: dict[str, str] = {}
        self.counted: Counter[tuple[str, str]] = Counter()
        self.problems: list[Problem] = []
        self.repeated: dict[str, list[str]] = {}
        """The rows of each table whose id stood on another row with other values."""

    def batch(self, format_: str, version: str | None, encoding: str | None) -> Batch:
        """Everything collected."""
        rows = tuple(self.rows.values())
        found = [(row.object, row.doc) for row in rows]
        problems = (*self.problems, *self.twice(), *strange(found, known(found)))
        return Batch(self.source, format_, rows, self.tables(), version, encoding, problems)

    def twice(self) -> Iterator[Problem]:
        """One word for each table with ids that stand on several rows, with how many and the first of them."""
        for table, rows in self.repeated.items():
            first = ", ".join(rows[:3]) + (" and more" if len(rows) > 3 else "")
            ids = "row has an id that stands" if len(rows) == 1 else "rows have ids that stand"
            yield Problem(
                where=table,
                what=f"{len(rows)} {ids} on another row too, with other values. Each was given an id of its own. ({first})",
                why="Two records under one id cannot be told apart.",
                do="Give each row an id of its own where the file comes from.",
                severity=Severity.warning,
            )

    def tables(self) -> dict[str, Count]:
        """What became of the rows of each table so far."""
        counts: dict[str, dict[str, int]] = {name: {} for name in self.objects}
        for (name, column), number in self.counted.items():
            counts[name][column] = number
        return {name: Count(self.objects[name], **counts[name]) for name in counts}

    def warn(self, where: str, what: str, why: str, do: str) -> None:
        """Note something that a person should look at, though the rest is taken."""
        self.problems.append(Problem(where, what, why, do, Severity.warning))

    def identity(self, object_: str, doc: Doc, parent: str | None) -> tuple[str, str | None]:
        """The id of a record and, where it is not the source's own UUID, the name it has there."""
        given = doc.get("id")
        if kept := valid_id(given):
            return kept, None
        if isinstance(given, str | int | float) and not isinstance(given, bool) and str(given).strip():
            return record_id(self.source, object_, str(given).strip()), str(given).strip()
        name = f"{parent or ''}{UNIT_SEPARATOR}{row_hash(doc)}"
        return record_id(self.source, object_, name), None

    def pointer(self, object_: str, given: Any) -> str | None:
        """The id of a record that another names as its source does."""
        if not isinstance(given, str | int | float) or isinstance(given, bool) or not str(given).strip():
            return None
        return valid_id(given) or record_id(self.source, object_, str(given).strip())

    def count(self, table: str, object_: str, **more: int) -> None:
        """Count rows of a table of the source."""
        self.objects.setdefault(table, object_)
        for column, number in more.items():
            self.counted[table, column] += number

    def nested(self, object_: str, item: Doc, where: str, parent: str | None = None) -> str:
        """Take an object and everything nested in it; return its id."""
        id_, source_id = self.identity(object_, item, parent)
        repaired = item.get("id") != id_
        doc: Doc = {"id": id_}
        inner = where.rstrip("/")
        for field, value in item.items():
            if field == "id":
                continue
            kind = NESTED[object_].get(field)
            if kind is None or value is None:
                doc[field] = value
                continue
            if kind.many and isinstance(value, dict):
                value, repaired = [value], True
            elif not kind.many and isinstance(value, list) and len(value) == 1:
                value, repaired = value[0], True
            value, misfit = self.apart(object_, field, value, f"{inner}/{field}")
            if misfit is not None:
                doc[as_written(field)] = misfit
            taken = self.inside(object_, field, value, f"{inner}/{field}", id_)
            if taken is not None:
                doc[field] = taken
        self.references(object_, doc)
        row = Row(object_, id_, doc, TABLES[object_], where, source_id=source_id, parent=parent)
        self.join(self.checked(row, repaired))
        return id_

    def apart(self, object_: str, field: str, value: Any, where: str) -> tuple[Any, Any]:
        """What a field nests as the standard means it, and what stands there besides."""
        kind = NESTED[object_][field]
        items = value if isinstance(value, list) and kind.many else [value]
        if all(isinstance(item, dict) for item in items):
            return value, None
        wanted = "objects in a list" if kind.many else "an object"
        self.warn(
            where,
            f'"{field}" should hold {wanted}. What is no object was kept as it is written.',
            f'It cannot be read as the standard means it, so it is given back as "{as_written(field)}".',
            f"Write {kind.object} objects there, or remove the field.",
        )
        if not kind.many or not isinstance(value, list):
            return ([] if kind.many else None), value
        fit = [item for item in items if isinstance(item, dict)]
        return fit, [item for item in items if not isinstance(item, dict)]

    def inside(self, object_: str, field: str, value: Any, where: str, parent: str) -> list[str] | str | None:
        """Take what is nested in one field, and return the ids that stand for it."""
        if value is None:
            return None
        kind = NESTED[object_][field]
        items = value if kind.many else [value]
        up = UP.get((object_, field))
        owner = parent if kind.many else None
        ids = []
        for place, item in enumerate(items):
            at = f"{where}/{place}" if kind.many else where
            id_ = self.nested(kind.object, item, at, owner)
            if up:
                self.rows[kind.object, id_].doc.setdefault(up, parent)
            ids.append(id_)
        return list(dict.fromkeys(ids)) if kind.many else ids[0]

    def references(self, object_: str, doc: Doc) -> None:
        """Turn columns that name a single object into references, and put their ids into our form."""
        for column, field in BY_COLUMN.get(object_, ()):
            if field not in doc and (id_ := self.pointer(NESTED[object_][field].object, doc.get(column))):
                doc[field] = id_

    def checked(self, row: Row, repaired: bool) -> Row:
        """The row, without own fields that are not what we would write."""
        doc = row.doc
        if not fits(doc):
            self.warn(
                f"{row.where}/waypost",
                'The fields under "waypost" are not as this program writes them. They were left out.',
                "They cannot be relied on.",
                "Export the record again, or remove the key.",
            )
            doc, repaired = {k: v for k, v in doc.items() if k != "waypost"}, True
        own = doc.get("waypost") or {}
        key, slug = own.get("key"), own.get("slug")
        fields = (row.object, row.id, doc, row.table, row.where)
        return Row(*fields, key=key, slug=slug, source_id=row.source_id, parent=row.parent, repaired=repaired)

    def join(self, row: Row) -> None:
        """Add a row; one that is there already is folded into it."""
        key = (row.object, row.id)
        held = self.rows.get(key)
        self.count(row.table, row.object, in_=1, folded=int(held is not None))
        if held is None:
            self.rows[key] = row
            return
        for field, value in row.doc.items():
            if field not in held.doc:
                held.doc[field] = value
            elif held.doc[field] != value and not self.both(held.doc, field, value):
                self.warn(
                    f"{row.where}/{field}",
                    f"This {row.object} stands in two places with two values. That at {held.where} holds.",
                    "Only one of them can be right.",
                    "Make the two the same where the file comes from.",
                )

    def both(self, doc: Doc, field: str, value: Any) -> bool:
        """Unite two lists of references; False for anything else."""
        old = doc[field]
        if not (isinstance(old, list) and isinstance(value, list)):
            return False
        if not all(isinstance(v, str) for v in [*old, *value]):
            return False
        doc[field] = list(dict.fromkeys([*old, *value]))
        return True


SINGLE = {
    **OWN_REFERENCE,
    ("service", "organization_id"): "organization",
    ("service_at_location", "service_id"): "service",
}
"""(object, its column) -> its field that holds the object the column names."""

BY_COLUMN = {
    owner: tuple((column, field) for (other, column), field in SINGLE.items() if other == owner)
    for owner in {owner for owner, _ in SINGLE}
}
"""object -> its columns that name a single object, each with the field that holds it."""
