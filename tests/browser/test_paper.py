"""Every kind of page on paper (A13): printed by the browser, read back page by page."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from tests.browser.conftest import NewPage
from waypost.desk.guide import Guide
from waypost.site.contact import first_phone
from waypost.site.pages import all_pages

pytestmark = pytest.mark.browser
LEAST = 10.95
"""Eleven points, as Chromium rounds them."""


def smallest(reader: PdfReader) -> tuple[float, str]:
    """The smallest type on the first two pages, in points, and words set in it; marks of footnotes left out."""
    sizes: list[tuple[float, str]] = []

    def visit(text: str, cm: list[float], tm: list[float], _font: Any, points: float) -> None:
        if text.strip() and not re.fullmatch(r"[\d\[\]\s]+", text):
            sizes.append((round(abs(points * tm[3] * cm[3]), 2), text.strip()[:30]))

    for page in reader.pages[:2]:
        page.extract_text(visitor_text=visit)
    return min(sizes)


def faults(pdf: bytes, numbers: list[str], made: str) -> list[str]:
    """What is wrong with a printed page."""
    reader = PdfReader(io.BytesIO(pdf))
    first = reader.pages[0].extract_text()
    whole = f"{first} {reader.pages[-1].extract_text()}"
    found = [f"{number} is not on page 1" for number in numbers if number not in first]
    found += [] if made in " ".join(whole.split()) else ["no date"]
    found += [f"{word} is printed" for word in ("Leave this page", "Salir de esta página") if word in whole]
    size, words = smallest(reader)
    found += [f"{size} points: {words}"] if size < LEAST else []
    found += [] if len(reader.pages) <= 20 else [f"{len(reader.pages)} pages"]
    return found


def crisis(guide: Guide, language: str) -> list[str]:
    """The numbers of the strip, from their records."""
    numbers = []
    for line in guide.pack.manifest.settings.emergency:
        listing = guide.directory.get(line.service)
        assert listing is not None
        phone = first_phone(listing, language, line.phone)
        assert phone is not None
        numbers.append(phone.number)
    return numbers


def test_a13_every_kind_of_page_prints_well(browser: Browser, site: str, guide: Guide) -> None:
    """A13: on Letter and on A4 the crisis numbers stand on page 1, no type is below 11 points, the date is told."""
    kinds: dict[str, dict[str, str]] = {}
    for page in all_pages(guide):
        if page.path.endswith("/"):
            kinds.setdefault(page.kind, {}).setdefault(page.language, page.path)
    made = {"en": "Made on November 22, 2026", "es": "22 de noviembre de 2026"}
    context = browser.new_context()
    tab = context.new_page()
    found = {}
    for turn, (kind, paths) in enumerate(sorted(kinds.items())):
        language = ("en", "es")[turn // 2 % 2]
        path = paths[language]
        tab.goto(site + path)
        pdf = tab.pdf(format=("Letter", "A4")[turn % 2])
        if wrong := faults(pdf, crisis(guide, language), made[language]):
            found[kind, path] = wrong
    context.close()
    assert found == {}


def test_a13_is_black_on_white_even_on_a_dark_device(open_page: NewPage) -> None:
    """A13: print is black on white whatever the theme; links say where they lead; the exit bar is away."""
    page = open_page("/help/", color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    body = page.evaluate(
        "[getComputedStyle(document.body).color, getComputedStyle(document.documentElement).backgroundColor]"
    )
    assert body == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    assert not page.locator(".exit").is_visible()
    assert not page.locator(".search").is_visible()
    said = page.evaluate(
        "getComputedStyle(document.querySelector('main a[data-to]:not(.trail a)'), '::after').content"
    )
    assert re.search(r'"?/\w+/', said)


def test_a13_small_type_would_be_found(open_page: NewPage, guide: Guide) -> None:
    """A13: planted small print, a missing number and a missing date are found."""
    page = open_page("/now/")
    page.evaluate(
        """() => { document.querySelector('.strip').remove(); document.querySelector('.foot-made').remove();
        document.querySelectorAll('.urgent').forEach(e => e.remove());
        document.querySelector('h1').style.setProperty('font-size', '6pt', 'important'); }"""
    )
    wrong = faults(page.pdf(format="A4"), crisis(guide, "en"), "Made on November 22, 2026")
    assert "no date" in wrong
    assert any("points" in line for line in wrong)
    assert any("988" in line for line in wrong)


def test_a_helpers_list_prints_and_copies(open_page: NewPage) -> None:
    """The list for helpers is a page with every number; with script it copies itself as plain text."""
    page = open_page("/table/")
    context = page.context
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.click("[data-copy-page]")
    page.wait_for_function("document.querySelector('[data-copied]').textContent")
    text = page.evaluate("navigator.clipboard.readText()")
    assert "988" in text
    assert "211" in text
    assert "<" not in text
