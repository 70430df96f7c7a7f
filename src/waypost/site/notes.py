"""Footnotes: what a statement on a page rests on, numbered in the order in which the page says it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from waypost.model.evidence import (
    Claim,
    Confidence,
    Cycle,
    Day,
    Freshness,
    Source,
    Verification,
    VerificationState,
)
from waypost.model.pack import Pack
from waypost.rules.freshness import freshness
from waypost.site.elsewhere import elsewhere
from waypost.site.words import Words

SOURCE_CYCLE = "source"
"""The cycle after which somebody should look at a source again, whatever rests on it."""

LATE = frozenset({Freshness.overdue, Freshness.hidden})
"""Ages of which a reader is warned."""


@dataclass(frozen=True)
class Cited:
    """A source as a page cites it. ``disputed``: another source says otherwise, which its own page names.

    ``stale``: nobody has looked at it for so long that it may say something else by now.
    """

    key: str
    title: str
    publisher: str | None
    date: str
    withdrawn: Day | None = None
    disputed: bool = False
    stale: bool = False
    seen_on: Day | None = None


@dataclass(frozen=True)
class Note:
    """One footnote: the sources of a fact, how well it is known, and as of when.

    ``elsewhere`` is where a figure was found or counted, if that is not just the place that the guide is about.
    ``age`` is what the clock says of a claim, ``against`` what says otherwise of it.
    """

    number: int
    sources: tuple[Cited, ...]
    confidence: Confidence
    as_of: date | None
    claim: str | None = None
    elsewhere: str | None = None
    age: Freshness = Freshness.fresh
    against: tuple[Cited, ...] = ()


def cite(pack: Pack, key: str, on: date) -> Cited | None:
    """A source by its id, as pages of a day cite it; None if the pack has no such source."""
    source: Source | None = pack.sources.get(key)
    if source is None:
        return None
    disputed = bool(at_odds(pack, key))
    stale = source_age(pack, source, on) in LATE
    return Cited(
        key,
        source.title,
        source.publisher,
        source.date,
        source.withdrawn,
        disputed,
        stale,
        source.seen_on if stale else None,
    )


def source_age(pack: Pack, source: Source, on: date) -> Freshness:
    """What the clock says of a source since the day we last saw it; fresh where the packs set no such cycle."""
    cycle = pack.manifest.cycles.get(SOURCE_CYCLE)
    return Freshness.fresh if cycle is None else _age(source.seen_on, source.seen_on, cycle, on)


def claim_age(pack: Pack, claim: Claim, on: date) -> Freshness:
    """What the clock says of a claim on a day."""
    cycle = pack.manifest.cycles.get(claim.kind)
    looked = max(
        (pack.sources[key].seen_on for key in claim.sources if key in pack.sources), default=claim.as_of
    )
    return Freshness.fresh if cycle is None else _age(claim.as_of, looked, cycle, on)


def age_words(age: Freshness, words: Words) -> str:
    """What a reader is told of a claim's age: nothing while its date, which stands beside it, says enough."""
    return words("notes.late") if age in LATE else ""


def doubts(source: Cited, words: Words) -> tuple[str, ...]:
    """What must stand beside a source that its maker took back, nobody saw for long, or another contradicts."""
    return (
        *([words("notes.withdrawn", day=words.day(source.withdrawn))] if source.withdrawn else []),
        *([words("notes.stale", day=words.day(source.seen_on))] if source.stale and source.seen_on else []),
        *([words("notes.disputed")] if source.disputed else []),
    )


def _age(as_of: date, looked: date, cycle: Cycle, on: date) -> Freshness:
    seen = Verification(VerificationState.seen_on_page, on=as_of, looked_up=looked)
    return freshness(seen, cycle, on)


def at_odds(pack: Pack, key: str) -> list[str]:
    """The sources that a source says otherwise than, whichever of the two names the other."""
    mine = pack.sources[key].disagrees
    return [other for other, source in pack.sources.items() if other in mine or key in source.disagrees]


def cite_all(pack: Pack, keys: tuple[str, ...], on: date) -> tuple[Cited, ...]:
    """Those of the sources that the pack has, in order, each once."""
    found = (cite(pack, key, on) for key in dict.fromkeys(keys))
    return tuple(cited for cited in found if cited is not None)


@dataclass
class Notebook:
    """Collects the footnotes of one page while its text is drawn."""

    pack: Pack
    on: date
    _notes: dict[str, Note] = field(default_factory=dict)

    def claim(self, key: str) -> int | None:
        """The number of the footnote of a claim, made at its first use; None for an unknown claim."""
        claim = self.pack.claims.get(key)
        if claim is None:
            return None
        sources = cite_all(self.pack, claim.sources, self.on)
        against = cite_all(self.pack, claim.against, self.on)
        where, age = elsewhere(self.pack, claim), claim_age(self.pack, claim, self.on)
        return self._number(
            f"claim {key}", Note(0, sources, claim.confidence, claim.as_of, key, where, age, against)
        )

    def fact(self, sources: tuple[str, ...], confidence: Confidence, as_of: date | None = None) -> int:
        """The number of the footnote of a fact that rests on these sources."""
        cited = cite_all(self.pack, sources, self.on)
        return self._number(f"fact {sources} {confidence} {as_of}", Note(0, cited, confidence, as_of))

    def _number(self, key: str, note: Note) -> int:
        if key not in self._notes:
            number = len(self._notes) + 1
            self._notes[key] = replace(note, number=number)
        return self._notes[key].number

    @property
    def notes(self) -> tuple[Note, ...]:
        """All footnotes so far, in order."""
        return tuple(self._notes.values())
