"""One rule of one section against a situation: what is met, missing or unknown, and what follows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from waypost.model.evidence import Confidence, Problem, ProblemsFound, Text, lowest
from waypost.model.law import (
    Element,
    Finding,
    Grade,
    Law,
    Protection,
    Rule,
    Section,
    SectionVersion,
    Shield,
    Step,
    UnknownFact,
)
from waypost.rules.penalty_logic import Facts, Judged, Truth, judge
from waypost.rules.penalty_scale import band, class_name, depart, step_of
from waypost.rules.penalty_unknown import asked_of, said

_MISSING_SAYS_NO = {"offense", "civil", "duty"}


@dataclass(frozen=True)
class Place:
    """Where the engine stands: the law, a section, its version on a day, and the facts."""

    law: Law
    section: Section
    version: SectionVersion
    facts: Facts
    on: date

    @property
    def reference(self) -> str:
        """The section with the day its version began: ``us-ct/cgs/...@2021-10-01``."""
        first = self.version.effective_from
        return f"{self.section.key}@{first.isoformat()}" if first else self.section.key


@dataclass(frozen=True)
class Matched:
    """What a rule says of the situation."""

    place: Place
    rule: Rule
    truth: Truth
    finding: Finding
    protections: tuple[Protection, ...] = ()
    unknown: tuple[UnknownFact, ...] = ()


@dataclass(frozen=True)
class _Chain:
    truth: Truth = "yes"
    steps: tuple[Step, ...] = ()
    unknown: tuple[UnknownFact, ...] = ()


def match(place: Place, rule: Rule) -> Matched:
    """Judge one rule. Raises ProblemsFound where two of its grades fit and neither goes before."""
    chain = _elements(place, rule)
    chain = _exceptions(place, rule, chain)
    if chain.truth == "no":
        return Matched(place, rule, "no", _missing(place, rule, chain))
    shields = [(shield, _judge_shield(place, shield)) for shield in rule.protections]
    barred = next((s for s, judged in shields if s.bars and judged.truth == "yes"), None)
    # What protects by its own elements bars nothing while they are unknown; a bar in a charge always does.
    if barred and (chain.truth == "yes" or rule.outcome != "protected"):
        sure = tuple(_protection(place, s, j.truth) for s, j in shields if j.truth == "yes")
        return Matched(place, rule, chain.truth, _barred(place, barred), sure)
    protections = tuple(
        _protection(place, s, _weaker(chain.truth, j.truth)) for s, j in shields if j.truth != "no"
    )
    unknown = chain.unknown
    for shield, judged in shields:
        unknown += asked_of(place.law, judged.asks, shield.what_if, shield.text)
    finding, more = _finding(place, rule, chain)
    return Matched(place, rule, chain.truth, finding, protections, unknown + more)


def _weaker(first: Truth, second: Truth) -> Truth:
    return "unknown" if "unknown" in (first, second) else second


def _elements(place: Place, rule: Rule) -> _Chain:
    """All elements in order; one that is missing decides."""
    steps: list[Step] = []
    unknown: tuple[UnknownFact, ...] = ()
    truths: set[Truth] = set()
    if rule.confidence:
        steps.append(Step(rule.text, _first(rule.sources), rule.confidence, "yes", rule.sources))
    for element in rule.elements:
        judged = _judge_element(place.facts, element)
        truths.add(judged.truth)
        steps.append(_step(element, judged.truth))
        then = said(place.law, f"then_{rule.outcome}", citation=place.section.citation)
        unknown += asked_of(place.law, judged.asks, element.what_if, then)
    truth: Truth = "no" if "no" in truths else "unknown" if "unknown" in truths else "yes"
    return _Chain(truth, tuple(steps), unknown)


def _exceptions(place: Place, rule: Rule, chain: _Chain) -> _Chain:
    """Exceptions take a rule away where they hold. One that is unknown is named: it must be raised."""
    for exception in rule.exceptions:
        judged = judge(place.facts, exception.when)
        if judged.truth == "yes":
            return _Chain("no", (*chain.steps, _step(exception, "no")))
        more = asked_of(place.law, judged.asks, exception.what_if, exception.text)
        chain = replace(chain, unknown=chain.unknown + more)
    return chain


def _judge_element(facts: Facts, element: Element) -> Judged:
    judged = judge(facts, element.when)
    if judged.truth == "no" and element.unclear:
        doubtful = judge(facts, element.unclear)
        return Judged("no" if doubtful.truth == "no" else "unknown", doubtful.asks)
    return judged


def _judge_shield(place: Place, shield: Shield) -> Judged:
    judged = judge(place.facts, shield.when)
    if judged.truth == "no" and shield.unclear and judge(place.facts, shield.unclear).truth == "yes":
        return Judged("unknown")
    return judged


def _step(element: Element, truth: Truth) -> Step:
    text = element.missing or element.text if truth == "no" else element.text
    return Step(text, _first(element.sources), element.confidence, truth, element.sources)


def _missing(place: Place, rule: Rule, chain: _Chain) -> Finding:
    """What is said where a rule does not apply: only the steps that decide."""
    steps = tuple(step for step in chain.steps if step.met == "no")
    says_no = rule.outcome in _MISSING_SAYS_NO and not rule.quiet_when_missing
    return Finding(
        section=place.reference,
        citation=place.section.citation,
        outcome="not_an_offense" if says_no else "no_verified_rule",
        class_=None,
        term=None,
        fine=None,
        possible=False,
        confidence=lowest([step.confidence for step in steps]),
        heading=place.section.heading,
        text=said(place.law, "not_met", citation=place.section.citation),
        steps=steps,
    )


def _barred(place: Place, shield: Shield) -> Finding:
    step = Step(shield.text, _first(shield.sources), shield.confidence, "yes", shield.sources)
    return Finding(
        section=place.reference,
        citation=place.section.citation,
        outcome="protected",
        class_=None,
        term=None,
        fine=None,
        possible=False,
        confidence=shield.confidence,
        heading=place.section.heading,
        text=shield.text,
        steps=(step,),
    )


def _protection(place: Place, shield: Shield, truth: Truth) -> Protection:
    return Protection(
        kind=shield.kind,
        section=place.reference,
        citation=place.section.citation,
        text=shield.text,
        discretionary=shield.discretionary,
        when_to_raise=shield.when_to_raise,
        limits=shield.limits,
        possible=truth == "unknown",
        confidence=shield.confidence,
        source=_first(shield.sources),
    )


def _finding(place: Place, rule: Rule, chain: _Chain) -> tuple[Finding, tuple[UnknownFact, ...]]:
    """The finding of a rule that applies or may: its class, term and fine on that day."""
    grade, unknown = _grade(place, rule)
    steps = chain.steps + _presumed(place, rule)
    class_, term, fine = None, None, None
    if grade:
        class_ = _class_of(place, grade)
        found = band(place.law, place.section.jurisdiction, class_, place.on) if class_ else None
        steps += (Step(grade.text, _first(grade.sources), grade.confidence, "yes", grade.sources),)
        if found:
            steps += (step_of(found.text, found),)
        elif class_:
            name = class_name(place.law, place.section.jurisdiction, class_)
            steps += (_unread_band(place.law, name),)
        term, fine, departures = depart(found, grade.departures)
        steps += departures
    confidence = lowest([step.confidence for step in steps])
    verified = confidence is not Confidence.could_not_confirm
    finding = Finding(
        section=place.reference,
        citation=place.section.citation,
        outcome=rule.outcome if verified else "no_verified_rule",
        class_=class_ if verified else None,
        term=term if verified else None,
        fine=fine if verified else None,
        possible=chain.truth == "unknown" or rule.only_possible or not verified,
        confidence=confidence,
        heading=place.section.heading,
        text=rule.text,
        steps=steps,
    )
    return finding, unknown


def _unread_band(law: Law, name: Text) -> Step:
    text = {
        language: sentence.format(**{"class": name.get(language) or name["en"]})
        for language, sentence in law.phrases.get("no_band", {}).items()
    }
    return Step(text, None, Confidence.could_not_confirm, "unknown")


def _presumed(place: Place, rule: Rule) -> tuple[Step, ...]:
    return tuple(
        Step(effect.text, _first(effect.sources), effect.confidence, "yes", effect.sources)
        for effect in rule.presumptions
        if judge(place.facts, effect.when).truth == "yes"
    )


def _class_of(place: Place, grade: Grade) -> str | None:
    if grade.class_of is None:
        return grade.class_
    classes = place.facts.get(f"{grade.class_of}.class", ())
    return classes[0] if len(classes) == 1 else None


def _grade(place: Place, rule: Rule) -> tuple[Grade | None, tuple[UnknownFact, ...]]:
    """The grade that fits, the usual one where none does, and the facts that would change it."""
    judged = [(grade, judge(place.facts, grade.when)) for grade in rule.grades if grade.when]
    fits = [grade for grade, j in judged if j.truth == "yes"]
    behind = {name for grade in fits for name in grade.overrides}
    fits = [grade for grade in fits if grade.id not in behind]
    if len(fits) > 1:
        raise ProblemsFound([_two(place, "grades", (grade.id for grade in fits))])
    unknown: tuple[UnknownFact, ...] = ()
    for grade, j in judged:
        if j.truth == "unknown" and grade.id not in behind:
            unknown += asked_of(place.law, j.asks, grade.what_if, grade.text)
    usual = next((grade for grade in rule.grades if not grade.when), None)
    return (fits[0] if fits else usual), unknown


def disagreements(found: list[Matched]) -> Iterator[Problem]:
    """A Problem for any two rules of one version that both fit and say different things."""
    behind = {(m.place.reference, name) for m in found if m.truth == "yes" for name in m.rule.overrides}
    seen: dict[str, tuple[str, Any]] = {}
    for m in found:
        if m.truth != "yes" or (m.place.reference, m.rule.id) in behind:
            continue
        said_so = _says(m)
        first = seen.setdefault(m.place.reference, (m.rule.id, said_so))
        if first[1] != said_so:
            yield _two(m.place, "rules", iter((first[0], m.rule.id)))


def overridden(found: list[Matched]) -> list[Matched]:
    """What is left when the rules that others go before are taken out."""
    behind = {(m.place.reference, name) for m in found if m.truth == "yes" for name in m.rule.overrides}
    return [m for m in found if (m.place.reference, m.rule.id) not in behind]


def _says(m: Matched) -> Any:
    shields = tuple((p.kind, p.discretionary) for p in m.protections if not p.possible)
    return m.finding.outcome, m.finding.class_, m.finding.term, m.finding.fine, shields


def _two(place: Place, kind: str, names: Iterator[str]) -> Problem:
    return Problem(
        where=f"section {place.reference}",
        what=f"the {kind} {' and '.join(names)} both fit on {place.on.isoformat()} and disagree",
        why="The program will not choose between two answers about the law.",
        do='Make their "when" exclude one another, or say with "overrides" which goes before.',
    )


def _first(sources: tuple[str, ...]) -> str | None:
    return sources[0] if sources else None
