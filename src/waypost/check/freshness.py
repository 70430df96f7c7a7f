"""What the clock says: facts that are due, overdue or hidden on a day."""

from __future__ import annotations

from collections.abc import Iterator

from waypost.desk.guide import Guide
from waypost.model.evidence import Freshness, Problem, Severity, Verification, VerificationState
from waypost.site.notes import LATE, claim_age, source_age

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
    for key, claim in guide.pack.claims.items():
        seen = Verification(VerificationState.seen_on_page, on=claim.as_of)
        yield from _told(f"claim {key}", key, claim_age(guide.pack, claim, guide.on), seen)


def on_doubtful(guide: Guide) -> Iterator[Problem]:
    """A warning for each claim, record and section that rests on a source which is withdrawn or long unseen."""
    doubtful = {
        key: f"its maker withdrew on {source.withdrawn}"
        if source.withdrawn
        else f"we last saw on {source.seen_on}"
        for key, source in guide.pack.sources.items()
        if source.withdrawn or source_age(guide.pack, source, guide.on) in LATE
    }
    for where, sources in _resting(guide) if doubtful else ():
        for key in dict.fromkeys(sources):
            if key in doubtful:
                yield _rests_on(where, key, doubtful[key])


def _resting(guide: Guide) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Everything that readers are told, and its sources."""
    for listing in guide.directory.listings:
        service = listing.service
        yield f"record {listing.key}", (*service.verification.sources, *service.sources)
    for key, claim in guide.pack.claims.items():
        yield f"claim {key}", claim.sources
    for key, section in guide.pack.law.sections.items():
        yield f"section {key}", section.sources


def _rests_on(where: str, source: str, doubt: str) -> Problem:
    return Problem(
        where=where,
        what=f"it rests on the source {source}, which {doubt}",
        why="Each page that shows it says so beside it. Readers may be told what is not so any more.",
        do="Look at the source again and set seen_on, or find another source, or correct what rests on it.",
        severity=Severity.warning,
    )


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
