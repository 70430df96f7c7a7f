"""What readers see of a stale translation, of sources that disagree and of one that was withdrawn."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from datetime import date

import msgspec
import pytest

from waypost.desk.guide import Guide
from waypost.site.outlet import Outlet
from waypost.site.page import Page
from waypost.site.pages import questions, services, sources
from waypost.site.render import assets, render

SAID = {
    "en": ("Another source says otherwise", "Withdrawn by its maker on March 1, 2026."),
    "es": ("Otra fuente dice otra cosa", "Quien la hizo la retiró el 1 de marzo de 2026."),
}


@pytest.mark.parametrize("language", ["en", "es"])
def test_sources_that_disagree_name_each_other(guide: Guide, language: str) -> None:
    """The two pages with two numbers of one office name each other, and the office's page says it."""
    titles = {key: guide.pack.sources[key].title for key in ("r-ova-letter", "r-ova-inquiries")}
    for key, other in zip(titles, reversed(titles.values()), strict=True):
        page = _html(guide, sources.pages(guide, language), titles[key])
        assert SAID[language][0] in page
        assert other.replace("'", "&#39;") in page
    office = next(each for each in guide.directory.listings if "r-ova-letter" in each.service.sources)
    shown = next(page for page in services.pages(guide, language) if office.service.slug in page.path)
    assert SAID[language][0] in render(shown, guide, Outlet.static(assets(guide)))


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_withdrawn_source_shows_at_each_claim(guide: Guide, language: str) -> None:
    """A footnote that rests on a source which its maker withdrew says so, with the day."""
    page = next(page for page in questions.pages(guide, language) if page.notes)
    assert SAID[language][1] not in render(page, guide, Outlet.static(assets(guide)))
    key = page.notes[0].sources[0].key
    gone = msgspec.structs.replace(guide.pack.sources[key], withdrawn=date(2026, 3, 1))
    changed = _with(guide, sources={**guide.pack.sources, key: gone})
    assert SAID[language][1] in _html(changed, questions.pages(changed, language), page.title)


def test_a_stale_translation_says_so(guide: Guide) -> None:
    """A page made from an older English text tells its reader."""
    key, asked = next((key, asked) for key, asked in guide.pack.questions.items() if "es" in asked)
    told = guide.pack.words("es")["question.stale_translation"]
    title = asked["es"].title
    assert told not in _html(guide, questions.pages(guide, "es"), title)
    newer = {**asked, "en": msgspec.structs.replace(asked["en"], version=99)}
    changed = _with(guide, questions={**guide.pack.questions, key: newer})
    assert told in _html(changed, questions.pages(changed, "es"), title)


def _html(guide: Guide, pages: Iterable[Page], title: str) -> str:
    page = next(page for page in pages if page.title == title)
    return render(page, guide, Outlet.static(assets(guide)))


def _with(guide: Guide, **changes: object) -> Guide:
    return dataclasses.replace(guide, pack=msgspec.structs.replace(guide.pack, **changes))
