"""What the clock says of a fact: it follows from its verification, the cycle for its kind, and today."""

from __future__ import annotations

from datetime import date, timedelta

from waypost.model.evidence import Cycle, Freshness, Verification


def freshness(verification: Verification, cycle: Cycle, today: date) -> Freshness:
    """Whether a fact is fresh, due, overdue ("check first") or hidden.

    A fact that rests on no dated evidence is overdue from the start. It is hidden only when nobody has even
    looked for ``hide`` days; a cycle without ``hide`` (crisis lines) never hides.
    """
    gone = hide_on(verification, cycle)
    if gone is not None and today >= gone:
        return Freshness.hidden
    if verification.on is None or today >= later(verification.on, cycle.overdue):
        return Freshness.overdue
    if today >= later(verification.on, cycle.due):
        return Freshness.due
    return Freshness.fresh


def due(verification: Verification, cycle: Cycle) -> date | None:
    """The day on which a fact should be checked again; None where it rests on no dated evidence."""
    return None if verification.on is None else later(verification.on, cycle.due)


def hide_on(verification: Verification, cycle: Cycle) -> date | None:
    """The first day on which a fact is gone from every outlet, or None if the clock never hides it.

    The day on which somebody last looked decides. Where it is not known, as in records of others, the clock
    does not hide: such a fact is overdue instead.
    """
    if cycle.hide is None or verification.looked_up is None:
        return None
    return later(max(verification.looked_up, verification.on or date.min), cycle.hide)


def later(day: date, days: int) -> date:
    """So many days later, or the last day there is."""
    return day + min(timedelta(days=days), date.max - day)


DEFAULT = Cycle(due=365, overdue=545)
"""For a kind of fact to which the pack gives no cycle: due in a year, and never hidden unseen."""


def cycle_for(kind: str, cycles: dict[str, Cycle]) -> Cycle:
    """The cycle of a kind of fact, else that of services."""
    return cycles.get(kind) or cycles.get("service") or DEFAULT
