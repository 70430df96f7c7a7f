"""Records to be given away: what the rights of their sources allow, and whose they are."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

from waypost.desk.publish import held_in, let_through
from waypost.exchange.batch import Doc
from waypost.exchange.merge import OWN
from waypost.exchange.withhold import Key, own_of
from waypost.model.evidence import Problem, Severity, Source, Struct
from waypost.model.pack import Pack
from waypost.store import Store
from waypost.store.records import Record

SIGNED = ("organization", "service", "location", "taxonomy")
"""The objects that say whose they are; what hangs on them is from where they are from."""


class Gift(Struct):
    """Documents to be given away, how many of each source were kept back, and the licences of the rest."""

    docs: dict[Key, Doc]
    kept_back: dict[str, int]
    licences: tuple[dict[str, str], ...] = ()

    @property
    def problems(self) -> list[Problem]:
        """A word on each source whose rights forbid it."""
        return [forbidden(source, number) for source, number in sorted(self.kept_back.items())]


def give(store: Store, pack: Pack, today: date) -> Gift:
    """Everything that may be given away on this day."""
    with store.read() as connection:
        held = held_in(connection, pack)
    seen = let_through(held, pack, today).records
    allowed = let_through(held, pack, today, exporting=True).records
    kept_back: dict[str, int] = {}
    for key, record in seen.items():
        if key not in allowed:
            kept_back[record.source] = kept_back.get(record.source, 0) + 1
    docs = given(allowed, pack)
    origins = [own_of(doc).get("origin") for doc in docs.values()]
    found = {msgspec.json.encode(o): o for o in origins if isinstance(o, dict) and o.get("licence")}
    return Gift(docs, kept_back, tuple(licence(found[key]) for key in sorted(found)))


def given(allowed: Mapping[Key, Record], pack: Pack) -> dict[Key, Doc]:
    """What may be given away, as it is given."""
    return {key: signed(key, r.doc, r.source, pack.sources.get(r.source)) for key, r in allowed.items()}


def signed(key: Key, doc: Doc, name: str, source: Source | None) -> Doc:
    """The document without its mark of confidence, and with whose it is where a licence asks for that."""
    own = {field: value for field, value in own_of(doc).items() if field != "confidential"}
    if key[0] in SIGNED and "origin" not in own and source is not None and source.licence:
        said = {"source": name, "title": source.title, "licence": source.licence, "url": source.url}
        own["origin"] = {field: value for field, value in said.items() if value}
    if own == own_of(doc) and "confidential" not in doc:
        return doc
    bare = {field: value for field, value in doc.items() if field not in (OWN, "confidential")}
    return {**bare, OWN: own} if own else bare


def licence(origin: dict[str, Any]) -> dict[str, str]:
    """One licence as a data package names it."""
    said = {"name": origin.get("licence"), "title": origin.get("title"), "path": origin.get("url")}
    return {field: str(value) for field, value in said.items() if value}


def forbidden(source: str, number: int) -> Problem:
    """A Problem: the rights of a source forbid that its records be given away."""
    return Problem(
        where=f"source {source}",
        what=f"{number} of its records were left out: its rights do not allow that they are passed on.",
        why="Whoever gave them to us did not give them to everybody.",
        do='Ask the source, and set "exported" beside it in the pack\'s sources if it agrees.',
        severity=Severity.warning,
    )


def unstorable(name: str, pack: Pack) -> Problem | None:
    """A Problem if the rights of a source forbid that we keep its records at all."""
    source = pack.sources.get(name)
    if source is None or source.stored:
        return None
    return Problem(
        where=f"source {name}",
        what="The rights of this source do not allow that its records are kept.",
        why="Whoever publishes them could ask that the whole guide be taken down.",
        do='Ask the source, and set "stored" beside it in the pack\'s sources if it agrees.',
    )
