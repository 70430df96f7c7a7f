"""The law as dated facts: sections, their versions, the penalty scale, the words of a situation.

A *condition* is a mapping from a word of the situation to a test; all its tests must hold. A list of
conditions holds if one of them does; an empty list always holds. A test is written in plain words:

- ``money | drugs``: one of these values; ``not none``: any value but that; ``given``: any value at all;
- ``under 18``, ``18 or more``, ``15 to 17``: numbers; ``before 2021-10-01``, ``from 2000-01-01``: days.

A fact that is not given is *unknown*: a test of it is neither true nor false.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

import msgspec

from waypost.model.evidence import Confidence, Struct, Text
from waypost.model.explanation import (
    Explanation,
    Finding,
    Fine,
    Outcome,
    Protection,
    ShieldKind,
    Situation,
    Statement,
    Step,
    Term,
    UnknownFact,
)
from waypost.model.law_form import Form
from waypost.model.law_tables import Evidence, PolicyModel, PolicyPlace, Side, Tables, Track
from waypost.model.reading import Review

__all__ = [
    "Aid",
    "Band",
    "Case",
    "Condition",
    "Conditions",
    "Departure",
    "Effect",
    "Element",
    "Evidence",
    "Explanation",
    "Finding",
    "Fine",
    "Form",
    "Grade",
    "Law",
    "Outcome",
    "PenaltyClass",
    "PolicyModel",
    "PolicyPlace",
    "Protection",
    "Review",
    "Rule",
    "Section",
    "SectionKind",
    "SectionVersion",
    "Shield",
    "ShieldKind",
    "Side",
    "Situation",
    "Statement",
    "Status",
    "Step",
    "Tables",
    "Term",
    "Track",
    "UnknownFact",
    "Value",
    "WhatIf",
    "Word",
    "WordKind",
]

Condition = dict[str, str]
Conditions = tuple[Condition, ...]

SectionKind = Literal[
    "offense",
    "penalty_rule",
    "definition",
    "rule",
    "protection",
    "procedure",
    "relief",
    "duty",
    "civil",
    "collateral",
    "institution",
    "gap",
    "proposal",
]
Status = Literal["in_force", "expected", "unknown"]
WordKind = Literal["choice", "yes_no", "number", "day", "crime"]


class WhatIf(Struct):
    """What knowing a fact would change: "if it is so, then ...". Shown while the fact is unknown."""

    fact: str
    if_: Text = msgspec.field(name="if")
    then: Text


class Element(Struct):
    """One thing that must be so for a rule to apply.

    ``unclear`` are conditions under which nobody has verified whether the element is met; ``missing`` is
    said instead of ``text`` where it is not met.
    """

    text: Text
    confidence: Confidence
    when: Conditions = ()
    unclear: Conditions = ()
    missing: Text = {}
    sources: tuple[str, ...] = ()
    what_if: tuple[WhatIf, ...] = ()


class Departure(Struct):
    """Where a penalty leaves the scale of its class.

    A ``set_fine`` without ``amount`` is the top of the class; ``mandatory_minimum`` is in the term's unit.
    """

    kind: Literal["set_fine", "fine_ceiling", "mandatory_minimum", "own_term"]
    text: Text
    confidence: Confidence
    amount: int | None = None
    term: Term | None = None
    sources: tuple[str, ...] = ()


class Grade(Struct):
    """How heavy an offense is. The grade without ``when`` is the usual one; others go before it.

    ``overrides`` names grades that this one goes before where both fit; without it, two that fit and
    differ are a Problem. ``class_of`` takes the class from a word of the situation instead.
    """

    id: str
    text: Text
    confidence: Confidence
    class_: str | None = msgspec.field(name="class", default=None)
    class_of: str | None = None
    when: Conditions = ()
    departures: tuple[Departure, ...] = ()
    overrides: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    what_if: tuple[WhatIf, ...] = ()


class Shield(Struct):
    """A protection: ``bars`` says that with it nobody is convicted or prosecuted under this section."""

    kind: ShieldKind
    text: Text
    confidence: Confidence
    when: Conditions = ()
    unclear: Conditions = ()
    bars: bool = False
    discretionary: bool = False
    when_to_raise: Text = {}
    limits: Text = {}
    sources: tuple[str, ...] = ()
    what_if: tuple[WhatIf, ...] = ()


class Effect(Struct):
    """What may follow beside the sentence, or what a court may do instead of it."""

    text: Text
    confidence: Confidence
    when: Conditions = ()
    sources: tuple[str, ...] = ()


class Rule(Struct):
    """One rule of a section: whom it speaks of, what must be so, and what then follows.

    It is asked only where the situation has one of its ``roles`` (or one of its ``questions``); ``text``
    is what it says, in one sentence. ``exceptions`` take it away; ``presumptions`` and ``notes`` are said
    with it. ``only_if``: it is asked only where these conditions are known to hold. ``only_possible``:
    whatever is known, it is only said that it may apply too.
    """

    id: str
    outcome: Outcome
    text: Text
    roles: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    confidence: Confidence | None = None
    sources: tuple[str, ...] = ()
    elements: tuple[Element, ...] = ()
    exceptions: tuple[Element, ...] = ()
    protections: tuple[Shield, ...] = ()
    presumptions: tuple[Effect, ...] = ()
    grades: tuple[Grade, ...] = ()
    consequences: tuple[Effect, ...] = ()
    alternatives: tuple[Effect, ...] = ()
    notes: tuple[Effect, ...] = ()
    overrides: tuple[str, ...] = ()
    help: tuple[str, ...] = ()
    only_if: Conditions = ()
    only_possible: bool = False
    quiet_when_missing: bool = False


class SectionVersion(Struct):
    """A section as it stood from one day to another, both included.

    ``act`` is what made it: its number, or where it goes by words, these in each language.

    No ``effective_from``: as far back as we know. No ``effective_to``: until changed. ``status`` is
    ``expected`` for what is announced and ``unknown`` for what nobody here has read; an unknown version
    says by ``roles`` and ``questions`` whom it concerns.
    """

    act: str | Text
    change: Text
    confidence: Confidence
    effective_from: date | None = None
    effective_to: date | None = None
    status: Status = "in_force"
    rules: tuple[Rule, ...] = ()
    roles: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


class Section(Struct):
    """A section of law, or a rule that goes by no section: its dated versions, and what is still open.

    ``key`` is jurisdiction, code and number (docs/law-pack.md); ``slug`` is opaque. ``who`` is seller,
    buyer, third_party, premises, trafficker or anyone, for tables side by side. ``also`` are other
    citations under which people look for it.
    """

    key: str
    slug: str
    citation: str
    heading: Text
    kind: SectionKind
    jurisdiction: str
    paraphrase: Text
    versions: tuple[SectionVersion, ...]
    confidence: Confidence
    sources: tuple[str, ...] = ()
    who: str | None = None
    also: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    open_questions: tuple[Text, ...] = ()
    read_by: tuple[Review, ...] = ()


class Band(Struct):
    """What a class of offense carries, from one day to another (both included).

    No ``term``: the class did not exist, or nobody here has read what it carried.
    """

    text: Text
    confidence: Confidence
    effective_from: date | None = None
    effective_to: date | None = None
    term: Term | None = None
    fine_max: int | None = None
    act: str | Text | None = None
    sources: tuple[str, ...] = ()


class PenaltyClass(Struct):
    """A class of offense by its dated bands; ``also`` are other ways to write its name."""

    name: Text
    bands: tuple[Band, ...]
    also: tuple[str, ...] = ()


class Value(Struct):
    """One value of a word: its meaning, and what else people write for it."""

    meaning: Text
    also: tuple[str, ...] = ()


class Word(Struct):
    """One word of a situation. ``open``: other values are taken too. ``as_`` names the word whose value
    it has while it is not given itself. ``many``: it may be a list.
    """

    meaning: Text
    kind: WordKind
    ask: Text = {}
    values: dict[str, Value] = {}
    open: bool = False
    many: bool = False
    as_: str | None = msgspec.field(name="as", default=None)


class Case(Struct):
    """An expectation: a sentence, a situation, and what its answer must hold (and must not).

    ``expect`` is a partial answer: mappings are compared by the keys they have; each entry of a list must
    be found in the answer's list. ``never`` are entries that must not be found. ``error`` is a part of
    the Problem expected instead of an answer.
    """

    name: str
    situation: dict[str, Any]
    asked_on: date
    expect: dict[str, Any] = {}
    never: dict[str, Any] = {}
    only: tuple[str, ...] | None = None
    error: str | None = None
    sources: tuple[str, ...] = ()


class Aid(Struct):
    """Whom to ask, by outcome, role or question."""

    services: tuple[str, ...]
    outcomes: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    when: Conditions = ()


class Law(Struct):
    """The law of a pack, merged: empty where no law pack covers the place.

    ``scale`` is by jurisdiction and class; ``phrases`` are the words the engine makes its own sentences of;
    ``codes`` says where the official text stands, by the beginning of a section's key; ``names`` what other
    pages call a section, by language.
    """

    sections: dict[str, Section] = {}
    scale: dict[str, dict[str, PenaltyClass]] = {}
    words: dict[str, Word] = {}
    cases: dict[str, tuple[Case, ...]] = {}
    phrases: dict[str, Text] = {}
    help: dict[str, Aid] = {}
    models: dict[str, PolicyModel] = {}
    form: Form = Form()
    tables: Tables = Tables()
    codes: dict[str, Text] = {}
    names: dict[str, dict[str, tuple[str, ...]]] = {}
