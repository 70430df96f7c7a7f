"""Facts that were not given: which, and what each would change, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from waypost.model.evidence import Text
from waypost.model.law import Law, UnknownFact, WhatIf, Word
from waypost.rules.penalty_logic import MOST, Between, Days, Given, Test, parse


def said(law: Law, phrase: str, **values: str) -> Text:
    """A phrase of the pack with its values filled in, in every language it has; nothing if it has none."""
    return {language: text.format(**values) for language, text in law.phrases.get(phrase, {}).items()}


def asked_of(
    law: Law, asks: Iterable[tuple[str, str]], what_ifs: Sequence[WhatIf], then: Text
) -> tuple[UnknownFact, ...]:
    """One entry for each open question: in the pack's own words where it has some."""
    return tuple(found for word, test in asks for found in _entries(law, word, test, what_ifs, then))


def _entries(law: Law, word: str, test: str, what_ifs: Sequence[WhatIf], then: Text) -> Iterable[UnknownFact]:
    fact = word.partition(".")[0]
    own = [what_if for what_if in what_ifs if what_if.fact == fact]
    if own:
        return [UnknownFact(fact, what_if.if_, what_if.then) for what_if in own]
    return [UnknownFact(fact, describe(law, word, parse(test)), then)]


def describe(law: Law, word: str, test: Test) -> Text:
    """A test in words: "under 18", "yes", "money or drugs"."""
    if isinstance(test, Given):
        return said(law, "if_given")
    if isinstance(test, Between):
        return _numbers(law, test, "_years" if word.endswith(".years") else "")
    if isinstance(test, Days):
        name, day = ("if_from", test.first) if test.first.year > 1 else ("if_before", test.end)
        return said(law, name, day=day.isoformat())
    listed = _values(law, law.words.get(word), sorted(test.values))
    if not test.negated:
        return listed
    return {language: _fill(law, "if_not", language, values=text) for language, text in listed.items()}


def _numbers(law: Law, test: Between, unit: str) -> Text:
    if test.low == -MOST:
        return said(law, "if_under" + unit, n=str(test.high + 1))
    if test.high == MOST:
        return said(law, "if_or_more" + unit, n=str(test.low))
    return said(law, "if_between", low=str(test.low), high=str(test.high))


def _values(law: Law, word: Word | None, values: list[str]) -> Text:
    """The meanings of values, joined by "or"."""
    meanings = [_meaning(law, word, value) for value in values]
    languages = {language for each in (*meanings, law.phrases.get("or", {})) for language in each}
    return {
        language: _fill(law, "or", language).join(
            m.get(language) or m.get("en", v) for m, v in zip(meanings, values, strict=True)
        )
        for language in sorted(languages)
    }


def _meaning(law: Law, word: Word | None, value: str) -> Text:
    if word and value in word.values:
        return word.values[value].meaning
    if value in law.sections:
        return {"en": law.sections[value].citation}
    for classes in law.scale.values():
        if value in classes:
            return classes[value].name
    plain = law.phrases.get(f"value_{value}")
    return plain or {"en": value.replace("_", " ")}


def _fill(law: Law, phrase: str, language: str, **values: str) -> str:
    return said(law, phrase, **values).get(language, "")
