"""From a class of offense and a day to a term and a fine; and what a section's departures change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol, TypeVar

from waypost.model.evidence import Problem, ProblemsFound, Text
from waypost.model.law import Band, Departure, Fine, Law, Step, Term


class Dated(Protocol):
    """Something that holds from one day to another."""

    @property
    def effective_from(self) -> date | None:
        """The first day, if known."""

    @property
    def effective_to(self) -> date | None:
        """The last day, if there is one."""


D = TypeVar("D", bound=Dated)


def holds_on(dated: Dated, on: date) -> bool:
    """Whether it was in force on that day."""
    first, last = dated.effective_from, dated.effective_to
    return (first is None or first <= on) and (last is None or on <= last)


def in_force(where: str, versions: Sequence[D], on: date) -> D | None:
    """The one version in force on a day. Raises ProblemsFound where two are."""
    found = [version for version in versions if holds_on(version, on)]
    if len(found) > 1:
        raise ProblemsFound([_overlap(where, on)])
    return found[0] if found else None


def band(law: Law, jurisdiction: str, name: str, on: date) -> Band | None:
    """What that class carried on that day; None where nobody has written it down."""
    found = law.scale.get(jurisdiction, {}).get(name)
    return in_force(f"law scale {jurisdiction} {name}", found.bands, on) if found else None


def class_name(law: Law, jurisdiction: str, name: str) -> Text:
    """The name of a class for readers; its key where the scale does not have it."""
    found = law.scale.get(jurisdiction, {}).get(name)
    return found.name if found else {"en": name}


def depart(
    found: Band | None, departures: Sequence[Departure]
) -> tuple[Term | None, Fine | None, tuple[Step, ...]]:
    """The term and fine of a class after a section's departures, with a step for each."""
    term = found.term if found else None
    ceiling = found.fine_max if found else None
    fixed: int | None = None
    for departure in departures:
        if departure.kind == "own_term":
            term = departure.term
        elif departure.kind == "mandatory_minimum":
            term = term and Term(term.min, term.max, term.unit, departure.amount)
        elif departure.kind == "fine_ceiling":
            ceiling = departure.amount
        else:
            fixed = ceiling if departure.amount is None else departure.amount
            ceiling = ceiling if ceiling is not None else fixed
    fine = Fine(fixed, ceiling) if ceiling is not None else None
    return term, fine, tuple(step_of(d.text, d) for d in departures)


def step_of(text: Text, on: Band | Departure) -> Step:
    """A step of the reasoning that rests on the scale or on a departure from it."""
    return Step(text, on.sources[0] if on.sources else None, on.confidence, "yes", on.sources)


def _overlap(where: str, on: date) -> Problem:
    return Problem(
        where=where,
        what=f"two versions are in force on {on.isoformat()}",
        why="They may say different things, and the program will not choose between them.",
        do="Correct effective_from and effective_to so that each day has one version.",
    )
