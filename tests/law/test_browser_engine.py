"""The page's own engine of the law in Chromium: the same explanation as the server's, letter for letter."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import pytest
from playwright.sync_api import Playwright

from tests.law.conftest import TODAY
from waypost.desk.law import spoken
from waypost.desk.law_browser import engine, law_data
from waypost.model.evidence import ProblemsFound
from waypost.model.law import Law, Situation
from waypost.rules.penalty import explain
from waypost.rules.penalty_words import read_situation

pytestmark = pytest.mark.browser
SOAK = bool(os.environ.get("WAYPOST_SOAK"))
LANGUAGES = ("en", "es")
DAYS = ("2012-06-10", "2016-03-01", "2021-03-01", "2024-02-29", "2026-11-22", "2027-01-01")
REFUSED = "refused"
_EXPLAIN = """([language, situations, on]) => situations.map((each) => {
  try { return Waypost.explain(laws[language], each, on); } catch (error) {
    if (!/fit and disagree|in force/.test(error.message)) throw error;
    return "refused"; } })"""

Explaining = Callable[[str, list[Situation]], list[Any]]


@pytest.fixture(scope="module")
def in_the_page(driver: Playwright, chromium: str, law: Law) -> Iterator[Explaining]:
    """Explains situations in a blank page that has the engine, and the law of every place."""
    browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
    page = browser.new_page()
    page.evaluate("text => { (0, eval)(text); globalThis.laws = {}; }", engine())
    for language in LANGUAGES:
        for place in ("", "us-ct"):
            told = [language + place, law_data(law, place, language)]
            page.evaluate("([code, law]) => { laws[code] = law; }", told)

    def explaining(room: str, situations: list[Situation]) -> list[Any]:
        asked = [msgspec.to_builtins(each) | {"on": each.on.isoformat()} for each in situations]
        return list(page.evaluate(_EXPLAIN, [room, asked, TODAY.isoformat()]))

    yield explaining
    browser.close()


def on_the_server(law: Law, situation: Situation, language: str) -> Any:
    """The server's explanation as it goes out, or that it refuses to choose."""
    try:
        explained = explain(law, situation, TODAY)
    except ProblemsFound:
        return REFUSED
    return json.loads(msgspec.json.encode(spoken(explained, language)))


def canonical(value: Any) -> str:
    """One spelling of a value."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def differing(
    law: Law, told: Explaining, situations: list[Situation], language: str, place: str = ""
) -> list[Situation]:
    """The situations on which page and server do not agree."""
    answers = told(language + place, situations)
    wanted = [on_the_server(law, each, language) for each in situations]
    return [
        situation
        for situation, page, server in zip(situations, answers, wanted, strict=True)
        if canonical(page) != canonical(server)
    ]


def cased(law: Law) -> list[Situation]:
    """The situation of every case of the packs that is one."""
    found = []
    for cases in law.cases.values():
        for case in cases:
            try:
                found.append(read_situation(law, case.situation, TODAY, "us-ct"))
            except ProblemsFound:
                assert case.error
    return found


def made_up(law: Law, number: int, seed: int) -> list[Situation]:
    """Random situations: who and when, and up to six further words with a value of theirs."""
    chance = random.Random(seed)
    crimes = sorted(key for key, section in law.sections.items() if section.kind == "offense")
    values: dict[str, Callable[[], str]] = {
        "number": lambda: str(chance.choice((0, 1, 2, 3, 12, 13, 14, 15, 16, 17, 18, 25, 40, 121))),
        "day": lambda: chance.choice(DAYS),
        "yes_no": lambda: chance.choice(("yes", "no")),
        "crime": lambda: chance.choice((*crimes, *law.scale["us-ct"], "something_else")),
    }

    def value(name: str) -> tuple[str, ...]:
        word = law.words[name]
        if word.kind in values:
            return (values[word.kind](),)
        return tuple(chance.sample(sorted(word.values), min(len(word.values), 2 if word.many else 1)))

    names = sorted(name for name, word in law.words.items() if word.values or word.kind in values)
    names = [name for name in names if name not in ("jurisdiction", "date", "asked_on")]
    situations = []
    for _ in range(number):
        chosen = [
            *chance.sample(names, chance.randint(0, 6)),
            *chance.choice((["role"], ["role"], ["question"], [])),
        ]
        facts = {name: value(name) for name in dict.fromkeys(chosen)}
        given = {"jurisdiction": chance.choice(("us-ct", "us-ct", "us-ct", "us", *law.scale)), "facts": facts}
        situations.append(
            msgspec.convert(given | {"on": chance.choice(DAYS), "undated": chance.random() < 0.3}, Situation)
        )
    return situations


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_case_of_the_packs_is_told_alike(law: Law, in_the_page: Explaining, language: str) -> None:
    """Each situation of each case gets the same explanation in the page and on the server."""
    situations = cased(law)
    assert len(situations) > 120
    assert differing(law, in_the_page, situations, language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_random_situations_are_told_alike(law: Law, in_the_page: Explaining, language: str) -> None:
    """Random facts, whether they make sense together or not: the same explanation, or both refuse."""
    situations = made_up(law, 4000 if SOAK else 150, seed=4)
    assert differing(law, in_the_page, situations, language) == []


def test_every_answer_of_the_form_is_told_alike(law: Law, in_the_page: Explaining) -> None:
    """Each situation of the form and each variant, with each value of each word that is then asked."""
    situations = []
    for chosen in law.form.situations.values():
        for more, on in (({}, None), *((each.facts, each.on) for each in chosen.variants.values())):
            raw = chosen.facts | more | ({"date": on.isoformat()} if on else {})
            base = read_situation(law, raw, TODAY, "us-ct")
            situations.append(base)
            open_ = dict.fromkeys(each.fact for each in explain(law, base, TODAY).unknown_facts)
            for fact in (name for name in open_ if name in law.words):
                values = [*law.words[fact].values] or ["0", "16", "30"]
                if law.words[fact].kind not in ("day", "crime"):
                    situations += [read_situation(law, raw | {fact: v}, TODAY, "us-ct") for v in values]
    assert len(situations) > 200
    assert differing(law, in_the_page, situations, "es") == []


def test_the_law_of_the_place_is_enough(law: Law, in_the_page: Explaining) -> None:
    """The page carries only the law that holds in the place; of what happens there it says the same."""
    assert len(law_data(law, "us-ct", "en")["sections"]) < len(law.sections)
    situations = [each for each in cased(law) if each.jurisdiction == "us-ct"]
    assert len(situations) > 80
    assert differing(law, in_the_page, situations, "es", "us-ct") == []


def test_a_wrong_word_would_be_seen(law: Law, in_the_page: Explaining) -> None:
    """The comparison itself can fail: another day in the page gives another answer."""
    situation = read_situation(law, {"role": "buyer", "act": "completed", "value": "money"}, TODAY, "us-ct")
    before = msgspec.structs.replace(situation, on=situation.on.replace(year=2012))
    assert canonical(in_the_page("en", [before])[0]) != canonical(on_the_server(law, situation, "en"))
