"""What others would measure on the finished pages: Lighthouse, HTML_CodeSniffer, MDN's Observatory.

    make audit                                  every page, with Lighthouse's speed
    python bench/audit/run.py --without-speed   what does not depend on how busy the machine is: tests run this

Needs Node, npm and Chromium. The tools are brought by npm into a folder that git does not see; a name of a version
in ``package.json`` is all that is kept of them. Prints tables; exits 1 if a figure of the requirements is missed.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
TOOLS = HERE.parent.parent / "build-tmp" / "audit"
FLAGS = ["--no-sandbox", "--headless", "--disable-background-networking"]
PAGES = ("/", "/now/", "/help/", "/all/", "/law/", "/law/ask/", "/q/", "/safety/", "/es/", "/es/now/")


def tools() -> None:
    """Bring the tools, once for each list of versions."""
    wanted = (HERE / "package.json").read_bytes()
    have = TOOLS / "package.json"
    if have.is_file() and have.read_bytes() == wanted and (TOOLS / "node_modules").is_dir():
        return
    TOOLS.mkdir(parents=True, exist_ok=True)
    have.write_bytes(wanted)
    command = [
        "npm",
        "install",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--no-package-lock",
        "--silent",
    ]
    subprocess.run(command, cwd=TOOLS, check=True)


@contextmanager
def served() -> Iterator[str]:
    """A server of the guide on a free port; yields its address."""
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "WAYPOST_HOME": home, "PYTHONUNBUFFERED": "1"}
        command = [sys.executable, "-m", "waypost", "serve", "--port", "0"]
        with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as server:
            assert server.stdout is not None
            found = re.search(r"http://127\.0\.0\.1:\d+", server.stdout.readline())
            try:
                assert found, "the server did not start"
                yield found[0]
            finally:
                server.terminate()


def lighthouse(site: str, path: str, chromium: str) -> dict[str, float]:
    """The scores of one page under Lighthouse's own idea of a phone on a poor line."""
    with tempfile.NamedTemporaryFile(suffix=".json") as out:
        command = [
            str(TOOLS / "node_modules/.bin/lighthouse"),
            site + path,
            "--quiet",
            "--output=json",
            f"--output-path={out.name}",
            "--only-categories=performance,accessibility,best-practices",
            f"--chrome-flags={' '.join(FLAGS)}",
        ]
        for last in (False, False, True):
            # A busy machine makes Lighthouse give up now and then; a fault of ours makes it do so each time.
            if not subprocess.run(
                command, check=last, env={**os.environ, "CHROME_PATH": chromium}
            ).returncode:
                break
        told = json.loads(Path(out.name).read_text("utf-8"))
    scores = {name: part["score"] for name, part in told["categories"].items()}
    return scores | {"fcp": told["audits"]["first-contentful-paint"]["numericValue"] / 1000}


def sniffed(site: str, chromium: str) -> dict[str, list[str]]:
    """Errors of WCAG 2 AA by HTML_CodeSniffer, by page."""
    script = (TOOLS / "node_modules/html_codesniffer/build/HTMLCS.js").read_text("utf-8")
    run = """() => new Promise(done => HTMLCS.process("WCAG2AA", document, () => done(
      HTMLCS.getMessages().filter(m => m.type === HTMLCS.ERROR).map(m => m.code + " " + m.msg))))"""
    errors = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_context(bypass_csp=True).new_page()
        for path in PAGES:
            page.goto(site + path)
            page.add_script_tag(content=script)
            errors[path] = page.evaluate(run)
        browser.close()
    return errors


def observatory(site: str) -> list[tuple[str, int]]:
    """Each test's result and what it adds or takes; what only a TLS server can do is left out."""
    host, port = site.removeprefix("http://").split(":")
    command = ["node", str(HERE / "observatory.mjs"), str(TOOLS), host, port]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    only_with_tls = ("hsts", "redirection")
    tests = [(test["result"], test["modifier"]) for test in json.loads(told.splitlines()[-1])]
    return [(result, modifier) for result, modifier in tests if not result.startswith(only_with_tls)]


def table_of_errors(site: str, chromium: str) -> bool:
    """Print the errors of each page; true where there is none (A2)."""
    sniff = sniffed(site, chromium)
    for path, errors in sniff.items():
        print(f"{path:<12}{len(errors):>4} WCAG2AA errors")
        for error in errors:
            print(f"    {error}")
    score = lighthouse(site, "/", chromium)["accessibility"]
    print(f"{'/':<12}{score:>4} accessibility by Lighthouse")
    return not any(sniff.values()) and score == 1


def table_of_pages(site: str, chromium: str) -> bool:
    """Print a row a page; true where each holds A2 and A8."""
    sniff = sniffed(site, chromium)
    print(
        f"{'page':<12}{'performance':>12}{'accessible':>12}{'practices':>12}{'FCP s':>8}{'WCAG2AA errors':>16}"
    )
    good = True
    performance = []
    for path in PAGES:
        told = lighthouse(site, path, chromium)
        performance.append(told["performance"])
        print(
            f"{path:<12}{told['performance']:>12.2f}{told['accessibility']:>12.2f}"
            f"{told['best-practices']:>12.2f}{told['fcp']:>8.2f}{len(sniff[path]):>16}"
        )
        for error in sniff[path]:
            print(f"    {error}")
        good &= told["accessibility"] == 1 and told["performance"] >= 0.95 and told["fcp"] <= 1.5
        good &= not sniff[path]
    print(f"median performance {statistics.median(performance):.2f}")
    return good


def table_of_headers(site: str) -> bool:
    """Print the Observatory's tests; true where P8 holds: thirty and more, none negative."""
    told = observatory(site)
    for result, modifier in told:
        print(f"{result:<60}{modifier:>+5}")
    total = sum(modifier for _, modifier in told)
    print(f"{'sum without what needs TLS':<60}{total:>+5}")
    return total >= 30 and all(modifier >= 0 for _, modifier in told)


def main() -> int:
    """Print the tables; 1 if a figure is missed, 3 if a tool is missing."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    missing = [
        name for name, found in (("node and npm", shutil.which("npm")), ("chromium", chromium)) if not found
    ]
    if missing or chromium is None:
        print(f"make audit needs {' and '.join(missing)}: install and try again.")
        return 3
    tools()
    with served() as site:
        pages = table_of_errors if "--without-speed" in sys.argv else table_of_pages
        good = pages(site, chromium) & table_of_headers(site)
    print("every figure holds" if good else "a figure of the requirements is missed")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
