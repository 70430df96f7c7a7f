"""Two records that are one: the loser becomes part of the winner, and its id goes on answering."""

from __future__ import annotations

from typing import Any

import msgspec
import sqlalchemy as sa

from waypost.exchange.batch import Doc
from waypost.exchange.flatten import UP
from waypost.exchange.merge import OWN
from waypost.exchange.objects import NESTED
from waypost.exchange.repoint import following, repointed, target_of
from waypost.exchange.withhold import Key, confidential, listed
from waypost.model.evidence import Problem, ProblemsFound, Struct
from waypost.store import Store, alias, records, sides
from waypost.store.records import Change, Record, Withheld

MERGED = "merged"
"""The status of a record that became part of another. It stays, and its source may go on stating it."""


class Union(Struct, omit_defaults=False):
    """What a merge did: the fields that the winner took over, and the records that now point at it."""

    object: str
    loser: str
    winner: str
    filled: tuple[str, ...] = ()
    repointed: tuple[Key, ...] = ()


def merge(store: Store, object_: str, loser: str, winner: str) -> Union:
    """Make one record of two. Raises ProblemsFound, with the database as it was.

    What the winner says stands; what only the loser says is added, and lists are united. Every reference to the
    loser leads to the winner. The loser stays under status ``merged``, and its id is an alias of the winner's.
    """
    at = store.clock().isoformat(timespec="milliseconds").replace("+00:00", "Z")
    with store.write() as connection:
        standing = alias.standing(connection, object_, winner)
        one, other = (records.get(connection, object_, id_) for id_ in (loser, standing))
        problems = [p for p in (unfit(one, loser), unfit(other, standing)) if p]
        if loser == standing:
            problems.append(refused(f"{object_} {loser}", "It is the same record already.", "Name another."))
        if problems:
            raise ProblemsFound(problems)
        assert one is not None
        assert other is not None
        return merged(connection, one, other, at)


def unfit(record: Record | None, id_: str) -> Problem | None:
    """A Problem: the record cannot be merged."""
    if record is None:
        return refused(id_, "There is no such record.", "Check the id.")
    where = f"{record.object} {record.key or id_}"
    if record.status not in ("active", "withdrawn"):
        return refused(where, f"It is {record.status}.", "Merge only records that may be seen.")
    if confidential(record.doc):
        return refused(where, "It is confidential.", "Merge only records that may be seen.")
    return None


def refused(where: str, what: str, do: str) -> Problem:
    """A Problem: nothing was merged."""
    return Problem(where, what, "Two records can only become one without loss, and without a leak.", do)


def merged(connection: sa.Connection, loser: Record, winner: Record, at: str) -> Union:
    """Write the merge of two records that fit."""
    key = (loser.object, loser.id)
    aliases = {key: winner.id}
    doc = united(winner, loser)
    filled = tuple(field for field in doc if doc[field] != winner.doc.get(field))
    touched = {
        found: record
        for found, record in pointing(connection, key).items()
        if found not in (key, same(winner))
    }
    changed = [follows(record, aliases, at) for record in touched.values()]
    whole = msgspec.structs.replace(
        winner,
        doc=repointed(winner.object, doc, aliases),
        base={**repointed(winner.object, winner.base, aliases), **listed_from_above(winner.object, doc)},
        version=winner.version + 1,
        modified=at,
    )
    gone = msgspec.structs.replace(loser, status=MERGED, version=loser.version + 1, modified=at)
    records.replace(connection, [whole, gone, *changed])
    hold(connection, key, aliases)
    alias.add(connection, *key, winner.id, at)
    lines = [change(gone, MERGED, ()), change(whole, "changed", filled)]
    lines += [change(r, "changed", fields(touched[same(r)].doc, r.doc)) for r in changed]
    records.tell(connection, lines)
    sides.refresh(connection, [whole, gone, *changed])
    return Union(*key, winner.id, filled, tuple(same(r) for r in changed))


def listed_from_above(object_: str, doc: Doc) -> Doc:
    """The lists that an import completes from what points up, so that it finds them as it left them."""
    return {field: doc[field] for parent, field in UP if parent == object_ and field in doc}


def same(record: Record) -> Key:
    """The object and id of a record."""
    return record.object, record.id


def united(winner: Record, loser: Record) -> Doc:
    """The winner's document with what only the loser's says; lists of records united."""
    doc = dict(winner.doc)
    for field, value in loser.doc.items():
        nested = NESTED[winner.object].get(field)
        if field == OWN and isinstance(doc.get(OWN), dict) and isinstance(value, dict):
            doc[OWN] = {**value, **doc[OWN]}
        elif field not in doc:
            doc[field] = value
        elif nested and nested.many:
            doc[field] = list(dict.fromkeys([*listed(doc[field]), *listed(value)]))
    return doc


def pointing(connection: sa.Connection, key: Key) -> dict[Key, Record]:
    """The records that name this one, in what they say or said, or as what they belong to."""
    found = records.naming(connection, key[1])
    by_object: dict[str, list[str]] = {}
    for object_, id_ in sorted(found):
        by_object.setdefault(object_, []).append(id_)
    every = {
        (object_, id_): record
        for object_, ids in by_object.items()
        for id_, record in records.named(connection, object_, ids).items()
    }
    aliases = {key: ""}
    return {k: r for k, r in every.items() if r.parent == key[1] or names(r, aliases)}


def names(record: Record, aliases: dict[Key, str]) -> bool:
    """Whether a record names an old id."""
    return any(repointed(record.object, doc, aliases) is not doc for doc in (record.doc, record.base))


def follows(record: Record, aliases: dict[Key, str], at: str) -> Record:
    """A record whose references lead to the winner."""
    parents = {old: new for (_, old), new in aliases.items()}
    return msgspec.structs.replace(
        record,
        doc=repointed(record.object, record.doc, aliases),
        base=repointed(record.object, record.base, aliases),
        parent=parents.get(record.parent or "", record.parent),
        version=record.version + 1,
        modified=at,
    )


def hold(connection: sa.Connection, key: Key, aliases: dict[Key, str]) -> None:
    """Let withheld references lead to the winner too."""
    for (object_, id_), values in records.withheld_naming(connection, key[1]).items():
        records.withhold(connection, object_, id_, [held(w, aliases) for w in values])


def held(value: Withheld, aliases: dict[Key, str]) -> Withheld:
    """A withheld value whose references lead to the winner."""
    target = target_of(value.object, {}, value.pointer.removeprefix("/"))
    if target is None:
        return value
    now: Any = following(target, value.value, aliases)
    return msgspec.structs.replace(value, value=now, base=following(target, value.base, aliases))


def fields(old: Doc, new: Doc) -> tuple[str, ...]:
    """The names of the fields that changed."""
    return tuple(field for field in {**old, **new} if old.get(field) != new.get(field))


def change(record: Record, kind: str, changed: tuple[str, ...]) -> Change:
    """One line of the change feed."""
    return Change(record.object, record.id, kind, record.source, record.modified, record.version, changed)
