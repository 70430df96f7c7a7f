"""Who read what: readings of claims and sections, and what they change in how well a thing is known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any, TypeVar

from msgspec.structs import replace

from waypost.model.evidence import Claim, Confidence, Problem
from waypost.model.law import Effect, Element, Grade, Rule, Section, SectionVersion, Shield
from waypost.model.pack import Pack
from waypost.model.reading import CONFIRMS, Review, question_code
from waypost.packs.loaded import Loaded

Part = TypeVar("Part", Element, Effect, Shield)


def applied(pack: Pack) -> Pack:
    """The pack with every reading applied: questions closed, confidence raised, who read it noted.

    Only a lawyer's reading of the operative text that agrees changes what is known of the law; the others are told.
    A claim of another kind is as of the last day on which anybody found it to be so.
    """
    readings: dict[str, list[Review]] = {}
    for identity in pack.chain:
        for entry in pack.verifications.get(identity, ()):
            readings.setdefault(entry.of, []).append(entry)
    claims = {
        key: _claim(claim, readings[f"claim:{key}"]) if f"claim:{key}" in readings else claim
        for key, claim in pack.claims.items()
    }
    sections = {
        key: _section(section, [*section.read_by, *readings.get(f"section:{key}", ())])
        for key, section in pack.law.sections.items()
    }
    return replace(pack, claims=claims, law=replace(pack.law, sections=sections))


def _claim(claim: Claim, readings: list[Review]) -> Claim:
    for reading in readings:
        if reading.agrees and reading.known_as and reading.by == CONFIRMS:
            claim = replace(
                claim,
                confidence=_better(claim.confidence, reading.known_as),
                sources=_with(reading, claim.sources),
                as_of=max(claim.as_of, reading.on),
            )
        elif reading.agrees and claim.kind != "law":
            claim = replace(claim, as_of=max(claim.as_of, reading.on))
    return claim


def _section(section: Section, readings: list[Review]) -> Section:
    if not readings:
        return section
    closed = {code for reading in readings if reading.confirms for code in reading.closes}
    still = tuple(q for q in section.open_questions if question_code(section.key, q) not in closed)
    confidence = section.confidence
    versions = section.versions
    for reading in (r for r in readings if r.confirms):
        versions = tuple(_version(v, reading) if v is read_version(section, reading) else v for v in versions)
        section = replace(section, versions=versions)
        if not still:
            confidence = Confidence.statute_text
    told = tuple(_plain(reading) for reading in readings)
    return replace(section, open_questions=still, read_by=told, confidence=confidence)


def _plain(reading: Review) -> Review:
    return Review(**{name: getattr(reading, name) for name in Review.__struct_fields__})


def read_version(section: Section, reading: Review) -> SectionVersion | None:
    """The version that was read: the one that began on the day named, or was in force on the day of reading."""
    if reading.version:
        return next((v for v in section.versions if v.effective_from == reading.version), None)
    return next((v for v in section.versions if _holds(v, reading.on)), None)


def _holds(version: SectionVersion, on: date) -> bool:
    first, last = version.effective_from, version.effective_to
    return (first is None or first <= on) and (last is None or on <= last)


def _version(version: SectionVersion, reading: Review) -> SectionVersion:
    rules = tuple(_rule(rule, reading) if _was_read(rule, reading) else rule for rule in version.rules)
    if reading.part is not None:
        return replace(version, rules=rules)
    confidence = _better(version.confidence, Confidence.statute_text)
    return replace(version, rules=rules, confidence=confidence, sources=_with(reading, version.sources))


def _was_read(rule: Rule, reading: Review) -> bool:
    return rule.id in reading.rules if reading.rules else reading.part is None


def _rule(rule: Rule, reading: Review) -> Rule:
    """The parts that a section itself says; what may follow from other sections is as it was."""
    return replace(
        rule,
        confidence=_better(rule.confidence, Confidence.statute_text) if rule.confidence else None,
        sources=_with(reading, rule.sources) if rule.confidence else rule.sources,
        elements=tuple(_part(each, reading) for each in rule.elements),
        exceptions=tuple(_part(each, reading) for each in rule.exceptions),
        protections=tuple(_part(each, reading) for each in rule.protections),
        presumptions=tuple(_part(each, reading) for each in rule.presumptions),
        grades=tuple(_grade(each, reading) for each in rule.grades),
    )


def _part(part: Part, reading: Review) -> Part:
    confidence = _better(part.confidence, Confidence.statute_text)
    return replace(part, confidence=confidence, sources=_with(reading, part.sources))


def _grade(grade: Grade, reading: Review) -> Grade:
    departures = tuple(
        replace(
            each,
            confidence=_better(each.confidence, Confidence.statute_text),
            sources=_with(reading, each.sources),
        )
        for each in grade.departures
    )
    confidence = _better(grade.confidence, Confidence.statute_text)
    return replace(grade, confidence=confidence, sources=_with(reading, grade.sources), departures=departures)


def _better(one: Confidence, other: Confidence) -> Confidence:
    return min((one, other), key=list(Confidence).index)


def _with(reading: Review, sources: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*reading.sources, *sources)))


def unfounded(loaded: Loaded) -> Iterator[Problem]:
    """A Problem for each reading of what there is not, that closes what is not open, or stands out of order."""
    for identity, entries in loaded.pack.verifications.items():
        for number, entry in enumerate(entries):
            where = loaded.where("verifications", identity, str(number))
            kind, _, key = entry.of.partition(":")
            known: dict[str, Any] = {"claim": loaded.pack.claims, "section": loaded.pack.law.sections}
            if key not in known.get(kind, {}):
                yield _wrong(where, f'"{entry.of}" is no claim and no section that a pack has')
            elif kind == "section":
                yield from _misread(where, loaded.pack.law.sections[key], entry)
            elif entry.closes or entry.rules or entry.version:
                yield _wrong(where, "a claim has no open questions, rules or versions")
        for earlier, later in pairwise(entries):
            if later.on < earlier.on:
                yield _wrong(f"packs/{identity}/verifications.yaml", f"{later.on} stands after {earlier.on}")
    for key, section in loaded.pack.law.sections.items():
        for review in section.read_by:
            yield from _misread(loaded.where("law", "sections", key, "read_by"), section, review)


def _misread(where: str, section: Section, review: Review) -> Iterator[Problem]:
    codes = {question_code(section.key, question) for question in section.open_questions}
    for code in review.closes:
        if code not in codes:
            yield _wrong(where, f'"{code}" is the code of no open question of {section.citation}')
    if review.closes and not review.confirms:
        yield _wrong(where, f"only a {CONFIRMS} who read the statute text and agrees closes a question")
    version = read_version(section, review)
    if version is None:
        yield _wrong(where, f"{section.citation} has no version of that day")
    else:
        there = {rule.id for rule in version.rules}
        yield from (_wrong(where, f'that version has no rule "{r}"') for r in review.rules if r not in there)


def _wrong(where: str, what: str) -> Problem:
    return Problem(
        where=where,
        what=what,
        why="Readers would be told that something was read and confirmed, and nobody could say what.",
        do="Correct the new line; older lines stay as they are, in the order in which they were made.",
    )
