"""The words of the screens: complete in both languages, with the same placeholders, and all of them used."""

from __future__ import annotations

import re
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable

import pytest

from tests.site.made_up import pack
from waypost.model.directory import Hours, Span
from waypost.site.opening import hours_lines
from waypost.site.words import Said, Words

PLACEHOLDER = re.compile(r"\{(\w+)\}")
KEY = re.compile(r"""(?:\bt|words|words\.count)\(\s*["']([a-z_0-9.]+)["']""")


def texts(room: Traversable) -> list[str]:
    """Every template and every module of the site."""
    found = []
    for entry in room.iterdir():
        if entry.is_dir():
            found += texts(entry)
        elif entry.name.endswith((".jinja", ".py")):
            found.append(entry.read_text("utf-8"))
    return found


def words(language: str = "en") -> Words:
    """The real words of the screens."""
    return Words(language, pack().words(language))


def test_both_languages_have_the_same_lines() -> None:
    """A12: no line is missing in a language, and each has the same placeholders."""
    english, spanish = pack().words("en"), pack().words("es")
    assert set(english) == set(spanish)
    for key in english:
        assert set(PLACEHOLDER.findall(english[key])) == set(PLACEHOLDER.findall(spanish[key])), key


def test_every_line_that_is_asked_for_exists() -> None:
    """No template and no page asks for a line that the packs do not have."""
    asked = {key for text in texts(files("waypost.site")) for key in KEY.findall(text)}
    known = set(pack().words("en"))
    assert {key for key in asked if key not in known and f"{key}.one" not in known} == set()
    assert len(asked) > 100


@pytest.mark.parametrize(
    ("on", "english", "spanish"),
    [
        (date(2018, 1, 1), "2018", "2018"),
        (date(2018, 3, 1), "March 2018", "marzo de 2018"),
        (date(2018, 3, 9), "March 9, 2018", "9 de marzo de 2018"),
    ],
)
def test_a_date_claims_no_more_than_is_known(on: date, english: str, spanish: str) -> None:
    """The first of a year or month stands for a year or month that is all one knows."""
    assert words("en").about(on) == english
    assert words("es").about(on) == spanish


def test_lists_read_as_sentences() -> None:
    """One, two and three things."""
    assert words().listed(["a"]) == "a"
    assert words().listed(["a", "", "b"]) == "a and b"
    assert words("es").listed(["a", "b", "c"]) == "a, b y c"


def test_words_fall_back_and_say_so() -> None:
    """Without the reader's language English is shown, and known to be English."""
    assert words("es").pick({"en": "Hello"}) == Said("Hello", "en")
    assert words("es").pick({"en": "Hello", "es": "Hola"}) == Said("Hola", "es")
    assert not words("es").pick({})


@pytest.mark.parametrize(
    ("hours", "lines"),
    [
        (None, ()),
        (Hours(always=True), ("Day and night, every day",)),
        (
            Hours(spans=(Span(("mon", "tue", "wed"), "09:00", "17:30"),)),
            ("Monday to Wednesday, 9 am to 5:30 pm",),
        ),
        (Hours(spans=(Span(("mon", "fri"), "12:00", "24:00"),)), ("Monday and Friday, noon to midnight",)),
        (
            Hours(spans=(Span(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), "20:00", "02:00"),)),
            ("Every day, 8 pm to 2 am",),
        ),
        (
            Hours(by_appointment=True, season=("11-25", "03-31")),
            ("By appointment", "Only from November 25 to March 31"),
        ),
    ],
)
def test_hours_in_words(hours: Hours | None, lines: tuple[str, ...]) -> None:
    """Opening hours as one would say them; what is unknown gives no line at all."""
    assert hours_lines(hours, words()) == lines


def test_dates_of_documents_are_said_in_spanish_or_marked_as_english() -> None:
    """A source's own date is said in Spanish where its words are known; else it stays English, marked so."""
    lines = {"source.dated.undated": "sin fecha", "source.dated.about": "hacia"}
    words = Words("es", lines)
    assert words.dated("about 2019, undated") == Said("hacia 2019, sin fecha", "es")
    assert words.dated("2026-02-13") == Said("2026-02-13", "es")
    assert words.dated("flyer, about 2019") == Said("flyer, about 2019", "en")
    assert Words("en", lines).dated("undated") == Said("undated", "en")
