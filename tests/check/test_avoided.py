"""Words to avoid stand nowhere in our own text; planted ones are found, slurs as errors."""

from __future__ import annotations

import dataclasses

import pytest

from waypost.check import avoided, pages
from waypost.check.reading import Block
from waypost.desk.guide import Guide
from waypost.model.evidence import Problem, Severity

PAGES = {"en": "q/r7mb4x/index.html", "es": "es/q/r7mb4x/index.html"}


def test_no_page_uses_a_word_to_avoid(guide: Guide, edition: pages.Edition) -> None:
    """The guide's own text holds none of its words to avoid."""
    assert list(avoided.avoided(guide, edition.pages, edition.read)) == []


@pytest.mark.parametrize("language", ["en", "es"])
def test_each_word_to_avoid_is_found(guide: Guide, edition: pages.Edition, language: str) -> None:
    """Every listed word, planted in our own text, is told with what to say instead; slurs are errors."""
    for word, avoid in guide.pack.avoid[language].items():
        said = f"Ask {word.replace('*', '')} about it."
        found = _planted(guide, edition, language, Block(said, said, True))
        assert [problem.severity for problem in found] == [
            Severity.error if avoid.slur else Severity.warning
        ], word
        assert avoid.instead in found[0].do


def test_a_quotation_is_spared(guide: Guide, edition: pages.Edition) -> None:
    """What is not our own text may hold the word: a quotation, a name, the title of a source."""
    assert _planted(guide, edition, "en", Block("A prostitute, it says.", "", True)) == []


def test_the_law_keeps_its_own_words(guide: Guide, edition: pages.Edition) -> None:
    """A page of the law may use the statute's word; the same words on an answer's page are told."""
    block = Block("Patronizing a prostitute.", "Patronizing a prostitute.", True)
    assert len(_planted(guide, edition, "en", block)) == 1
    assert _planted(guide, edition, "en", block, kind="section") == []


def _planted(
    guide: Guide, edition: pages.Edition, language: str, block: Block, kind: str = "question"
) -> list[Problem]:
    path = PAGES[language]
    page = dataclasses.replace(edition.pages[path], kind=kind)
    seen = dataclasses.replace(edition.read[path], blocks=(block,))
    return list(avoided.avoided(guide, {path: page}, {path: seen}))
