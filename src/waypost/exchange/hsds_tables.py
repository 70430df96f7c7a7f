"""HSDS as tables, whatever file they came in: keys become references, and references keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from waypost.exchange import cells
from waypost.exchange.batch import Batch, Doc, Row
from waypost.exchange.flatten import SINGLE, UP, Flat, as_written
from waypost.exchange.identity import UNIT_SEPARATOR, record_id, row_hash
from waypost.exchange.objects import FIELD_OF_PARENT, NESTED, TABLES
from waypost.exchange.schema import columns_of, fields_of
from waypost.exchange.trouble import unreadable
from waypost.model.evidence import ProblemsFound

OBJECT_OF = {table: name for name, table in TABLES.items()} | {name: name for name in TABLES}
OBJECT_OF |= {"services_at_location": "service_at_location", "service_at_locations": "service_at_location"}
LISTS = {
    pointing: owner
    for pointing, owner in FIELD_OF_PARENT.items()
    if owner not in UP and pointing not in SINGLE and pointing[0] not in ("attribute", "metadata")
}
LINKS = {"attribute": ("link_entity", "link_id"), "metadata": ("resource_type", "resource_id")}
"""Objects that name what they belong to by kind and id."""


class Table(msgspec.Struct, frozen=True):
    """One table of a source: its name there, the object it holds, and its rows with their places."""

    name: str
    object: str
    rows: list[tuple[str, Doc]]


class Draft(msgspec.Struct):
    """A row on its way to a record."""

    table: str
    where: str
    object: str
    id: str
    doc: Doc
    source_id: str | None = None
    parent: str | None = None
    repaired: bool = False


def from_json(tables: Mapping[str, Any], where: str) -> list[Table]:
    """The tables of a JSON file that holds them by file name."""
    found, problems = [], []
    for name, rows in tables.items():
        object_ = OBJECT_OF.get(name.removesuffix(".csv"))
        if object_ is None or not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            problems.append(
                unreadable(
                    f"{where}/{name}",
                    "This is no table of HSDS.",
                    "Name it as the standard does, with a list of rows, or take it out.",
                )
            )
        else:
            found.append(Table(name, object_, [(f"{name} row {n}", row) for n, row in enumerate(rows, 1)]))
    if problems:
        raise ProblemsFound(problems)
    return found


def read(tables: Iterable[Table], source: str, format_: str, version: str | None) -> Batch:
    """Every row of every table as a record."""
    flat = Flat(source)
    drafts: dict[tuple[str, str], Draft] = {}
    for table in tables:
        flat.count(table.name, table.object)
        for where, written in table.rows:
            add(flat, drafts, table, where, written)
    for draft in drafts.values():
        point(flat, drafts, draft)
    for key, draft in drafts.items():
        row = Row(draft.object, draft.id, draft.doc, draft.table, draft.where)
        fields = {"source_id": draft.source_id, "parent": draft.parent}
        flat.rows[key] = flat.checked(msgspec.structs.replace(row, **fields), draft.repaired)
    return flat.batch(format_, version, "utf-8")


def add(flat: Flat, drafts: dict[tuple[str, str], Draft], table: Table, where: str, row: Doc) -> None:
    """Add one row. A repeated id is folded with the same row, and with another gets an id of its own."""
    doc = {
        named(flat, table.object, k, where): typed(flat, table.object, k, v, where)
        for k, v in row.items()
        if v is not None and v != ""
    }
    id_, source_id = flat.identity(table.object, doc, table.name)
    repaired = doc.get("id") != id_
    key = (table.object, id_)
    flat.count(table.name, table.object, in_=1)
    if key in drafts:
        again = {**doc, "id": id_}
        if drafts[key].doc == again:
            flat.count(table.name, table.object, folded=1)
            return
        name = f"{doc.get('id')}{UNIT_SEPARATOR}{row_hash(doc)}"
        id_, source_id, repaired = record_id(flat.source, table.object, name), name, True
        flat.repeated.setdefault(table.name, []).append(where)
        if (table.object, id_) in drafts:
            flat.count(table.name, table.object, folded=1)
            return
    doc = {"id": id_, **{k: v for k, v in doc.items() if k != "id"}}
    drafts[table.object, id_] = Draft(table.name, where, table.object, id_, doc, source_id, None, repaired)


def named(flat: Flat, object_: str, column: str, where: str) -> str:
    """The name under which a cell is kept: its column's, but for what stands in tables of its own."""
    if column not in NESTED[object_]:
        return column
    flat.warn(
        f"{where}, column {column}",
        f"{NESTED[object_][column].object} rows stand in a table of their own. The cell was kept as written.",
        f'It cannot be read as the standard means it, so it is given back as "{as_written(column)}".',
        "Write a row there that names this one.",
    )
    return as_written(column)


def typed(flat: Flat, object_: str, column: str, cell: Any, where: str) -> Any:
    """A cell as its column means it."""
    if not isinstance(cell, str):
        return cell
    wanted = fields_of(object_).get(column)
    if wanted is None or column in NESTED[object_]:
        return cells.structured(cell)
    if wanted.get("type") != "number":
        return cell
    try:
        number = msgspec.json.decode(cell.strip())
    except (msgspec.DecodeError, ValueError, RecursionError):
        number = None
    if isinstance(number, int | float) and not isinstance(number, bool):
        return number
    flat.warn(
        f"{where}, column {column}",
        "This should be a number and is not. It was kept as it is written.",
        "It cannot be counted with.",
        "Write a number there, or leave the cell empty.",
    )
    return cell


def point(flat: Flat, drafts: dict[tuple[str, str], Draft], draft: Draft) -> None:
    """Turn the keys of one row into references, where what they name is there."""
    doc = draft.doc
    for column in list(doc):
        if field := SINGLE.get((draft.object, column)):
            target = NESTED[draft.object][field].object
            id_ = flat.pointer(target, doc[column])
            if id_ is not None:
                doc[field] = id_
            if id_ and (target, id_) in drafts:
                del doc[column]
                draft.parent = draft.parent or (id_ if (target, field) in PARENTS else None)
            else:
                dangling(flat, draft, column, target)
        elif owner := LISTS.get((draft.object, column)):
            belong(flat, drafts, draft, column, *owner)
    if draft.object in LINKS:
        link(flat, drafts, draft)


PARENTS = {("organization", "organization"), ("service", "service")}


def belong(
    flat: Flat, drafts: dict[tuple[str, str], Draft], draft: Draft, column: str, parent: str, field: str
) -> None:
    """Put a row into the list of the record that it names."""
    id_ = flat.pointer(parent, draft.doc[column])
    owner = drafts.get((parent, id_)) if id_ else None
    if owner is None:
        dangling(flat, draft, column, parent)
        return
    del draft.doc[column]
    owner.doc.setdefault(field, []).append(draft.id)
    draft.parent = draft.parent or owner.id


def link(flat: Flat, drafts: dict[tuple[str, str], Draft], draft: Draft) -> None:
    """Put an attribute or a note of change into the list of the record that it names by kind and id."""
    kind, column = LINKS[draft.object]
    parent = OBJECT_OF.get(str(draft.doc.get(kind)))
    field = {"attribute": "attributes", "metadata": "metadata"}[draft.object]
    if column not in draft.doc:
        return
    id_ = flat.pointer(parent, draft.doc[column]) if parent else None
    owner = drafts.get((parent, id_)) if parent and id_ else None
    if owner is None or field not in NESTED[owner.object]:
        dangling(flat, draft, column, parent or "record")
        return
    del draft.doc[column], draft.doc[kind]
    owner.doc.setdefault(field, []).append(draft.id)
    draft.parent = draft.parent or owner.id


def dangling(flat: Flat, draft: Draft, column: str, target: str) -> None:
    """Note a key that names a record which is not there."""
    flat.warn(
        f"{draft.where}, column {column}",
        f"It names a {target.replace('_', ' ')} that is not in this import.",
        "What hangs in the air cannot be shown where it belongs. The row was kept.",
        "Add the record that it names, or correct the key.",
    )


def tables_of(docs: Mapping[tuple[str, str], Doc]) -> dict[str, list[Doc]]:
    """The rows of every table, in the order of ids, with keys in place of references."""
    keys: dict[tuple[str, str], Doc] = {key: {} for key in docs}
    for (object_, id_), doc in docs.items():
        for field, nested in NESTED[object_].items():
            ids = doc.get(field)
            if not nested.many:
                if isinstance(ids, str) and (column := COLUMN.get((object_, field))):
                    keys[object_, id_][column] = ids
                continue
            for child in ids if isinstance(ids, list) else ():
                if (nested.object, child) in keys:
                    name(keys[nested.object, child], nested.object, object_, id_, field)
    found: dict[str, list[Doc]] = {}
    for (object_, id_), doc in sorted(docs.items()):
        plain = {k: v for k, v in doc.items() if k not in NESTED[object_] or v is None}
        link = LINKS.get(object_)
        if link and link[1] in keys[object_, id_] and link[1] not in plain:
            plain.pop(link[0], None)
        found.setdefault(object_, []).append({**keys[object_, id_], **plain})
    return found


COLUMN = {(object_, field): column for (object_, column), field in SINGLE.items()}


def name(row: Doc, object_: str, parent: str, id_: str, field: str) -> None:
    """Write into a row's keys the record that lists it; the first holds, since a table has room for one."""
    if object_ in LINKS:
        kind, column = LINKS[object_]
        if column not in row:
            row.update({kind: parent, column: id_})
    elif up := UP.get((parent, field)):
        row.setdefault(COLUMN[object_, up], id_)
    else:
        row.setdefault(f"{parent}_id", id_)


def columns(object_: str, rows: Iterable[Doc]) -> list[str]:
    """The standard's columns and then those that only these rows have."""
    known = columns_of(object_)
    extra = {column for row in rows for column in row if cells.write(row[column])} - set(known)
    return [*known, *sorted(extra)]
