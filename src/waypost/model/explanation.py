"""What is asked of the law and what it answers: a situation's facts, and the explanation of them."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from waypost.model.evidence import Confidence, Struct, Text

Outcome = Literal[
    "offense",
    "protected",
    "relief",
    "civil",
    "duty",
    "procedure",
    "not_an_offense",
    "no_verified_rule",
]
"""What comes of a situation, in the order in which it leads the answer."""

ShieldKind = Literal[
    "cannot_be_convicted",
    "affirmative_defense",
    "no_prosecution",
    "privilege",
    "vacatur",
    "erasure",
    "order",
    "compensation",
    "confidential_address",
]


class Term(Struct, omit_defaults=False):
    """A term of imprisonment in ``unit``; no ``max`` where no upper limit is known.

    ``mandatory_min`` is the part of it that a court may not suspend.
    """

    min: int
    max: int | None = None
    unit: Literal["days", "months"] = "months"
    mandatory_min: int | None = None


class Fine(Struct, omit_defaults=False):
    """A fine in US dollars: a set amount, or a ceiling, or both where the set amount is the ceiling."""

    fixed_usd: int | None
    max_usd: int | None


class Situation(Struct):
    """A supposed person's facts, in the words of the pack: each word's values, as text, in order.

    ``read_as`` says where a value was not listed and how it was understood: (word, given, taken).
    """

    jurisdiction: str
    on: date
    facts: dict[str, tuple[str, ...]]
    asked_on: date | None = None
    undated: bool = False
    read_as: tuple[tuple[str, str, str], ...] = ()


class Step(Struct, omit_defaults=False):
    """One step of the reasoning: what it says, on whose word."""

    text: Text
    source: str | None
    confidence: Confidence
    met: Literal["yes", "no", "unknown"] = "yes"
    sources: tuple[str, ...] = ()


class Protection(Struct, omit_defaults=False):
    """What protects the person, and when and how to raise it."""

    kind: ShieldKind
    section: str
    citation: str
    text: Text
    discretionary: bool
    when_to_raise: Text
    limits: Text
    possible: bool
    confidence: Confidence
    source: str | None = None


class Finding(Struct, omit_defaults=False):
    """What one section says of the situation."""

    section: str
    citation: str
    outcome: Outcome
    class_: str | None = msgspec.field(name="class")
    term: Term | None
    fine: Fine | None
    possible: bool
    confidence: Confidence
    heading: Text
    text: Text
    steps: tuple[Step, ...]


class Statement(Struct, omit_defaults=False):
    """A consequence or an alternative, and the section and source that say so."""

    text: Text
    section: str
    citation: str
    source: str | None
    confidence: Confidence


class UnknownFact(Struct, omit_defaults=False):
    """A fact that was not given, and what it would change."""

    fact: str
    if_: Text = msgspec.field(name="if")
    then: Text


class Explanation(Struct, omit_defaults=False):
    """The answer, in every language at once; ``desk.law.spoken`` says it in one."""

    outcome: Outcome
    as_of: date
    date: date
    jurisdiction: str
    findings: tuple[Finding, ...]
    protections: tuple[Protection, ...]
    consequences: tuple[Statement, ...]
    alternatives: tuple[Statement, ...]
    unknown_facts: tuple[UnknownFact, ...]
    notes: tuple[Text, ...]
    help: tuple[str, ...]
    confidence: Confidence
