"""Whether a pack's law is whole: dates without gap or overlap, tests that can be read, classes there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

from waypost.model.evidence import Problem, Text
from waypost.model.law import Condition, Effect, Element, Grade, Law, Rule, Section, Shield
from waypost.rules.penalty_logic import Between, Days, OneOf, Test, parse
from waypost.rules.penalty_scale import Dated

PHRASES = [
    "expected",
    "future",
    "if_before",
    "if_between",
    "if_from",
    "if_given",
    "if_not",
    "if_or_more",
    "if_under",
    "if_under_years",
    "if_or_more_years",
    "no_band",
    "no_rule",
    "not_advice",
    "not_met",
    "not_read",
    "or",
    "read_as",
    "then_civil",
    "then_duty",
    "then_no_verified_rule",
    "then_not_an_offense",
    "then_offense",
    "then_procedure",
    "then_protected",
    "then_relief",
    "then_role",
    "undated",
    "value_no",
    "value_yes",
]
"""The phrases that the engine makes its own sentences of; ``law/phrases.yaml`` must have them."""

_LANGUAGES = ("en", "es")


def unsound(law: Law) -> Iterator[Problem]:
    """Every Problem of a law's files that the model's own types cannot see."""
    if law.sections:
        yield from (
            _problem("law/phrases.yaml", f'there is no phrase "{p}"') for p in PHRASES if p not in law.phrases
        )
    for jurisdiction, classes in law.scale.items():
        for name, found in classes.items():
            yield from _dates(f"law scale {jurisdiction} {name}", found.bands)
    for key, section in law.sections.items():
        yield from _section(law, key, section)
    for key, aid in law.help.items():
        yield from _conditions(law, f"law help {key}", aid.when)


def _section(law: Law, key: str, section: Section) -> Iterator[Problem]:
    where = f"section {key}"
    yield from _dates(where, section.versions)
    yield from _texts(where, section.heading, section.paraphrase, *section.open_questions)
    for version in section.versions:
        yield from _texts(where, version.change)
        yield from _askers(law, where, version.roles, version.questions)
        if version.rules and version.status == "unknown":
            yield _problem(where, "a version that nobody has read has rules")
        for rule in version.rules:
            yield from _rule(law, section, f"{where}, rule {rule.id}", rule)


def _rule(law: Law, section: Section, where: str, rule: Rule) -> Iterator[Problem]:
    yield from _askers(law, where, rule.roles, rule.questions)
    if not rule.roles and not rule.questions:
        yield _problem(where, "it has neither roles nor questions, so nobody is ever told of it")
    if not rule.elements and rule.confidence is None:
        yield _problem(
            where, "it has no elements and no confidence of its own, so nothing says how well it is known"
        )
    parts: tuple[Element | Grade | Shield, ...] = (
        *rule.elements,
        *rule.exceptions,
        *rule.grades,
        *rule.protections,
    )
    effects: tuple[Effect, ...] = (*rule.presumptions, *rule.consequences, *rule.alternatives, *rule.notes)
    yield from _texts(where, rule.text, *(p.text for p in parts), *(e.text for e in effects))
    for conditions in (*(p.when for p in parts), *(e.when for e in effects)):
        yield from _conditions(law, where, conditions)
    doubtful: tuple[Element | Shield, ...] = (*rule.elements, *rule.protections)
    for element in doubtful:
        yield from _conditions(law, where, element.unclear)
    for part in parts:
        yield from (
            _no_word(where, what_if.fact) for what_if in part.what_if if what_if.fact not in law.words
        )
    names = {grade.id for grade in rule.grades}
    for grade in rule.grades:
        yield from (_problem(where, f'there is no grade "{o}"') for o in grade.overrides if o not in names)
        if grade.class_ and grade.class_ not in law.scale.get(section.jurisdiction, {}):
            yield _problem(where, f'the scale of {section.jurisdiction} has no class "{grade.class_}"')


def _dates(where: str, versions: Sequence[Dated]) -> Iterator[Problem]:
    """Each day from the first has one version: no gap, no overlap."""
    for earlier, later in pairwise(versions):
        end, begin = earlier.effective_to, later.effective_from
        if end is None or begin is None or begin != end + timedelta(days=1):
            yield _problem(where, f"between {_day(end)} and {_day(begin)} there is a gap or an overlap")
    for version in versions:
        first, last = version.effective_from, version.effective_to
        if first and last and last < first:
            yield _problem(where, f"a version ends on {_day(last)}, before it begins")


def _conditions(law: Law, where: str, conditions: tuple[Condition, ...]) -> Iterator[Problem]:
    for condition in conditions:
        for word, text in condition.items():
            yield from _test(law, where, word, text)


def _test(law: Law, where: str, name: str, text: str) -> Iterator[Problem]:
    word = law.words.get(name.partition(".")[0])
    if word is None:
        yield _no_word(where, name)
        return
    try:
        test: Test = parse(text)
    except ValueError:
        yield _problem(where, f'the test "{text}" of {name} has a day that is none')
        return
    derived = "." in name
    wrong_number = isinstance(test, Between) and word.kind != "number" and not derived
    if wrong_number or (isinstance(test, Days) and word.kind != "day"):
        yield _problem(where, f'{name} is not a word that the test "{text}" can be asked of')
    if isinstance(test, OneOf) and word.kind == "yes_no" and not test.values <= {"yes", "no"}:
        yield _problem(where, f'{name} is yes or no, not "{text}"')
    if isinstance(test, OneOf) and word.kind == "choice":
        strange = sorted(value for value in test.values if value not in word.values)
        yield from (_problem(where, f'{name} has no value "{value}"') for value in strange)


def _askers(law: Law, where: str, roles: Sequence[str], questions: Sequence[str]) -> Iterator[Problem]:
    for name, values in (("role", roles), ("question", questions)):
        there = law.words[name].values if name in law.words else {}
        yield from (
            _problem(where, f'{name} has no value "{value}"') for value in values if value not in there
        )


def _texts(where: str, *texts: Text) -> Iterator[Problem]:
    for text in texts:
        missing = [language for language in _LANGUAGES if not text.get(language)]
        if missing:
            yield _problem(
                where, f"a text is missing in {' and '.join(missing)}: {next(iter(text.values()), '')[:60]!r}"
            )


def _day(day: date | None) -> str:
    return day.isoformat() if day else "no day"


def _no_word(where: str, word: str) -> Problem:
    return _problem(where, f'"{word}" is not one of the words of a situation')


def _problem(where: str, what: str) -> Problem:
    return Problem(
        where=where,
        what=what,
        why="An answer about the law would be wrong, or missing, without anybody being told.",
        do="Correct the file. docs/law-pack.md says what belongs where.",
    )
