"""The real server and the static edition, opened in Chromium."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Route

from waypost.build import build
from waypost.desk.guide import Guide

FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
NewPage = Callable[..., Page]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real server on the real packs."""
    home = tmp_path_factory.mktemp("home")
    environment = {**os.environ, "WAYPOST_HOME": str(home), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "waypost", "serve", "--port", "0", "--on", "2026-11-22"]
    log = (home / "log").open("wb")
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=log, text=True) as server:
        assert server.stdout is not None
        told = server.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+", told)
        assert found, (told, (home / "log").read_text())
        yield found[0]
        server.terminate()
    log.close()
    assert "ERROR" not in (home / "log").read_text()


@pytest.fixture(scope="session")
def edition(guide: Guide, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of the static edition's home page, opened from a folder."""
    out = tmp_path_factory.mktemp("edition") / "out"
    build(guide, out)
    return (out / "index.html").as_uri()


@pytest.fixture(scope="session")
def browser(driver: Playwright, chromium: str) -> Iterator[Browser]:
    """Chromium without a window."""
    started = driver.chromium.launch(executable_path=chromium, args=FLAGS)
    yield started
    started.close()


def calm(route: Route) -> None:
    """Stand in for the page that the exit leads to."""
    route.fulfill(body="<title>Weather</title><h1>Weather</h1>", content_type="text/html")


@pytest.fixture
def open_page(browser: Browser, site: str) -> Iterator[NewPage]:
    """Opens pages in a context of their own; anything outside this machine is answered by a stand-in."""
    contexts: list[BrowserContext] = []

    def opened(path: str | None = None, **options: object) -> Page:
        context = browser.new_context(**{"viewport": {"width": 360, "height": 640}, **options})  # type: ignore[arg-type]
        contexts.append(context)
        context.route(re.compile(r"^https?://(?!127\.0\.0\.1)"), calm)
        page = context.new_page()
        if path is not None:
            page.goto(path if "://" in path else site + path)
        return page

    yield opened
    for context in contexts:
        context.close()


def in_files(folder: Path, word: str) -> list[str]:
    """Every file of a folder in which the word stands, in UTF-8 or UTF-16."""
    needles = [word.encode(), word.encode("utf-16-le")]
    hits = []
    for path in folder.rglob("*"):
        if path.is_file() and any(needle in path.read_bytes() for needle in needles):
            hits.append(str(path.relative_to(folder)))
    return hits
