"""Footnotes: what a statement on a page rests on, numbered in the order in which the page says it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from waypost.model.evidence import Confidence, Day, Source
from waypost.model.pack import Pack


@dataclass(frozen=True)
class Cited:
    """A source as a page cites it. ``disputed``: another source says otherwise, which its own page names."""

    key: str
    title: str
    publisher: str | None
    date: str
    withdrawn: Day | None = None
    disputed: bool = False


@dataclass(frozen=True)
class Note:
    """One footnote: the sources of a fact, how well it is known, and as of when."""

    number: int
    sources: tuple[Cited, ...]
    confidence: Confidence
    as_of: date | None
    claim: str | None = None


def cite(pack: Pack, key: str) -> Cited | None:
    """A source by its id, as pages cite it; None if the pack has no such source."""
    source: Source | None = pack.sources.get(key)
    if source is None:
        return None
    disputed = bool(at_odds(pack, key))
    return Cited(key, source.title, source.publisher, source.date, source.withdrawn, disputed)


def at_odds(pack: Pack, key: str) -> list[str]:
    """The sources that a source says otherwise than, whichever of the two names the other."""
    mine = pack.sources[key].disagrees
    return [other for other, source in pack.sources.items() if other in mine or key in source.disagrees]


def cite_all(pack: Pack, keys: tuple[str, ...]) -> tuple[Cited, ...]:
    """Those of the sources that the pack has, in order, each once."""
    found = (cite(pack, key) for key in dict.fromkeys(keys))
    return tuple(cited for cited in found if cited is not None)


@dataclass
class Notebook:
    """Collects the footnotes of one page while its text is drawn."""

    pack: Pack
    _notes: dict[str, Note] = field(default_factory=dict)

    def claim(self, key: str) -> int | None:
        """The number of the footnote of a claim, made at its first use; None for an unknown claim."""
        claim = self.pack.claims.get(key)
        if claim is None:
            return None
        sources = cite_all(self.pack, claim.sources)
        return self._number(f"claim {key}", Note(0, sources, claim.confidence, claim.as_of, key))

    def fact(self, sources: tuple[str, ...], confidence: Confidence, as_of: date | None = None) -> int:
        """The number of the footnote of a fact that rests on these sources."""
        cited = cite_all(self.pack, sources)
        return self._number(f"fact {sources} {confidence} {as_of}", Note(0, cited, confidence, as_of))

    def _number(self, key: str, note: Note) -> int:
        if key not in self._notes:
            number = len(self._notes) + 1
            self._notes[key] = Note(number, note.sources, note.confidence, note.as_of, note.claim)
        return self._notes[key].number

    @property
    def notes(self) -> tuple[Note, ...]:
        """All footnotes so far, in order."""
        return tuple(self._notes.values())
