"""From a situation to an explanation: the law in force that day, what is met, and what protects.

Pure: the day is an argument, and every section, class and number comes from the pack.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar, get_args

from waypost.model.evidence import Confidence, ProblemsFound, Text, lowest
from waypost.model.law import (
    Aid,
    Effect,
    Explanation,
    Finding,
    Law,
    Outcome,
    Protection,
    Rule,
    Section,
    SectionVersion,
    Situation,
    Statement,
    Step,
    UnknownFact,
)
from waypost.rules.penalty_logic import Facts, judge
from waypost.rules.penalty_match import Matched, Place, disagreements, match, overridden
from waypost.rules.penalty_scale import in_force
from waypost.rules.penalty_unknown import said
from waypost.rules.penalty_words import known_facts

_ORDER = get_args(Outcome)
_OPEN: Outcome = "no_verified_rule"


@dataclass
class _Gathered:
    findings: list[Finding] = field(default_factory=list)
    missing: list[Finding] = field(default_factory=list)
    protections: list[Protection] = field(default_factory=list)
    consequences: list[Statement] = field(default_factory=list)
    alternatives: list[Statement] = field(default_factory=list)
    unknown: list[UnknownFact] = field(default_factory=list)
    notes: list[Text] = field(default_factory=list)
    help: list[str] = field(default_factory=list)


def explain(law: Law, situation: Situation, asked_on: date) -> Explanation:
    """What the law of the day of the act says of a situation.

    Raises ProblemsFound where two rules fit and disagree, or two versions are in force.
    """
    facts = known_facts(law, situation)
    matched: list[Matched] = []
    gathered = _Gathered(notes=list(_first_notes(law, situation, asked_on)))
    for section, version in versions_on(law, situation.jurisdiction, situation.on):
        place = Place(law, section, version, facts, situation.on)
        if version.status == "unknown":
            if _asked(version, facts):
                gathered.findings.append(_unread(place))
            continue
        found = [
            match(place, rule)
            for rule in version.rules
            if _asked(rule, facts) and judge(facts, rule.only_if).truth == "yes"
        ]
        if problems := list(disagreements(found)):
            raise ProblemsFound(problems)
        matched += overridden(found)
    for m in matched:
        _gather(gathered, m)
    return _explanation(law, situation, asked_on, facts, gathered)


def versions_on(law: Law, jurisdiction: str, on: date) -> Iterator[tuple[Section, SectionVersion]]:
    """Each section that holds in a jurisdiction (its own, and those above it), as it stood on a day."""
    for key in sorted(law.sections):
        section = law.sections[key]
        if jurisdiction == section.jurisdiction or jurisdiction.startswith(section.jurisdiction + "-"):
            version = in_force(f"section {key}", section.versions, on)
            if version is not None:
                yield section, version


def _asked(rule: Rule | SectionVersion, facts: Facts) -> bool:
    """Whether a rule is about this: by the question if there is one, else by the role."""
    if "question" in facts:
        return not set(rule.questions).isdisjoint(facts["question"])
    return not set(rule.roles).isdisjoint(facts.get("role", ()))


def _gather(into: _Gathered, m: Matched) -> None:
    if m.truth == "no":
        into.missing.append(m.finding)
        return
    into.findings.append(m.finding)
    into.protections += m.protections
    into.unknown += m.unknown
    into.help += m.rule.help
    for name in ("consequences", "alternatives"):
        if m.finding.outcome != "protected" or m.rule.outcome == "protected":
            getattr(into, name).extend(_statements(m, getattr(m.rule, name)))
    into.notes += [s.text for s in _statements(m, m.rule.notes)]
    if m.place.version.status == "expected":
        into.notes.append(said(m.place.law, "expected", citation=m.place.section.citation))


def _statements(m: Matched, effects: tuple[Effect, ...]) -> Iterator[Statement]:
    for effect in effects:
        if judge(m.place.facts, effect.when).truth == "yes":
            source = effect.sources[0] if effect.sources else None
            where = m.place.reference, m.place.section.citation
            yield Statement(effect.text, *where, source, effect.confidence)


def _unread(place: Place) -> Finding:
    """What is said of a version that nobody here has read."""
    version = place.version
    source = version.sources[0] if version.sources else None
    step = Step(version.change, source, version.confidence, "unknown", version.sources)
    return Finding(
        section=place.reference,
        citation=place.section.citation,
        outcome=_OPEN,
        class_=None,
        term=None,
        fine=None,
        possible=True,
        confidence=Confidence.could_not_confirm,
        heading=place.section.heading,
        text=said(place.law, "not_read", citation=place.section.citation),
        steps=(step,),
    )


def _explanation(law: Law, situation: Situation, asked_on: date, facts: Facts, g: _Gathered) -> Explanation:
    findings = g.findings
    if all(finding.outcome == _OPEN for finding in findings):
        findings = findings + [finding for finding in g.missing if finding.outcome != _OPEN]
    findings = sorted(findings, key=_rank)
    outcome: Outcome = findings[0].outcome if findings else _OPEN
    unknown = g.unknown + _nobody(law, facts)
    notes = g.notes if findings else [*g.notes, said(law, "no_rule")]
    return Explanation(
        outcome=outcome,
        as_of=asked_on,
        date=situation.on,
        jurisdiction=situation.jurisdiction,
        findings=tuple(findings),
        protections=tuple(sorted(_once(g.protections), key=lambda p: p.possible)),
        consequences=tuple(_once(g.consequences)),
        alternatives=tuple(_once(g.alternatives)),
        unknown_facts=tuple(_once(unknown)),
        notes=tuple(_once([*notes, said(law, "not_advice")])),
        help=tuple(_once([*_help(law, outcome, facts), *g.help])),
        confidence=_confidence(findings),
    )


def _confidence(findings: list[Finding]) -> Confidence:
    """The lowest of the findings that make the outcome: the sure ones, if there are any."""
    if not findings:
        return Confidence.could_not_confirm
    main = findings[0]
    return lowest(
        [f.confidence for f in findings if (f.outcome, f.possible) == (main.outcome, main.possible)]
    )


def _rank(finding: Finding) -> tuple[bool, bool, int, str]:
    """The main finding first: verified, then sure, then in the order of outcomes, then by section."""
    return finding.outcome == _OPEN, finding.possible, _ORDER.index(finding.outcome), finding.section


def _nobody(law: Law, facts: Facts) -> list[UnknownFact]:
    """Without a role and a question there is nothing to go by: say so."""
    if "role" in facts or "question" in facts:
        return []
    return [UnknownFact("role", said(law, "if_given"), said(law, "then_role"))]


def _first_notes(law: Law, situation: Situation, asked_on: date) -> Iterator[Text]:
    if situation.undated:
        yield said(law, "undated", day=situation.on.isoformat())
    if situation.on > asked_on:
        yield said(law, "future", day=situation.on.isoformat())
    for word, given, taken in situation.read_as:
        yield said(law, "read_as", word=word, given=given, taken=taken)


def _help(law: Law, outcome: str, facts: Facts) -> Iterator[str]:
    for aid in law.help.values():
        if _fits(aid, outcome, facts):
            yield from aid.services


def _fits(aid: Aid, outcome: str, facts: Facts) -> bool:
    """Whether all that an aid names fits; what it does not name does not matter."""
    return (
        (not aid.outcomes or outcome in aid.outcomes)
        and (not aid.roles or not set(aid.roles).isdisjoint(facts.get("role", ())))
        and (not aid.questions or not set(aid.questions).isdisjoint(facts.get("question", ())))
        and judge(facts, aid.when).truth == "yes"
    )


T = TypeVar("T")


def _once(values: list[T]) -> list[T]:
    """Each value once, in order."""
    kept: list[T] = []
    for value in values:
        if value not in kept:
            kept.append(value)
    return kept
