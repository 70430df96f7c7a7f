"""What it costs to keep a guide true: checks and minutes a month, by what is done and whose pack it is.

Each fact is due again after its cycle; the packs say how many minutes one check takes. A town need not
verify what the nation's and the state's packs do, so each pack's part stands apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from waypost.desk.guide import Guide
from waypost.desk.review import CRISIS
from waypost.model.evidence import Cycle, Problem, Struct
from waypost.rules.freshness import cycle_for

CALL, PAGE, CLAIM, LAW = "call", "page", "claim", "law"
WAYS = {
    CALL: "calls to services",
    PAGE: "pages of services, and of lines that are never called to be checked",
    CLAIM: "claims held against their sources",
    LAW: "sections of law read",
}
"""Every way of checking, as a person reads it."""
_MONTH = 365.25 / 12


class Part(Struct, omit_defaults=False):
    """What one pack's facts of one way of checking cost. ``minutes`` and ``checks`` are a month's."""

    pack: str
    way: str
    facts: int
    checks: float
    minutes: float


def upkeep(guide: Guide) -> list[Part]:
    """What each pack of the line costs a month, root first; nothing for a way in which it has no facts."""
    minutes = guide.pack.manifest.minutes
    counted: dict[tuple[str, str], list[float]] = {}
    for pack, way, cycle in _facts(guide):
        counted.setdefault((pack, way), []).append(_MONTH / cycle.due)
    return [
        Part(pack, way, len(each), round(sum(each), 1), round(sum(each) * minutes.get(way, 0), 1))
        for pack in guide.pack.chain
        for way in WAYS
        if (each := counted.get((pack, way)))
    ]


def own_minutes(guide: Guide, parts: Iterable[Part]) -> float:
    """What falls to the guide's own pack."""
    return round(sum(part.minutes for part in parts if part.pack == guide.pack.manifest.id), 1)


def untimed(guide: Guide) -> Iterator[Problem]:
    """An error for each way of checking that the packs give no minutes, and for each that is none."""
    minutes = guide.pack.manifest.minutes
    for way in sorted(WAYS.keys() - minutes.keys()):
        yield _wrong(f'there are no minutes for "{way}"')
    for way in sorted(minutes.keys() - WAYS.keys()):
        yield _wrong(f'there are minutes for "{way}", which is no way of checking')


def as_lines(guide: Guide, parts: list[Part]) -> str:
    """The cost as a person reads it: the sum, what of it is this pack's, and every part."""
    whole, own = sum(part.minutes for part in parts), own_minutes(guide, parts)
    head = f"To keep this guide true takes about {whole:.0f} minutes a month"
    if len(guide.pack.chain) > 1:
        head += (
            f"; {own:.0f} of them fall to {guide.pack.manifest.id}, the rest to the packs that it inherits"
        )
    rows = [
        f"  {part.pack:22} {part.minutes:6.1f} min  {part.facts:4} {WAYS[part.way]}, {part.checks} a month"
        for part in parts
    ]
    return "\n".join([f"{head}.", *rows])


def _facts(guide: Guide) -> Iterator[tuple[str, str, Cycle]]:
    """Each fact that has to be checked: whose pack writes it, how it is checked, and how often."""
    pack = guide.pack
    cycles, own = pack.manifest.cycles, pack.manifest.id
    for listing in guide.directory.listings:
        service = listing.service
        called = service.cycle != CRISIS and any(not phone.confidential for phone in service.phones)
        writer = pack.written_by.get(listing.organization.key, own)
        yield writer, CALL if called else PAGE, cycle_for(service.cycle, cycles)
    for key, claim in pack.claims.items():
        yield pack.facts_by.get(key, own), CLAIM, cycle_for(claim.kind, cycles)
    for key in pack.law.sections:
        yield pack.facts_by.get(key, own), LAW, cycle_for(LAW, cycles)


def _wrong(what: str) -> Problem:
    return Problem(
        where="pack.yaml",
        what=f"{what} (minutes:)",
        why="Nobody could tell a new steward how much work this guide is.",
        do=f"Write minutes: with {', '.join(WAYS)} in the pack.yaml of the nation.",
    )
