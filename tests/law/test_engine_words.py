"""The engine's own words, in full: what it asks, refuses and reports, to the last field."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from tests.law.test_engine import BOTH, PLAIN, TODAY, _ask, _grade, _law, _rule, _version
from waypost.model.evidence import Confidence, Problem, ProblemsFound, Severity
from waypost.model.law import Law, Step, Word
from waypost.rules.penalty_logic import parse
from waypost.rules.penalty_scale import band, class_name
from waypost.rules.penalty_sound import PHRASES, unsound
from waypost.rules.penalty_unknown import describe
from waypost.rules.penalty_words import find_section, known_facts, read_situation

CORRECT = "Correct the file. docs/law-pack.md says what belongs where."
WHY = "An answer about the law would be wrong, or missing, without anybody being told."


def _whole(law: Law) -> list[Problem]:
    """Every Problem of a law, without those of the phrases that the invented one lacks."""
    return [p for p in unsound(law) if p.where != "law/phrases.yaml"]


def _unsound(where: str, what: str) -> Problem:
    return Problem(where, what, WHY, CORRECT, Severity.error)


SECTION = "section x/s/1"
RULE = f"{SECTION}, rule r"
MISSING = {"en": "x"}
LACKS = "a text is missing in es: 'x'"


@pytest.mark.parametrize(
    ("law", "told"),
    [
        (
            _law(_version(effective_to="2019-12-30"), _version(effective_from="2020-01-01")),
            [(SECTION, "between 2019-12-30 and 2020-01-01 there is a gap or an overlap")],
        ),
        (
            _law(_version(effective_to="2020-01-01"), _version(effective_from="2020-01-01")),
            [(SECTION, "between 2020-01-01 and 2020-01-01 there is a gap or an overlap")],
        ),
        (
            _law(_version(), _version(effective_from="2020-01-01")),
            [(SECTION, "between no day and 2020-01-01 there is a gap or an overlap")],
        ),
        (
            _law(_version(effective_to="2020-01-01"), _version()),
            [(SECTION, "between 2020-01-01 and no day there is a gap or an overlap")],
        ),
        (_law(_version(effective_to="2020-01-01"), _version(effective_from="2020-01-02")), []),
        (_law(_version(effective_from="2020-01-01", effective_to="2020-01-01")), []),
        (
            _law(_version(effective_from="2020-01-02", effective_to="2020-01-01")),
            [(SECTION, "a version ends on 2020-01-01, before it begins")],
        ),
        (_law(_version(change=MISSING)), [(SECTION, LACKS)]),
        (
            _law(_version(change={"es": "y" * 70})),
            [(SECTION, f"a text is missing in en: {'y' * 60!r}")],
        ),
        (_law(_version(change={})), [(SECTION, "a text is missing in en and es: ''")]),
        (_law(_version(roles=["z"])), [(SECTION, 'role has no value "z"')]),
        (_law(_version(questions=["z"])), [(SECTION, 'question has no value "z"')]),
        (
            _law(_version(_rule(), status="unknown")),
            [(SECTION, "a version that nobody has read has rules")],
        ),
        (_law(_version(status="unknown")), []),
        (_law(_version(_rule(roles=["a", "z"]))), [(RULE, 'role has no value "z"')]),
        (_law(_version(_rule(roles=[], questions=["q"]))), []),
        (
            _law(_version(_rule(roles=[]))),
            [(RULE, "it has neither roles nor questions, so nobody is ever told of it")],
        ),
        (
            _law(_version({**_rule(), "confidence": None})),
            [
                (
                    RULE,
                    "it has no elements and no confidence of its own, so nothing says how well it is known",
                )
            ],
        ),
        (_law(_version(_rule(text=MISSING))), [(RULE, LACKS)]),
        (_law(_version(_rule(elements=[{**PLAIN, "text": MISSING}]))), [(RULE, LACKS)]),
        (_law(_version(_rule(exceptions=[{**PLAIN, "text": MISSING}]))), [(RULE, LACKS)]),
        (_law(_version(_rule(grades=[_grade("g", text=MISSING)]))), [(RULE, LACKS)]),
        (
            _law(_version(_rule(protections=[{**PLAIN, "text": MISSING, "kind": "order"}]))),
            [(RULE, LACKS)],
        ),
        *(
            (_law(_version(_rule(**{name: [{**PLAIN, "text": MISSING}]}))), [(RULE, LACKS)])
            for name in ("presumptions", "consequences", "alternatives", "notes")
        ),
        *(
            (
                _law(_version(_rule(**{name: [{**PLAIN, "when": [{"z": "yes"}]}]}))),
                [(RULE, '"z" is not one of the words of a situation')],
            )
            for name in ("elements", "exceptions", "presumptions", "consequences", "alternatives", "notes")
        ),
        (
            _law(_version(_rule(elements=[{**PLAIN, "unclear": [{"z": "yes"}]}]))),
            [(RULE, '"z" is not one of the words of a situation')],
        ),
        (
            _law(_version(_rule(protections=[{**PLAIN, "kind": "order", "unclear": [{"z": "yes"}]}]))),
            [(RULE, '"z" is not one of the words of a situation')],
        ),
        (
            _law(
                _version(_rule(elements=[{**PLAIN, "what_if": [{"fact": "age", "if": BOTH, "then": BOTH}]}]))
            ),
            [],
        ),
        (
            _law(_version(_rule(elements=[{**PLAIN, "what_if": [{"fact": "z", "if": BOTH, "then": BOTH}]}]))),
            [(RULE, '"z" is not one of the words of a situation')],
        ),
        (
            _law(_version(_rule(grades=[_grade("g", overrides=["h", "z"]), _grade("h")]))),
            [(RULE, 'there is no grade "z"')],
        ),
        (
            _law(_version(_rule(grades=[_grade("g", **{"class": "z"})]))),
            [(RULE, 'the scale of x has no class "z"')],
        ),
        (
            _law(_version(_rule(grades=[_grade("g", **{"class": "one"})])), key="y/s/1"),
            [("section y/s/1, rule r", 'the scale of y has no class "one"')],
        ),
        (
            _law(_version(), help={"k": {"services": [], "when": [{"z": "yes"}]}}),
            [("law help k", '"z" is not one of the words of a situation')],
        ),
        *(
            (_law(_version(_rule(elements=[{**PLAIN, "when": [{word: test}]}]))), told)
            for word, test, told in (
                ("age", "under 18", []),
                ("convicted_on.years", "7 or more", []),
                ("convicted_of.class", "one | two", []),
                ("convicted_on", "from 2020-01-01", []),
                ("ok", "yes | no", []),
                ("ok", "given", []),
                ("what", "money | none", []),
                ("what", "not money", []),
                (
                    "convicted_on",
                    "before 2020-02-30",
                    [(RULE, 'the test "before 2020-02-30" of convicted_on has a day that is none')],
                ),
                (
                    "ok",
                    "under 3",
                    [(RULE, 'ok is not a word that the test "under 3" can be asked of')],
                ),
                (
                    "age",
                    "from 2020-01-01",
                    [(RULE, 'age is not a word that the test "from 2020-01-01" can be asked of')],
                ),
                ("ok", "perhaps", [(RULE, 'ok is yes or no, not "perhaps"')]),
                (
                    "what",
                    "tin | gold | money",
                    [(RULE, 'what has no value "gold"'), (RULE, 'what has no value "tin"')],
                ),
            )
        ),
    ],
)
def test_each_fault_of_the_files_is_told_in_full(law: Law, told: list[tuple[str, str]]) -> None:
    """A fault is told where it stands, in these words, and what is sound is not told."""
    assert _whole(law) == [_unsound(*each) for each in told]


def test_the_scale_s_dates_are_looked_at() -> None:
    """A gap in the bands of a class is told with the class."""
    bands = [{**PLAIN, "effective_to": "2019-12-30"}, {**PLAIN, "effective_from": "2020-01-01"}]
    law = _law(_version(), scale={"x": {"two": {"name": BOTH, "bands": bands}}})
    assert _whole(law) == [
        _unsound("law scale x two", "between 2019-12-30 and 2020-01-01 there is a gap or an overlap")
    ]


def test_each_phrase_that_lacks_is_told_once() -> None:
    """Every phrase that the engine needs and the pack lacks is told; a law without sections needs none."""
    told = [p for p in unsound(_law(_version())) if p.where == "law/phrases.yaml"]
    assert told == [
        _unsound("law/phrases.yaml", f'there is no phrase "{name}"') for name in PHRASES if name != "no_rule"
    ]


def test_heading_paraphrase_and_questions_are_in_both_languages() -> None:
    """What a section is called, what it says in our words and what is open is looked at."""
    law = _law(_version())
    section = law.sections["x/s/1"]
    for changed in (
        replace(section, heading=MISSING),
        replace(section, paraphrase=MISSING),
        replace(section, open_questions=(MISSING,)),
    ):
        assert _whole(replace(law, sections={"x/s/1": changed})) == [_unsound(SECTION, LACKS)]


def test_two_versions_in_force_are_told_in_full() -> None:
    """The refusal names section and day, why, and what to do."""
    with pytest.raises(ProblemsFound) as found:
        _ask(_law(_version(_rule()), _version(_rule())), role="a")
    assert found.value.problems == [
        Problem(
            "section x/s/1",
            "two versions are in force on 2026-01-01",
            "They may say different things, and the program will not choose between them.",
            "Correct effective_from and effective_to so that each day has one version.",
        )
    ]


def test_two_bands_in_force_are_told_by_class() -> None:
    """The refusal of a class with two bands on a day names jurisdiction and class."""
    law = _law(_version(), scale={"x": {"two": {"name": BOTH, "bands": [PLAIN, PLAIN]}}})
    with pytest.raises(ProblemsFound) as found:
        band(law, "x", "two", TODAY)
    assert found.value.problems[0].where == "law scale x two"


def test_two_answers_are_told_in_full() -> None:
    """The refusal of two rules, or two grades, that disagree names them, the day, why and what to do."""
    why = "The program will not choose between two answers about the law."
    do = 'Make their "when" exclude one another, or say with "overrides" which goes before.'
    with pytest.raises(ProblemsFound) as found:
        _ask(
            _law(_version(_rule(), _rule(id="s", outcome="civil"), effective_from="2020-01-01")),
            role="a",
        )
    where = "section x/s/1@2020-01-01"
    assert found.value.problems == [
        Problem(where, "the rules r and s both fit on 2026-01-01 and disagree", why, do)
    ]
    grades = [_grade("g", when=[{"ok": "yes"}]), _grade("h", when=[{"ok": "yes"}])]
    with pytest.raises(ProblemsFound) as more:
        _ask(_law(_version(_rule(grades=grades))), role="a", ok=True)
    assert more.value.problems == [
        Problem("section x/s/1", "the grades g and h both fit on 2026-01-01 and disagree", why, do)
    ]


def test_a_word_that_is_none_is_refused_in_full() -> None:
    """The refusal names the word, cut at 200 letters, and lists all words there are, in order."""
    with pytest.raises(ProblemsFound) as found:
        read_situation(_law(_version()), {"z" * 300: 1}, TODAY)
    listed = "age, asked_on, convicted_of, convicted_on, date, jurisdiction, ok, question, role, seen, what"
    assert found.value.problems == [
        Problem(
            "the situation",
            f'"{"z" * 200}" is not one of the words of a situation',
            "The program would leave out something that may matter, and not say so.",
            f"Use these words: {listed}.",
        )
    ]


def test_a_value_that_is_none_is_refused_in_full() -> None:
    """The refusal names word and value, cut at 200 letters, and says what may stand there."""
    with pytest.raises(ProblemsFound) as found:
        read_situation(_law(_version()), {"age": "z" * 300, "role": "z"}, TODAY)
    why = "The answer would rest on a guess about what was meant."
    assert found.value.problems == [
        Problem(
            "the situation, age",
            f"{'z' * 200!r} is not a value of age",
            why,
            "Give a word, a number, true or false, or leave the word out if it is not known.",
        ),
        Problem(
            "the situation, role",
            "'z' is not a value of role",
            why,
            "Give one of a, b, or leave the word out if it is not known.",
        ),
    ]


def test_a_value_of_200_letters_is_still_read() -> None:
    """The longest value that is taken has 200 letters."""
    assert read_situation(_law(_version()), {"what": "x" * 200}, TODAY).facts == {"what": ("x" * 200,)}


def test_numbers_have_at_most_six_digits() -> None:
    """A number of six digits is read, without leading zeros; one of seven is refused."""
    assert read_situation(_law(_version()), {"age": "000999"}, TODAY).facts == {"age": ("999",)}
    with pytest.raises(ProblemsFound):
        read_situation(_law(_version()), {"age": "1000000"}, TODAY)


def test_an_unread_version_is_told_in_full() -> None:
    """What is said of a version that nobody read rests on its own source and confidence."""
    law = _law(
        _version(status="unknown", roles=["a"], sources=["S", "T"], confidence="secondary"),
        phrases={"not_read": {"en": "{citation} unread"}},
    )
    finding = _ask(law, role="a").findings[0]
    assert finding.steps == (Step(BOTH, "S", Confidence.secondary, "unknown", ("S", "T")),)
    assert (finding.text, finding.possible) == ({"en": "Code 1 unread"}, True)
    bare = _ask(_law(_version(status="unknown", roles=["a"])), role="a").findings[0]
    assert bare.steps[0].source is None


def test_a_class_without_a_band_is_told_in_full() -> None:
    """Where nobody wrote down what a class carries, a step says so by the class's name."""
    law = _law(
        _version(_rule(grades=[_grade("g", **{"class": "two"})])),
        scale={"x": {"two": {"name": {"en": "Two", "es": "Dos"}, "bands": []}}},
        phrases={"no_band": {"en": "nothing on {class}"}},
    )
    finding = _ask(law, role="a").findings[0]
    assert finding.steps[-1] == Step({"en": "nothing on Two"}, None, Confidence.could_not_confirm, "unknown")
    assert finding.outcome == "no_verified_rule"
    assert class_name(law, "x", "two") == {"en": "Two", "es": "Dos"}
    assert class_name(law, "x", "nine") == {"en": "nine"}
    assert class_name(law, "y", "two") == {"en": "two"}


def test_a_protection_that_bars_is_told_in_full() -> None:
    """A bar is one sure step with its source; a protection names section, source and whether it is possible."""
    shield = {**PLAIN, "kind": "cannot_be_convicted", "bars": True, "sources": ["S", "T"]}
    answer = _ask(_law(_version(_rule(protections=[shield]), effective_from="2020-01-01")), role="a")
    finding, protection = answer.findings[0], answer.protections[0]
    assert finding.steps == (Step(BOTH, "S", Confidence.statute_text, "yes", ("S", "T")),)
    assert finding.possible is False
    assert (protection.section, protection.source) == ("x/s/1@2020-01-01", "S")
    assert protection.possible is False
    unsourced = {**shield, "sources": []}
    assert _ask(_law(_version(_rule(protections=[unsourced]))), role="a").protections[0].source is None


def test_the_class_of_a_crime_is_that_of_its_day() -> None:
    """A crime named by its section has the class of the day of conviction, else of the day asked about."""
    old = _version(_rule(grades=[_grade("g", **{"class": "two"})]), effective_to="2019-12-31")
    new = _version(_rule(grades=[_grade("g", **{"class": "one"})]), effective_from="2020-01-01")
    law = _law(old, new)

    def classes(**words: Any) -> Any:
        situation = read_situation(law, {"convicted_of": "Code 1", **words}, TODAY, "x")
        return known_facts(law, situation).get("convicted_of.class")

    assert classes() == ("one",)
    assert classes(convicted_on="2019-12-31") == ("two",)
    assert classes(convicted_on="2020-01-01") == ("one",)
    assert classes(date="2018-01-01") == ("two",)
    assert classes(date="2018-01-01", convicted_on="2021-01-01") == ("one",)


def test_a_crime_that_nobody_knows_has_no_class() -> None:
    """A crime that is neither section nor class has none; with it no class of the others is sure."""
    law = _law(_version(_rule(grades=[_grade("g", **{"class": "one"})]), effective_from="2020-01-01"))
    situation = read_situation(law, {"convicted_of": ["another", "Code 1"]}, TODAY, "x")
    facts = known_facts(law, situation)
    assert facts["convicted_of.section"] == ("another", "x/s/1")
    assert "convicted_of.class" not in facts
    early = read_situation(law, {"convicted_of": "Code 1", "date": "2019-01-01"}, TODAY, "x")
    assert "convicted_of.class" not in known_facts(law, early)


def test_a_crime_is_found_in_its_own_place_first() -> None:
    """Where two places have a section of that number, the one asked about goes before, else by name."""
    one = _law(_version(), key="w/s/1").sections["w/s/1"]
    two = _law(_version(), key="x/s/1").sections["x/s/1"]
    law = replace(_law(_version()), sections={"x/s/1": two, "w/s/1": one})
    assert find_section(law, "Code 1", "x") == "x/s/1"
    assert find_section(law, "Code 1", "w") == "w/s/1"
    assert find_section(law, "Code 1") == "w/s/1"
    raw = {"convicted_of": "§  sec. code   1"}
    assert read_situation(law, {**raw, "jurisdiction": None}, TODAY, "x").facts == {
        "convicted_of": ("x/s/1",)
    }


def test_a_section_is_found_by_the_end_of_its_key() -> None:
    """The number alone finds a section, whatever stands before it in the key."""
    law = _law(_version(), key="x/s/12-3")
    section = replace(law.sections["x/s/12-3"], citation="Other", also=("Old 4",))
    law = replace(law, sections={"x/s/12-3": section})
    assert find_section(law, "12-3") == "x/s/12-3"
    assert find_section(law, "sec. old 4") == "x/s/12-3"
    assert find_section(law, "s/12-3") is None


def test_another_name_of_two_words_is_read() -> None:
    """A value goes by another name where all words of that name are there, in any order."""
    law = _law(_version())
    word = law.words["what"]
    value = replace(word.values["money"], also=("gift_card",))
    words: dict[str, Word] = {**law.words, "what": replace(word, values={**word.values, "money": value})}
    law = replace(law, words=words)
    assert read_situation(law, {"what": "card as gift"}, TODAY).facts == {"what": ("money",)}
    assert read_situation(law, {"what": "gift"}, TODAY).facts == {"what": ("gift",)}


def test_values_in_words_fall_back_to_english_and_then_to_themselves() -> None:
    """A value without meaning in a language is said in English; one that is nowhere is said as it is."""
    phrases = {"or": {"en": " or ", "es": " o "}, "value_gold": {"en": "real gold", "es": "oro"}}
    law = _law(_version(), phrases=phrases)
    assert describe(law, "what", parse("gold | tin")) == {"en": "real gold or tin", "es": "oro o tin"}
    assert describe(law, "what", parse("not tin")) == {"en": "", "es": ""}
    only = _law(_version(), phrases={"or": {"es": " o "}})
    assert describe(only, "what", parse("tin | zinc")) == {"en": "tinzinc", "es": "tin o zinc"}


def test_the_first_days_of_the_calendar() -> None:
    """A test "from" the second year is still a test from that day."""
    law = _law(_version(), phrases={"if_from": {"en": "from {day}"}, "if_before": {"en": "before {day}"}})
    assert describe(law, "convicted_on", parse("from 0002-01-01")) == {"en": "from 0002-01-01"}
    assert describe(law, "convicted_on", parse("before 2020-01-01")) == {"en": "before 2020-01-01"}


def test_a_problem_of_the_class_of_a_crime_names_the_section() -> None:
    """A crime whose section has two versions on its day is refused with the section's name."""
    law = _law(_version(), _version())
    situation = read_situation(law, {"convicted_of": "x/s/1", "convicted_on": str(date(2020, 5, 5))}, TODAY)
    with pytest.raises(ProblemsFound) as found:
        known_facts(law, situation)
    assert found.value.problems[0].where == "section x/s/1"
