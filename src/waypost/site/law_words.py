"""The law in a reader's words: classes, terms and fines as of a day: ceilings, never promises."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from waypost.model.evidence import Text
from waypost.model.law import (
    Departure,
    Effect,
    Element,
    Fine,
    Grade,
    Law,
    Rule,
    Section,
    SectionVersion,
    Shield,
    Term,
)
from waypost.rules.penalty_scale import band, class_name, depart, in_force
from waypost.site.words import Words


@dataclass(frozen=True)
class Carried:
    """What a grade of an offense carries on a day: its class, term and fine in words; "" where not known."""

    class_name: str
    term: str
    fine: str
    sources: tuple[str, ...]


def version_on(section: Section, on: date) -> SectionVersion | None:
    """The version in force on a day, if it is known."""
    return in_force(section.key, section.versions, on)


def act_words(act: str | Text | None, words: Words) -> str:
    """What made a version: the number of an act, or words for it in the reader's language."""
    return act or "" if act is None or isinstance(act, str) else words.pick(act).text


def carried(law: Law, section: Section, grade: Grade, on: date, words: Words) -> Carried:
    """The class, term and fine of a grade, after its departures, as of a day."""
    found = band(law, section.jurisdiction, grade.class_, on) if grade.class_ else None
    term, fine, _ = depart(found, grade.departures)
    named = words.pick(class_name(law, section.jurisdiction, grade.class_)).text if grade.class_ else ""
    rests = (
        *grade.sources,
        *(found.sources if found else ()),
        *(s for d in grade.departures for s in d.sources),
    )
    return Carried(named, term_words(term, words), fine_words(fine, words), tuple(dict.fromkeys(rests)))


def term_words(term: Term | None, words: Words) -> str:
    """A term: "up to 364 days", "from 1 to 20 years"."""
    if term is None or (term.max is None and not term.min):
        return ""
    if term.max is None:
        said = words("term.at_least", least=span(term.min, term.unit, words))
    elif term.min:
        said = words(
            "term.between", least=span(term.min, term.unit, words), most=span(term.max, term.unit, words)
        )
    else:
        said = words("term.up_to", most=span(term.max, term.unit, words))
    if term.mandatory_min:
        said += " " + words("term.mandatory", least=span(term.mandatory_min, term.unit, words))
    return said


def span(number: int, unit: str, words: Words) -> str:
    """A length of time; whole years as years."""
    if unit == "months" and number % 12 == 0 and number:
        return words.count("years.count", number // 12)
    return words.count(f"{unit}.count", number)


def fine_words(fine: Fine | None, words: Words) -> str:
    """A fine: a set amount, or a ceiling."""
    if fine is None:
        return ""
    if fine.fixed_usd is not None:
        return words("fine.set", amount=f"${fine.fixed_usd:,}")
    return words("fine.up_to", amount=f"${fine.max_usd:,}") if fine.max_usd is not None else ""


def usual(law: Law, key: str, on: date) -> tuple[Section, Grade] | None:
    """The usual grade of an offense on a day: the first that needs no further condition."""
    section = law.sections.get(key)
    version = version_on(section, on) if section else None
    rules: tuple[Rule, ...] = version.rules if version else ()
    grades = [grade for rule in rules if rule.outcome == "offense" for grade in rule.grades]
    found = next((grade for grade in grades if not grade.when), grades[0] if grades else None)
    return (section, found) if section and found else None


def drawn_section(law: Law, key: str) -> tuple[str, str] | None:
    """The citation of a section and its slug."""
    section = law.sections.get(key)
    return (section.citation, section.slug) if section else None


def drawn_term(law: Law, key: str, on: date, words: Words) -> str | None:
    """The longest term that the usual grade of a section carries on a day."""
    found = usual(law, key, on)
    if found is None:
        return None
    section, grade = found
    carries = band(law, section.jurisdiction, grade.class_, on) if grade.class_ else None
    term, _, _ = depart(carries, grade.departures)
    return span(term.max, term.unit, words) if term and term.max is not None else None


def drawn_fine(law: Law, key: str, on: date) -> str | None:
    """The fine of the usual grade of a section on a day: the amount alone."""
    found = usual(law, key, on)
    if found is None:
        return None
    section, grade = found
    _, fine, _ = depart(
        band(law, section.jurisdiction, grade.class_, on) if grade.class_ else None, grade.departures
    )
    amount = (fine.fixed_usd if fine.fixed_usd is not None else fine.max_usd) if fine else None
    return f"${amount:,}" if amount is not None else None


def section_title(section: Section, words: Words) -> str:
    """The name of a section in a list: heading first, because a citation alone says nothing to most readers."""
    return f"{words.pick(section.heading).text} ({section.citation})"


def sections_on(law: Law) -> dict[str, tuple[str, ...]]:
    """The keys of sections by the source that they rest on."""
    resting: dict[str, list[str]] = {}
    for key, section in law.sections.items():
        for source in dict.fromkeys((*section.sources, *sources_of(section))):
            resting.setdefault(source, []).append(key)
    for classes in law.scale.values():
        for penalty in classes.values():
            for each in penalty.bands:
                for source in each.sources:
                    resting.setdefault(source, [])
    for model in law.models.values():
        parts = [place.sources for place in model.places]
        parts += [found.sources for found in (*model.evidence_for, *model.evidence_against)]
        for source in (*model.sources, *(source for part in parts for source in part)):
            resting.setdefault(source, [])
    return {source: tuple(keys) for source, keys in resting.items()}


def sources_of(section: Section) -> list[str]:
    """Every source that any version of a section names."""
    found: list[str] = []
    for version in section.versions:
        found += version.sources
        for rule in version.rules:
            found += rule.sources
            found += _sources(*rule.elements, *rule.exceptions, *rule.protections, *rule.grades)
            found += _sources(*rule.presumptions, *rule.consequences, *rule.alternatives, *rule.notes)
            found += _sources(*(departure for grade in rule.grades for departure in grade.departures))
    return found


def _sources(*parts: Element | Shield | Grade | Effect | Departure) -> list[str]:
    return [source for part in parts for source in part.sources]
