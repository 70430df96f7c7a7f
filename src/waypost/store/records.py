"""Reading and writing records. Every function takes the connection whose transaction it belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import Any

import msgspec
import sqlalchemy as sa

from waypost.model.evidence import Struct
from waypost.store import tables as t

Doc = dict[str, Any]
CHUNK = 400
"""How many ids one question to the database names: below every database's limit of parameters."""


class Record(Struct):
    """One HSDS object as it is stored: its public document, what was last imported, where it came from."""

    object: str
    id: str
    source: str
    doc: Doc
    base: Doc
    key: str | None = None
    slug: str | None = None
    source_id: str | None = None
    parent: str | None = None
    status: str = "active"
    version: int = 1
    modified: str = ""
    hide_after: str | None = None


class Withheld(Struct):
    """One value that no outlet may show, by JSON pointer into its record."""

    object: str
    id: str
    pointer: str
    value: Any
    base: Any


class Change(Struct):
    """One line of the change feed."""

    object: str
    id: str
    kind: str
    source: str
    at: str
    version: int
    fields: tuple[str, ...] = ()


def packed(value: Any) -> str:
    """A value as JSON text, in the order in which it was given."""
    return msgspec.json.encode(value).decode()


def unpacked(text: str) -> Any:
    """JSON text as a value."""
    return _DECODE(text)


_DECODE = msgspec.json.Decoder().decode


def from_row(row: Any) -> Record:
    """A row of the table as a Record. Its columns are taken by place, which is quicker than by name."""
    object_, id_, key, slug, source, source_id, parent, status, doc, base, version, modified, hide_after = row
    said = unpacked(doc)
    before = said if base == doc else unpacked(base)
    place = (key, slug, source_id, parent, status, version, modified, hide_after)
    return Record(object_, id_, source, said, before, *place)


def to_row(record: Record) -> dict[str, Any]:
    """A Record as a row of the table."""
    columns = msgspec.structs.asdict(record)
    doc = packed(record.doc)
    return {**columns, "doc": doc, "base": doc if record.base == record.doc else packed(record.base)}


def get(connection: sa.Connection, object_: str, id_: str) -> Record | None:
    """One record, or None."""
    query = sa.select(t.record).where(t.record.c.object == object_, t.record.c.id == id_)
    row = connection.execute(query).first()
    return from_row(row) if row else None


def named(connection: sa.Connection, object_: str, ids: Iterable[str]) -> dict[str, Record]:
    """The records of one object with these ids, by id."""
    found: dict[str, Record] = {}
    for some in chunks(list(ids)):
        query = sa.select(t.record).where(t.record.c.object == object_, t.record.c.id.in_(some))
        found.update((row[1], from_row(row)) for row in connection.execute(query))
    return found


def every(
    connection: sa.Connection, object_: str | None = None, source: str | None = None
) -> Iterator[Record]:
    """All records, or those of one object or source, in the order of object and id."""
    query = sa.select(t.record).order_by(t.record.c.object, t.record.c.id)
    if object_ is not None:
        query = query.where(t.record.c.object == object_)
    if source is not None:
        query = query.where(t.record.c.source == source)
    for row in connection.execute(query):
        yield from_row(row)


def sharing_keys(connection: sa.Connection, object_: str) -> list[Record]:
    """The records of an object whose key another of them has too."""
    same = (
        sa.select(t.record.c.key)
        .where(t.record.c.object == object_, t.record.c.key.is_not(None))
        .group_by(t.record.c.key)
        .having(sa.func.count() > 1)
    )
    query = sa.select(t.record).where(t.record.c.object == object_, t.record.c.key.in_(same))
    return [from_row(row) for row in connection.execute(query)]


def ids_of(connection: sa.Connection, object_: str) -> list[str]:
    """The ids of all active records of an object, in order."""
    query = sa.select(t.record.c.id).where(t.record.c.object == object_, t.record.c.status == "active")
    return list(connection.execute(query.order_by(t.record.c.id)).scalars())


def number_of(connection: sa.Connection, object_: str) -> int:
    """How many active records of an object there are."""
    query = sa.select(sa.func.count()).select_from(t.record)
    return connection.execute(
        query.where(t.record.c.object == object_, t.record.c.status == "active")
    ).scalar_one()


def add(connection: sa.Connection, records: Sequence[Record]) -> None:
    """Put new records in."""
    many(connection, t.record, [to_row(record) for record in records])


def many(connection: sa.Connection, table: sa.Table, rows: list[dict[str, Any]]) -> None:
    """Insert plain values: as ``execute`` does, in two thirds of its time, since each row is handed on as it is."""
    if not rows:
        return
    statement = sa.insert(table).values({name: sa.bindparam(name) for name in rows[0]})
    compiled = statement.compile(dialect=connection.dialect)
    order = compiled.positiontup
    values: Any = list(map(itemgetter(*order), rows)) if order else rows
    connection.exec_driver_sql(str(compiled), values)


def replace(connection: sa.Connection, records: Sequence[Record]) -> None:
    """Write records over those of the same object and id."""
    if not records:
        return
    columns = [c.name for c in t.record.c if not c.primary_key]
    statement = (
        sa.update(t.record)
        .where(t.record.c.object == sa.bindparam("of_object"), t.record.c.id == sa.bindparam("of_id"))
        .values({name: sa.bindparam(name) for name in columns})
    )
    rows = [to_row(record) for record in records]
    for row in rows:
        row["of_object"], row["of_id"] = row.pop("object"), row.pop("id")
    connection.execute(statement, rows)


def slugs_among(connection: sa.Connection, object_: str, wanted: Iterable[str]) -> set[str]:
    """Which of these slugs are in use for one object."""
    found: set[str] = set()
    for some in chunks(list(wanted)):
        query = sa.select(t.record.c.slug).where(t.record.c.object == object_, t.record.c.slug.in_(some))
        found.update(connection.execute(query).scalars())
    return found


def withheld_of(connection: sa.Connection, object_: str, ids: Iterable[str]) -> dict[str, list[Withheld]]:
    """What is withheld of these records, by id. For intake and stewardship only, never for an outlet."""
    found: dict[str, list[Withheld]] = {}
    for some in chunks(list(ids)):
        query = sa.select(t.withheld).where(t.withheld.c.object == object_, t.withheld.c.id.in_(some))
        for row in connection.execute(query.order_by(t.withheld.c.id, t.withheld.c.pointer)):
            value, base = unpacked(row.value), unpacked(row.base)
            found.setdefault(row.id, []).append(Withheld(row.object, row.id, row.pointer, value, base))
    return found


def withhold(connection: sa.Connection, object_: str, id_: str, values: Iterable[Withheld]) -> None:
    """Set what is withheld of one record, all of it."""
    where = (t.withheld.c.object == object_, t.withheld.c.id == id_)
    connection.execute(sa.delete(t.withheld).where(*where))
    rows = [
        {
            "object": w.object,
            "id": w.id,
            "pointer": w.pointer,
            "value": packed(w.value),
            "base": packed(w.base),
        }
        for w in values
    ]
    if rows:
        connection.execute(sa.insert(t.withheld), rows)


def withheld_values(connection: sa.Connection, object_: str, pointer: str) -> dict[tuple[str, str], Any]:
    """One withheld field of every record of an object. For intake and stewardship only."""
    query = sa.select(t.withheld).where(t.withheld.c.object == object_, t.withheld.c.pointer == pointer)
    return {(row.object, row.id): unpacked(row.value) for row in connection.execute(query)}


def mentioning(connection: sa.Connection, words: Iterable[str]) -> set[tuple[str, str]]:
    """The records whose public document holds any of these words."""
    found: set[tuple[str, str]] = set()
    for word in words:
        query = sa.select(t.record.c.object, t.record.c.id)
        written = packed(word)[1:-1]
        rows = connection.execute(query.where(t.record.c.doc.icontains(written, autoescape=True)))
        found |= {(row.object, row.id) for row in rows}
    return found


def naming(connection: sa.Connection, id_: str) -> set[tuple[str, str]]:
    """The records that name this id, in what they say or once said, or hang on it."""
    said = (t.record.c.doc.contains(id_), t.record.c.base.contains(id_), t.record.c.parent == id_)
    query = sa.select(t.record.c.object, t.record.c.id).where(sa.or_(*said))
    return {(row.object, row.id) for row in connection.execute(query)}


def withheld_naming(connection: sa.Connection, id_: str) -> dict[tuple[str, str], list[Withheld]]:
    """All that is withheld of each record that keeps this id back. For stewardship only."""
    where = sa.or_(t.withheld.c.value.contains(id_), t.withheld.c.base.contains(id_))
    query = sa.select(t.withheld.c.object, t.withheld.c.id).where(where).distinct()
    keys = [(row.object, row.id) for row in connection.execute(query)]
    return {key: withheld_of(connection, key[0], [key[1]])[key[1]] for key in keys}


def tell(connection: sa.Connection, changes: Sequence[Change]) -> None:
    """Add to the change feed."""
    if changes:
        rows = [{**msgspec.structs.asdict(c), "fields": packed(c.fields)} for c in changes]
        many(connection, t.change, rows)


def remembered(connection: sa.Connection, name: str) -> Any:
    """What the program remembers under a name, or None."""
    text = connection.execute(sa.select(t.meta.c.value).where(t.meta.c.name == name)).scalar()
    return None if text is None else unpacked(text)


def remembered_like(connection: sa.Connection, prefix: str) -> dict[str, Any]:
    """Everything remembered under names that begin so."""
    rows = connection.execute(sa.select(t.meta).where(t.meta.c.name.startswith(prefix, autoescape=True)))
    return {row.name: unpacked(row.value) for row in rows}


def remember(connection: sa.Connection, name: str, value: Any) -> None:
    """Remember a value under a name."""
    forget(connection, name)
    connection.execute(sa.insert(t.meta).values(name=name, value=packed(value)))


def forget(connection: sa.Connection, name: str) -> None:
    """Forget what was remembered under a name."""
    connection.execute(sa.delete(t.meta).where(t.meta.c.name == name))


def chunks(ids: list[str]) -> Iterator[list[str]]:
    """The ids, some at a time."""
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]
