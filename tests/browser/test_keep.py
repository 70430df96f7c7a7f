"""The copy on a reader's own device (requirement P19): only if asked for, and gone when it is removed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright

from tests.browser.conftest import FLAGS, NewPage, calm, in_files

pytestmark = pytest.mark.browser
KEPT_WORD = "Find help by need"
"""Words of the home page that no address and no title holds."""


def profile(driver: Playwright, chromium: str, folder: Path) -> BrowserContext:
    """A browser with a profile of its own, as a phone has one."""
    context = driver.chromium.launch_persistent_context(str(folder), executable_path=chromium, args=FLAGS)
    context.route(re.compile(r"^https?://(?!127\.0\.0\.1)"), calm)
    return context


def make_copy(page: Page, site: str) -> None:
    """Ask for the copy and wait until it is whole."""
    page.goto(site + "/keep/")
    page.click("[data-keep-make]")
    whole = page.get_attribute("[data-keep-told]", "data-whole")
    page.wait_for_function(
        "whole => document.querySelector('[data-keep-told]').textContent === whole", arg=whole, timeout=90_000
    )


def test_p19_the_copy_is_asked_for_works_without_network_and_can_be_removed(
    driver: Playwright, chromium: str, site: str, tmp_path: Path
) -> None:
    """P19: nothing is kept before the button; the copy answers offline; removed, no file of the profile holds it."""
    context = profile(driver, chromium, tmp_path)
    page = context.new_page()
    page.goto(site + "/keep/")
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0
    make_copy(page, site)
    assert page.evaluate("caches.keys().then(all => all.length)") == 1
    context.set_offline(True)
    page.goto(site + "/")
    assert KEPT_WORD in page.inner_text("main")
    page.click(".doors a >> nth=0")
    assert page.locator("h1").is_visible()
    context.set_offline(False)
    page.goto(site + "/keep/")
    with page.expect_navigation():
        page.click("[data-keep-remove] button")
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0
    assert page.evaluate("caches.keys().then(all => all.length)") == 0
    page.goto("about:blank")
    context.close()
    assert in_files(tmp_path, "127.0.0.1"), "the visit itself is in the profile, so the profile was read"
    assert in_files(tmp_path, KEPT_WORD) == []


def test_p19_the_test_would_see_a_copy(driver: Playwright, chromium: str, site: str, tmp_path: Path) -> None:
    """P19: as long as the copy is not removed, the profile's files do hold the words, or the test above sees nothing."""
    context = profile(driver, chromium, tmp_path)
    page = context.new_page()
    make_copy(page, site)
    page.goto("about:blank")
    context.close()
    assert in_files(tmp_path, KEPT_WORD)


def test_the_page_says_what_a_copy_means_before_the_button(open_page: NewPage) -> None:
    """P19: who can find the copy stands above the button, and without script removal is still there."""
    page = open_page("/keep/", java_script_enabled=False)
    assert page.locator("[data-keep-remove] button").is_visible()
    assert not page.locator("[data-keep-make]").is_visible()
    text = page.inner_text("main")
    assert 0 < text.index("can find the copy") < text.index("Remove from this device")
