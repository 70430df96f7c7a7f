"""The explanation of a situation: protections first, then ceilings, then what is not known."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from waypost.desk.guide import Guide
from waypost.model.law import Explanation, Finding, Protection, Statement
from waypost.site import address
from waypost.site.cards import Card, card
from waypost.site.drawn import Scene, scene
from waypost.site.law_words import fine_words, term_words
from waypost.site.page import Page
from waypost.site.pages.law import Point, ShownGrade, ShownShield, label
from waypost.site.pages.made import HOME, made
from waypost.site.words import Said


@dataclass(frozen=True)
class ShownFinding:
    """What one section says: what it carries and the steps that lead there."""

    heading: Said
    citation: str
    path: str
    outcome: str
    possible: bool
    grade: ShownGrade
    steps: tuple[Point, ...]


@dataclass(frozen=True)
class WhatIf:
    """What an unknown fact would change."""

    if_: Said
    then: Said


@dataclass(frozen=True)
class Answer:
    """An explanation about a supposed person."""

    outcome: str
    on: date
    as_of: date
    protections: tuple[ShownShield, ...]
    findings: tuple[ShownFinding, ...]
    alternatives: tuple[Point, ...]
    consequences: tuple[Point, ...]
    unknown: tuple[WhatIf, ...]
    notes: tuple[Said, ...]
    cards: tuple[Card, ...]


def law_answer_page(guide: Guide, explanation: Explanation, language: str) -> Page:
    """The explanation as a page. It is made for one reader's question and is never kept."""
    at = scene(guide, language)
    words = at.words
    listings = (guide.directory.get(key) for key in explanation.help)
    content = Answer(
        outcome=words(f"outcome.{explanation.outcome}"),
        on=explanation.date,
        as_of=explanation.as_of,
        protections=tuple(_shield(at, each) for each in explanation.protections),
        findings=tuple(_finding(at, each) for each in explanation.findings),
        alternatives=tuple(_statement(at, each) for each in explanation.alternatives),
        consequences=tuple(_statement(at, each) for each in explanation.consequences),
        unknown=tuple(
            WhatIf(words.pick(each.if_), words.pick(each.then)) for each in explanation.unknown_facts
        ),
        notes=tuple(words.pick(note) for note in explanation.notes),
        cards=tuple(card(listing, words) for listing in listings if listing),
    )
    trail = [HOME, (address.law(), "nav.law")]
    page = made(at, address.law(), "answer", content, title=words("answer.title"), trail=trail)
    return replace(page, neutral_title=words("title.answer"), path=at.path("/r/-"))


def _shield(at: Scene, shield: Protection) -> ShownShield:
    note = at.notebook.fact((shield.source,), shield.confidence) if shield.source else None
    return ShownShield(
        kind=at.words(f"shield.{shield.kind}"),
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
    grade = ShownGrade(
        text=at.words.pick(finding.text),
        class_name=at.words.pick(named.name).text if named else "",
        term=term_words(finding.term, at.words),
        fine=fine_words(finding.fine, at.words),
        points=(),
        note=None,
        label=label(at, finding.confidence),
    )
    steps = tuple(
        Point(
            at.words.pick(step.text),
            at.notebook.fact(step.sources or ((step.source,) if step.source else ()), step.confidence),
            label(at, step.confidence) if step.met == "yes" else at.words(f"met.{step.met}"),
        )
        for step in finding.steps
    )
    return ShownFinding(
        heading=at.words.pick(finding.heading),
        citation=finding.citation,
        path=at.path(address.section(section.slug) if section else address.law()),
        outcome=at.words(f"outcome.{finding.outcome}"),
        possible=finding.possible,
        grade=grade,
        steps=steps,
    )


def _statement(at: Scene, statement: Statement) -> Point:
    note = at.notebook.fact((statement.source,), statement.confidence) if statement.source else None
    return Point(at.words.pick(statement.text), note, label(at, statement.confidence))
