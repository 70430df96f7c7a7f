"""What a reader is told of how well a record is known: state, date, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from waypost.model.directory import Listing
from waypost.model.evidence import Freshness, Verification, VerificationState
from waypost.site.words import Words


@dataclass(frozen=True)
class CheckedNote:
    """One or two sentences. ``tone`` is ``good``, ``plain`` or ``careful``."""

    tone: str
    text: str


def checked_note(listing: Listing, words: Words) -> CheckedNote:
    """The verification of a listing in words."""
    service, shown = listing.service, listing.shown
    return note_of(
        service.verification,
        shown.freshness,
        words,
        core_unverified=service.core_unverified,
        first=first_step(listing),
    )


AT_ONCE = ("emergency", "emergency_department")
"""Kinds of service that nobody may be told to check before they go or call."""


def first_step(listing: Listing) -> str:
    """The key of what to do before one relies on a record: never a reason to wait in an emergency.

    To call first is said of where one goes; a line is called anyway.
    """
    if any(kind in AT_ONCE for kind in listing.service.kinds):
        return "checked.at_once"
    if not listing.service.phones:
        return "checked.ask_first"
    streets = any(address.address_1 for place in listing.service.locations for address in place.addresses)
    return "checked.call_first" if streets else "checked.other_line"


def note_of(
    verification: Verification,
    freshness: Freshness,
    words: Words,
    *,
    core_unverified: bool = False,
    first: str = "checked.call_first",
) -> CheckedNote:
    """How a fact was checked, when, and, where that is not enough, what to do first."""
    said = _state(verification, words)
    if core_unverified or verification.state is VerificationState.unverified:
        return CheckedNote("careful", f"{words('checked.unverified')} {words(first)}")
    if freshness is Freshness.overdue or freshness is Freshness.hidden:
        return CheckedNote("careful", f"{said} {words(first)}")
    if verification.state is VerificationState.confirmed:
        due = f" {words('checked.due')}" if freshness is Freshness.due else ""
        return CheckedNote("plain" if due else "good", said + due)
    return CheckedNote("plain", said)


def seen_words(state: VerificationState, on: date | None, words: Words) -> str:
    """The state and its date in one sentence, as results have them."""
    if state is VerificationState.unverified:
        return words("checked.unverified")
    key = "checked.confirmed" if state is VerificationState.confirmed else "checked.page"
    if on is None:
        return words(f"{key}_undated")
    return words(key, day=words.about(on))


def _state(verification: Verification, words: Words) -> str:
    if verification.state is VerificationState.confirmed and verification.on:
        method = words.known(f"method.{verification.method}", "")
        if method:
            return words("checked.confirmed_by", method=method, day=words.day(verification.on))
    return seen_words(verification.state, verification.on, words)
