"""Joining what was last imported, what stands here now and what comes in, field by field."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from waypost.exchange import pointer
from waypost.exchange.batch import Doc
from waypost.model.evidence import Struct

OWN = "waypost"


class Absent:
    """Stands for a field that is not there, which is not the same as one that is empty."""


ABSENT = Absent()


class Clash(Struct):
    """A field that changed upstream and here, differently."""

    pointer: str
    base: Any
    current: Any
    incoming: Any


class Merged(Struct):
    """What a record becomes, what is remembered as last imported, and where the two sides clash."""

    doc: Doc
    base: Doc
    clashes: tuple[Clash, ...] = ()


def merge(base: Doc, current: Doc, incoming: Doc, *, complete: bool, owner: bool = True) -> Merged:
    """Changed only upstream: taken. Changed only here: kept. Both: a clash, and current stands.

    ``complete``: a field that the source no longer states is gone; otherwise absence means nothing.
    ``owner``: the source is the one that the record came from; another's differing word is a clash.
    """
    doc, remembered = dict(current), dict(base)
    clashes: list[Clash] = []
    for at, b, c, i in fields(base, current, incoming):
        if i is ABSENT and not complete:
            continue
        if same(i, c):
            write(remembered, at, c)
        elif same(i, b) and owner:
            continue
        elif same(c, b) and owner:
            write(doc, at, i)
            write(remembered, at, i)
        else:
            clashes.append(Clash(at, plain(b), plain(c), plain(i)))
    return Merged(doc, remembered, tuple(clashes))


def same(one: Any, other: Any) -> bool:
    """Whether two values are the same; a table writes the number 7 and the text "7" alike."""
    if isinstance(one, str) != isinstance(other, str):
        return bool(as_cell(one) == as_cell(other))
    return bool(one == other)


def as_cell(value: Any) -> Any:
    """A plain value as a table writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int | float) else value


def fields(*docs: Doc) -> Iterator[tuple[str, Any, Any, Any]]:
    """Each field of the three with its three values; our own fields one by one."""
    for name in dict.fromkeys(name for doc in docs for name in doc):
        values = [doc.get(name, ABSENT) for doc in docs]
        if name == OWN and all(isinstance(v, dict | Absent) for v in values):
            inner = [v if isinstance(v, dict) else {} for v in values]
            for own in dict.fromkeys(key for doc in inner for key in doc):
                b, c, i = (doc.get(own, ABSENT) for doc in inner)
                yield pointer.make(OWN, own), b, c, i
        else:
            b, c, i = values
            yield pointer.make(name), b, c, i


def write(doc: Doc, at: str, value: Any) -> None:
    """Set or remove the value at a pointer."""
    first, *inside = pointer.steps(at)
    if inside:
        inner = dict(doc.get(first, {}))
        write(inner, pointer.make(*inside), value)
        write(doc, pointer.make(first), inner or ABSENT)
    elif value is ABSENT:
        doc.pop(first, None)
    else:
        doc[first] = value


def plain(value: Any) -> Any:
    """The value as a report shows it: null for what is not there."""
    return None if value is ABSENT else value


def without_origin(doc: Doc, source: str) -> Doc:
    """The document without the note of where it came from, if it came from where it now comes back to."""
    own = doc.get(OWN)
    if (
        not isinstance(own, dict)
        or not isinstance(own.get("origin"), dict)
        or own["origin"].get("source") != source
    ):
        return doc
    rest = {name: value for name, value in own.items() if name != "origin"}
    bare = {name: value for name, value in doc.items() if name != "waypost"}
    return {**bare, "waypost": rest} if rest else bare
