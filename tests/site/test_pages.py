"""What holds for every page: reachable, in both languages, neutral outside, exit first."""

from __future__ import annotations

import posixpath
import re
from functools import cache
from html.parser import HTMLParser

import pytest

from tests.site.made_up import guide
from waypost.model.evidence import Freshness
from waypost.site import address
from waypost.site.headers import CONTENT_POLICY
from waypost.site.outlet import Outlet
from waypost.site.pages import all_pages, problem_page
from waypost.site.render import assets, render

TELLING = re.compile(
    r"\b(sex|sexo|sexual|prostitut\w*|traffick\w*|trata|rape|abuse|violen\w+|hiv|vih|drug\w*|53a)\b", re.I
)


class Links(HTMLParser):
    """Collects links, in the order in which they stand."""

    def __init__(self) -> None:
        super().__init__()
        self.hrefs: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the targets of links and the ids of parts."""
        found = dict(attrs)
        if tag == "a" and found.get("href"):
            self.hrefs.append(str(found["href"]))
        if found.get("id"):
            self.ids.append(str(found["id"]))


@cache
def drawn() -> dict[str, str]:
    """Every page of the made-up guide as the static edition has it."""
    made = guide()
    outlet = Outlet.static(assets(made))
    return {address.file_name(page.path): render(page, made, outlet) for page in all_pages(made)}


def links(html: str) -> Links:
    """The links of a page."""
    found = Links()
    found.feed(html)
    return found


def test_no_link_inside_is_dead_and_every_page_is_reached() -> None:
    """From the front page, links alone lead to every page, and none leads nowhere."""
    pages, seen, todo = drawn(), {"index.html"}, ["index.html"]
    while todo:
        here = todo.pop()
        for href in links(pages[here]).hrefs:
            if re.match(r"[a-z]+:|#", href):
                continue
            there = posixpath.normpath(posixpath.join(posixpath.dirname(here), href.partition("#")[0]))
            assert there in pages, (here, href)
            if there not in seen:
                seen.add(there)
                todo.append(there)
    assert seen == set(pages)


def test_every_part_that_a_page_links_to_is_on_it() -> None:
    """A footnote and a heading that a link names exist on the page, each once."""
    for path, html in drawn().items():
        found = links(html)
        assert len(found.ids) == len(set(found.ids)), path
        assert {href[1:] for href in found.hrefs if href.startswith("#")} <= set(found.ids), path


def test_the_exit_is_the_first_link_of_every_page() -> None:
    """P10: whoever presses Tab once stands on the exit; it is a plain link."""
    for path, html in drawn().items():
        assert links(html).hrefs[0] == "https://weather.example/", path


def test_titles_and_paths_tell_nothing() -> None:
    """P15: no title bar and no address holds a word that tells what is read."""
    for page in all_pages(guide()):
        assert not TELLING.search(page.neutral_title), page.path
        assert not TELLING.search(page.path), page.path


def test_a_telling_title_would_be_found() -> None:
    """P15: the title and the address that such a page would have had are found telling."""
    assert TELLING.search("Prostitution law, Waypost")
    assert TELLING.search("/law/53a-82/")


def test_every_page_has_its_counterpart() -> None:
    """A6: each page exists in each language and names the other."""
    pages = {page.path: page for page in all_pages(guide())}
    for page in pages.values():
        assert page.counterparts[page.language] == page.path
        for language, path in page.counterparts.items():
            assert pages[path].language == language


def test_paths_are_unique() -> None:
    """No two pages claim one address."""
    paths = [page.path for page in all_pages(guide())]
    assert len(paths) == len(set(paths))


def test_policy_stands_in_every_page_and_nothing_breaks_it() -> None:
    """P7: each page carries the policy; no page has a style attribute, a handler or a script of its own."""
    for path, html in drawn().items():
        assert CONTENT_POLICY.replace("'", "&#39;") in html, path
        assert not re.search(
            r"<style|\sstyle=|\son[a-z]+=|<script(?! (?:defer )?src)|https?://[^\"]*\.(js|css|png)", html
        ), path


def test_a_confidential_place_is_on_no_page() -> None:
    """P16: the address of a confidential place is nowhere, not even in the data for the search."""
    made = guide()
    everything = "".join(drawn().values()) + "".join(map(str, assets(made).values()))
    assert "Canary" not in everything


def test_a_service_page_says_what_is_known_and_what_is_not() -> None:
    """A service's page has its number, hours, cost, sources with dates, and what nobody could confirm."""
    html = drawn()["s/clinic/index.html"]
    for said in (
        'href="tel:+12035550142"',
        "Monday to Friday, 9 am to 5 pm",
        "Pay by income",
        "No ID needed",
        "Age 13 and over",
        "the hours on Friday",
        "Clinic: services",
        "Not yet checked by phone. Last seen on a page from 2018.",
    ):
        assert said in html, said


def test_a_number_in_the_readers_language_comes_first() -> None:
    """Two languages on two lines: the strip of the Spanish page shows the Spanish line."""
    strip = re.compile(r'<ul class="strip-list">.*?</ul>', re.S)
    shown = {path: "".join(strip.findall(drawn()[path])) for path in ("index.html", "es/index.html")}
    assert "888-555-0199" in shown["index.html"]
    assert "888-555-0188" in shown["es/index.html"]


def test_a_record_without_contact_is_asked_for_by_phone() -> None:
    """What cannot be reached is no card; the line that finds help is named beside it."""
    made = guide()
    html = next(
        render(p, made, Outlet.server(assets(made))) for p in all_pages(made) if p.path == "/help/health/"
    )
    assert "Silent Pantry" in html.partition("Ask by phone for these")[2]
    assert 'data-key="svc-mute"' not in html


def test_an_overdue_record_says_call_first() -> None:
    """T3: an overdue check changes what the reader sees."""
    from tests.site.made_up import directory

    made = guide(directory=directory(freshness=Freshness.overdue))
    outlet = Outlet.server(assets(made))
    html = next(render(page, made, outlet) for page in all_pages(made) if page.path == "/s/clinic/")
    assert "Last seen on a page from 2018. Call first." in html


def test_a_part_in_another_language_is_marked() -> None:
    """A6: a name that has no translation is marked with its language."""
    assert '<span lang="en">Silent Pantry</span>' in drawn()["es/s/mutexx/index.html"]


def test_footnotes_carry_source_confidence_and_date() -> None:
    """T2: what a statement rests on, how well it is known, and as of when, stand at its footnote."""
    html = drawn()["q/qoneaaa/index.html"]
    notes = html.partition('<ol class="notes-list">')[2]
    assert "Act of 2019" in notes
    assert "Official source." in notes
    assert "From someone who reports on it" in notes
    assert "As of May 1, 2024." in notes


@pytest.mark.parametrize("status", [400, 403, 404, 405, 410, 413, 415, 429, 500, 418])
def test_a_problem_page_works_at_any_depth(status: int) -> None:
    """Whatever went wrong, at whatever address: exit and numbers are there, links start at the root."""
    made = guide()
    for language in ("en", "es"):
        page = problem_page(made, language, status)
        html = render(page, made, Outlet.server(assets(made)))
        assert page.status == status
        assert links(html).hrefs[0] == "https://weather.example/"
        assert 'href="tel:911"' in html
        assert all(re.match(r"/|#|[a-z]+:", href) for href in links(html).hrefs)


def test_rendering_is_the_same_every_time() -> None:
    """P22: the same guide gives the same bytes."""
    made = guide()
    outlet = Outlet.static(assets(made))
    again = {address.file_name(page.path): render(page, made, outlet) for page in all_pages(made)}
    assert again == drawn()
