"""One batch on its way into the database: what stands here, what it becomes, and the account of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import msgspec
import sqlalchemy as sa

from waypost.desk.account import WITHHELD, Conflict, Gone, Progress, Report, Side, account, silent
from waypost.desk.merge import MERGED
from waypost.desk.slugs import Slugs
from waypost.exchange import pointer
from waypost.exchange.batch import Batch, Count, Doc, Row
from waypost.exchange.flatten import UP
from waypost.exchange.identity import slug_for
from waypost.exchange.merge import Clash, Merged, merge, without_origin
from waypost.exchange.objects import NESTED
from waypost.exchange.repoint import repointed
from waypost.exchange.withhold import (
    SHARED,
    Apart,
    Key,
    hidden,
    listed,
    own_of,
    owners,
    pointed_at,
    streets,
    take_apart,
    together,
)
from waypost.model.evidence import Cycle, Problem, Severity, Verification
from waypost.rules.freshness import cycle_for, hide_on
from waypost.store import alias, records, sides
from waypost.store.records import Change, Record, Withheld

SLUGGED = ("organization", "service")
EVERY = 1000
"""After how many records word is given of how far it is."""

HERE = "kept here"


class Taking:
    """One batch on its way in: what stands here, what it becomes, and the account of it."""

    def __init__(
        self,
        connection: sa.Connection,
        batch: Batch,
        at: str,
        today: date,
        cycles: dict[str, Cycle] | None = None,
        progress: Progress = silent,
    ) -> None:
        self.connection = connection
        self.batch = batch
        self.at = at
        self.today = today
        self.cycles = cycles
        self.progress = progress
        self.aliases = alias.every(connection)
        self.rows: dict[Key, Row] = {(row.object, row.id): self.led(row) for row in batch.rows}
        self.current: dict[Key, Record] = {}
        self.kept_back: dict[Key, list[Withheld]] = {}
        self.bases: dict[Key, Doc] = {}
        self.before: dict[Key, Doc] = {}
        self.conflicts: list[Conflict] = []
        self.problems: list[Problem] = list(batch.problems)
        self.tables: dict[str, Count] = dict(batch.tables)
        self.counted: Counter[tuple[str, str, str]] = Counter()
        self.taken_slugs: dict[str, Slugs] = {}

    def run(self, gone: Iterable[Key] = ()) -> Report:
        """Take everything in and give the account."""
        self.load(self.rows)
        merged = {key: self.join(row) for key, row in counted("compare", self.rows, self.progress)}
        docs = {key: m.doc for key, m in merged.items()}
        self.bases = {key: m.base for key, m in merged.items()}
        self.gather(docs)
        apart, found = take_apart(docs, self.stay_hidden(docs), self.streets(docs))
        self.problems += found
        for key, m in merged.items():
            self.conflicts += [self.conflict(key, clash, apart[key]) for clash in m.clashes]
        self.write(apart)
        withdrawn = self.withdraw([*gone, *sorted(self.dropped(docs))])
        fields: dict[str, Any] = {"tables": self.counts(), "problems": tuple(self.problems), "refused": False}
        return account(self.batch, conflicts=tuple(self.conflicts), withdrawn=tuple(withdrawn), **fields)

    def led(self, row: Row) -> Row:
        """The row, its references leading to the records that now stand for those it names."""
        if not self.aliases:
            return row
        parents = {old: new for (_, old), new in self.aliases.items()}
        parent = parents.get(row.parent or "", row.parent)
        return msgspec.structs.replace(row, doc=repointed(row.object, row.doc, self.aliases), parent=parent)

    def load(self, keys: Iterable[Key]) -> None:
        """Fetch what stands here under these ids, with what is withheld of it."""
        by_object: dict[str, list[str]] = {}
        for object_, id_ in keys:
            by_object.setdefault(object_, []).append(id_)
        for object_, ids in by_object.items():
            for id_, record in records.named(self.connection, object_, ids).items():
                self.current[object_, id_] = record
            for id_, values in records.withheld_of(self.connection, object_, ids).items():
                self.kept_back[object_, id_] = values

    def whole(self, key: Key) -> tuple[Doc, Doc]:
        """The base and the document as they stand here, with their withheld values."""
        record, back = self.current[key], self.kept_back.get(key, [])
        base = together(record.base, {w.pointer: w.base for w in back if w.base is not None})
        return base, together(record.doc, {w.pointer: w.value for w in back})

    def join(self, row: Row) -> Merged:
        """What becomes of one row."""
        key = (row.object, row.id)
        if key not in self.current:
            return Merged(row.doc, row.doc)
        base, current = self.whole(key)
        self.before[key] = current
        owner = self.current[key].source == self.batch.source
        incoming = without_origin(row.doc, self.current[key].source)
        stated = incoming if self.batch.complete else self.unshrunk(key, current, incoming, owner=owner)
        return merge(base, current, stated, complete=self.batch.complete, owner=owner)

    def unshrunk(self, key: Key, current: Doc, incoming: Doc, *, owner: bool) -> Doc:
        """The incoming document, its lists not shorter only because an export must leave things out.

        What is withheld was never given away, and what belongs to another source or is listed from above
        may be missing for any reason.
        """
        doc = dict(incoming)
        for field, nested in NESTED[key[0]].items():
            if not nested.many or not isinstance(incoming.get(field), list):
                continue
            above = (key[0], field) in UP
            if field not in current:
                if above:
                    del doc[field]
                continue
            here, seen = listed(current[field]), listed(self.current[key].doc.get(field))
            kept = [i for i in here if above or not owner or i not in seen]
            stated = listed(incoming[field])
            doc[field] = [i for i in here if i in kept or i in stated] + [i for i in stated if i not in here]
        return doc

    def gather(self, docs: dict[Key, Doc]) -> None:
        """Add the records that stand here already and decide, or are decided by, what may be seen."""
        while missing := (
            hidden(docs, self.stay_hidden(docs)) | owners(docs) | kept_children(docs, self.kept_back)
        ) - set(docs):
            self.load(missing)
            for key in missing:
                if key in self.current:
                    self.bases[key], docs[key] = self.whole(key)
                else:
                    docs[key] = {"id": key[1]}
        for key in [key for key in docs if key not in self.rows and key not in self.current]:
            del docs[key]
        told = records.mentioning(self.connection, streets(docs, hidden(docs, self.stay_hidden(docs))))
        self.load(told - set(docs))
        for key in told - set(docs):
            self.bases[key], docs[key] = self.whole(key)

    def streets(self, docs: dict[Key, Doc]) -> set[str]:
        """The streets that are confidential already, but for those that this batch decides anew."""
        every = records.withheld_values(self.connection, "address", "/address_1")
        kept = {key: {"address_1": street} for key, street in every.items() if key not in docs}
        return streets(kept, set(kept))

    def stay_hidden(self, docs: dict[Key, Doc]) -> set[Key]:
        """The records that stay withheld, because what they hang on is not in this batch to say otherwise."""
        here = {id_ for _, id_ in self.rows}
        kept = {key: self.current[key] for key in docs if key in self.current}
        return {
            key
            for key, record in kept.items()
            if record.status == "withheld"
            and (key not in self.rows or (record.parent is not None and record.parent not in here))
        }

    def write(self, apart: dict[Key, Apart]) -> None:
        """Write what is new and what changed, and count it."""
        new: list[Record] = []
        changed: list[Record] = []
        changes: list[Change] = []
        for key, found in counted("write", apart, self.progress):
            record, what = self.become(key, found)
            self.count(key, what, record)
            if what == "unchanged":
                continue
            (new if what == "taken" else changed).append(record)
            changes.append(self.change(record, what))
            base, _ = split(self.bases[key], found)
            values = [Withheld(*key, p, v, base.get(p)) for p, v in found.withheld.items()]
            if values or key in self.kept_back:
                records.withhold(self.connection, *key, values)
        self.progress("store", 0, len(new))
        records.add(self.connection, sorted(new, key=lambda record: (record.object, record.id)))
        self.progress("store", len(new), len(new))
        records.replace(self.connection, changed)
        records.tell(self.connection, changes)
        sides.refresh(self.connection, [*new, *changed])

    def become(self, key: Key, found: Apart) -> tuple[Record, str]:
        """The record that a document becomes, and whether that is taken, changed or unchanged."""
        row, current = self.rows.get(key), self.current.get(key)
        back, base = split(self.bases[key], found)
        status = "withheld" if found.whole else "active"
        if current is None:
            assert row is not None
            return self.fresh(row, found, base, status), "taken"
        if current.status == MERGED or (row is None and not found.whole):
            status = current.status
        hide_after = self.hide_after(key[0], found.doc) if self.cycles else current.hide_after
        fields = {"doc": found.doc, "base": base, "status": status, "hide_after": hide_after}
        record = msgspec.structs.replace(current, **fields)
        held = {w.pointer: (w.value, w.base) for w in self.kept_back.get(key, [])}
        wanted = {p: (v, back.get(p)) for p, v in found.withheld.items()}
        if record == current and held == wanted:
            return current, "unchanged"
        if status == MERGED:
            self.problems.append(still_stated(current, self.aliases.get(key, "")))
        what = "returned" if current.status == "withdrawn" and status == "active" else "changed"
        return msgspec.structs.replace(record, version=current.version + 1, modified=self.at), what

    def fresh(self, row: Row, found: Apart, base: Doc, status: str) -> Record:
        """A record that was not here before."""
        return Record(
            object=row.object,
            id=row.id,
            source=self.batch.source,
            doc=found.doc,
            base=base,
            key=row.key,
            slug=self.slug(row),
            source_id=row.source_id,
            parent=row.parent,
            status=status,
            modified=self.at,
            hide_after=self.hide_after(row.object, found.doc),
        )

    def slug(self, row: Row) -> str | None:
        """The name of a record in public paths: the pack's own if it is free."""
        if row.object not in SLUGGED:
            return None
        if row.object not in self.taken_slugs:
            self.taken_slugs[row.object] = Slugs(self.connection, row.object, self.rows.values())
        taken = self.taken_slugs[row.object]
        slug = row.slug if row.slug and row.slug not in taken else slug_for(row.object, row.id, taken)
        taken.add(slug)
        return slug

    def hide_after(self, object_: str, doc: Doc) -> str | None:
        """The last day on which the clock lets a service be seen."""
        said = own_of(doc).get("verification")
        if object_ != "service" or self.cycles is None or not isinstance(said, dict):
            return None
        kind = str(own_of(doc).get("cycle", "service"))
        gone = hide_on(msgspec.convert(said, Verification), cycle_for(kind, self.cycles))
        return gone.isoformat() if gone else None

    def count(self, key: Key, what: str, record: Record) -> None:
        """Count one row of the batch."""
        row = self.rows.get(key)
        if row is None:
            return
        column = {"returned": "changed"}.get(what, what)
        repaired = int(row.repaired and column != "unchanged")
        self.counted[row.table, record.object, column] += 1
        self.counted[row.table, record.object, "repaired"] += repaired

    def counts(self) -> dict[str, Count]:
        """What became of the rows of each table."""
        for (table, object_, column), number in self.counted.items():
            self.tables[table] = self.tables.get(table, Count(object_)).plus(**{column: number})
        return self.tables

    def change(self, record: Record, what: str) -> Change:
        """One line of the change feed. It names the public fields that changed, without their values."""
        current = self.current.get((record.object, record.id))
        old = current.doc if current else {}
        every = {**old, **record.doc} if current else ()
        changed = tuple(f for f in every if old.get(f) != record.doc.get(f))
        return Change(
            record.object,
            record.id,
            what,
            self.batch.source,
            self.at,
            record.version,
            changed,
        )

    def conflict(self, key: Key, clash: Clash, found: Apart) -> Conflict:
        """A clash as the report lists it."""
        record, row = self.current[key], self.rows[key]
        secret = found.whole or clash.pointer in found.withheld
        base, here, there = (
            WITHHELD if secret and v is not None else v for v in (clash.base, clash.current, clash.incoming)
        )
        owner = HERE if record.source == self.batch.source else record.source
        dated = row.doc.get("last_modified") or self.today.isoformat()
        return Conflict(
            *key,
            record.key,
            clash.pointer,
            row.where,
            base,
            current=Side(here, record.modified, owner),
            incoming=Side(there, str(dated), self.batch.source),
        )

    def dropped(self, docs: dict[Key, Doc]) -> set[Key]:
        """What its own record used to list and no longer does, such as a phone that was given up."""
        still = {pointed for key, doc in docs.items() for pointed in pointed_at(key[0], doc)}
        found = set()
        for key, before in self.before.items():
            gone = {k for k in pointed_at(key[0], before) - still if k not in self.rows}
            self.load(one for one in gone if one not in self.current)
            found |= {k for k in gone if k in self.current and self.current[k].parent == key[1]}
        return found

    def withdraw(self, gone: Iterable[Key]) -> list[Gone]:
        """Mark what the source no longer states. It stays, and can return."""
        gone = list(gone)
        self.load(key for key in gone if key not in self.current)
        found = [self.current[key] for key in gone if key in self.current]
        found = [record for record in found if record.status not in ("withdrawn", MERGED)]
        withdrawn = [
            msgspec.structs.replace(r, status="withdrawn", version=r.version + 1, modified=self.at)
            for r in found
        ]
        records.replace(self.connection, withdrawn)
        records.tell(self.connection, [self.change(record, "withdrawn") for record in withdrawn])
        sides.refresh(self.connection, withdrawn)
        return [Gone(r.object, r.id, r.key) for r in withdrawn]


def counted(step: str, every: Mapping[Key, Any], progress: Progress) -> Iterator[tuple[Key, Any]]:
    """Every pair, with word of how far it is now and then."""
    for done, pair in enumerate(every.items()):
        if done % EVERY == 0:
            progress(step, done, len(every))
        yield pair
    progress(step, len(every), len(every))


def still_stated(record: Record, winner: str) -> Problem:
    """A Problem: the source of a merged record changed it."""
    return Problem(
        where=f"{record.object} {record.key or record.id}",
        what=f"Its source changed it, but it became part of {winner}. That record was left as it is.",
        why="What changed may be true of the record that stands.",
        do="Look whether it is, and change that record by hand.",
        severity=Severity.warning,
    )


def kept_children(docs: dict[Key, Doc], kept_back: dict[Key, list[Withheld]]) -> set[Key]:
    """What hangs on these in lists of which a part is withheld: an export names only the rest."""
    return {
        (nested.object, id_)
        for object_, of in docs
        for value in kept_back.get((object_, of), ())
        if (nested := NESTED[object_].get(value.pointer[1:])) and nested.many and nested.object not in SHARED
        for id_ in listed(value.value)
    }


def split(base: Doc, found: Apart) -> tuple[dict[str, Any], Doc]:
    """What is remembered as last imported, taken apart at the same places as the document."""
    if found.whole:
        values = {pointer.make(k): v for k, v in base.items() if k != "id"}
        return values, {"id": base.get("id", found.doc["id"])}
    values = {}
    seen = dict(base)
    for at in found.withheld:
        first, *inside = pointer.steps(at)
        if inside and isinstance(seen.get(first), dict) and inside[0] in seen[first]:
            values[at] = seen[first][inside[0]]
            seen[first] = {k: v for k, v in seen[first].items() if k != inside[0]}
        elif not inside and first in seen:
            values[at] = seen.pop(first)
            if isinstance(values[at], list) and isinstance(found.doc.get(first), list):
                seen[first] = [v for v in values[at] if v in found.doc[first]]
    return values, seen
