"""How many sources there really are: those that share wording or an error count as one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from waypost.model.evidence import Confidence, Problem, Severity, Source
from waypost.model.law import Effect, Element, Grade, Rule, Section, Shield
from waypost.model.pack import Pack


def groups(sources: Mapping[str, Source]) -> dict[str, str]:
    """The group of each source, by one name for all that are the same, however long the way between them."""
    leader = {key: key for key in sources}

    def find(key: str) -> str:
        while leader[key] != key:
            leader[key] = leader[leader[key]]
            key = leader[key]
        return key

    for key, source in sources.items():
        for other in source.same_as:
            if other in leader:
                first, second = sorted((find(key), find(other)))
                leader[second] = first
    return {key: find(key) for key in sources}


def independent(of: Mapping[str, str], keys: Iterable[str]) -> int:
    """How many of these sources are independent, by the groups that ``groups`` gives."""
    return len({of.get(key, key) for key in keys})


def really_one(pack: Pack) -> Iterator[Problem]:
    """A warning for each claim or part of a section known by report only whose sources are really one."""
    of = groups(pack.sources)
    for where, confidence, keys in _resting(pack):
        named = tuple(dict.fromkeys(keys))
        if confidence is Confidence.secondary and len(named) > 1 and independent(of, named) == 1:
            yield _told(where, named)


def _resting(pack: Pack) -> Iterator[tuple[str, Confidence, tuple[str, ...]]]:
    for key, claim in pack.claims.items():
        yield f"claim {key}", claim.confidence, claim.sources
    for key, section in pack.law.sections.items():
        yield f"section {key}", section.confidence, section.sources
        yield from _parts(key, section)
    for key, model in pack.law.models.items():
        for place in model.places:
            yield f"model {key}, {place.place.get('en', '')}", place.confidence, place.sources
        for found in (*model.evidence_for, *model.evidence_against):
            yield f"model {key}, evidence", found.confidence, found.sources


def _parts(key: str, section: Section) -> Iterator[tuple[str, Confidence, tuple[str, ...]]]:
    for version in section.versions:
        act = version.act if isinstance(version.act, str) else version.act.get("en", "")
        yield f"section {key}, {act}", version.confidence, version.sources
        for rule in version.rules:
            for part in _of_rule(rule):
                where = f"section {key}, {act}, rule {rule.id}"
                yield where, part.confidence, part.sources


def _of_rule(rule: Rule) -> tuple[Element | Shield | Grade | Effect, ...]:
    said: tuple[Element, ...] = (*rule.elements, *rule.exceptions)
    effects: tuple[Effect, ...] = (*rule.presumptions, *rule.consequences, *rule.alternatives, *rule.notes)
    return (*said, *rule.protections, *rule.grades, *effects)


def _told(where: str, named: tuple[str, ...]) -> Problem:
    return Problem(
        where=where,
        what=f"it rests on {', '.join(named)}, which are really one source",
        why="They share wording or an error, so that none of them confirms another.",
        do="Find a source that does not draw on them, or name only one of them.",
        severity=Severity.warning,
    )
