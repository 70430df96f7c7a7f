"""The packs' cases: graded queries, danger signs, sellers and buyers."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from waypost.desk.find_cases import Score, evaluate, run_cases
from waypost.desk.guide import Guide
from waypost.model.need import DANGERS

AT = datetime(2026, 11, 22, 22, 0, tzinfo=ZoneInfo("America/New_York"))


@pytest.fixture(scope="module")
def graded(guide: Guide) -> list[Score]:
    """The graded queries of New Milford, answered."""
    cases = [c for stem, cs in guide.pack.lexicon.cases.items() if stem.endswith("relevance") for c in cs]
    return evaluate(guide.pack, guide.directory, guide.index, cases, AT)


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_right_answers_stand_first(graded: list[Score], language: str) -> None:
    """nDCG@3 and the share of queries with a grade-3 answer in the top three hold in each language."""
    mine = [score for score in graded if score.case.lang == language]
    ndcg = [score.ndcg for score in mine if score.ndcg is not None]
    success = [score.success for score in mine if score.success is not None]
    assert sum(ndcg) / len(ndcg) >= 0.92
    assert sum(success) / len(success) >= 0.97


def test_danger_is_never_missed_and_seldom_cried(graded: list[Score]) -> None:
    """Every graded danger has its sign and its first door; calm queries bring no banner."""
    assert [s.case.query for s in graded if s.missed or (s.case.danger and not s.doors)] == []
    calm = [s for s in graded if not s.case.danger and not s.case.danger_allowed]
    assert sum(bool(s.alarms) for s in calm) <= len(calm) * 0.05


def test_every_case_of_the_packs_comes_out(guide: Guide) -> None:
    """Danger positives and negatives, sellers and buyers: each as its case says."""
    problems = run_cases(guide.pack, guide.directory, guide.index, AT)
    assert [problem.what for problem in problems] == []


@pytest.mark.parametrize("sign", DANGERS)
def test_each_sign_has_enough_cases_in_both_languages(guide: Guide, sign: str) -> None:
    """At least twelve positives and twelve negatives a sign in each language."""
    cases = [case for cases in guide.pack.lexicon.cases.values() for case in cases]
    for some in ([c for c in cases if sign in c.danger], [c for c in cases if sign in c.never]):
        count = Counter(case.lang for case in some)
        assert count["en"] >= 12
        assert count["es"] >= 12


def test_there_are_sixty_queries_of_sellers(guide: Guide) -> None:
    """People who sell sex and ask for help are tried at least sixty times."""
    cases = [case for cases in guide.pack.lexicon.cases.values() for case in cases if case.seeking is False]
    assert len(cases) >= 60
