"""The page's own search in Chromium: same results, in the same order, fast enough, small enough."""

from __future__ import annotations

import gzip
import random
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest

from waypost.desk.find import find
from waypost.desk.find_browser import browser_data, browser_scripts, browser_words
from waypost.desk.guide import Guide

pytestmark = pytest.mark.browser

AT = datetime(2026, 11, 22, 22, 0, tzinfo=ZoneInfo("America/New_York"))
ODD = [
    "",
    "😀😀 ayuda",
    "2-1-1",
    "constructor",
    "gay 19 kicked out",
    "06810 food",
    "raped 3 days ago",
    "food new milford nj",
]


@pytest.fixture(scope="module")
def page(chromium: str, guide: Guide) -> Iterator[Any]:
    """A blank page with the search's scripts and data loaded."""
    from playwright.sync_api import sync_playwright

    data = msgspec.json.encode(
        browser_data(guide.pack, guide.directory, guide.index, {}, lexicon=False, on=AT.date())
    ).decode()
    words = msgspec.json.encode(browser_words(guide.pack)).decode()
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        tab = browser.new_page()
        tab.evaluate("text => { globalThis.WP = JSON.parse(text); }", data)
        tab.evaluate("text => { globalThis.WPWords = JSON.parse(text); }", words)
        tab.evaluate("text => { (0, eval)(text); }", browser_scripts())
        yield tab
        browser.close()


def queries(guide: Guide) -> list[str]:
    """The graded queries, and 200 made from their words with slips of the finger."""
    graded = [
        c.query for stem, cs in guide.pack.lexicon.cases.items() if stem.endswith("relevance") for c in cs
    ]
    words = [word for query in graded for word in query.split()]
    chance = random.Random(20261122)
    made = []
    for number in range(200):
        text = " ".join(chance.choice(words) for _ in range(chance.randint(1, 8)))
        if number % 2 and len(text) > 5:
            place = chance.randrange(len(text))
            text = text[:place] + chance.choice("aeinrstñé’ ") + text[place + 1 :]
        made.append(text)
    return [*graded, *made, *ODD]


def test_page_and_server_answer_alike(page: Any, guide: Guide) -> None:
    """The same banners, results, reasons and answers, for every query and every option."""
    asked: list[tuple[str, dict[str, Any]]] = [(query, {}) for query in queries(guide)]
    asked += [
        (query, {"language": "es", "near": "Torrington", "openNow": True}) for query in queries(guide)[:40]
    ]
    differing = []
    for query, options in asked:
        told = page.evaluate(
            "([q, o, at]) => Waypost.find(q, {...o, at: new Date(at)})", [query, options, AT.isoformat()]
        )
        wanted = find(
            guide.pack,
            guide.directory,
            guide.index,
            query,
            language=options.get("language"),
            near=options.get("near"),
            open_now=bool(options.get("openNow")),
            at=AT,
        )
        if told != msgspec.json.decode(msgspec.json.encode(wanted)):
            differing.append(query)
    assert differing == []


def test_a_query_takes_no_time(page: Any, guide: Guide) -> None:
    """95 of 100 queries are answered within ten milliseconds once the search is ready."""
    spent = page.evaluate(
        """queries => { Waypost.find("warm up");
          const timed = q => { const t = performance.now(); Waypost.find(q); return performance.now() - t; };
          return queries.map(timed); }""",
        queries(guide),
    )
    assert sorted(spent)[int(len(spent) * 0.95)] <= 10


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_data_is_small(guide: Guide, language: str) -> None:
    """What depends on the town fits 35 KB compressed; the lexicon, shared by all towns, 60 KB."""
    data = browser_data(guide.pack, guide.directory, guide.index, {}, language, lexicon=False, on=AT.date())
    assert len(gzip.compress(msgspec.json.encode(data), 9, mtime=0)) <= 35_000
    assert len(gzip.compress(msgspec.json.encode(browser_words(guide.pack, language)), 9, mtime=0)) <= 60_000
