"""What a fact rests on: sources, confidence, verification, and Problems when it rests on nothing."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import dataclass_transform

import msgspec

Text = dict[str, str]
"""Words for a reader by language code: ``{"en": "...", "es": "..."}``."""


@dataclass_transform(frozen_default=True, field_specifiers=(msgspec.field,))
class Struct(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A frozen value that refuses a field it does not know."""


class Severity(StrEnum):
    """How bad a Problem is: ``error`` stops the build, ``open`` waits for a person to close it."""

    error = "error"
    warning = "warning"
    open = "open"


class Problem(Struct, omit_defaults=False):
    """Where, what, why it matters, what to do; written for a steward who does not program."""

    where: str
    what: str
    why: str
    do: str
    severity: Severity = Severity.error


class ProblemsFound(Exception):  # noqa: N818 - it is named for what it holds
    """Raised with *all* Problems found, never only the first."""

    def __init__(self, problems: list[Problem]):
        first = f": {problems[0].where}: {problems[0].what}" if problems else ""
        super().__init__(f"{len(problems)} problem(s){first}")
        self.problems = problems


class Confidence(StrEnum):
    """How well a fact is known. The order of definition is from best to worst."""

    statute_text = "statute_text"
    official = "official"
    peer_reviewed = "peer_reviewed"
    statute_text_old = "statute_text_old"
    official_summary = "official_summary"
    peer_led = "peer_led"
    statute_cross_reference = "statute_cross_reference"
    secondary = "secondary"
    general_knowledge = "general_knowledge"
    could_not_confirm = "could_not_confirm"


def lowest(levels: list[Confidence]) -> Confidence:
    """The weakest link of a chain of facts; ``could_not_confirm`` for an empty chain."""
    order = list(Confidence)
    return max(levels, key=order.index, default=Confidence.could_not_confirm)


class Reading(StrEnum):
    """How much of a source was read."""

    whole = "whole"
    excerpt = "excerpt"
    mirror = "mirror"


Day = date
"""A calendar day, by another name where a field is called ``date``."""


class Source(Struct):
    """A document that can be cited.

    ``url`` is the original; ``read_at`` says where it was read if that was a mirror or reprint, and
    readers get no link to it. ``date`` is the document's own date in its own words ("rev. 2011-05-20",
    "undated"); ``seen_on`` is the day we saw it. ``same_as`` names sources that share its wording or its
    error: they count as one. ``disagrees`` names sources that say otherwise of the same thing; both are shown.
    ``withdrawn`` is the day from which its maker no longer stands by it.
    For a source of records, ``stored``, ``shown`` and ``exported`` say whether its
    rights let us keep them, show them and pass them on, under ``licence``.
    """

    title: str
    kind: str
    date: str
    seen_on: Day
    read: Reading
    url: str | None = None
    publisher: str | None = None
    read_at: str | None = None
    same_as: tuple[str, ...] = ()
    note: str | None = None
    disagrees: tuple[str, ...] = ()
    withdrawn: Day | None = None
    stored: bool = True
    shown: bool = True
    exported: bool = True
    licence: str | None = None


class VerificationState(StrEnum):
    """What was done to make sure: nothing, a page read, or a person confirmed it."""

    unverified = "unverified"
    seen_on_page = "seen_on_page"
    confirmed = "confirmed"


class Verification(Struct, omit_defaults=False):
    """Someone checked this, on this day, in this way.

    ``on`` is the date that the evidence bears: the day of the call, or the page's own date where it has
    one. ``looked_up`` is the day on which somebody last looked. ``by`` is a role, never a person's name.
    """

    state: VerificationState
    on: date | None = None
    looked_up: date | None = None
    method: str | None = None
    by: str | None = None
    sources: tuple[str, ...] = ()


class Freshness(StrEnum):
    """What the clock says of a fact, and so what a reader is told of it."""

    fresh = "fresh"
    due = "due"
    overdue = "overdue"
    hidden = "hidden"


class Cycle(Struct):
    """How long a kind of fact may go unchecked, in days.

    ``due``: days after ``Verification.on`` until it should be checked; ``overdue``: until readers get a
    clear note; ``hide``: days after ``Verification.looked_up`` until it is gone from every outlet (None:
    never, as for crisis lines, which degrade to "check first").
    """

    due: int
    overdue: int
    hide: int | None = None


class Claim(Struct):
    """A statement of fact shown to a reader, with what it rests on and what would make it wrong.

    ``kind`` names its review cycle (``law``, ``health``, ``number``, ``contact``, ``practice``);
    ``holds_in`` is the place it speaks of (``us-ct``, ``us``, ``world``). ``against`` are sources that say
    otherwise of this very thing: readers see them beside it, and nothing is averaged.
    """

    text: Text
    kind: str
    holds_in: str
    as_of: date
    confidence: Confidence
    sources: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    wrong_if: str | None = None
    note: str | None = None
