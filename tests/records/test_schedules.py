"""Opening hours as standard schedules: within a day, past midnight, always, and on single dates."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from waypost.exchange import schedules
from waypost.exchange.sense import times
from waypost.model.directory import DatedHours, Hours, Span
from waypost.rules.hours import open_at


def round_trip(hours: Hours) -> Hours | None:
    """Hours written and read back."""
    return schedules.read(schedules.write(hours), schedules.rest(hours), hours.timezone)


def test_day_span_is_one_row() -> None:
    """A span within a day is one weekly row."""
    hours = Hours(spans=(Span(("mon", "wed"), "09:00", "17:00"),))
    assert schedules.write(hours) == [
        {"freq": "WEEKLY", "byday": "MO,WE", "opens_at": "09:00", "closes_at": "17:00"}
    ]


def test_overnight_span_is_two_rows() -> None:
    """A span past midnight is written for both days, and read as one."""
    hours = Hours(spans=(Span(("sat", "sun"), "22:00", "06:00"),))
    first, second = schedules.write(hours)
    assert (first["byday"], first["opens_at"], first["closes_at"]) == ("SA,SU", "22:00", "23:59")
    assert (second["byday"], second["opens_at"], second["closes_at"]) == ("SU,MO", "00:00", "06:00")
    assert round_trip(hours) == hours


@pytest.mark.parametrize(
    "hours",
    [
        Hours(always=True),
        Hours(spans=(Span(("fri",), "00:00", "24:00"),)),
        Hours(spans=(Span(("fri",), "18:00", "00:00"),)),
        Hours(spans=(Span(("fri",), "10:00", "10:00"),)),
        Hours(spans=(Span(("mon",), "09:00", "12:00"), Span(("mon",), "13:00", "17:00"))),
        Hours(spans=(Span(("sat",), "09:00", "17:00", weeks=(1, -1)),)),
        Hours(spans=(Span((), "09:00", "17:00", monthdays=(1, 15)),)),
        Hours(spans=(Span(("mon",), "09:00", "17:00", every=2, since=date(2026, 1, 5)),)),
        Hours(spans=(Span(("sun",), "22:00", "02:00", valid_to=date(2026, 6, 7)),)),
        Hours(exceptions=(DatedHours(date(2026, 12, 25), closed=True, note="holiday"),)),
        Hours(exceptions=(DatedHours(date(2026, 12, 24), opens="09:00", closes="12:00"),)),
        Hours(by_appointment=True),
        Hours(season=("11-25", "12-24"), note={"es": "solo en Adviento"}),
    ],
)
def test_hours_come_back_and_never_close_before_they_open(hours: Hours) -> None:
    """Whatever the hours, they come back the same, and no row closes before it opens."""
    assert round_trip(hours) == hours
    assert [p for row in schedules.write(hours) for p in times(row, "row") if "before" in p.what] == []


def test_no_schedule_is_unknown() -> None:
    """Without any row nothing is known: not closed."""
    assert schedules.read([], None, "America/New_York") is None


@pytest.mark.parametrize(
    ("row", "spans"),
    [
        ({"byday": "MO,TU", "opens_at": "9:00", "closes_at": "17:00:00"}, 1),
        ({"byday": "MO", "freq": "WEEKLY", "opens_at": "09:00Z", "closes_at": "17:00+01:00"}, 1),
        ({"byday": "1MO", "freq": "MONTHLY", "opens_at": "09:00", "closes_at": "17:00"}, 1),
        ({"byday": "1MO,3TU", "freq": "MONTHLY", "opens_at": "09:00", "closes_at": "17:00"}, 2),
        ({"byday": "1MO", "freq": "WEEKLY", "opens_at": "09:00", "closes_at": "17:00"}, 0),
        ({"byday": "MO", "freq": "WEEKLY", "count": 3, "opens_at": "09:00", "closes_at": "17:00"}, 0),
        ({"byday": "MO", "freq": "WEEKLY", "valid_to": "soon", "opens_at": "09:00", "closes_at": "17:00"}, 0),
        ({"bymonthday": "1,15", "freq": "MONTHLY", "opens_at": "09:00", "closes_at": "17:00"}, 1),
        ({"bymonthday": "40", "freq": "MONTHLY", "opens_at": "09:00", "closes_at": "17:00"}, 0),
        ({"byday": "MO", "opens_at": "morning", "closes_at": "17:00"}, 0),
        ({"byday": None, "opens_at": "09:00", "closes_at": "17:00"}, 0),
        ({"byday": "MO", "interval": 2, "opens_at": "09:00", "closes_at": "17:00"}, 0),
        ({}, 0),
    ],
)
def test_rows_of_others_are_read_only_where_they_are_plain(row: dict[str, Any], spans: int) -> None:
    """A weekly row of another's is read; one that a week cannot say is kept as words and not guessed."""
    read = schedules.read([{**row, "description": "By the week"}], None, "America/New_York")
    assert read is not None
    assert len(read.spans) == spans
    assert read.note == ({} if spans else {"en": "By the week"})


def test_single_date_of_others_is_an_exception() -> None:
    """A row for one date is a dated exception; without times it is closed."""
    row = {"valid_from": "2026-12-25", "valid_to": "2026-12-25"}
    read = schedules.read([row], None, "America/New_York")
    assert read is not None
    assert read.exceptions == (DatedHours(date(2026, 12, 25), closed=True),)


def test_fields_own_example_is_computed_as_its_words_say() -> None:
    """Weekdays to December 2020 and first Saturdays to November: open as described, and unknown after."""
    weekly = {"dtstart": "2020-04-01", "valid_from": "2020-04-01", "valid_to": "2020-12-20", "freq": "WEEKLY"}
    rows = [
        {**weekly, "byday": "MO,TU,WE,TH", "opens_at": "09:00:00Z", "closes_at": "12:00:00Z"},
        {**weekly, "byday": "MO,TU,WE,TH", "opens_at": "15:00:00Z", "closes_at": "17:00:00Z"},
        {
            **{"dtstart": "2020-07-04", "until": "2020-11-07", "freq": "MONTHLY", "byday": "1SA"},
            **{"opens_at": "09:00:00Z", "closes_at": "17:00:00Z"},
        },
    ]
    hours = schedules.read(rows, None, "Europe/London")
    expected = {
        "2020-03-30T10:00": "closed",
        "2020-04-01T10:00": "open",
        "2020-04-01T13:00": "closed",
        "2020-04-01T16:00": "open",
        "2020-04-03T10:00": "closed",
        "2020-07-04T10:00": "open",
        "2020-07-11T10:00": "closed",
        "2020-11-07T16:59": "open",
        "2020-12-05T10:00": "closed",
        "2026-11-23T10:00": "unknown",
    }
    zone = ZoneInfo("Europe/London")
    found = {at: open_at(hours, datetime.fromisoformat(at).replace(tzinfo=zone)) for at in expected}
    assert found == expected
