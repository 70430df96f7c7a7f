"""Readability agrees with published examples and with syllables counted by hand."""

from __future__ import annotations

import pytest

from waypost.check.pronounced import pronounced
from waypost.rules import readability

PLATYPUS = "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature."


def _syllables(word: str) -> int:
    return readability.english_syllables(word, pronounced())


def test_a9_the_published_example_has_its_published_grade() -> None:
    """A9: the best known example of Flesch-Kincaid (13 words, 24 syllables) has the grade 11.3."""
    assert sum(map(_syllables, readability.words(PLATYPUS))) == 24
    assert readability.grade(PLATYPUS, _syllables) == pytest.approx(11.3, abs=0.05)


def test_a9_the_easiest_text_is_at_the_bottom_of_the_scale() -> None:
    """A9: one-syllable words, two to a sentence, are about the lowest grade there is: −3.01."""
    assert readability.grade("Sit down. Now eat.", _syllables) == pytest.approx(-3.01)


def test_a10_perspicuity_follows_its_formula() -> None:
    """A10: 206.835 − 62.3 × syllables a word − words a sentence, by syllables counted by hand."""
    text = "Usted no está sola. Hay ayuda hoy."  # us-ted no es-tá so-la · hay a-yu-da hoy
    assert readability.inflesz(text) == pytest.approx(206.835 - 62.3 * 12 / 7 - 7 / 2)


def test_the_letter_of_a_class_ends_a_sentence() -> None:
    """A class at the end of a sentence ends it; the initial of a name does not."""
    assert len(readability.sentences("Es de clase B. Si no, es de clase C.", "es")) == 2
    assert len(readability.sentences("It is class D. Ask John B. Smith, or J. Doe.", "en")) == 2


def test_a_text_without_words_has_no_grade() -> None:
    """Nothing cannot be graded: it is refused, not counted as easy."""
    with pytest.raises(ValueError, match="without words"):
        readability.inflesz("…")


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("país", 2),
        ("ciudad", 2),
        ("continuo", 3),
        ("continúo", 4),
        ("ahí", 2),
        ("ahora", 3),
        ("búho", 2),
        ("prohibir", 2),
        ("guitarra", 3),
        ("pingüino", 3),
        ("leer", 2),
        ("rey", 1),
        ("muy", 1),
        ("y", 1),
        ("mayo", 2),
        ("estudiáis", 3),
        ("queso", 2),
        ("hacia", 2),
        ("hacía", 3),
        ("muchacho", 3),
        ("aéreo", 4),
        ("vehículo", 4),
        ("policía", 4),
        ("Órgano", 3),
    ],
)
def test_spanish_syllables(word: str, count: int) -> None:
    """Diphthongs join, hiatus parts, a mute u or h is not heard."""
    assert readability.spanish_syllables(word) == count


@pytest.mark.parametrize(
    ("word", "count"),
    [("table", 2), ("walked", 1), ("wanted", 2), ("boxes", 2), ("make", 1), ("little", 2), ("syringes", 3)],
)
def test_an_unknown_english_word_is_guessed_from_its_spelling(word: str, count: int) -> None:
    """Without the dictionary, silent endings are left out and spoken ones counted."""
    assert readability.english_syllables(word, {}) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Call 911. Say where you are!", 2),
        ("Dr. Smith and J. Doe pay $3.50 a day.", 1),
        ("Open 9 a.m. to 5 p.m. on weekdays.", 1),
        ("Call, e.g. at night.\nSay stop", 2),
        ("¿Qué hago? Llame. «Ya.» Fin", 4),
    ],
)
def test_a11_sentences_end_at_stops_not_at_abbreviations(text: str, count: int) -> None:
    """A11: a point inside a number or after an abbreviation ends no sentence."""
    assert len(readability.sentences(text, "es" if "¿" in text else "en")) == count
