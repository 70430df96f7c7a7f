"""What the clock says: facts that are due, overdue or hidden on a day."""

from __future__ import annotations

from collections.abc import Iterator

from waypost.desk.guide import Guide
from waypost.model.evidence import Freshness, Problem, Severity, Verification, VerificationState
from waypost.rules.freshness import freshness

_WHAT = {
    Freshness.due: ("is due to be checked", "It is still shown as it is, with its date."),
    Freshness.overdue: ("is overdue", "Readers are told that it may be out of date and to call first."),
    Freshness.hidden: ("is hidden", "Nobody has looked at it for so long that readers no longer see it."),
}


def stale(guide: Guide) -> Iterator[Problem]:
    """A warning for each record and claim that is not fresh on the guide's day."""
    for listing in guide.directory.listings:
        checked = listing.service.verification
        yield from _told(f"record {listing.key}", listing.service.name, listing.shown.freshness, checked)
    for key in guide.directory.hidden:
        yield from _told(f"record {key}", key, Freshness.hidden, None)
    cycles = guide.pack.manifest.cycles
    for key, claim in guide.pack.claims.items():
        looked = max((guide.pack.sources[s].seen_on for s in claim.sources), default=claim.as_of)
        seen = Verification(VerificationState.seen_on_page, on=claim.as_of, looked_up=looked)
        if cycle := cycles.get(claim.kind):
            yield from _told(f"claim {key}", key, freshness(seen, cycle, guide.on), seen)


def unknown_cycles(guide: Guide) -> Iterator[Problem]:
    """An error for each claim of a kind that has no review cycle: it could never grow old."""
    for key, claim in guide.pack.claims.items():
        if claim.kind not in guide.pack.manifest.cycles:
            yield Problem(
                where=f"claim {key}",
                what=f'its kind "{claim.kind}" has no review cycle',
                why="The program could not tell when this fact is too old to trust.",
                do="Use a kind listed under cycles: in pack.yaml, or add a cycle for it there.",
            )


def _told(where: str, name: str, state: Freshness, checked: Verification | None) -> Iterator[Problem]:
    if state not in _WHAT:
        return
    what, why = _WHAT[state]
    since = f" (its evidence is from {checked.on})" if checked and checked.on else ""
    yield Problem(
        where=where,
        what=f"{name} {what}{since}",
        why=why,
        do="Call or look it up, and write down who did, when and how.",
        severity=Severity.warning,
    )
