"""The account that an import gives: every row of every table, in words and as JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from waypost.exchange.batch import Batch, Count
from waypost.model.evidence import Problem, Struct

Progress = Callable[[str, int, int], None]
"""Is told the step, how much of it is done, and how much there is."""


def silent(step: str, done: int, whole: int) -> None:
    """Say nothing of how far it is."""


WITHHELD = "(withheld)"
"""Stands in a report for a value that must not be seen."""


class Side(Struct, omit_defaults=False):
    """One side of a conflict: the value, since when, and whose it is."""

    value: Any
    on: str | None
    owner: str


class Conflict(Struct, omit_defaults=False):
    """A field that changed upstream and here, differently. What stands here was kept."""

    object: str
    id: str
    key: str | None
    field: str
    where: str
    base: Any
    current: Side
    incoming: Side


class Gone(Struct, omit_defaults=False):
    """A record that its source no longer states: withdrawn, not deleted."""

    object: str
    id: str
    key: str | None


class Report(Struct, omit_defaults=False):
    """What an import did, or would do."""

    format: str
    version: str | None
    encoding: str | None
    refused: bool
    source: str
    tables: dict[str, Count]
    conflicts: tuple[Conflict, ...] = ()
    merges_proposed: tuple[Any, ...] = ()
    withdrawn: tuple[Gone, ...] = ()
    problems: tuple[Problem, ...] = ()
    dry_run: bool = False

    @property
    def quiet(self) -> bool:
        """Whether the import changed nothing."""
        return not self.withdrawn and all(t.taken == t.changed == 0 for t in self.tables.values())

    @property
    def whole(self) -> Count:
        """What became of all rows together."""
        columns = ("in_", "taken", "changed", "unchanged", "folded", "set_aside", "repaired")
        return Count(
            "", **{name: sum(getattr(table, name) for table in self.tables.values()) for name in columns}
        )

    def as_json(self) -> bytes:
        """The report as a program reads it."""
        return msgspec.json.format(msgspec.json.encode(self), indent=2)

    def as_words(self) -> str:
        """The report as a person reads it."""
        version = f" {self.version}" if self.version else ""
        lines = [f'{self.format}{version}, from "{self.source}"']
        if self.refused:
            return "\n".join([*lines, "Refused. The database is as it was."])
        for name, table in self.tables.items():
            lines.append(f"  {name}: {row_words(table)}")
        if len(self.tables) > 1:
            lines.append(f"  in all: {row_words(self.whole)}{share(self.whole)}")
        if self.withdrawn:
            lines.append(f"  {len(self.withdrawn)} no longer stated by the source: withdrawn, not deleted")
        for conflict in self.conflicts:
            lines += conflict_words(conflict)
        if self.merges_proposed:
            lines.append(f"  {len(self.merges_proposed)} may be one with others: see waypost merges list")
        if self.dry_run:
            lines.append("This was a dry run: nothing was kept.")
        elif self.quiet:
            lines.append("Nothing changed.")
        return "\n".join(lines)


def share(whole: Count) -> str:
    """How much of all rows was set aside, and where it says why."""
    if not whole.set_aside:
        return ""
    return f". {100 * whole.set_aside / whole.in_:.0f} of 100 were set aside; the names in brackets below say why"


def row_words(table: Count) -> str:
    """What became of one table's rows."""
    parts = [f"{table.in_} in"]
    for field, said in (
        ("taken", "taken"),
        ("changed", "changed"),
        ("unchanged", "unchanged"),
        ("folded", "folded into another"),
        ("set_aside", "set aside"),
    ):
        if number := getattr(table, field):
            parts.append(f"{number} {said}")
    return ", ".join(parts) + (f" ({table.repaired} repaired)" if table.repaired else "")


def conflict_words(conflict: Conflict) -> list[str]:
    """One conflict, both sides."""
    here, there = conflict.current, conflict.incoming
    return [
        f"  conflict: {conflict.object} {conflict.key or conflict.id} {conflict.field} ({conflict.where})",
        f"    kept:     {here.value!r}, {here.owner}, {here.on or 'undated'}",
        f"    not kept: {there.value!r}, {there.owner}, {there.on or 'undated'}",
    ]


def account(batch: Batch, **more: Any) -> Report:
    """A report that says so far only what was read."""
    fields: dict[str, Any] = {"tables": batch.tables, "problems": batch.problems, **more}
    return Report(batch.format, batch.version, batch.encoding, source=batch.source, **fields)
