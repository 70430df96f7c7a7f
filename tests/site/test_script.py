"""The page's own script, in Chromium from a folder: its results are marked up as the server's are."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from datetime import datetime
from html import unescape
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, Playwright

from waypost.build import build
from waypost.desk.find import find
from waypost.desk.guide import Guide
from waypost.site.found import answer_paths
from waypost.site.outlet import Outlet
from waypost.site.pages import results_page
from waypost.site.render import assets, render

pytestmark = pytest.mark.browser
NOON = datetime(2026, 11, 23, 12, tzinfo=ZoneInfo("America/New_York"))
CASES = [
    ("en", "where can i get tested no insurance"),
    ("en", "my boyfriend takes my money and makes me see men"),
    ("en", "broke condom yesterday"),
    ("en", "escorts near me"),
    ("en", "qqqzzz"),
    ("es", "necesito un lugar seguro esta noche"),
    ("es", "quiero morirme"),
]


@pytest.fixture(scope="module")
def opened(
    guide: Guide, driver: Playwright, chromium: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Page, Path]]:
    """A page of Chromium, and the folder of the static edition."""
    out = tmp_path_factory.mktemp("edition") / "out"
    build(guide, out)
    browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
    page = browser.new_page()
    page.clock.set_fixed_time(NOON)
    yield page, out
    browser.close()


def bare(html: str, path: str) -> str:
    """Markup of a page at a path without what may differ: blanks, escapes, the way a link is written."""

    def whole(match: re.Match[str]) -> str:
        href = match[1].removesuffix("index.html")
        if ":" in href or href.startswith("#"):
            return f'href="{href}"'
        return f'href="{posixpath.normpath(posixpath.join(posixpath.dirname(path), href))}"'

    html = re.sub(r' data-to="[^"]*"', "", html)  # for paper only: the server says it on every page
    html = re.sub(r'href="([^"]*)"', whole, html).replace(' tabindex="-1"', "")
    return re.sub(r"\s+", "", unescape(html))


@pytest.mark.parametrize(("language", "words"), CASES)
def test_the_script_marks_up_what_the_server_does(
    opened: tuple[Page, Path], guide: Guide, language: str, words: str
) -> None:
    """F4, A6: the same words give the same markup in the page and from the server, to the letter."""
    page, out = opened
    page.goto((out / ("index.html" if language == "en" else f"{language}/index.html")).as_uri())
    page.fill("#words", words)
    page.press("#words", "Enter")
    page.wait_for_selector(".found")
    in_page = page.eval_on_selector("[data-found]", "node => node.innerHTML")
    found = find(
        guide.pack,
        guide.directory,
        guide.index,
        words,
        language=language,
        at=NOON,
        limit=20,
        paths=answer_paths(guide.pack),
    )
    served = render(
        results_page(guide, found, language, {"words": words, "token": "x"}),
        guide,
        Outlet.server(assets(guide)),
    )
    match = re.search(r'<div class="wide" data-found>(.*?)</div>\s*<form', served, re.S)
    assert match
    home = "/" if language == "en" else f"/{language}/"
    drawn, sent = bare(in_page, home), bare(match[1], f"{home}r/x")
    assert drawn.replace(">", ">\n").splitlines() == sent.replace(">", ">\n").splitlines()


def test_shift_three_times_leaves_and_shift_with_a_letter_does_not(opened: tuple[Page, Path]) -> None:
    """P11, P12: three lone presses cover the page at once; typing capitals and two presses do nothing."""
    page, out = opened
    page.route(re.compile("^https?:"), lambda route: route.abort())
    page.goto((out / "index.html").as_uri())
    for _ in range(4):
        page.keyboard.press("Shift+A")
    assert page.locator(".exit-cover").count() == 0
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    assert page.locator(".exit-cover").count() == 0
    assert page.locator("[data-exit-live]").inner_text() != ""
    page.keyboard.press("Shift")
    page.wait_for_function("document.querySelector('.exit-cover') || location.protocol !== 'file:'")


def test_an_old_copy_says_so(opened: tuple[Page, Path], guide: Guide) -> None:
    """A copy on a stick shows its age from its day on, and not a day before."""
    page, out = opened
    for day, shown in ((guide.on, False), (guide.stale_after, True)):
        page.clock.set_fixed_time(
            datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo("America/New_York"))
        )
        page.goto((out / "index.html").as_uri())
        assert page.locator(".stale").is_visible() is shown
