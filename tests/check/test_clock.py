"""What the clock does to what readers see (requirement T3): crisis lines stay, what is too old is gone everywhere."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from waypost import bootstrap
from waypost.build import edition_files
from waypost.check.freshness import stale
from waypost.desk import upkeep
from waypost.desk.give import give
from waypost.desk.guide import Guide
from waypost.desk.publish import publish
from waypost.model.evidence import Freshness
from waypost.model.pack import Pack
from waypost.site import address
from waypost.site.outlet import Outlet
from waypost.site.pages import freshness, services
from waypost.site.render import render
from waypost.site.words import Words
from waypost.store import Store

FIRST = date(2026, 11, 22)
LATER = date(2031, 1, 1)
CRISIS = "crisis"
STEPS = ("checked.call_first", "checked.other_line", "checked.ask_first", "checked.at_once")
ASSETS = dict.fromkeys(("style", "script", "icon", "leaving", "blank"), "x")


@pytest.fixture(scope="module")
def store(pack: Pack, database: str) -> Store:
    """The records of New Milford."""
    return bootstrap.open_store(database, pack, on=FIRST)


@pytest.fixture(scope="module")
def aged(pack: Pack, database: str) -> Guide:
    """The guide on a day on which nobody has looked at anything for four years."""
    return bootstrap.guide_of(pack, database, LATER)


@pytest.fixture(scope="module")
def aged_files(aged: Guide) -> dict[str, str]:
    """The text files of the static edition of that day."""
    return {name: data.decode() for name, data in edition_files(aged) if not name.endswith((".ico", ".png"))}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days=st.integers(min_value=0, max_value=40_000))
def test_t3_no_crisis_line_ever_vanishes_by_the_clock(
    store: Store, pack: Pack, guide: Guide, days: int
) -> None:
    """T3: on any day to come every crisis line is there; the others are there or counted as hidden, never both."""
    directory = publish(store, pack, FIRST + timedelta(days=days))
    crisis = {listing.key for listing in guide.directory.listings if listing.service.cycle == CRISIS}
    there = {listing.key for listing in directory.listings}
    assert crisis
    assert crisis <= there
    assert there | set(directory.hidden) == {listing.key for listing in guide.directory.listings}
    assert not there & set(directory.hidden)
    assert all(listing.shown.freshness != Freshness.hidden for listing in directory.listings)


def digits(text: str) -> set[str]:
    """Every telephone number in a text, as ten digits."""
    found = re.findall(r"(?:\+?1[-. ]?)?\(?(\d{3})\)?[-. ]?(\d{3})[-. ]?(\d{4})(?!\d)", text)
    return {"".join(parts) for parts in found}


def test_t3_what_is_hidden_is_gone_from_every_outlet(
    guide: Guide, aged: Guide, aged_files: dict[str, str], store: Store
) -> None:
    """T3: no page, data file or export of that day holds a number that only hidden records have."""
    kept = {listing.key for listing in aged.directory.listings}
    assert len(aged.directory.hidden) > 30
    numbers: dict[bool, set[str]] = {True: set(), False: set()}
    for listing in guide.directory.listings:
        for phone in listing.service.phones:
            numbers[listing.key in kept] |= digits(phone.number)
    gone = numbers[False] - numbers[True]
    assert len(gone) > 20
    assert {name: found for name, text in aged_files.items() if (found := digits(text) & gone)} == {}
    given_away = str(give(store, aged.pack, LATER).docs)
    assert digits(given_away) & gone == set()
    assert str(len(aged.directory.hidden)) in aged_files["fresh/index.html"]


def test_t3_a_year_later_the_pages_say_what_is_due_overdue_and_hidden(pack: Pack, database: str) -> None:
    """T3: on 2027-11-22 each page of a due or overdue service says so, the hidden are counted, and so are minutes."""
    later = bootstrap.guide_of(pack, database, date(2027, 11, 22))
    counts = Counter(listing.shown.freshness for listing in later.directory.listings)
    assert counts[Freshness.overdue] > 10
    for language in later.pack.manifest.languages:
        words = Words(language, later.pack.words(language))
        shown = {
            page.path: page.content for page in services.pages(later, language) if page.kind == "service"
        }
        for listing in later.directory.listings:
            content = shown[address.localized(address.service(listing.service.slug), language)]
            assert isinstance(content, services.ServiceContent)
            if listing.shown.freshness is Freshness.overdue:
                assert content.checked.tone == "careful"
                assert any(words(step) in content.checked.text for step in STEPS)
            assert content.late is (listing.shown.freshness is not Freshness.fresh) or content.due is None
        fresh = next(freshness.pages(later, language))
        assert isinstance(fresh.content, freshness.Fresh)
        told = {bar.label: bar.count for bar in fresh.content.tables[1].bars}
        assert told == {
            words(f"fresh.age.{age}"): counts[age]
            for age in (Freshness.fresh, Freshness.due, Freshness.overdue)
        }
        assert fresh.content.hidden == len(later.directory.hidden)
        html = render(fresh, later, Outlet(takes_forms=False, index_name="index.html", asset_names=ASSETS))
        cost = upkeep.upkeep(later)
        assert (
            words(
                "fresh.cost",
                minutes=round(sum(part.minutes for part in cost)),
                own=round(upkeep.own_minutes(later, cost)),
                place=words.pick(later.pack.manifest.place).text,
            )
            in html
        )
    warned = [problem.what for problem in stale(later)]
    assert sum("is overdue" in what for what in warned) >= counts[Freshness.overdue]


def test_t3_a_crisis_line_that_nobody_checked_says_so(aged: Guide, aged_files: dict[str, str]) -> None:
    """T3: on that day a crisis line is there with its number and says that it may be out of date."""
    listing = next(x for x in aged.directory.listings if x.service.cycle == CRISIS and x.service.phones)
    assert listing.shown.freshness == Freshness.overdue
    page = aged_files[f"s/{listing.service.slug}/index.html"]
    assert listing.service.phones[0].number in page
    assert re.search(r"out of date|check first|old", page)
