"""Taking records in: the one way into the database, whatever the format, in one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec

from waypost.desk import unfinished
from waypost.desk.account import Progress, Report, account, silent
from waypost.desk.same import proposed
from waypost.desk.steady import steady
from waypost.desk.taking import Taking
from waypost.exchange import packform
from waypost.exchange.batch import Batch
from waypost.model.evidence import Problem, ProblemsFound, Severity
from waypost.model.pack import Pack
from waypost.store import Store, records

FORM = 1
"""Raised when the same pack turns into other documents than before, so that it is taken in again."""


def intake(
    store: Store, batch: Batch, *, today: date, dry_run: bool = False, progress: Progress = silent
) -> Report:
    """Take a batch in. Refused, with the database as it was, if the batch has a Problem of severity error."""
    if refused(batch):
        if not dry_run:
            unfinished.let_go(store)
        return account(batch, refused=True, dry_run=dry_run)
    with steady(), store.write(keep=not dry_run) as connection:
        report = Taking(connection, batch, stamp(store), today, progress=progress).run()
        unfinished.end(connection)
        asked = () if report.quiet else proposed(connection, ((r.object, r.id) for r in batch.rows))
    return msgspec.structs.replace(report, dry_run=dry_run, merges_proposed=tuple(asked))


def intake_pack(store: Store, pack: Pack, today: date) -> Report | None:
    """Take a pack's records in if they changed since the last time; None if not. Raises ProblemsFound."""
    name, print_ = f"pack:{pack.manifest.id}", fingerprint(pack)
    with store.read() as connection:
        if (records.remembered(connection, name) or {}).get("fingerprint") == print_:
            return None
    batch = packform.batch_of(pack.organizations.values(), pack.places, pack.terms)
    if refused(batch):
        raise ProblemsFound(list(batch.problems))
    with store.write() as connection:
        known = records.remembered_like(connection, "pack:")
        before = {tuple(k) for k in known.pop(name, {}).get("records", ())}
        if contested := [problem for other in known for problem in otherwise(pack, other, known[other])]:
            raise ProblemsFound(contested)
        elsewhere = {tuple(k) for other in known.values() for k in other["records"]}
        now = [(row.object, row.id) for row in batch.rows]
        gone = before - set(now) - elsewhere
        report = Taking(connection, batch, stamp(store), today, pack.manifest.cycles).run(sorted(gone))
        kept = {"fingerprint": print_, "records": now, "writers": writers(pack), "chain": pack.chain}
        records.remember(connection, name, kept)
    return report


def writers(pack: Pack) -> dict[str, str]:
    """Which pack of the line writes each organization and each service: their ids follow from the key alone."""
    return {
        key: writer
        for owner, writer in pack.written_by.items()
        if owner in pack.organizations
        for key in (owner, *(service.key for service in pack.organizations[owner].services))
    }


def otherwise(pack: Pack, other: str, memory: dict[str, Any]) -> Iterator[Problem]:
    """A Problem for each record that another town in the same database writes under the same key."""
    theirs: dict[str, str] = memory.get("writers", {})
    line = set(memory.get("chain", ()))
    for key, mine in writers(pack).items():
        written = theirs.get(key, mine)
        if written != mine and not (mine in line and written in pack.chain):
            yield Problem(
                where=f"record {key}",
                what=f"packs/{mine} writes it, and the database holds the one of packs/{written} ({other})",
                why="Two towns would show each other's words and numbers, for one key makes one record.",
                do="Give one of the two another key; or keep this town in a database of its own "
                "(--database or WAYPOST_DATABASE).",
            )


def fingerprint(pack: Pack) -> str:
    """What the records of a pack follow from, in one short string."""
    parts = (FORM, pack.organizations, pack.places, pack.terms, pack.manifest.cycles)
    return hashlib.sha256(msgspec.json.encode(parts, order="deterministic")).hexdigest()


def stamp(store: Store) -> str:
    """The moment as it is written into records."""
    return store.clock().isoformat(timespec="milliseconds").replace("+00:00", "Z")


def refused(batch: Batch) -> bool:
    """Whether the batch must not be taken in."""
    return any(problem.severity == Severity.error for problem in batch.problems)
