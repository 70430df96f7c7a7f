"""The packs' own expectations hold, and would fail if the answer were another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from tests.law.conftest import connecticut
from waypost.desk.law import run_cases
from waypost.desk.law_cases import run_case
from waypost.model.law import Case, Law
from waypost.rules import readability

LAW = connecticut()
CASES = [(stem, case) for stem, cases in LAW.cases.items() for case in cases]


@pytest.mark.parametrize(("stem", "case"), CASES, ids=[f"{stem}: {case.name}" for stem, case in CASES])
def test_case(stem: str, case: Case) -> None:
    """Each case of the packs gets the answer that it asks for."""
    assert list(run_case(LAW, case)) == []


def test_there_are_enough_cases() -> None:
    """At least 80 cases are for Connecticut and 20 for other places."""
    by_pack = [stem.split("/")[0] for stem, _ in CASES]
    assert by_pack.count("us-ct") >= 80
    assert by_pack.count("us") >= 20


def test_the_law_is_sound() -> None:
    """The law's files have no Problem of their own."""
    assert run_cases(LAW) == []


def _told(value: Any, at: str) -> Iterator[tuple[str, str, str]]:
    if isinstance(value, dict) and set(value) == {"en", "es"}:
        yield from ((at, language, text) for language, text in value.items() if isinstance(text, str))
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _told(each, f"{at}.{key}")
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _told(each, at)


def test_no_sentence_of_the_law_is_long() -> None:
    """A9, A10: no sentence of the law, in English or in Spanish, has more than 25 words."""
    told = list(_told(msgspec.to_builtins(msgspec.structs.replace(LAW, cases={})), "law"))
    assert len(told) > 3000
    assert {
        (at, sentence)
        for at, language, text in told
        for sentence in readability.sentences(text, language)
        if len(readability.words(sentence)) > 25
    } == set()


def _with(**changes: object) -> list[str]:
    case = next(case for _, case in CASES if case.expect.get("outcome") == "offense" and case.only)
    return list(run_case(LAW, msgspec.structs.replace(case, **changes)))


def test_another_outcome_is_told() -> None:
    """A case that expects another outcome says which one came."""
    assert "outcome is 'offense', not 'civil'" in _with(expect={"outcome": "civil"})[0]


def test_an_absent_key_is_told() -> None:
    """A case that expects a key that no answer has says so."""
    assert _with(expect={"verdict": "x"}) == ["the answer has no verdict"]


def test_an_absent_entry_is_told() -> None:
    """A case that expects a finding that is not there says what is."""
    assert "findings lacks" in _with(expect={"findings": [{"class": "felony_A"}]})[0]


def test_an_entry_that_must_not_be_there_is_told() -> None:
    """A case that forbids what the answer holds says so, in lists and alone."""
    assert _with(never={"findings": [{"class": "misdemeanor_A"}]})
    assert _with(never={"outcome": "offense"}) == ["outcome holds 'offense', which it must not"]


def test_other_findings_are_told() -> None:
    """A case that names the only sections allowed says which were found."""
    assert "the findings are of" in _with(only=("us-ct/x",))[0]


def test_an_answer_where_a_refusal_is_expected_is_told() -> None:
    """A case that expects a refusal and gets an answer says so."""
    assert _with(error="no such thing")[0].startswith("it should be refused")


def test_a_refusal_where_an_answer_is_expected_is_told() -> None:
    """A case whose situation is refused says why."""
    assert "it was refused" in _with(situation={"colour": "red"})[0]


def test_a_failed_case_is_a_problem_in_its_file(law: Law) -> None:
    """Run together, a case that does not hold names its file and its sentence."""
    case = msgspec.structs.replace(CASES[0][1], expect={"outcome": "civil"}, error=None)
    problem = run_cases(msgspec.structs.replace(law, cases={"us-ct/mine": (case,)}))[0]
    assert problem.where == "packs/us-ct/law/cases/mine.yaml"
    assert case.name in problem.what
