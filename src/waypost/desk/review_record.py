"""A worksheet that comes back: what was found becomes verifications, all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import yaml

from waypost.desk.guide import Guide
from waypost.desk.review import METHODS, RESULTS, code_now
from waypost.exchange.packread import own_of
from waypost.exchange.worksheet import Line
from waypost.model.evidence import Problem, ProblemsFound, Struct, VerificationState
from waypost.packs.loaded import Loaded
from waypost.store import Store, records, sides
from waypost.store.records import Change, Record

LOG = "verifications.yaml"
ASKED = ("call", "visit", "letter")
"""The ways in which a person answered for the fact: it is confirmed. A page that was read is only seen."""


class Found(Struct):
    """One filled row: what it is about, what came out, who found it, when and how."""

    of: str
    where: str
    result: str
    by: str
    on: date
    method: str
    new_value: str = ""


class Taken(Struct, omit_defaults=False):
    """What became of a worksheet. ``conflicts`` and ``to_change`` say what a person must still do."""

    confirmed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    not_reached: tuple[str, ...] = ()
    not_filled: int = 0
    to_change: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()


def read_found(guide: Guide, lines: list[tuple[str, Line]]) -> tuple[list[Found], int, list[str]]:
    """The filled rows, how many were left empty, and the conflicts. Raises ProblemsFound with every fault."""
    problems: list[Problem] = []
    found: dict[str, Found] = {}
    conflicts: list[str] = []
    empty = 0
    for where, line in lines:
        if not line.get("result"):
            empty += 1
            continue
        faults = list(_faults(guide, where, line))
        problems += faults
        if faults:
            continue
        row = Found(
            of=line["of"],
            where=where,
            result=_result(line["result"]),
            by=line["by"],
            on=date.fromisoformat(line["on"][:10]),
            method=line["method"].lower().replace(" ", "_"),
            new_value=line.get("new_value", ""),
        )
        if row.of in found and found[row.of].result != row.result:
            conflicts.append(f"{where}: {row.of} is {row.result} here and {found[row.of].result} above")
        elif line.get("code") != code_now(guide, row.of):
            conflicts.append(f"{where}: what we say of {row.of} has changed since the worksheet was made")
        else:
            found[row.of] = row
    if problems:
        raise ProblemsFound(problems)
    return list(found.values()), empty, conflicts


def _result(written: str) -> str:
    return written.strip().lower().replace(" ", "_")


def _faults(guide: Guide, where: str, line: Line) -> Iterator[Problem]:
    if code_now(guide, line.get("of", "")) is None:
        yield _fault(
            where, f'"{line.get("of", "")}" is nothing that this guide has.', "Keep the column as it was."
        )
    if _result(line["result"]) not in RESULTS:
        yield _fault(
            where, f'The result "{line["result"]}" is not known.', f"Write one of: {', '.join(RESULTS)}."
        )
    if line.get("method", "").lower().replace(" ", "_") not in METHODS:
        told = f'The method "{line.get("method", "")}" is not known.'
        yield _fault(where, told, f"Write one of: {', '.join(METHODS)}.")
    if not line.get("by"):
        yield _fault(
            where, "Nobody is named who checked.", "Write a role, such as volunteer: never a person's name."
        )
    try:
        day = date.fromisoformat(line.get("on", "")[:10])
    except ValueError:
        yield _fault(
            where, f'"{line.get("on", "")}" is not a day.', "Write the day of the check like 2026-11-22."
        )
    else:
        if day > guide.on:
            yield _fault(where, f"{day} is still to come.", "Write the day on which it was checked.")
    if _result(line["result"]) in ("changed", "wrong") and not line.get("new_value"):
        yield _fault(where, "It says what is not so, and not what is.", 'Fill in "new_value".')


def _fault(where: str, what: str, do: str) -> Problem:
    return Problem(where, what, "Readers would be told that somebody checked, and nobody could say what.", do)


def take(store: Store, guide: Guide, loaded: Loaded, root: Path, lines: list[tuple[str, Line]]) -> Taken:
    """Take a filled worksheet back: records into the database, claims and sections into the packs' logs.

    A second time changes nothing. Raises ProblemsFound, with everything as it was, for rows that cannot be read.
    """
    found, empty, conflicts = read_found(guide, lines)
    true = [row for row in found if row.result == "same"]
    wrong = [row for row in found if row.result in ("changed", "wrong")]
    services = [row for row in true if row.of.startswith("service:")]
    read = [row for row in (*true, *wrong) if not row.of.startswith("service:")]
    late = [row for row in read if row.on < _last(loaded, row)]
    conflicts += [f"{row.where}: {row.of} was read before the last line of its pack's {LOG}" for row in late]
    read = [row for row in read if row not in late]
    logs, known = _logs(loaded, root, read, guide)
    confirmed, unchanged = _records(store, guide, services)
    for path, text in logs.items():
        path.write_text(text, "utf-8")
    return Taken(
        confirmed=(*confirmed, *(row.of for row in read if row.result == "same" and row.of not in known)),
        unchanged=(*unchanged, *known),
        not_reached=tuple(row.of for row in found if row.result == "not_reached"),
        not_filled=empty,
        to_change=tuple(f"{_place(loaded, row.of)}: {row.of}: {row.new_value}" for row in wrong),
        conflicts=tuple(conflicts),
    )


def _last(loaded: Loaded, row: Found) -> date:
    """The day of the last line in the log that a reading belongs to: logs are only ever added to."""
    entries = loaded.pack.verifications.get(_place(loaded, row.of).split("/")[1], ())
    return entries[-1].on if entries else date.min


def _place(loaded: Loaded, of: str) -> str:
    """The file and line where what is to be changed stands."""
    kind, _, key = of.partition(":")
    if kind == "claim":
        return loaded.where("claims", key)
    if kind == "section":
        return loaded.where("law", "sections", key)
    for name, organization in loaded.pack.organizations.items():
        for number, service in enumerate(organization.services):
            if service.key == key:
                return loaded.where("organizations", name, "services", str(number))
    return "a record of another source"


def _records(store: Store, guide: Guide, rows: list[Found]) -> tuple[list[str], list[str]]:
    """Write the verification of each service; those that say the same already are left."""
    at = store.clock().isoformat(timespec="milliseconds").replace("+00:00", "Z")
    changed: list[Record] = []
    confirmed, unchanged = [], []
    with store.write() as connection:
        for row in rows:
            listing = guide.directory.get(row.of.partition(":")[2])
            record = records.get(connection, "service", listing.id) if listing else None
            if record is None:
                continue
            doc = _verified(record.doc, row)
            if doc == record.doc:
                unchanged.append(row.of)
                continue
            confirmed.append(row.of)
            changed.append(msgspec.structs.replace(record, doc=doc, version=record.version + 1, modified=at))
        records.replace(connection, changed)
        fields = ("assured_date", "waypost")
        records.tell(
            connection,
            [Change(r.object, r.id, "changed", r.source, at, r.version, fields) for r in changed],
        )
        sides.refresh(connection, changed)
    return confirmed, unchanged


def _verified(doc: dict[str, Any], row: Found) -> dict[str, Any]:
    """The document with this check in it. A page that was read shows nothing newer than the page itself."""
    own = own_of(doc)
    before = own.get("verification") or {}
    day, looked = row.on.isoformat(), str(before.get("looked_up") or "")
    asked = row.method in ASKED
    known = before.get("state") == VerificationState.confirmed
    if (known and str(before.get("on") or "") > day) or (not asked and (known or looked > day)):
        return doc
    check = {
        **before,
        "state": str(VerificationState.confirmed if asked else VerificationState.seen_on_page),
        "on": day if asked else before.get("on"),
        "looked_up": max(looked, day),
        "method": row.method,
        "by": row.by,
    }
    made = {**doc, "waypost": {**own, "verification": check}}
    return {**made, "assured_date": day} if asked else made


def _logs(loaded: Loaded, root: Path, rows: list[Found], guide: Guide) -> tuple[dict[Path, str], list[str]]:
    """The text of each pack's log with the new readings at its end, and what stood there already."""
    texts: dict[Path, str] = {}
    known: list[str] = []
    for row in sorted(rows, key=lambda r: (r.on, r.of)):
        pack = _place(loaded, row.of).split("/")[1]
        path = root / pack / LOG
        text = texts.get(path) or (path.read_text("utf-8") if path.is_file() else "")
        entry = _entry(row, guide)
        line = yaml.safe_dump([entry], allow_unicode=True, sort_keys=False, width=110)
        if line in text:
            known.append(row.of)
            continue
        texts[path] = (text if text.endswith("\n") or not text else f"{text}\n") + line
    return texts, known


def _entry(row: Found, guide: Guide) -> dict[str, Any]:
    kind, _, key = row.of.partition(":")
    held = guide.pack.claims[key] if kind == "claim" else guide.pack.law.sections[key]
    titles = [guide.pack.sources[s].title for s in held.sources if s in guide.pack.sources]
    entry: dict[str, Any] = {
        "of": row.of,
        "by": row.by,
        "on": row.on.isoformat(),
        "read": titles[0] if titles else row.method,
        "method": row.method,
    }
    if row.result != "same":
        entry |= {"agrees": "false", "found": {"en": row.new_value}}
    return entry
