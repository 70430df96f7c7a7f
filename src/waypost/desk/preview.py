"""The first records of a batch as readers would get them; nothing is kept, and nothing that is withheld is shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from waypost.exchange.batch import Batch, Doc
from waypost.exchange.objects import NESTED
from waypost.exchange.splice import children_of, full
from waypost.exchange.withhold import confidential, take_apart

PASSED = (
    "id",
    "organization_id",
    "location_id",
    "service_id",
    "link_id",
    "link_entity",
    "taxonomy_term_id",
    "waypost",
)
ROOTS = ("service", "organization", "location")


def preview(batch: Batch, number: int) -> Iterator[str]:
    """The lines of the first records, services with all that hangs on them."""
    stated = {(row.object, row.id): row.doc for row in batch.rows}
    apart, _ = take_apart(stated)
    open_ = {key: found.doc for key, found in apart.items() if not found.whole}
    places = {(row.object, row.id): row.where for row in batch.rows}
    root = next((r for r in ROOTS if any(key[0] == r for key in stated)), None)
    keys = [key for key in stated if key[0] == root]
    children = children_of((object_, doc) for (object_, _), doc in open_.items())

    def find(object_: str, id_: str) -> Doc | None:
        return open_.get((object_, id_))

    for key in keys[:number]:
        yield f"{places[key]}  [{key[0]}]"
        whole = full(find, children, *key)
        if whole is None or confidential(stated[key]):
            yield "  Confidential: kept for stewards, shown to nobody."
        else:
            yield from parts(whole, key[0], 1)
        yield ""
    yield f"{min(number, len(keys))} of {len(keys)} records shown. Nothing was kept."


def parts(doc: Doc, object_: str, deep: int) -> Iterator[str]:
    """The fields of a record, and under each list what is in it."""
    pad = "  " * deep
    for field, value in doc.items():
        kind = NESTED[object_].get(field)
        if field in PASSED or value in (None, "", []):
            continue
        if kind is None:
            yield from plain(pad, field, value)
            continue
        for item in value if isinstance(value, list) else [value]:
            short = one_line(item, kind.object)
            yield f"{pad}{kind.object.replace('_', ' ')}: {short}"
            if any(isinstance(item.get(f), dict | list) for f in NESTED[kind.object]):
                nested = {f: v for f, v in item.items() if f in NESTED[kind.object]}
                yield from parts(nested, kind.object, deep + 1)


def plain(pad: str, field: str, value: Any) -> Iterator[str]:
    """A field, each line of it under the first."""
    first, *more = str(value).splitlines() or [""]
    yield f"{pad}{field}: {first}"
    yield from (f"{pad}  {line}" for line in more)


def one_line(item: Doc, object_: str) -> str:
    """A small record on one line."""
    said: Iterable[str] = (
        f"{field}: {' / '.join(str(value).splitlines())}"
        for field, value in item.items()
        if field not in PASSED and field not in NESTED[object_] and value not in (None, "")
    )
    return "; ".join(said) or "(nothing of it is shown)"
