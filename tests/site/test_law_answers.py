"""Whole answers of the law as a reader gets them: twenty beside golden files, and all of them plain to read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

from waypost.check import readable
from waypost.check.reading import Seen, seen
from waypost.desk.guide import Guide
from waypost.site.outlet import Outlet
from waypost.site.pages import ask_law
from waypost.site.pages.ask_law import AnswerContent
from waypost.site.render import assets, render

GOLDEN = Path(__file__).parent / "golden_law"
LANGUAGES = ["en", "es"]
ASKED: dict[str, dict[str, str]] = {
    "seller": {"situation": "sells", "age": "25"},
    "seller-unread-day": {"situation": "sells", "date": "2009-06-10"},
    "seller-17": {"situation": "young"},
    "seller-trafficked": {"situation": "made"},
    "street": {"situation": "street"},
    "buyer": {"situation": "buys", "other_age": "30"},
    "buyer-of-17-believed-18": {"situation": "buys", "other_age": "17", "other_age_believed": "18"},
    "buyer-2016": {"situation": "buys", "other_age": "30", "date": "2016-03-01"},
    "promoter-2012": {
        "situation": "profits",
        "force": "no",
        "other_age": "30",
        "count": "1",
        "date": "2012-06-10",
    },
    "promoter-of-minor": {"situation": "profits", "other_age": "16", "was_trafficked": "yes"},
    "housemate": {"situation": "lives_with", "profits": "no"},
    "premises": {"situation": "lets_rooms"},
    "hotel": {"situation": "lodging", "posts_notice": "no"},
    "trafficker": {"situation": "forces", "force": "yes", "other_age": "30"},
    "compensation": {"situation": "hurt", "wants": "compensation", "police_report": "no"},
    "told-a-teacher": {"situation": "told", "told": "teacher", "age": "16"},
    "overdose": {"situation": "overdose"},
    "vacatur": {"situation": "record_forced", "convicted_of": "us-ct/cgs/53a-82"},
    "diversion": {"situation": "first_charge", "convicted_of": "us-ct/cgs/53a-82", "prior_same": "0"},
    "record": {"situation": "record", "convicted_of": "us-ct/cgs/53a-82", "convicted_on": "2015-01-01"},
}
"""Each role of the form and each question of procedure, with the traps of time and age among them."""


@pytest.fixture(scope="module")
def outlet(guide: Guide) -> Outlet:
    """A server, which takes the form."""
    return Outlet.server(assets(guide))


def answered(guide: Guide, outlet: Outlet, form: dict[str, str], language: str) -> Seen:
    """The page that a server answers to a form, as its reader meets it."""
    return seen(render(ask_law.ask_page(guide, form, language, "x" * 22), guide, outlet))


def as_text(page: Seen) -> str:
    """What stands in the main part, title to sources, a block a line."""
    return "\n".join(block.text for block in page.blocks if block.main) + "\n"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ASKED)
def test_the_drawn_answer(guide: Guide, outlet: Outlet, name: str, language: str) -> None:
    """The answer on the page is the one that was read and approved (WAYPOST_GOLDEN=1 writes it anew)."""
    text = as_text(answered(guide, outlet, ASKED[name], language))
    path = GOLDEN / f"{name}.{language}.txt"
    if os.environ.get("WAYPOST_GOLDEN"):
        path.write_text(text, "utf-8")
    assert text == path.read_text("utf-8")


def every_answer(guide: Guide, outlet: Outlet, language: str) -> Iterator[tuple[str, Seen]]:
    """The ready-made answers and those of the golden files."""
    for page in ask_law.pages(guide, language):
        if isinstance(page.content, AnswerContent):
            yield page.path, seen(render(page, guide, outlet))
    for name, form in ASKED.items():
        yield name, answered(guide, outlet, form, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a9_a10_every_answer_is_plain(guide: Guide, outlet: Outlet, language: str) -> None:
    """A9, A10: grade 6 and 8, INFLESZ 65 and 55, in the median and in each; no sentence over 25 words."""
    read = dict(every_answer(guide, outlet, language))
    found = readable.grades(read)
    assert len(found) == len(read) >= 60
    scores = {each.page: each.score for each in found}
    middle, worst = (6, 8) if language == "en" else (65, 55)
    sign = 1 if language == "en" else -1
    assert sign * median(scores.values()) <= sign * middle
    assert {page: score for page, score in scores.items() if sign * score > sign * worst} == {}
    assert {line: each.page for each in found for line in each.long_sentences} == {}


def test_every_role_and_question_of_the_form_has_a_golden_answer(guide: Guide) -> None:
    """A role or question that the form offers and that no golden answer covers is named here, with why."""
    form = guide.pack.law.form.situations
    facts = [each.facts | ASKED[name] for name in ASKED for each in [form[ASKED[name]["situation"]]]]
    for word, left_out in (
        ("role", {"driver", "property", "advertiser", "threatener", "buyer_of_syringes"}),
        ("question", {"immigration", "sti_test", "registration"}),
    ):
        offered = {each.facts[word] for each in form.values() if word in each.facts}
        assert offered - {each.get(word) for each in facts} <= left_out
