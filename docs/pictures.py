"""Take the pictures of docs/pictures again, from the running site: ``make pictures`` (needs Chromium)."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

OUT = Path(__file__).parent / "pictures"
DESK, PHONE = {"width": 1280, "height": 860}, {"width": 360, "height": 720}
SEARCH = "where can i get tested no insurance"

PICTURES = [
    ("home-desk", "/", DESK, "light", None),
    ("home-phone", "/", PHONE, "light", None),
    ("home-phone-es-dark", "/es/", PHONE, "dark", None),
    ("results-phone", "/", PHONE, "light", SEARCH),
    ("results-desk", "/", DESK, "light", SEARCH),
    ("now-phone", "/now/", PHONE, "light", None),
    ("law-desk", "/law/", DESK, "light", None),
    ("group-desk", "/help/hk7p3w/", DESK, "light", None),
    ("table-desk", "/table/", DESK, "light", None),
]


def take(browser: Browser, site: str) -> None:
    """Take each picture of the list."""
    for name, path, size, theme, words in PICTURES:
        context = browser.new_context(viewport=size, color_scheme=theme)
        page = context.new_page()
        page.goto(site + path)
        if words:
            page.fill("#words", words)
            page.press("#words", "Enter")
            page.wait_for_selector("[data-found] [data-key]")
            page.locator("[data-found]").scroll_into_view_if_needed()
        page.screenshot(path=OUT / f"{name}.png")
        context.close()
        print(OUT / f"{name}.png")


def main() -> None:
    """Serve the guide, open it, take the pictures."""
    chromium = shutil.which("chromium")
    if not chromium:
        sys.exit("Chromium is not installed: apt-get install -y --no-install-recommends chromium")
    OUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        command = [sys.executable, "-m", "waypost", "serve", "--port", "0"]
        environment = {"WAYPOST_HOME": home, "PATH": "/usr/bin:/bin"}
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as server:
            assert server.stdout is not None
            found = re.search(r"http://[\d.:]+\d", server.stdout.readline())
            assert found
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
                take(browser, found[0])
                browser.close()
            server.terminate()


if __name__ == "__main__":
    main()
