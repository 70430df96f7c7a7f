"""The law explorer on a server: a posted form leads to an answer, and no address tells what was asked."""

from __future__ import annotations

import re
from datetime import date

import pytest
from starlette.testclient import TestClient

from waypost.model.law import Law
from waypost.rules.penalty_scale import in_force
from waypost.server import Current
from waypost.site.headers import HEADERS
from waypost.site.law_words import fine_words, term_words
from waypost.site.words import Words

LANGUAGES = ["", "/es"]


def ask(client: TestClient, language: str = "", **form: str) -> str:
    """The page that a posted form leads to."""
    sent = client.post(f"{language}/law/ask/", data=form)
    assert sent.status_code == 303
    location = sent.headers["location"]
    assert re.fullmatch(rf"{language}/law/r/[A-Za-z0-9_-]+", location)
    answer = client.get(location)
    assert answer.status_code == 200
    assert client.get(location).text == answer.text
    return answer.text


def words(current: Current, language: str) -> Words:
    """The words of the screens in the language of an address."""
    code = language.strip("/") or "en"
    return Words(code, current.edition().guide.pack.words(code))


def main(page: str) -> str:
    """The main part of a page, without its frame."""
    return page[page.index("<main") : page.index("</main>")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_asks_about_a_supposed_person(client: TestClient, current: Current, language: str) -> None:
    """The form offers every situation of the pack, can be posted, and names nobody in its title."""
    page = client.get(f"{language}/law/ask/").text
    for key in current.edition().guide.pack.law.form.situations:
        assert f'name="situation" value="{key}"' in page
    assert 'method="post"' in page
    assert words(current, language)("title.ask") in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_seller_sees_protections_first_then_the_ceiling(
    client: TestClient, current: Current, language: str
) -> None:
    """For a seller the page goes: protections, whom to ask, ceiling, instead, unknown facts, steps."""
    t, page = words(current, language), main(ask(client, language, situation="sells"))
    order = ["law.protects", "ask.whom", "ask.ceiling", "law.alternatives", "ask.turns_on", "ask.lawyer"]
    places = [page.index(f">{t(key)}<") for key in [*order, "ask.next", "answer.steps"]]
    assert places == sorted(places)
    assert 'name="age"' in page
    assert 'name="was_trafficked"' in page
    assert t("law.not_advice") in page
    for service in current.edition().guide.pack.law.form.help:
        assert t.pick(service.text).text in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_at_17_a_seller_is_protected(client: TestClient, current: Current, language: str) -> None:
    """A person under 18 is protected: no ceiling is shown, and an earlier answer can be changed."""
    t, page = words(current, language), main(ask(client, language, situation="sells", age="17"))
    assert t("outcome.protected") in page
    assert t("ask.ceiling") not in page
    assert re.search(r'name="age"[^>]*value="17"', page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_next_question_follows_from_the_answer(client: TestClient, language: str) -> None:
    """A buyer is asked the other person's age; once it is given it is no longer among what is unknown."""
    before = main(ask(client, language, situation="buys"))
    after = main(ask(client, language, situation="buys", other_age="16"))
    unknown = before.index('id="ask-other_age"')
    assert unknown < before.index('class="ask-known"')
    assert after.index('id="ask-other_age"') > after.index('class="ask-known"')


def test_nothing_that_was_said_is_lost_in_the_next_question(client: TestClient) -> None:
    """Every answer given stands in the form of the next page, also one about who the person is."""
    page = main(ask(client, situation="first_charge", role="seller", prior_same="0", date="2025-01-02"))
    assert re.search(r'name="role" value="seller" checked', page)
    assert re.search(r'name="prior_same"[^>]*value="0"', page)
    assert re.search(r'name="date"[^>]*value="2025-01-02"', page)
    assert 'name="situation" value="first_charge"' in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_buyer_of_a_16_year_old_sees_the_heavier_ceiling(
    client: TestClient, current: Current, language: str
) -> None:
    """The ceiling shown is that of the class that the law of the day gives, not the adult one."""
    t, law = words(current, language), current.edition().guide.pack.law
    page = main(ask(client, language, situation="buys", other_age="16"))
    assert grade(law, "felony_B", t) in page
    assert grade(law, "felony_B", t) not in main(ask(client, language, situation="buys", other_age="30"))


def grade(law: Law, name: str, t: Words) -> str:
    """The term of a class of today in words."""
    bands = law.scale["us-ct"][name].bands
    return term_words(next(band.term for band in bands if band.effective_to is None), t)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_trafficked_person_who_is_charged_sees_the_defense_first(
    client: TestClient, current: Current, language: str
) -> None:
    """The affirmative defense of a trafficked person stands before any ceiling."""
    t, page = words(current, language), main(ask(client, language, situation="made"))
    assert page.index(t("shield.affirmative_defense")) < page.index(t("ask.ceiling"))


@pytest.mark.parametrize(("day", "fixed"), [("2016-03-01", False), ("2020-03-01", True), ("", True)])
def test_the_law_of_the_day_counts(client: TestClient, current: Current, day: str, fixed: bool) -> None:
    """Before October 2016 the buyer's fine was a ceiling, later it is set; the page names the day."""
    t, law = words(current, ""), current.edition().guide.pack.law
    page = main(ask(client, situation="buys", other_age="30", date=day))
    section = next(s for s in law.sections.values() if s.who == "buyer" and s.kind == "offense")
    version = in_force("section", section.versions, date.fromisoformat(day) if day else date(2026, 11, 22))
    assert version is not None
    assert (t("fine.set", amount="$2,000") in page) is fixed
    if day:
        assert t.day(date.fromisoformat(day)) in page


def test_at_17_the_law_of_2016_was_another(client: TestClient, current: Current) -> None:
    """Early in 2016 a 17-year-old was not yet beyond prosecution, and the page does not say so."""
    t = words(current, "")
    assert t("outcome.protected") in ask(client, situation="young")
    assert t("outcome.protected") not in ask(client, situation="young", date="2016-03-01")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_address_and_no_title_holds_what_was_asked(
    client: TestClient, current: Current, language: str
) -> None:
    """The sealed address, the title and the links of the form hold no word of the situation."""
    page = ask(client, language, situation="made", age="16")
    title = re.search(r"<title>(.*?)</title>", page)
    assert title
    assert title[1] == words(current, language)("title.answer")
    for href in re.findall(r'(?:href|action)="([^"]*)"', page):
        assert not re.search(r"[?=]|traffick|seller|situation", href.replace("tel:", "")), href


def test_the_language_can_be_switched_on_an_answer(client: TestClient) -> None:
    """The answer under a token is there in the other language too."""
    location = client.post("/law/ask/", data={"situation": "sells"}).headers["location"]
    assert '<html lang="es"' in client.get(f"/es{location}").text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("date", "last spring", "ask.fault.day"),
        ("date", "2021-02-30", "ask.fault.day"),
        ("age", "ten", "ask.fault.number"),
        ("age", "-1", "ask.fault.number"),
        ("was_trafficked", "perhaps", "ask.fault.value"),
        ("age", "9" * 10_000, "ask.fault.long"),
    ],
)
def test_an_odd_answer_is_kept_and_the_page_says_what_to_mend(
    client: TestClient, current: Current, language: str, name: str, value: str, fault: str
) -> None:
    """A wrong answer gives no explanation but the form, what to mend there, and what was typed."""
    t, page = words(current, language), main(ask(client, language, situation="sells", **{name: value}))
    assert t(fault) in page
    assert f'href="#ask-{name}"' in page
    assert f'id="ask-{name}"' in page
    assert t("ask.ceiling") not in page
    if name in ("date", "age"):
        assert f'value="{value[:100]}' in page


def test_a_field_that_the_form_does_not_have_is_named_and_left_out(
    client: TestClient, current: Current
) -> None:
    """An unknown field does not change the answer, and the page says that it was left out, escaped."""
    page = ask(client, situation="sells", **{"<b>zz": "1"})
    t = words(current, "")
    assert "<b>zz" not in page
    assert "&lt;b&gt;zz" in page
    assert t("ask.ceiling") in page


@pytest.mark.parametrize("form", [{"situation": ""}, {"situation": "nobody"}, {"age": "17"}])
def test_without_a_situation_the_form_comes_back(
    client: TestClient, current: Current, form: dict[str, str]
) -> None:
    """Nothing chosen, or nothing that there is: the form says what to choose."""
    page = ask(client, "", **form)
    assert words(current, "")("ask.fault.nothing") in page
    assert 'name="situation" value="sells"' in page


@pytest.mark.parametrize("value", ["\0", "😀" * 50, "<script>alert(1)</script>", "' OR 1=1 --", "%00%ff"])
def test_r14_odd_words_are_never_run_or_a_fault(client: TestClient, value: str) -> None:
    """R14: whatever is sent in any field gives a page, shown as text."""
    for name in ("situation", "date", "value", "told", "convicted_of", "role", "question", "jurisdiction"):
        page = ask(client, "", **{"situation": "sells", name: value})
        assert "<script>alert" not in page


def test_r19_a_form_from_another_site_is_refused(client: TestClient) -> None:
    """R19: only our own pages may post the form."""
    form = {"situation": "sells"}
    refused = client.post("/law/ask/", data=form, headers={"sec-fetch-site": "cross-site"})
    assert refused.status_code == 403


def test_p7_answers_are_strict_and_not_kept(client: TestClient) -> None:
    """P7: the answer and its redirect are no-store and set no cookie."""
    sent = client.post("/law/ask/", data={"situation": "sells"})
    for answer in (sent, client.get(sent.headers["location"])):
        for name, value in HEADERS.items():
            assert answer.headers[name] == value
        assert "no-store" in answer.headers["cache-control"]
        assert "set-cookie" not in answer.headers


def test_a_token_opens_only_where_it_belongs(client: TestClient) -> None:
    """A token of the search form is no answer of the law, nor the other way about, nor a forged one."""
    law = client.post("/law/ask/", data={"situation": "sells"}).headers["location"]
    search = client.post("/find/", data={"words": "food"}).headers["location"]
    assert client.get(f"/law{search}").status_code == 410
    assert client.get(law.removeprefix("/law")).status_code == 410
    assert client.get("/law/r/forged").status_code == 410


def test_a_fine_and_a_term_in_words_are_never_empty_on_the_way() -> None:
    """What is not known is said as nothing, never as a number."""
    t = Words("en", {})
    assert (term_words(None, t), fine_words(None, t)) == ("", "")
