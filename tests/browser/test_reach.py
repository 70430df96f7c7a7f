"""Everything can be reached by keyboard and seen when it is (A4), and what the exit cannot do is told (P20)."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import NewPage

pytestmark = pytest.mark.browser

CONTROLS = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']"

STOP = """() => {
  const e = document.activeElement;
  if (!e || e === document.body || e.dataset.stopped) return null;
  e.dataset.stopped = "1";
  const box = e.getBoundingClientRect();
  const style = getComputedStyle(e);
  const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const inside = [[box.left + box.width / 2, box.top + box.height / 2], [box.left + 2, box.top + box.height / 2]];
  const seen = inside.some(([x, y]) => {
    const top = document.elementFromPoint(x, y);
    return top && (e.contains(top) || top.contains(e) || (e.labels && [...e.labels].some(l => l.contains(top))));
  });
  return {what: e.outerHTML.slice(0, 90), ring, seen};
}"""

MISSED = """controls => [...document.querySelectorAll(controls)].filter(e =>
    e.checkVisibility({visibilityProperty: true}) && !e.disabled && !e.dataset.stopped && e.tabIndex >= 0
    && !(e.type === "radio" && document.querySelector(`[name="${e.name}"][data-stopped]`)))
  .map(e => e.outerHTML.slice(0, 90))"""

UNREACHABLE = """controls => [...document.querySelectorAll(controls)].filter(e =>
    e.checkVisibility({visibilityProperty: true}) && !e.disabled && e.tabIndex < 0)
  .map(e => e.outerHTML.slice(0, 90))"""


def out_of_reach(page: Page) -> list[str]:
    """What Tab never comes to, comes to unseen, or comes to under something else."""
    wrong = []
    for _ in range(600):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None:
            break
        if not stop["ring"]:
            wrong.append(f"no ring: {stop['what']}")
        if not stop["seen"]:
            wrong.append(f"covered: {stop['what']}")
    missed = page.evaluate(MISSED, CONTROLS) + page.evaluate(UNREACHABLE, CONTROLS)
    return wrong + [f"missed: {what}" for what in missed]


@pytest.mark.parametrize("path", ["/", "/now/", "/law/ask/", "/es/safety/", "/keep/"])
def test_a4_every_control_is_reached_and_seen(open_page: NewPage, path: str) -> None:
    """A4: on a phone's screen Tab comes to every control, each with a ring, none under the bar or the numbers."""
    assert out_of_reach(open_page(path)) == []


def test_a4_a_control_out_of_reach_would_be_found(open_page: NewPage) -> None:
    """A4: a control taken out of the order, one without a ring and one under a cover, planted, are found."""
    page = open_page("/")
    page.evaluate(
        """() => {
          document.querySelector("main a").tabIndex = -1;
          const links = document.querySelectorAll("footer a");
          links[0].after(Object.assign(document.createElement("button"), {textContent: "x", id: "under"}));
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(`#exit:focus-visible { outline: none !important }
            #under { position: fixed; z-index: -1; top: 300px }`);
          document.adoptedStyleSheets = [sheet];
        }"""
    )
    kinds = {line.partition(":")[0] for line in out_of_reach(page)}
    assert kinds == {"missed", "no ring", "covered"}


@pytest.mark.parametrize(
    ("path", "words"),
    [("/", "does not clear your history"), ("/es/", "no borra su historial")],
    ids=["English", "Spanish"],
)
def test_p20_what_exit_cannot_do_is_one_step_away(open_page: NewPage, path: str, words: str) -> None:
    """P20: beside the exit a link leads to a page that says that history is not cleared, in each language."""
    page = open_page(path, java_script_enabled=False)
    page.click(".exit-about")
    assert words in page.inner_text("main").lower()
