"""Open or closed: one function, against a minute-by-minute count."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waypost.model.directory import DatedHours, Hours, Span
from waypost.rules.hours import DAYS, is_holiday, open_at, opens_next

NEW_YORK = ZoneInfo("America/New_York")


def clock(minute: int) -> str:
    """A minute of the day as packs write it."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


spans = st.builds(
    lambda days, opens, length: Span(
        tuple(sorted(days, key=DAYS.index)), clock(opens), clock((opens + length) % 1440)
    ),
    st.sets(st.sampled_from(DAYS), min_size=1),
    st.integers(0, 1439),
    st.integers(1, 1440),
)
weeks = st.sampled_from(
    [date(2026, 3, 7), date(2026, 10, 31), date(2026, 11, 25), date(2026, 12, 30), date(2026, 7, 3)]
)


def counted(hours: Hours, first: date, days: int) -> set[tuple[date, int]]:
    """Every open minute of the wall clock, counted one by one from the lines of the record."""
    minutes: set[tuple[date, int]] = set()
    for ahead in range(-1, days):
        day = first + timedelta(days=ahead)
        exceptions = [e for e in hours.exceptions if e.on == day]
        if exceptions:
            lines = [(e.opens or "", e.closes or "") for e in exceptions if not e.closed]
        elif hours.closed_on_holidays and is_holiday(day):
            lines = []
        else:
            lines = [(s.opens, s.closes) for s in hours.spans if DAYS[day.weekday()] in s.days]
        for opens, closes in lines:
            at = datetime.fromisoformat(f"{day}T{opens}")
            steps = 0
            while steps == 0 or f"{at:%H:%M}" != closes:
                minutes.add((at.date(), at.hour * 60 + at.minute))
                at += timedelta(minutes=1)
                steps += 1
    return minutes


@settings(max_examples=25, deadline=None)
@given(st.lists(spans, min_size=1, max_size=3), weeks, st.booleans(), st.integers(0, 2), st.booleans())
def test_open_is_what_a_count_of_minutes_says(
    lines: list[Span], first: date, holidays: bool, exception: int, closed: bool
) -> None:
    """Overnight, weekends, holidays, exceptions and the change of the clock: as counted, minute by minute."""
    other = DatedHours(
        first + timedelta(days=exception), closed, None if closed else "22:00", None if closed else "03:00"
    )
    hours = Hours(spans=tuple(lines), closed_on_holidays=holidays, exceptions=(other,))
    expected = counted(hours, first, 4)
    at = datetime(first.year, first.month, first.day, tzinfo=NEW_YORK).astimezone(UTC)
    for _ in range(3 * 24 * 12):
        local = at.astimezone(NEW_YORK)
        is_open = (local.date(), local.hour * 60 + local.minute) in expected
        assert (open_at(hours, at) == "open") == is_open, local
        at += timedelta(minutes=5)


@pytest.mark.parametrize(
    ("hours", "state"),
    [
        (None, "unknown"),
        (Hours(), "unknown"),
        (Hours(by_appointment=True), "unknown"),
        (Hours(always=True), "open"),
        (Hours(always=True, exceptions=(DatedHours(date(2026, 11, 22), closed=True),)), "closed"),
        (Hours(season=("11-25", "04-15")), "closed"),
        (Hours(season=("11-15", "04-15")), "unknown"),
        (Hours(spans=(Span(("mon",), "09:00", "17:00"),)), "closed"),
        (Hours(spans=(Span(("sat",), "22:00", "24:00"), Span(("sun",), "00:00", "24:00"))), "open"),
    ],
)
def test_states_on_a_sunday_evening(hours: Hours | None, state: str) -> None:
    """Unknown hours are never called closed."""
    assert open_at(hours, datetime(2026, 11, 22, 22, 0, tzinfo=NEW_YORK)) == state


def test_opens_next_skips_holidays() -> None:
    """After Wednesday comes Friday when Thursday is Thanksgiving."""
    hours = Hours(spans=(Span(("wed", "thu", "fri"), "09:00", "17:00"),), closed_on_holidays=True)
    assert opens_next(hours, datetime(2026, 11, 25, 18, 0, tzinfo=NEW_YORK)) == "2026-11-27T09:00"
    assert opens_next(hours, datetime(2026, 11, 25, 10, 0, tzinfo=NEW_YORK)) is None


@pytest.mark.parametrize(
    ("day", "holiday"),
    [
        ("2026-01-19", True),
        ("2026-05-25", True),
        ("2026-05-18", False),
        ("2026-07-03", True),
        ("2026-07-04", True),
        ("2026-09-07", True),
        ("2026-11-26", True),
        ("2027-01-01", True),
        ("2023-01-02", True),
        ("2026-11-27", False),
    ],
)
def test_federal_holidays(day: str, holiday: bool) -> None:
    """Fixed days, moving days, and the weekday on which a weekend's holiday is kept."""
    assert is_holiday(date.fromisoformat(day)) is holiday
