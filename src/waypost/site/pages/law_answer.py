"""The explanation of a situation as values: protections first, then ceilings, then what is not known.

Footnotes are numbered in the order in which the parts are made, which is the order of the page.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from waypost.model.law import Explanation, Finding, Protection, Statement
from waypost.model.law_form import FormAside, FormFact
from waypost.site import address
from waypost.site.cards import Card, card
from waypost.site.drawn import Scene
from waypost.site.law_words import fine_words, term_words
from waypost.site.pages.law import Point, ShownGrade, ShownShield, label
from waypost.site.words import Said


@dataclass(frozen=True)
class ShownFinding:
    """What one section says, and what it carries at most."""

    heading: Said
    citation: str
    path: str
    outcome: str
    grade: ShownGrade


@dataclass(frozen=True)
class Reasoning:
    """The steps that lead to what one section says."""

    heading: Said
    citation: str
    steps: tuple[Point, ...]


@dataclass(frozen=True)
class WhatIf:
    """What an unknown fact would change."""

    fact: str
    if_: Said
    then: Said


@dataclass(frozen=True)
class ShownAside:
    """A question for a lawyer about something outside the sentence, and what is known of it."""

    topic: str
    ask: str
    known: tuple[Point, ...]


@dataclass(frozen=True)
class Guidance:
    """Whom to ask, for what."""

    text: str
    card: Card


@dataclass(frozen=True)
class Answer:
    """An explanation about a supposed person, in the order in which it is read."""

    outcome: str
    on: date
    as_of: date
    label: str
    protections: tuple[ShownShield, ...]
    whom: tuple[Guidance, ...]
    ceilings: tuple[ShownFinding, ...]
    rules: tuple[ShownFinding, ...]
    maybe: tuple[ShownFinding, ...]
    alternatives: tuple[Point, ...]
    turns_on: tuple[Point, ...]
    consequences: tuple[Point, ...]
    for_lawyer: tuple[ShownAside, ...]
    unknown: tuple[WhatIf, ...]
    reasoning: tuple[Reasoning, ...]
    notes: tuple[Said, ...]
    more_help: tuple[Card, ...]


def shown_answer(at: Scene, explanation: Explanation) -> Answer:
    """The explanation in the language of the scene."""
    words, form = at.words, at.guide.pack.law.form
    sure = [finding for finding in explanation.findings if not finding.possible]
    maybe = [finding for finding in explanation.findings if finding.possible]
    carries = bool(maybe) or any(finding.outcome == "offense" for finding in sure)
    return Answer(
        outcome=words(f"outcome.{explanation.outcome}"),
        on=explanation.date,
        as_of=explanation.as_of,
        label=label(at, explanation.confidence),
        protections=tuple(_shield(at, each) for each in explanation.protections),
        whom=tuple(whom(at)),
        ceilings=tuple(_finding(at, each) for each in sure if each.outcome == "offense"),
        rules=tuple(_finding(at, each) for each in sure if each.outcome != "offense"),
        maybe=tuple(_finding(at, each) for each in maybe),
        alternatives=tuple(_statement(at, each) for each in _once(explanation.alternatives)),
        turns_on=tuple(_known(at, each) for each in form.turns_on if carries),
        consequences=tuple(_statement(at, each) for each in _once(explanation.consequences)),
        for_lawyer=tuple(_aside(at, each) for each in form.for_lawyer),
        unknown=tuple(
            WhatIf(each.fact, words.pick(each.if_), words.pick(each.then))
            for each in explanation.unknown_facts
        ),
        reasoning=tuple(_reasoning(at, each) for each in (*sure, *maybe)),
        notes=tuple(words.pick(note) for note in explanation.notes),
        more_help=tuple(_more_help(at, explanation)),
    )


def whom(at: Scene) -> list[Guidance]:
    """Whom the pack's form names for every answer: for a charge, for civil questions, to talk."""
    asked = [(each, at.guide.directory.get(each.service)) for each in at.guide.pack.law.form.help]
    return [
        Guidance(at.words.pick(each.text).text, card(listing, at.words)) for each, listing in asked if listing
    ]


def _more_help(at: Scene, explanation: Explanation) -> list[Card]:
    """What the answer names beside those."""
    named = {each.service for each in at.guide.pack.law.form.help}
    listings = [at.guide.directory.get(key) for key in explanation.help if key not in named]
    return [card(listing, at.words) for listing in listings if listing]


def _shield(at: Scene, shield: Protection) -> ShownShield:
    note = at.notebook.fact((shield.source,), shield.confidence) if shield.source else None
    kind = at.words(f"shield.{shield.kind}")
    return ShownShield(
        kind=f"{kind} ({at.words('ask.if_so')})" if shield.possible else kind,
        text=at.words.pick(shield.text),
        when=at.words.pick(shield.when_to_raise) or None,
        limits=at.words.pick(shield.limits) or None,
        note=note,
        label=label(at, shield.confidence),
    )


def _finding(at: Scene, finding: Finding) -> ShownFinding:
    section = at.guide.pack.law.sections.get(finding.section.partition("@")[0])
    classes = at.guide.pack.law.scale.get(section.jurisdiction, {}) if section else {}
    named = classes.get(finding.class_ or "")
    rests = tuple(dict.fromkeys(source for step in finding.steps for source in step.sources))
    grade = ShownGrade(
        text=at.words.pick(finding.text),
        class_name=at.words.pick(named.name).text if named else "",
        term=term_words(finding.term, at.words),
        fine=fine_words(finding.fine, at.words),
        points=(),
        note=at.notebook.fact(rests, finding.confidence) if rests else None,
        label=label(at, finding.confidence),
    )
    return ShownFinding(
        heading=at.words.pick(finding.heading),
        citation=finding.citation,
        path=at.path(address.section(section.slug) if section else address.law()),
        outcome=at.words(f"outcome.{finding.outcome}"),
        grade=grade,
    )


def _reasoning(at: Scene, finding: Finding) -> Reasoning:
    steps = tuple(
        Point(
            at.words.pick(step.text),
            at.notebook.fact(step.sources or ((step.source,) if step.source else ()), step.confidence),
            label(at, step.confidence) if step.met == "yes" else at.words(f"met.{step.met}"),
        )
        for step in finding.steps
    )
    return Reasoning(at.words.pick(finding.heading), finding.citation, steps)


def _once(statements: tuple[Statement, ...]) -> Iterable[Statement]:
    """What two sections say alike is drawn once, as the first says it."""
    said: dict[str, Statement] = {}
    for each in statements:
        said.setdefault(each.text["en"], each)
    return said.values()


def _statement(at: Scene, statement: Statement) -> Point:
    note = at.notebook.fact((statement.source,), statement.confidence) if statement.source else None
    return Point(at.words.pick(statement.text), note, label(at, statement.confidence))


def _aside(at: Scene, aside: FormAside) -> ShownAside:
    known = tuple(_known(at, each) for each in aside.known)
    return ShownAside(at.words.pick(aside.topic).text, at.words.pick(aside.ask).text, known)


def _known(at: Scene, fact: FormFact) -> Point:
    note = at.notebook.fact(fact.sources, fact.confidence) if fact.sources else None
    return Point(at.words.pick(fact.text), note, label(at, fact.confidence))
