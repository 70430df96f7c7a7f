"""How words are folded, stemmed, corrected and read as patterns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waypost.rules.need_words import MOST_TOKENS, WordBook, edit_distance, fold, stem


@pytest.mark.parametrize(
    ("words", "tokens"),
    [
        ("¿Dónde está mi mamá?", ["donde", "esta", "mi", "mama"]),
        ("can't won’t", ["cant", "wont"]),
        ("od'd on fent", ["od", "d", "on", "fent"]),
        ("call 2-1-1 or 9.1.1", ["call", "211", "or", "911"]),
        ("heeeelp", ["help"]),
        ("niño 😀 Ñ", ["nino", "n"]),
        ("", []),
    ],
)
def test_folding(words: str, tokens: list[str]) -> None:
    """Case, accents, apostrophes, dotted numbers and drawn-out letters fall away."""
    assert fold(words) == tokens


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("shelters", "shelter"),
        ("abuse", "abuso"),
        ("abused", "abusing"),
        ("abogada", "abogados"),
        ("mujeres", "mujer"),
        ("pantries", "pantry"),
        ("hitting", "hit"),
        ("condones", "condon"),
    ],
)
def test_words_that_share_a_stem(one: str, other: str) -> None:
    """Plain endings of both languages are cut alike."""
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("one", "other"), [("prep", "pep"), ("care", "car"), ("bus", "business"), ("crisis", "cry")]
)
def test_words_that_do_not_share_a_stem(one: str, other: str) -> None:
    """Different words stay different."""
    assert stem(one) != stem(other)


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [("violance", "violence", 1), ("abogdo", "abogado", 1), ("teh", "the", 1), ("abc", "xyz", 3)],
)
def test_edit_distance(one: str, other: str, distance: int) -> None:
    """A swap of neighbours is one edit; what is farther than asked for is one more than asked for."""
    assert edit_distance(one, other, 2) == min(distance, 3)


def book(**lines: str) -> WordBook:
    """A small book of patterns."""
    made = WordBook({"he": ("he!", "him!")})
    for label, line in lines.items():
        made.add(label, [line])
    return made


@pytest.mark.parametrize(
    ("line", "words", "read"),
    [
        ("takes _2 money", "he takes all my money", True),
        ("takes _2 money", "he takes all of my money", False),
        ("@he hit", "they say him hits", True),
        ("golpe*", "me golpeaba", True),
        ("pep!", "a pep talk", True),
        ("pep!", "peppers", False),
        ("# days ago", "12 days ago", True),
        ("a|b c", "b c", True),
        ("a|b c", "b d c", False),
    ],
)
def test_patterns(line: str, words: str, read: bool) -> None:
    """Gaps, groups, beginnings, exact words, numbers and choices mean what the model says."""
    assert bool(book(it=line).read(fold(words))) is read


def test_a_misspelled_word_is_corrected_to_the_nearest_known_one() -> None:
    """One edit is allowed in short words, two in long ones that begin alike; known words stay."""
    made = book(one="shelter", two="counseling")
    made.know(["sheltie"])
    tokens, corrected = made.correct(["sheltr", "counsleing", "sheltie", "cat", "zounseling"])
    assert tokens == ["shelter", "counseling", "sheltie", "cat", "counseling"]
    assert set(corrected) == {"sheltr", "counsleing", "zounseling"}


@given(st.text(max_size=3000))
def test_folding_takes_any_text(words: str) -> None:
    """Whatever is typed becomes at most so many plain tokens."""
    tokens = fold(words)
    assert len(tokens) <= MOST_TOKENS
    assert all(token.isascii() and token.isalnum() and token == token.lower() for token in tokens)
    assert all(stem(token) for token in tokens)
