"""The ready-made answers of the law: there without script and server, linked, neutral outside."""

from __future__ import annotations

import html
import posixpath
import re

import pytest

from waypost.desk.guide import Guide
from waypost.desk.law import answer
from waypost.model.evidence import Confidence
from waypost.site import address
from waypost.site.outlet import Outlet
from waypost.site.page import Page
from waypost.site.pages import ask_law, law
from waypost.site.pages.ask_law import AnswerContent
from waypost.site.render import assets, render
from waypost.site.words import Words

LANGUAGES = ["en", "es"]


@pytest.fixture(scope="module")
def outlet(guide: Guide) -> Outlet:
    """The static edition: nobody takes a form."""
    return Outlet.static(assets(guide))


def pages(guide: Guide, language: str) -> dict[str, Page]:
    """The pages of the explorer by path."""
    return {page.path: page for page in ask_law.pages(guide, language)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_situation_and_variant_has_a_page(guide: Guide, language: str) -> None:
    """Each situation of the pack and each of its variants has a ready-made page with its own address."""
    found = pages(guide, language)
    form = guide.pack.law.form
    wanted = [("", address.ask())]
    for key, situation in form.situations.items():
        wanted += [(key, address.law_answer(key, variant)) for variant in ("", *situation.variants)]
    assert set(found) == {address.localized(path, language) for _, path in wanted}
    assert len(found) == len(wanted)


@pytest.mark.parametrize("language", LANGUAGES)
def test_p21_the_pages_are_reached_by_links_alone(guide: Guide, outlet: Outlet, language: str) -> None:
    """P21: from the law's list, links lead to the form's page and to every ready-made answer."""
    found = pages(guide, language)
    first = next(law.pages(guide, language))
    assert address.localized(address.law(), language) == first.path
    seen, todo = set(), [first]
    while todo:
        page = todo.pop()
        for href in re.findall(r'href="([^":]+?)(?:index\.html)?(?:#[^"]*)?"', render(page, guide, outlet)):
            path = posixpath.normpath(posixpath.join(page.path, href)) + "/"
            if path in found and path not in seen:
                seen.add(path)
                todo.append(found[path])
    assert seen == set(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_static_edition_hides_its_form_and_still_says_what_is_unknown(
    guide: Guide, outlet: Outlet, language: str
) -> None:
    """Where nobody takes a form it waits, hidden, for script; what the answer turns on stands as a list."""
    for page in pages(guide, language).values():
        drawn = render(page, guide, outlet)
        main = drawn[drawn.index("<main") : drawn.index("</main>")]
        assert all(" hidden " in form for form in re.findall("<form[^>]*>", main)), page.path
        if isinstance(page.content, AnswerContent):
            for each in page.content.answer.unknown:
                assert each.then.text in main.replace("&#39;", "'"), page.path


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_speak_of_a_supposed_person(guide: Guide, outlet: Outlet, language: str) -> None:
    """Situations and questions speak of "somebody" or "the person"; none says "you" of the reader."""
    form = guide.pack.law.form
    texts = [each.text[language] for each in form.situations.values()]
    texts += [v.text[language] for each in form.situations.values() for v in each.variants.values()]
    texts += [each[language] for each in form.asks.values()]
    for text in texts:
        assert not re.search(r"\b(you|your|usted|ustedes)\b", text, re.I), text


def test_what_a_situation_sets_is_in_the_vocabulary(guide: Guide) -> None:
    """Every fact of the form is a word that the law knows, with a value it takes without guessing."""
    law_ = guide.pack.law
    for situation in law_.form.situations.values():
        assert situation.group in law_.form.groups
        for facts in (situation.facts, *(situation.facts | v.facts for v in situation.variants.values())):
            explained = answer(law_, facts, guide.on, guide.pack.chain)
            assert explained.help or explained.findings or explained.notes
            for name, value in facts.items():
                word = law_.words[name]
                assert not word.values or value in word.values, (name, value)


def test_the_form_is_whole_in_both_languages(guide: Guide) -> None:
    """Each text of the form is there in each language of the pack, and each help is a listed service."""
    form = guide.pack.law.form
    texts = [*form.groups.values(), *form.asks.values(), *(each.text for each in form.turns_on)]
    texts += [
        text for each in form.for_lawyer for text in (each.topic, each.ask, *(k.text for k in each.known))
    ]
    texts += [situation.text for situation in form.situations.values()]
    texts += [v.text for situation in form.situations.values() for v in situation.variants.values()]
    texts += [each.text for each in form.help]
    for text in texts:
        assert all(text.get(language) for language in guide.pack.manifest.languages), text
    assert [each.service for each in form.help if guide.directory.get(each.service) is None] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_stands_outside_the_sentence_has_its_source_or_says_that_there_is_none(
    guide: Guide, outlet: Outlet, language: str
) -> None:
    """Each consequence beside the maximum, and what it turns on, names its sources, its label, or "no data"."""
    form = guide.pack.law.form
    facts = [*form.turns_on, *(known for aside in form.for_lawyer for known in aside.known)]
    topics = {aside.topic["en"] for aside in form.for_lawyer}
    assert {"Immigration", "Home", "Children", "Work and school", "Register and record"} <= topics
    for fact in facts:
        assert [key for key in fact.sources if key not in guide.pack.sources] == []
        nothing = fact.confidence is Confidence.could_not_confirm
        assert ("no data" in fact.text["en"], "sin datos" in fact.text["es"]) == (nothing, nothing), fact
        assert fact.sources or nothing or fact.confidence is Confidence.general_knowledge, fact
    page = pages(guide, language)[address.localized(address.law_answer("sells"), language)]
    drawn = html.unescape(render(page, guide, outlet))
    for fact in facts:
        assert fact.text[language] in drawn, fact


def test_every_fact_that_may_be_unknown_can_be_asked(guide: Guide) -> None:
    """Whatever fact a ready-made answer leaves open has a question of its own, ending as one."""
    for page in pages(guide, "en").values():
        if isinstance(page.content, AnswerContent):
            asked = {each.name: each.ask for each in page.content.form.next}
            open_ = {each.fact for each in page.content.answer.unknown} - set(page.content.form.situation)
            for fact in open_ & set(guide.pack.law.words) - {"role", "question"}:
                assert fact in asked or fact in {each.name for each in page.content.form.known}, fact
            assert all(each.endswith("?") for each in asked.values()), asked


@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_tell_nothing(guide: Guide, language: str) -> None:
    """The title bar shows a neutral word and a code; no address holds a key of a situation."""
    words = Words(language, guide.pack.words(language))
    for path, page in pages(guide, language).items():
        code = path.strip("/").rpartition("/")[2]
        assert page.neutral_title in {words("title.ask"), words("title.law_answer", code=code)}
        assert not any(key in path for key in guide.pack.law.form.situations)


def test_without_law_there_is_no_form(guide: Guide) -> None:
    """Where no law pack covers the place, the explorer is not there."""
    from tests.site.made_up import guide as made_up

    assert list(ask_law.pages(made_up(), "en")) == []
