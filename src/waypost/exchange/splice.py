"""Putting nested objects together again: ``full`` is made on reading."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from waypost.exchange.batch import Doc
from waypost.exchange.flatten import UP
from waypost.exchange.objects import NESTED

Find = Callable[[str, str], Doc | None]
Children = dict[tuple[str, str, str], list[str]]
"""(parent object, parent id, its list) -> ids of the records that point up at it."""


def children_of(docs: Iterable[tuple[str, Doc]]) -> Children:
    """Which records point up at which."""
    found: Children = {}
    up = {NESTED[parent][field].object: (parent, field, ref) for (parent, field), ref in UP.items()}
    for object_, doc in docs:
        if object_ in up:
            parent, field, ref = up[object_]
            if isinstance(doc.get(ref), str):
                found.setdefault((parent, doc[ref], field), []).append(doc["id"])
    return found


def full(find: Find, children: Children, object_: str, id_: str, path: tuple[str, ...] = ()) -> Doc | None:
    """An object with everything nested in it.

    A reference back to a kind of object that we came through is left out, so that a service shows its
    organization and that does not show its services again.
    """
    doc = find(object_, id_)
    if doc is None:
        return None
    path = (*path, object_)
    whole: Doc = {}
    for field, value in doc.items():
        kind = NESTED[object_].get(field)
        if kind is None or value is None:
            whole[field] = value
        elif kind.object not in path:
            put(whole, field, nest(find, children, kind, value, path))
    for (parent, field), _ in UP.items():
        kind = NESTED[parent][field]
        if parent == object_ and kind.object not in path:
            ids = children.get((parent, id_, field), [])
            listed: list[str] = doc[field] if isinstance(doc.get(field), list) else []
            more = [i for i in ids if i not in listed]
            if more:
                put(whole, field, nest(find, children, kind, [*listed, *more], path))
    return whole


def nest(find: Find, children: Children, kind: Any, value: Any, path: tuple[str, ...]) -> Any:
    """What stands for the ids in one field."""
    if not kind.many:
        return full(find, children, kind.object, value, path) if isinstance(value, str) else value
    made = [full(find, children, kind.object, i, path) for i in value if isinstance(i, str)]
    return [doc for doc in made if doc is not None]


def put(doc: Doc, field: str, value: Any) -> None:
    """Set a field unless nothing of it may be seen."""
    if value is not None:
        doc[field] = value
