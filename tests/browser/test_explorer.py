"""The explorer of the law in a real browser: its answers are made in the page, and leave no trace."""

from __future__ import annotations

import gzip
import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright

from tests.browser.conftest import FLAGS, NewPage, calm, in_files
from waypost.desk.guide import Guide
from waypost.site.bundle import assets

pytestmark = pytest.mark.browser
MARKED = "87654"
"""A number that stands in no page, so that each place where it turns up is a trace."""
_SHAPE = """() => {
  const shape = (node) => {
    if (node.nodeType === 3) return node.textContent.replace(/\\s+/g, " ").trim();
    if (node.nodeType !== 1) return "";
    const kept = [...node.attributes].filter((a) => !["action", "method", "tabindex", "data-ask-start"].includes(a.name))
      .map((a) => a.name + "=" + (a.name !== "href" || a.value[0] === "#" ? a.value : node.href)).sort();
    return [node.tagName, kept, [...node.childNodes].map(shape).filter((each) => each.length)];
  };
  document.getElementById("main").normalize();
  return [...document.querySelectorAll("#main > *")].filter((each) => each.tagName !== "NAV").map(shape);
}"""


def ask(page: Page, situation: str, **more: str) -> None:
    """Choose what happened and then, one after another, what the answer still asks."""
    page.check(f'input[name="situation"][value="{situation}"]')
    if day := more.pop("date", ""):
        page.fill('[name="date"]', day)
    page.click('.ask-form button[type="submit"]')
    page.wait_for_selector("p.lead + p.quiet")
    for name, value in more.items():
        page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        field = page.locator(f'[name="{name}"]')
        kind = field.first.evaluate("each => each.type")
        if kind == "radio":
            page.check(f'[name="{name}"][value="{value}"]')
        elif kind == "select-one":
            field.select_option(value)
        else:
            field.fill(value)
        page.click('.ask-form button[type="submit"]')
        page.wait_for_selector("p.lead + p.quiet")


WALKS: list[dict[str, str]] = [
    {"situation": "sells", "age": "30"},
    {"situation": "sells", "date": "2009-01-01"},
    {"situation": "young"},
    {"situation": "buys", "other_age": "16", "date": "2016-03-01"},
    {"situation": "profits", "force": "no", "other_age": "30"},
    {"situation": "told", "told": "sexual_assault_counselor"},
    {"situation": "record", "convicted_of": "us-ct/cgs/53a-82"},
    {"situation": "overdose"},
    {"situation": "registry"},
]
LANGUAGES = ["", "/es"]
EVERY = 1 if os.environ.get("WAYPOST_SOAK") else len(LANGUAGES)
"""Each walk is made in one language, in turn; the soak makes each in all."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_with_and_without_script_the_same_page(open_page: NewPage, site: str, language: str) -> None:
    """The page draws, tag for tag and word for word, what the server draws for the same answers."""
    drawing, served = (open_page(java_script_enabled=script) for script in (True, False))
    for walk in WALKS[LANGUAGES.index(language) % EVERY :: EVERY]:
        shapes = []
        for page in (drawing, served):
            page.goto(f"{site}{language}/law/ask/")
            ask(page, **walk)
            shapes.append(page.evaluate(_SHAPE))
        assert "/law/ask/" in drawing.url
        assert "/law/r/" in served.url
        assert shapes[0] == shapes[1], walk


def test_nothing_leaves_the_page(open_page: NewPage, site: str) -> None:
    """Asked with script: no request holds a fact, none is made for an answer, nothing is stored or in the address."""
    page = open_page()
    made = []
    page.on("request", lambda request: made.append(request))
    page.goto(site + "/law/ask/")
    before = page.evaluate("[location.href, history.length, document.title]")
    ask(page, "buys", other_age=MARKED)
    assert MARKED in page.inner_text("#main")
    assert page.evaluate("[location.href, history.length, document.title]") == before
    assert [r.url for r in made if r.method != "GET" or MARKED in r.url or "buys" in r.url] == []
    assert len(made) <= 8
    assert [r.url for r in made if "/law-en-" in r.url][1:] == []
    stored = "[document.cookie, localStorage.length, sessionStorage.length]"
    assert page.evaluate(stored) == ["", 0, 0]


def test_no_file_of_the_profile_holds_a_fact(
    driver: Playwright, chromium: str, site: str, tmp_path: Path
) -> None:
    """P5: after an answer and leaving, what was typed stands in no file of the browser's profile."""
    context = driver.chromium.launch_persistent_context(str(tmp_path), executable_path=chromium, args=FLAGS)
    context.route(re.compile(r"^https?://(?!127\.0\.0\.1)"), calm)
    page = context.new_page()
    page.goto(site + "/law/ask/")
    ask(page, "buys", other_age=MARKED)
    page.click("#exit")
    page.wait_for_timeout(1500)
    context.close()
    assert in_files(tmp_path, "127.0.0.1"), "the visit itself is in the profile, so the profile was read"
    assert in_files(tmp_path, MARKED) == []


def test_the_answer_is_told_and_the_way_back_is_there(open_page: NewPage, edition: str) -> None:
    """From a folder: focus goes to the heading, a neutral line is said, and the form comes back empty."""
    page = open_page(edition.replace("index.html", "es/law/ask/index.html"))
    ask(page, "sells")
    assert page.evaluate("document.activeElement.tagName") == "H1"
    page.wait_for_selector("[data-ask-live]:not(:empty)", state="attached")
    assert "sex" not in page.inner_text("[data-ask-live]")
    page.click("a.roomy")
    assert page.locator('input[name="situation"]').count() > 10
    assert page.locator('input[name="situation"]:checked').count() == 0


def test_what_is_wrong_is_named_in_the_page(open_page: NewPage) -> None:
    """A day that is none: what to mend is said, and nothing is drawn as if it had been understood."""
    page = open_page("/law/ask/")
    page.check('input[name="situation"][value="sells"]')
    page.fill('[name="date"]', "31 May")
    page.click('.ask-form button[type="submit"]')
    page.wait_for_selector(".mend a[href='#ask-date']")
    assert page.locator("p.lead + p.quiet").count() == 0
    assert page.get_attribute('[name="date"]', "aria-invalid") is not None


def test_a_ready_made_answer_goes_on_in_the_page(open_page: NewPage, edition: str) -> None:
    """In the static edition a ready-made answer asks on with script, and has no dead form without."""
    listed = open_page(edition.replace("index.html", "law/ask/index.html"), java_script_enabled=False)
    assert not listed.locator(".ask-form").is_visible()
    href = listed.locator("#main a[href*='/k/']").first.evaluate("each => each.href")
    page = open_page(href)
    assert page.locator(".ask-form").is_visible()
    page.click('.ask-form button[type="submit"]')
    page.wait_for_selector("h1:focus")


def test_the_explorer_is_small(guide: Guide) -> None:
    """What the form loads when it is touched fits 45 KB compressed in each language."""
    sizes = {n: len(gzip.compress(c, 6)) for n, c in assets(guide).items() if n.startswith("law-")}
    assert len(sizes) == len(guide.pack.manifest.languages)
    assert max(sizes.values()) <= 45_000, sizes
