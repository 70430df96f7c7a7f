"""How fresh this guide is: counts of records and claims, as a table and as bars. Never counts of people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from waypost.desk.guide import Guide
from waypost.desk.upkeep import own_minutes, upkeep
from waypost.model.evidence import Confidence, Freshness, VerificationState
from waypost.site import address
from waypost.site.drawn import Scene, scene
from waypost.site.notes import LATE, claim_age
from waypost.site.page import Page
from waypost.site.pages.made import HOME, made

_STATES = (
    (VerificationState.confirmed, "good"),
    (VerificationState.seen_on_page, "plain"),
    (VerificationState.unverified, "careful"),
)
_AGES = ((Freshness.fresh, "good"), (Freshness.due, "plain"), (Freshness.overdue, "careful"))
_WEAK = {Confidence.secondary, Confidence.general_knowledge, Confidence.could_not_confirm}


@dataclass(frozen=True)
class Bar:
    """One count; ``width`` is its share in percent."""

    label: str
    count: int
    width: int
    tone: str


@dataclass(frozen=True)
class Table:
    """Counts under a heading."""

    title: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class CycleRow:
    """How long a kind of fact may go unchecked."""

    kind: str
    due: str
    overdue: str
    hide: str


@dataclass(frozen=True)
class Fresh:
    """The state of the guide on the day it was made."""

    tables: tuple[Table, ...]
    cycles: tuple[CycleRow, ...]
    hidden: int
    minutes: int
    own_minutes: int
    made_on: date
    stale_after: date


def pages(guide: Guide, language: str) -> Iterator[Page]:
    """The one page."""
    at = scene(guide, language)
    states = Counter(str(listing.service.verification.state) for listing in guide.directory.listings)
    ages = Counter(str(listing.shown.freshness) for listing in guide.directory.listings)
    levels = Counter(str(claim.confidence) for claim in guide.pack.claims.values())
    tones = [(level, "careful" if level in _WEAK else "good") for level in Confidence if levels[str(level)]]
    claims = Counter(_claims(guide))
    cost = upkeep(guide)
    content = Fresh(
        tables=(
            _table(at, "fresh.by_state", "fresh.state.", states, [(str(s), tone) for s, tone in _STATES]),
            _table(at, "fresh.by_age", "fresh.age.", ages, [(str(a), tone) for a, tone in _AGES]),
            _table(
                at, "fresh.claims_by_age", "fresh.claim_age.", claims, [(str(a), tone) for a, tone in _AGES]
            ),
            _table(at, "fresh.by_level", "fresh.level.", levels, [(str(x), tone) for x, tone in tones]),
        ),
        cycles=_cycles(at),
        hidden=len(guide.directory.hidden),
        minutes=round(sum(part.minutes for part in cost)),
        own_minutes=round(own_minutes(guide, cost)),
        made_on=guide.on,
        stale_after=guide.stale_after,
    )
    yield made(at, address.freshness(), "fresh", content, title=at.words("fresh.title"), trail=[HOME])


def _claims(guide: Guide) -> Iterator[str]:
    """What the clock says of each claim; one that it would hide stays, as overdue: its sentence needs it."""
    for claim in guide.pack.claims.values():
        age = claim_age(guide.pack, claim, guide.on)
        yield str(Freshness.overdue if age in LATE else age)


def _table(at: Scene, title: str, prefix: str, counts: Counter[str], rows: list[tuple[str, str]]) -> Table:
    total = sum(counts.values()) or 1
    bars = (
        Bar(at.words(prefix + key), counts[key], round(100 * counts[key] / total), tone) for key, tone in rows
    )
    return Table(at.words(title), tuple(bars))


def _cycles(at: Scene) -> tuple[CycleRow, ...]:
    words = at.words
    return tuple(
        CycleRow(
            words.known(f"fresh.cycle.{kind}", kind),
            words.count("days.count", cycle.due),
            words.count("days.count", cycle.overdue),
            words("fresh.never") if cycle.hide is None else words.count("days.count", cycle.hide),
        )
        for kind, cycle in at.guide.pack.manifest.cycles.items()
    )
