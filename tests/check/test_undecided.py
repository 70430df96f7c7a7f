"""What a guide's organizations and services must say of themselves before anybody asks."""

from __future__ import annotations

from datetime import date

import msgspec
from tests.site.made_up import directory, guide, pack, service

from waypost.check.content import undecided
from waypost.model.directory import Inclusion, InclusionReason, Organization
from waypost.model.evidence import Severity


def test_check_warns_of_what_is_undecided_and_what_has_no_term() -> None:
    """No decision, a decision for a reason to leave out, and a service without a term: a warning each."""
    (listing,) = directory([service()]).listings
    bare = msgspec.structs.replace(listing.service, kinds=())
    reasons = {"good": InclusionReason({"en": "a"}, True), "bad": InclusionReason({"en": "b"}, False)}

    def told(reason: str | None, **changes: object) -> list[str]:
        decision = Inclusion(reason, date(2026, 11, 22), "steward") if reason else None
        services = (bare,) if changes else (listing.service,)
        held = Organization("org-a", "slugaa", "House", services, inclusion=decision)
        made = msgspec.structs.replace(pack(), organizations={"org-a": held}, inclusion=reasons)
        problems = list(undecided(guide(pack=made)))
        assert all(problem.severity is Severity.warning for problem in problems)
        return [problem.where for problem in problems]

    assert told("good") == []
    assert told(None) == told("bad") == told("unheard-of") == ["directory/org-a"]
    assert told("good", bare=True) == ["record svc-clinic"]
