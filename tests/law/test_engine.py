"""The engine by itself, on a small invented law: three values, grades, shields, disagreement, words."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest

from waypost.model.evidence import Confidence, ProblemsFound
from waypost.model.law import Explanation, Law
from waypost.rules.penalty import explain
from waypost.rules.penalty_logic import Judged, judge, parse, truth_of
from waypost.rules.penalty_sound import unsound
from waypost.rules.penalty_unknown import describe
from waypost.rules.penalty_words import find_section, read_situation

TODAY = date(2026, 1, 1)
BOTH = {"en": "so", "es": "así"}
PLAIN = {"text": BOTH, "confidence": "statute_text"}


def _rule(**more: Any) -> dict[str, Any]:
    return {"id": "r", "outcome": "offense", "roles": ["a"], **PLAIN, **more}


def _version(*rules: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"act": "act", "change": BOTH, "confidence": "statute_text", "rules": list(rules), **more}


def _law(*versions: dict[str, Any], key: str = "x/s/1", **more: Any) -> Law:
    section = {
        "key": key,
        "slug": "abc234",
        "citation": "Code 1",
        "heading": BOTH,
        "kind": "offense",
        "jurisdiction": key.partition("/")[0],
        "paraphrase": BOTH,
        "versions": list(versions),
        "confidence": "statute_text",
    }
    words = {
        "role": {
            "meaning": BOTH,
            "kind": "choice",
            "many": True,
            "values": {"a": {"meaning": BOTH}, "b": {"meaning": BOTH}},
        },
        "question": {"meaning": BOTH, "kind": "choice", "values": {"q": {"meaning": BOTH}}},
        "age": {"meaning": BOTH, "kind": "number"},
        "seen": {"meaning": BOTH, "kind": "number", "as": "age"},
        "ok": {"meaning": BOTH, "kind": "yes_no"},
        "what": {
            "meaning": BOTH,
            "kind": "choice",
            "open": True,
            "values": {
                "money": {"meaning": BOTH, "also": ["cash"]},
                "none": {"meaning": BOTH},
                "yes": {"meaning": BOTH},
            },
        },
        "convicted_of": {"meaning": BOTH, "kind": "crime", "many": True},
        "convicted_on": {"meaning": BOTH, "kind": "day"},
    }
    scale = {
        "x": {
            "one": {
                "name": BOTH,
                "also": ["class_one"],
                "bands": [
                    {**PLAIN, "effective_to": "1999-12-31"},
                    {
                        **PLAIN,
                        "effective_from": "2000-01-01",
                        "term": {"min": 0, "max": 12, "unit": "months"},
                        "fine_max": 500,
                    },
                ],
            }
        }
    }
    phrases = {name: {"en": "{n}" if "{n}" in name else name} for name in ("no_rule",)}
    return msgspec.convert(
        {"sections": {key: section}, "words": words, "scale": scale, "phrases": phrases, **more}, Law
    )


def _ask(law: Law, today: date = TODAY, **words: Any) -> Explanation:
    return explain(law, read_situation(law, words, today, "x"), today)


def _grade(id: str, **more: Any) -> dict[str, Any]:
    return {"id": id, **PLAIN, **more}


@pytest.mark.parametrize(
    ("text", "given", "holds"),
    [
        ("money | drugs", "drugs", True),
        ("money", "drugs", False),
        ("not none", "none", False),
        ("not none", "money", True),
        ("given", "anything", True),
        ("under 18", "17", True),
        ("under 18", "18", False),
        ("18 or more", "18", True),
        ("18 or more", "17", False),
        ("15 to 17", "15", True),
        ("15 to 17", "18", False),
        ("before 2021-10-01", "2021-09-30", True),
        ("before 2021-10-01", "2021-10-01", False),
        ("from 2021-10-01", "2021-10-01", True),
        ("from 2021-10-01", "2021-09-30", False),
    ],
)
def test_a_test_in_words(text: str, given: str, holds: bool) -> None:
    """Each form of a test holds for what it says, to the day and the year."""
    assert parse(text).holds((given,)) is holds


def test_three_values() -> None:
    """A fact not given is unknown; one test that fails decides, and one condition that holds decides."""
    facts = {"age": ("17",)}
    assert truth_of(facts, "ok", "yes") == "unknown"
    assert judge(facts, ({"ok": "yes", "age": "18 or more"},)) == Judged("no")
    assert judge(facts, ({"ok": "yes"}, {"age": "under 18"})) == Judged("yes")
    assert judge(facts, ({"ok": "yes"}, {"ok": "yes", "what": "money"})).asks == (
        ("ok", "yes"),
        ("what", "money"),
    )
    assert judge(facts, ()) == Judged("yes")


def test_classes_of_a_crime_that_differ_are_unknown() -> None:
    """A crime that may be of two classes is unknown to a test that fits one of them."""
    assert truth_of({"c.class": ("one", "two")}, "c.class", "one") == "unknown"
    assert truth_of({"c.class": ("one", "two")}, "c.class", "one | two") == "yes"
    assert truth_of({"c.class": ("one", "two")}, "c.class", "three") == "no"


def test_two_grades_that_fit_are_refused() -> None:
    """Two grades that both fit stop the answer, unless one says that it goes before."""
    grades = [
        _grade("g", **{"class": "one", "when": [{"ok": "yes"}]}),
        _grade("h", when=[{"age": "under 18"}]),
    ]
    with pytest.raises(ProblemsFound) as found:
        _ask(_law(_version(_rule(grades=grades))), role="a", ok=True, age=3)
    assert "g and h" in found.value.problems[0].what
    grades[1]["overrides"] = ["g"]
    finding = _ask(_law(_version(_rule(grades=grades))), role="a", ok=True, age=3).findings[0]
    assert finding.class_ is None


def test_two_rules_that_disagree_are_refused() -> None:
    """Two rules of a section that both fit and disagree stop the answer, unless one goes before."""
    first, second = _rule(), _rule(id="s", outcome="not_an_offense")
    with pytest.raises(ProblemsFound) as found:
        _ask(_law(_version(first, second)), role="a")
    assert "r and s" in found.value.problems[0].what
    law = _law(_version(first, {**second, "overrides": ["r"]}))
    assert [f.outcome for f in _ask(law, role="a").findings] == ["not_an_offense"]


def test_two_versions_in_force_are_refused() -> None:
    """A day with two versions stops the answer."""
    with pytest.raises(ProblemsFound):
        _ask(_law(_version(_rule()), _version(_rule())), role="a")


def test_a_day_before_every_version_has_no_rule() -> None:
    """Where no version is in force there is no verified rule, and a note says so."""
    answer = _ask(_law(_version(_rule(), effective_from="2020-01-01")), role="a", date="2019-12-31")
    assert answer.outcome == "no_verified_rule"
    assert {"en": "no_rule"} in answer.notes


def test_departures_from_the_scale() -> None:
    """A set fine, a fine ceiling, a mandatory minimum and an own term change the class's penalty."""

    def departures(*listed: dict[str, Any]) -> Any:
        grade = _grade("g", **{"class": "one", "departures": [{**PLAIN, **d} for d in listed]})
        finding = _ask(_law(_version(_rule(grades=[grade]))), role="a").findings[0]
        return msgspec.to_builtins((finding.term, finding.fine))

    term = {"min": 0, "max": 12, "unit": "months", "mandatory_min": None}
    assert departures({"kind": "set_fine"}) == (term, {"fixed_usd": 500, "max_usd": 500})
    assert departures({"kind": "set_fine", "amount": 90}) == (term, {"fixed_usd": 90, "max_usd": 500})
    assert departures({"kind": "fine_ceiling", "amount": 90})[1] == {"fixed_usd": None, "max_usd": 90}
    assert departures({"kind": "mandatory_minimum", "amount": 3})[0] == {**term, "mandatory_min": 3}
    own = {"min": 1, "max": None, "unit": "months"}
    assert departures({"kind": "own_term", "term": own})[0] == {**own, "mandatory_min": None}


def test_a_set_fine_without_a_class() -> None:
    """A set fine of an offense without a class is its own ceiling."""
    grade = _grade("g", departures=[{**PLAIN, "kind": "set_fine", "amount": 70}])
    fine = _ask(_law(_version(_rule(grades=[grade]))), role="a").findings[0].fine
    assert msgspec.to_builtins(fine) == {"fixed_usd": 70, "max_usd": 70}


def test_a_class_that_the_scale_lacks_is_no_verified_rule() -> None:
    """Where the scale does not have the class, nothing is said of the penalty."""
    grade = _grade("g", **{"class": "nine"})
    finding = _ask(_law(_version(_rule(grades=[grade]))), role="a").findings[0]
    assert (finding.outcome, finding.class_) == ("no_verified_rule", None)


def test_a_shield_that_bars_protects() -> None:
    """A bar on conviction makes the finding a protection; while unclear it is only possible."""
    shield = {
        "kind": "cannot_be_convicted",
        **PLAIN,
        "when": [{"age": "under 18"}],
        "unclear": [{"age": "18"}],
        "bars": True,
    }
    law = _law(_version(_rule(protections=[shield])))
    assert _ask(law, role="a", age=17).outcome == "protected"
    unclear = _ask(law, role="a", age=18)
    assert (unclear.outcome, unclear.protections[0].possible) == ("offense", True)
    assert _ask(law, role="a", age=19).protections == ()
    assert _ask(law, role="a").unknown_facts[0].fact == "age"


def test_an_exception_takes_the_rule_away() -> None:
    """An exception that holds ends the rule; one that is unknown is named and leaves it standing."""
    law = _law(_version(_rule(exceptions=[{**PLAIN, "when": [{"ok": "yes"}]}])))
    assert _ask(law, role="a", ok=True).outcome == "not_an_offense"
    open_ = _ask(law, role="a")
    assert (open_.outcome, open_.findings[0].possible, open_.unknown_facts[0].fact) == (
        "offense",
        False,
        "ok",
    )


def test_an_unclear_element_makes_it_possible() -> None:
    """An element that nobody verified for this fact makes the finding possible, not sure."""
    element = {**PLAIN, "when": [{"what": "money"}], "unclear": [{"what": "not none"}]}
    law = _law(_version(_rule(elements=[element])))
    assert _ask(law, role="a", what="drugs").findings[0].possible
    assert not _ask(law, role="a", what="cash").findings[0].possible
    assert _ask(law, role="a", what="none").outcome == "not_an_offense"


def test_effects_are_told_where_they_hold() -> None:
    """Consequences, alternatives, presumptions and notes are told with the rule, where known to hold."""
    effects = [{**PLAIN, "sources": ["S"]}, {**PLAIN, "when": [{"ok": "yes"}]}]
    rule = _rule(
        consequences=effects, alternatives=effects, presumptions=effects, notes=effects, help=["svc"]
    )
    answer = _ask(_law(_version(rule)), role="a", ok=False)
    assert (len(answer.consequences), len(answer.alternatives), answer.help) == (1, 1, ("svc",))
    assert len(answer.findings[0].steps) == 2


def test_expected_and_unread_versions() -> None:
    """An announced version is told with a note; an unread one gives no verified rule, to whom it concerns."""
    assert _ask(_law(_version(_rule(), status="expected")), role="a").outcome == "offense"
    law = _law(_version(status="unknown", roles=["a"], sources=["S"]))
    assert [f.outcome for f in _ask(law, role="a").findings] == ["no_verified_rule"]
    assert _ask(law, role="b").findings == ()


def test_the_class_of_a_crime() -> None:
    """A crime is known by its section or class; of an unknown one the class is unknown."""
    grade = _grade("g", class_of="convicted_of")
    element = {**PLAIN, "when": [{"convicted_of.class": "given"}]}
    rules = (
        _rule(grades=[_grade("u", **{"class": "one"})]),
        _rule(id="q", roles=[], questions=["q"], elements=[element], grades=[grade]),
    )
    law = _law(_version(*rules))
    assert _ask(law, question="q", convicted_of="class one").findings[0].class_ == "one"
    assert (
        _ask(law, question="q", convicted_of="Code 1", convicted_on="2020-05-05").findings[0].class_ == "one"
    )
    unknown = _ask(law, question="q", convicted_of="another")
    assert (unknown.findings[0].class_, unknown.findings[0].possible) == (None, True)


def test_years_since_a_day_are_full_years() -> None:
    """Years since a conviction count from its day."""
    rule = _rule(elements=[{**PLAIN, "when": [{"convicted_on.years": "7 or more"}]}])
    law = _law(_version(rule))
    assert _ask(law, role="a", convicted_on="2019-01-01").outcome == "offense"
    assert _ask(law, role="a", convicted_on="2019-01-02").outcome == "not_an_offense"


def test_a_word_goes_by_another() -> None:
    """A word that is not given has the value of the word it goes by."""
    law = _law(_version(_rule(elements=[{**PLAIN, "when": [{"seen": "under 18"}]}])))
    assert _ask(law, role="a", age=5).outcome == "offense"
    assert _ask(law, role="a", age=5, seen=20).outcome == "not_an_offense"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({"nonsense": 1}, "role"),
        ({"role": "z"}, "a, b"),
        ({"role": {"x": 1}}, "a word"),
        ({"age": "old"}, "whole number"),
        ({"age": 1.5}, "whole number"),
        ({"age": -1}, "whole number"),
        ({"age": [1, 2]}, "not a list"),
        ({"ok": "perhaps"}, "true or false"),
        ({"date": "2026-02-30"}, "a day"),
        ({"asked_on": 3}, "a day"),
        ({"convicted_on": "May"}, "a day"),
        ({"what": "x" * 300}, "a word"),
    ],
)
def test_what_is_no_word_or_value_is_refused(words: dict[str, Any], told: str) -> None:
    """A word or value outside the vocabulary is a Problem that says what may stand there."""
    with pytest.raises(ProblemsFound) as found:
        _ask(_law(_version(_rule())), **words)
    assert told in found.value.problems[0].do


def test_values_are_read_kindly() -> None:
    """Whole floats, truth values, spaces, other names and lists are read as what they mean; null is unknown."""
    law = _law(_version(_rule()))
    raw = {
        "role": ["a", "b"],
        "age": 17.0,
        "ok": "TRUE",
        "what": "some cash",
        "jurisdiction": None,
        "date": None,
    }
    situation = read_situation(law, raw, TODAY, "x")
    assert situation.facts == {"role": ("a", "b"), "age": ("17",), "ok": ("yes",), "what": ("money",)}
    assert (situation.undated, situation.on, situation.jurisdiction) == (True, TODAY, "x")
    assert situation.read_as == (("what", "some_cash", "money"),)
    more = read_situation(
        law, {"age": True, "seen": False, "what": True, "asked_on": "2025-01-01"}, TODAY, None
    )
    assert more.facts == {"age": ("1",), "seen": ("0",), "what": ("yes",)}
    assert (more.on, more.jurisdiction) == (date(2025, 1, 1), "")
    assert read_situation(law, {"what": "stamps"}, TODAY).facts == {"what": ("stamps",)}


def test_a_future_day_is_noted() -> None:
    """An answer for a day to come says so, and an undated one says for which day it is."""
    law = _law(_version(_rule()), phrases={"future": BOTH, "undated": {"en": "{day}"}})
    assert BOTH in _ask(law, role="a", date="2030-01-01").notes
    assert {"en": "2026-01-01"} in _ask(law, role="a").notes


def test_whom_to_ask() -> None:
    """Help is listed where the outcome, role, question and facts fit."""
    fits = {"services": ["one"], "outcomes": ["offense"], "roles": ["a"], "when": [{"age": "under 18"}]}
    helps = {
        "k": fits,
        "l": {"services": ["two"], "roles": ["b"]},
        "m": {"services": ["three"], "questions": ["q"]},
        "n": {"services": ["four"], "outcomes": ["civil"]},
    }
    assert _ask(_law(_version(_rule()), help=helps), role="a", age=5).help == ("one",)


def test_without_role_and_question_the_role_is_asked_for() -> None:
    """A situation with neither role nor question names the role as unknown."""
    assert [u.fact for u in _ask(_law(_version(_rule()))).unknown_facts] == ["role"]


def test_other_jurisdictions_do_not_speak() -> None:
    """Law of another jurisdiction is not told; that of the one above is."""
    law = _law(_version(_rule()))
    assert explain(
        law, read_situation(law, {"role": "a", "jurisdiction": "x-y"}, TODAY, "x-y"), TODAY
    ).findings
    assert not explain(law, read_situation(law, {"role": "a"}, TODAY, "xy"), TODAY).findings


def test_a_quiet_or_foreign_rule_that_is_missing_says_nothing() -> None:
    """A rule of relief that does not apply, or a quiet one, makes no "not an offense"."""
    element = {**PLAIN, "when": [{"ok": "yes"}], "missing": {"en": "no", "es": "no"}}
    for more in ({"outcome": "relief"}, {"quiet_when_missing": True}):
        answer = _ask(_law(_version(_rule(elements=[element], **more))), role="a", ok=False)
        assert (answer.outcome, answer.findings, answer.confidence) == (
            "no_verified_rule",
            (),
            Confidence.could_not_confirm,
        )


def test_unknown_facts_in_words(law: Law) -> None:
    """Every form of a test is described in both languages."""
    forms = {
        ("age", "under 18"): "under 18",
        ("age", "18 or more"): "18 or more",
        ("age", "15 to 17"): "from 15 to 17",
        ("convicted_on", "before 2021-01-01"): "before 2021-01-01",
        ("convicted_on", "from 2021-01-01"): "on 2021-01-01 or later",
        ("value", "given"): "it is known",
        ("value", "money | drugs"): "drugs or money",
        ("value", "not none"): "not nothing",
        ("convicted_on.years", "7 or more"): "7 years ago or more",
        ("convicted_of.class", "felony_D"): "class D felony",
        ("convicted_of.section", "us-ct/cgs/53a-82"): "CGS 53a-82",
        ("later_convictions", "0"): "0",
        ("nothing", "some_thing"): "some thing",
    }
    for (word, text), told in forms.items():
        described = describe(law, word, parse(text))
        assert described["en"] == told


def test_sections_are_found_by_any_of_their_names(law: Law) -> None:
    """A section is found by key, slug, citation, bare number and with a subsection."""
    key = "us-ct/cgs/53a-86"
    for name in (
        key,
        law.sections[key].slug,
        "CGS 53a-86",
        "53a-86(a)(2)",
        "§ 53a-86",
        "Conn. Gen. Stat. 53a-86",
        f"{key}@2016-10-01",
    ):
        assert find_section(law, name) == key
    assert find_section(law, "99z-1") is None


def _problems(law: Law) -> str:
    return " | ".join(problem.what for problem in unsound(law))


def test_what_is_unsound_is_told() -> None:
    """Gaps, overlaps, unreadable tests, words and classes that are not there are Problems."""
    assert "there is a gap" in _problems(
        _law(_version(effective_to="2019-12-30"), _version(effective_from="2020-01-01"))
    )
    assert "ends on 2019-01-01" in _problems(
        _law(_version(effective_from="2020-01-01", effective_to="2019-01-01"))
    )
    assert "neither roles nor questions" in _problems(_law(_version(_rule(roles=[]))))
    assert "no confidence of its own" in _problems(_law(_version({**_rule(), "confidence": None})))
    assert "nobody has read has rules" in _problems(_law(_version(_rule(), status="unknown")))
    assert 'role has no value "z"' in _problems(_law(_version(_rule(roles=["z"]))))
    assert 'no grade "z"' in _problems(_law(_version(_rule(grades=[_grade("g", overrides=["z"])]))))
    assert 'no class "z"' in _problems(_law(_version(_rule(grades=[_grade("g", **{"class": "z"})]))))
    assert "missing in es" in _problems(_law(_version(_rule(text={"en": "x"}))))
    assert 'no phrase "or"' in _problems(_law(_version()))
    strange = {"fact": "z", "if": BOTH, "then": BOTH}
    assert '"z" is not one of the words' in _problems(
        _law(_version(_rule(grades=[_grade("g", what_if=[strange])])))
    )
    assert '"z" is not one' in _problems(
        _law(_version(), help={"k": {"services": [], "when": [{"z": "yes"}]}})
    )
    for condition, told in (
        ({"z": "yes"}, '"z" is not one'),
        ({"convicted_on": "before 2020-02-30"}, "a day that is none"),
        ({"ok": "under 3"}, "can be asked of"),
        ({"age": "from 2020-01-01"}, "can be asked of"),
        ({"ok": "perhaps"}, "yes or no"),
        ({"what": "gold"}, 'no value "gold"'),
    ):
        assert told in _problems(_law(_version(_rule(elements=[{**PLAIN, "when": [condition]}])))), condition
    assert unsound(Law()) is not None
    assert list(unsound(Law())) == []
