"""A9, A10, A11: the pages are measured by their own words, and they are plain."""

from __future__ import annotations

from waypost.check import pages, readable
from waypost.check.reading import seen

_LONG = "This one sentence goes on and " + "on and " * 12 + "on."


def test_a9_a10_a11_the_pages_are_plain(edition: pages.Edition) -> None:
    """Medians are grade 6 or lower and INFLESZ 65 or higher; no page's mean is over 20 words, no sentence over 25."""
    found = readable.grades(edition.read)
    by_language = {each.language: each for each in readable.medians(found)}
    assert by_language["en"].score <= 6
    assert by_language["es"].score >= 65
    assert [each.page for each in found if each.language == "es" and each.score < 55] == []
    assert [each.page for each in found if each.mean_sentence > 20] == []
    assert [each.long_sentences for each in found if each.long_sentences] == []


def test_a11_a_long_sentence_is_listed() -> None:
    """A11: a sentence of more than 25 words is listed with its page."""
    html = f'<html lang="en"><main><p>{_LONG}</p><p>{"Call us now. " * 40}</p></main></html>'
    found = readable.grades({"x": seen(html)})
    assert [(each.page, each.long_sentences) for each in found] == [("x", (_LONG,))]
    assert _LONG in readable.as_table(found)


def test_only_our_own_words_are_measured() -> None:
    """Names, numbers, navigation, quotations, sources and words of another language are left out."""
    html = (
        '<html lang="en"><nav>Home</nav><main><p>Ours<sup class="note-ref"><a href="#note-1">1</a></sup>.'
        ' <span lang="es">Suyo.</span></p><blockquote>Quoted.</blockquote>'
        '<p class="card-name">Name</p><section class="notes"><p>Source</p></section></main></html>'
    )
    assert seen(html).own == "Ours."
