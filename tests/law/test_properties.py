"""What must hold of every situation: ceilings, order, dates, and that priors never raise two offenses."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.law.conftest import TODAY, connecticut
from waypost.desk.law import spoken
from waypost.model.evidence import Confidence, lowest
from waypost.model.law import Explanation
from waypost.rules.penalty import explain
from waypost.rules.penalty_scale import Dated, band, holds_on
from waypost.rules.penalty_words import read_situation

LAW = connecticut()
DAYS = st.dates(date(1995, 1, 1), date(2030, 12, 31))


def _value(name: str) -> st.SearchStrategy[Any]:
    word = LAW.words[name]
    if word.kind == "number":
        return st.integers(0, 400)
    if word.kind == "yes_no":
        return st.booleans()
    if word.kind == "day":
        return DAYS.map(str)
    if word.kind == "crime":
        return st.sampled_from(sorted({*LAW.sections, *LAW.scale["us-ct"], "unknown crime"}))
    return st.sampled_from(sorted(word.values))


SITUATIONS = st.fixed_dictionaries(
    {"jurisdiction": st.sampled_from(["us-ct", "us-ct", "us-ct", "us-me", "se", "us"])},
    optional={name: _value(name) for name in LAW.words if name not in ("jurisdiction", "asked_on")},
)


def _explain(raw: dict[str, Any]) -> Explanation:
    return explain(LAW, read_situation(LAW, raw, TODAY), TODAY)


@given(SITUATIONS)
@settings(max_examples=120, deadline=None)
def test_every_situation_has_an_answer_in_the_contract_s_shape(raw: dict[str, Any]) -> None:
    """Any words of the vocabulary give an answer with every field of the contract, in both languages."""
    for language in ("en", "es"):
        answer = spoken(_explain(raw), language)
        assert {"outcome", "as_of", "date", "findings", "protections", "consequences"} <= answer.keys()
        assert {"alternatives", "unknown_facts", "notes", "help"} <= answer.keys()
        for finding in answer["findings"]:
            assert {"section", "citation", "outcome", "class", "term", "fine", "possible"} <= finding.keys()
            assert all({"text", "source", "confidence"} <= step.keys() for step in finding["steps"])
        for unknown in answer["unknown_facts"]:
            assert unknown["fact"] in LAW.words
            assert unknown["if"]
            assert unknown["then"]


@given(SITUATIONS)
@settings(max_examples=80, deadline=None)
def test_the_ceiling_of_the_class_holds(raw: dict[str, Any]) -> None:
    """No term or fine is above that of its class on that day (T5)."""
    explanation = _explain(raw)
    for finding in explanation.findings:
        found = finding.class_ and band(LAW, explanation.jurisdiction, finding.class_, explanation.date)
        if not found or not found.term:
            continue
        assert finding.term is not None
        assert finding.fine is not None
        assert (finding.term.max or 0) <= (found.term.max or 0)
        assert finding.fine.max_usd is not None
        assert found.fine_max is not None
        assert max(finding.fine.max_usd, finding.fine.fixed_usd or 0) <= found.fine_max


@given(SITUATIONS)
@settings(max_examples=80, deadline=None)
def test_confidence_is_that_of_the_weakest_step(raw: dict[str, Any]) -> None:
    """A finding is known no better than its weakest step, and an unconfirmed one is never sure."""
    for finding in _explain(raw).findings:
        if finding.steps and finding.outcome != "no_verified_rule":
            assert finding.confidence is lowest([step.confidence for step in finding.steps])
        if finding.confidence is Confidence.could_not_confirm:
            assert finding.outcome == "no_verified_rule"
            assert (finding.class_, finding.term, finding.fine) == (None, None, None)


@pytest.mark.parametrize("role", ["seller", "buyer"])
@given(
    day=DAYS,
    age=st.integers(10, 80),
    other=st.integers(10, 80),
    priors=st.integers(1, 50),
    act=st.sampled_from(sorted(LAW.words["act"].values)),
    value=st.sampled_from(sorted(LAW.words["value"].values)),
)
@settings(max_examples=40, deadline=None)
def test_earlier_convictions_alone_never_change_selling_or_buying(
    role: str, day: date, age: int, other: int, priors: int, act: str, value: str
) -> None:
    """A change of earlier convictions alone leaves outcome, class, term and fine as they were (T5)."""
    raw = {"jurisdiction": "us-ct", "role": role, "date": str(day), "age": age, "other_age": other}
    raw |= {"act": act, "value": value}
    without, with_them = (_explain({**raw, "prior_same": n}) for n in (0, priors))
    says = [
        [(f.section, f.outcome, f.class_, f.term, f.fine) for f in e.findings] for e in (without, with_them)
    ]
    assert says[0] == says[1]


@given(st.integers(0, 17), DAYS.filter(lambda day: day >= date(2016, 10, 1)))
@settings(max_examples=40, deadline=None)
def test_nobody_under_18_is_told_of_an_offense_of_selling(age: int, day: date) -> None:
    """Since October 2016 a person under 18 who sells is protected, whatever else holds."""
    raw = {"jurisdiction": "us-ct", "role": "seller", "age": age, "date": str(day), "act": "completed"}
    explanation = _explain({**raw, "value": "money"})
    assert explanation.outcome == "protected"
    assert [p.kind for p in explanation.protections] == ["cannot_be_convicted"]


def test_each_day_has_one_version() -> None:
    """Versions and bands follow one another without gap or overlap (T5)."""
    dated: list[tuple[Dated, ...]] = [section.versions for section in LAW.sections.values()]
    bands: list[tuple[Dated, ...]] = [c.bands for classes in LAW.scale.values() for c in classes.values()]
    for versions in (*dated, *bands):
        days = [v.effective_from for v in versions if v.effective_from]
        edges = itertools.chain(days, (day - timedelta(days=1) for day in days[1:]))
        for day in edges:
            assert sum(holds_on(v, day) for v in versions) == 1


def test_every_text_is_in_both_languages() -> None:
    """No text of the law or of its phrases lacks English or Spanish."""
    for name, text in LAW.phrases.items():
        assert set(text) == {"en", "es"}, name
    for name, word in LAW.words.items():
        assert set(word.meaning) == {"en", "es"}, name
        for key, value in word.values.items():
            assert set(value.meaning) == {"en", "es"}, (name, key)


def test_no_answer_says_you_will() -> None:
    """The texts speak of a person, never to the reader as an accused."""
    for case in (c for cases in LAW.cases.values() for c in cases if c.error is None):
        answer = str(spoken(_explain(case.situation), "en")).lower()
        assert "you will" not in answer, case.name
