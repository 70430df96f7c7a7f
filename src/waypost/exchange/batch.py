"""What every format turns into: rows with documents, and an account of what was read."""

from __future__ import annotations

from typing import Any

import msgspec

from waypost.model.evidence import Problem, Struct

Doc = dict[str, Any]


class Row(Struct):
    """One record as a source states it. ``doc`` is flat: where it names other objects it holds their ids.

    Confidential values are still in it; the intake takes them apart. ``repaired`` says that the row was
    put right to be taken.
    """

    object: str
    id: str
    doc: Doc
    table: str
    where: str
    key: str | None = None
    slug: str | None = None
    source_id: str | None = None
    parent: str | None = None
    repaired: bool = False


class Count(Struct, omit_defaults=False, rename={"in_": "in"}):
    """What became of the rows of one table. in = taken + changed + unchanged + folded + set_aside."""

    object: str
    in_: int = 0
    taken: int = 0
    changed: int = 0
    unchanged: int = 0
    folded: int = 0
    set_aside: int = 0
    repaired: int = 0

    def plus(self, **more: int) -> Count:
        """The same with some counts raised."""
        return msgspec.structs.replace(self, **{k: getattr(self, k) + n for k, n in more.items()})


class Batch(Struct):
    """Everything that was read from one source in one go.

    ``complete``: the source states all it knows, so what it no longer states is gone upstream (packs).
    An export may leave out what it likes, so there absence means nothing.
    """

    source: str
    format: str
    rows: tuple[Row, ...]
    tables: dict[str, Count]
    version: str | None = None
    encoding: str | None = "utf-8"
    problems: tuple[Problem, ...] = ()
    complete: bool = False
