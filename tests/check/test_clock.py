"""What the clock does to what readers see (requirement T3): crisis lines stay, what is too old is gone everywhere."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from waypost import bootstrap
from waypost.build import edition_files
from waypost.desk.give import give
from waypost.desk.guide import Guide
from waypost.desk.publish import publish
from waypost.model.evidence import Freshness
from waypost.model.pack import Pack
from waypost.store import Store

FIRST = date(2026, 11, 22)
LATER = date(2031, 1, 1)
CRISIS = "crisis"


@pytest.fixture(scope="module")
def store(pack: Pack, database: str) -> Store:
    """The records of New Milford."""
    return bootstrap.open_store(database, pack, on=FIRST)


@pytest.fixture(scope="module")
def aged(pack: Pack, database: str) -> Guide:
    """The guide on a day on which nobody has looked at anything for four years."""
    return bootstrap.guide_of(pack, database, LATER)


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


def test_t3_what_is_hidden_is_gone_from_every_outlet(guide: Guide, aged: Guide, store: Store) -> None:
    """T3: no page, data file or export of that day holds a number that only hidden records have."""
    kept = {listing.key for listing in aged.directory.listings}
    assert len(aged.directory.hidden) > 30
    numbers: dict[bool, set[str]] = {True: set(), False: set()}
    for listing in guide.directory.listings:
        for phone in listing.service.phones:
            numbers[listing.key in kept] |= digits(phone.number)
    gone = numbers[False] - numbers[True]
    assert len(gone) > 20
    files = {name: data.decode() for name, data in edition_files(aged) if not name.endswith((".ico", ".png"))}
    assert {name: found for name, text in files.items() if (found := digits(text) & gone)} == {}
    given_away = str(give(store, aged.pack, LATER).docs)
    assert digits(given_away) & gone == set()
    assert str(len(aged.directory.hidden)) in files["fresh/index.html"]


def test_t3_a_crisis_line_that_nobody_checked_says_so(aged: Guide) -> None:
    """T3: on that day a crisis line is there with its number and says that it may be out of date."""
    listing = next(x for x in aged.directory.listings if x.service.cycle == CRISIS and x.service.phones)
    assert listing.shown.freshness == Freshness.overdue
    page = dict(edition_files(aged))[f"s/{listing.service.slug}/index.html"].decode()
    assert listing.service.phones[0].number in page
    assert re.search(r"out of date|check first|old", page)
