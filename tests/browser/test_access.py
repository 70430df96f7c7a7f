"""Every kind of page is usable by everybody: small screens, themes, keyboard, print (A1 to A8)."""

from __future__ import annotations

import functools
import secrets
import threading
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request

from tests.browser.conftest import NewPage
from waypost.desk.guide import Guide
from waypost.site.pages import all_pages

pytestmark = pytest.mark.browser


TARGETS: dict[str, Any] = {"rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}
"""WCAG 2.2's size of what is touched (2.5.8): axe leaves it out unless it is asked for."""
COLORS: dict[str, Any] = {"runOnly": ["color-contrast", "link-in-text-block"], "resultTypes": ["violations"]}
"""The rules of axe that look at colors; the others look at what does not change with the theme."""
THEMES: dict[str, dict[str, str]] = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "forced": {"forced_colors": "active"},
}
DAYLIGHT = {"color_scheme": "light", "forced_colors": "none"}
Violations = list[tuple[str, str]]


def axe(page: Page, options: dict[str, Any]) -> Violations:
    """What axe finds on the page as it stands: each rule with the first place that breaks it."""
    violations = Axe().run(page, options=options).response["violations"]
    return [(violation["id"], violation["nodes"][0]["html"][:120]) for violation in violations]


@pytest.fixture(scope="session")
def kinds(guide: Guide) -> list[str]:
    """One address of each kind of page, in each language."""
    found: dict[tuple[str, str], str] = {}
    for page in all_pages(guide):
        if page.path.endswith("/"):
            found.setdefault((page.kind, page.language), page.path)
    return sorted(found.values())


def themed(page: Page, theme: str) -> Violations:
    """What axe finds by its rules of colors on a page that is turned to a theme, and back."""
    page.emulate_media(**DAYLIGHT | THEMES[theme])  # type: ignore[arg-type]
    found = axe(page, COLORS)
    page.emulate_media(**DAYLIGHT)  # type: ignore[arg-type]
    return found


@pytest.fixture(scope="session")
def axed(browser: Browser, site: str, kinds: list[str]) -> dict[str, dict[str, Violations]]:
    """What axe finds in each theme on one visit to each kind of page."""
    context = browser.new_context(
        bypass_csp=True, viewport={"width": 360, "height": 640}, color_scheme="light"
    )
    page = context.new_page()
    found: dict[str, dict[str, Violations]] = {theme: {} for theme in THEMES}
    for path in kinds:
        page.goto(site + path)
        found["light"][path] = axe(page, TARGETS)
        # Themes change colors, not words: the others are tried in one language.
        for theme in ("dark", "forced") if path[:4] != "/es/" else ():
            found[theme][path] = themed(page, theme)
    context.close()
    return found


@pytest.mark.parametrize("theme", THEMES)
def test_a1_axe_finds_nothing(axed: dict[str, dict[str, Violations]], theme: str) -> None:
    """A1: axe finds no violation of any weight on any kind of page, nor one of color in the other themes."""
    assert len(axed[theme]) > 20
    assert {path: violations for path, violations in axed[theme].items() if violations} == {}


@pytest.mark.parametrize("theme", ["dark", "forced"])
def test_a1_a_color_of_one_theme_is_found(open_page: NewPage, theme: str) -> None:
    """A1: words that can be read in daylight and not in another theme, planted, are found there alone."""
    page = open_page("/", bypass_csp=True, color_scheme="light")
    media = "(prefers-color-scheme: dark)" if theme == "dark" else "(forced-colors: active)"
    rule = f"@media {media} {{ p {{ forced-color-adjust: none; color: #777 !important; background: #888 }} }}"
    page.add_style_tag(content=rule)
    assert axe(page, COLORS) == []
    assert [name for name, _ in themed(page, theme)] == ["color-contrast"]


def test_a1_axe_can_find_something(open_page: NewPage) -> None:
    """A1: an unlabelled control and two links too close to be touched, planted into the page, are found."""
    page = open_page("/", bypass_csp=True)
    planted = "<input><div><a href='/q/'>i</a><a href='/law/'>l</a></div>"
    page.evaluate("what => document.querySelector('main').insertAdjacentHTML('beforeend', what)", planted)
    assert {name for name, _ in axe(page, TARGETS)} == {"label", "target-size"}


@pytest.mark.parametrize(
    ("path", "words"),
    [("/", "my boyfriend takes my money, std test"), ("/es/", "me violaron anoche, prueba de vih gratis")],
    ids=["English", "Spanish"],
)
def test_a1_axe_finds_nothing_in_what_is_found(open_page: NewPage, path: str, words: str) -> None:
    """A1: banners, results, wishes and shortlist, drawn into the page, hold no violation either."""
    page = open_page(path, bypass_csp=True)
    page.fill("#words", words)
    page.press("#words", "Enter")
    page.wait_for_selector("[data-found] [data-key]")
    assert axe(page, TARGETS) == []


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves a folder and says nothing of it."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@dataclass
class Survey:
    """What one visit to every kind of page found: too wide, too heavy, and the orders of their parts."""

    wide: dict[str, int] = field(default_factory=dict)
    heavy: dict[str, list[int]] = field(default_factory=dict)
    orders: set[tuple[str, ...]] = field(default_factory=set)


WIDTHS = ((320, "100%"), (360, "100%"), (1280, "100%"), (1280, "200%"))
PARTS = {"exit", "skip", "top", "shell", "help", "foot"}


def visit(page: Page, paths: list[str], site: str) -> Survey:
    """Visit pages, each at each width, and at the end with text at twice its size."""
    found = Survey()
    made: list[Request] = []
    page.on("requestfinished", lambda request: made.append(request))
    for path in paths:
        made.clear()
        page.goto(site + path)
        sizes = [request.sizes()["responseBodySize"] for request in made]
        if len(sizes) > 8 or sum(sizes) > 100_000 or sizes[0] > 14_600:
            found.heavy[path] = sizes
        parts = page.eval_on_selector_all(
            "body > *", "all => all.map(e => e.className.split(' ')[0] || e.tagName)"
        )
        found.orders.add(tuple(p for p in parts if p in PARTS))
        for width, size in WIDTHS:
            page.set_viewport_size({"width": width, "height": 640})
            page.evaluate("size => { document.documentElement.style.fontSize = size; }", size)
            extent = page.evaluate("document.documentElement.scrollWidth")
            if extent > width:
                found.wide[f"{path} at {width}, text {size}"] = extent
    return found


@pytest.fixture(scope="session")
def survey(browser: Browser, site: str, kinds: list[str]) -> Survey:
    """One visit to each kind of page."""
    context = browser.new_context()
    found = visit(context.new_page(), kinds, site)
    context.close()
    return found


def test_a3_a7_a14_planted_faults_are_found(browser: Browser, site: str, tmp_path: Path) -> None:
    """A3, A7, A14: a line that never breaks, a heavy page and a block of help elsewhere, planted, are found."""
    context = browser.new_context()
    whole = context.request.get(f"{site}/").text()
    changed = whole.replace(
        "<main", f"<aside class='help'></aside><pre>{secrets.token_hex(60_000)}</pre><main", 1
    )
    (tmp_path / "changed.html").write_text(changed, "utf-8")
    folder = functools.partial(QuietHandler, directory=tmp_path)
    with ThreadingHTTPServer(("127.0.0.1", 0), folder) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        found = visit(context.new_page(), ["/changed.html"], address)
        found.orders |= visit(context.new_page(), ["/"], site).orders
        server.shutdown()
    context.close()
    assert len(found.wide) == len(WIDTHS)
    assert found.heavy
    assert len(found.orders) == 2


def test_a3_no_page_scrolls_sideways(survey: Survey) -> None:
    """A3: no kind of page needs sideways scrolling, from 320 pixels up, nor on a desk with text at 200 %."""
    assert survey.wide == {}


def test_a7_pages_are_light(survey: Survey) -> None:
    """A7: each kind of page weighs at most 100,000 bytes, in 8 requests; its HTML 14,600 compressed."""
    assert survey.heavy == {}


def test_a14_help_stands_in_the_same_place(survey: Survey) -> None:
    """A14: the parts of every page come in the same order, the block of help too."""
    assert len(survey.orders) == 1


def test_a5_nothing_moves_with_reduced_motion(open_page: NewPage) -> None:
    """A5: with reduced motion no animation runs."""
    page = open_page("/", reduced_motion="reduce")
    assert page.evaluate("document.getAnimations().length") == 0


def test_a5_a_movement_would_be_seen(open_page: NewPage) -> None:
    """A5: a movement that does not ask whether it is wanted, planted, is seen."""
    page = open_page("/", reduced_motion="reduce")
    page.evaluate("document.body.animate([{opacity: 0}, {opacity: 1}], 60000)")
    assert page.evaluate("document.getAnimations().length") == 1
