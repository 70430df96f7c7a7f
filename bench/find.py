"""Find: what the page loads, how soon its search is ready, and how long a query takes."""

from __future__ import annotations

import gzip
import shutil
import statistics
import tempfile
from datetime import date
from random import Random

from playwright.sync_api import sync_playwright

from waypost import bootstrap
from waypost.server.current import Current, Edition

DAY = date(2026, 11, 22)
READY = "() => { const t = performance.now(); Waypost.prepare(); return performance.now() - t; }"
ASK = """queries => queries.map(q => { const t = performance.now(); Waypost.find(q); return performance.now() - t; })"""


def main() -> None:
    """Print the table. Sizes are of the bodies that the server sends, by gzip."""
    with tempfile.TemporaryDirectory() as folder:
        pack = bootstrap.read_pack(None)
        guide = bootstrap.guide_of(pack, f"sqlite:///{folder}/records.sqlite", DAY)
        edition = Current(lambda day: guide, lambda: DAY).edition()
        for language in pack.manifest.languages:
            sizes(edition, language)
            speed(guide, edition, language)


def sizes(edition: Edition, language: str) -> None:
    """Bytes of the home page and of everything that it loads once the box was touched."""
    home = edition.page("/" if language == "en" else f"/{language}/")
    parts = {"page": len(home.gzipped)}
    for name, content in edition.assets.items():
        plain = name.rpartition("-")[0]
        if plain in ("style", "script", "icon", "leaving", f"search-{language}", f"data-{language}"):
            parts[plain] = len(gzip.compress(content, 6, mtime=0))
    for name, size in parts.items():
        print(f"{language} {name:<42}{size:>10,} bytes")
    print(f"{language} {'all, with search loaded':<42}{sum(parts.values()):>10,} bytes")


def speed(guide, edition: Edition, language: str) -> None:
    """Ready once, then graded queries and 200 made of their words, in Chromium."""
    graded = [
        c.query for stem, cs in guide.pack.lexicon.cases.items() if stem.endswith("relevance") for c in cs
    ]
    words, chance = [word for query in graded for word in query.split()], Random(6)
    made = [" ".join(chance.choices(words, k=chance.randint(1, 8))) for _ in range(200)]
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        tab = browser.new_page()
        for plain in (f"search-{language}", f"data-{language}"):
            name = next(name for name in edition.assets if name.startswith(f"{plain}-"))
            tab.evaluate("text => { (0, eval)(text); }", edition.assets[name].decode())
        ready = tab.evaluate(READY)
        spent = tab.evaluate(ASK, [*graded, *made])
        browser.close()
    p95 = statistics.quantiles(spent, n=20)[-1]
    print(
        f"{language} ready in the page {ready:.1f} ms; a query {statistics.median(spent):.2f} ms, p95 {p95:.2f} ms"
    )


if __name__ == "__main__":
    main()
