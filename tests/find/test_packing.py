"""The lexicon packed for the page opens to the same text, in Python's writing and the browser's reading."""

from __future__ import annotations

import gzip
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Playwright

from waypost.desk.find_lines import lines_of, merged
from waypost.desk.guide import Guide
from waypost.search.packing import packed

TEXTS = [
    "",
    "\n\n\n",
    "need food\nfood|meal\nfood pantry\nfree _2 food\n\nneed bed\nbed|beds =50",
    "a" * 40 + " b|" * 300 + "\n" + " ".join(f"w{number}" for number in range(900)),
]


@pytest.mark.browser
def test_what_is_packed_opens_to_the_same_text(driver: Playwright, chromium: str, guide: Guide) -> None:
    """Empty, odd, and the whole lexicon: letter by letter what went in."""
    browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
    tab = browser.new_page()
    tab.evaluate("text => { (0, eval)(text); }", (files("waypost.search") / "browser/unpack.js").read_text())
    for text in (*TEXTS, lines_of(guide.pack.lexicon)):
        opened = tab.evaluate(
            """packed => {
              const steps = Waypost.unpacked(packed);
              for (;;) { const { done, value } = steps.next(); if (done) return value; }
            }""",
            packed(text),
        )
        assert opened == text
    browser.close()


def test_a_letter_that_is_not_plain_is_refused() -> None:
    """Patterns are folded before; what is not would be lost without a word."""
    with pytest.raises(ValueError, match="not plain"):
        packed("niño")


def test_packing_beats_gzip_by_a_quarter(guide: Guide) -> None:
    """Otherwise it would not be worth its code."""
    text = lines_of(guide.pack.lexicon)
    assert len(packed(text)) * 6 / 8 < 0.8 * len(gzip.compress(text.encode(), 9))


def _plain_lines(lines: list[str]) -> set[str]:
    """Every line without choices that some lines stand for."""
    found = {""}
    plain: set[str] = set()
    for line in lines:
        found = {""}
        for element in line.split(" "):
            found = {f"{start} {word}" for start in found for word in element.split("|")}
        plain |= found
    return plain


WORD = st.sampled_from(["a", "b", "c", "a|b", "b|c", "_2", "=50"])


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(WORD, min_size=1, max_size=4).map(" ".join), min_size=1, max_size=12))
def test_merged_lines_stand_for_the_same_plain_lines(lines: list[str]) -> None:
    """Merging never adds a pattern and never loses one."""
    assert _plain_lines(merged(lines)) == _plain_lines(lines)
