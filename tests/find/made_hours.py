"""Made-up hours, and a count of their open minutes that shares nothing with the rule that it tests."""

from __future__ import annotations

import calendar
from datetime import date, datetime, timedelta

from hypothesis import strategies as st

from waypost.model.directory import DatedHours, Hours, Span

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
HOLIDAYS = frozenset(map(date.fromisoformat, ("2026-07-03", "2026-07-04", "2026-11-26", "2027-01-01")))
ANCHOR = date(2026, 1, 6)


def clock(minute: int) -> str:
    """A minute of the day as packs write it."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


starts = st.sampled_from(
    list(
        map(
            date.fromisoformat,
            (
                "2026-03-07",
                "2026-10-31",
                "2026-11-25",
                "2026-12-30",
                "2026-07-02",
                "2026-03-28",
                "2028-02-28",
            ),
        )
    )
)
recurrences = st.one_of(
    st.just({}),
    st.just({}),
    st.fixed_dictionaries({"weeks": st.sets(st.sampled_from([1, 2, 4, 5, -1, -2]), min_size=1).map(tuple)}),
    st.fixed_dictionaries(
        {"monthdays": st.sets(st.sampled_from([1, 26, 31, -1, -2]), min_size=1).map(tuple)}
    ),
    st.fixed_dictionaries(
        {"every": st.integers(2, 3), "since": st.just(ANCHOR), "week_starts": st.sampled_from(DAYS)}
    ),
    st.fixed_dictionaries(
        {"valid_from": st.just(date(2026, 10, 31)), "valid_to": st.just(date(2026, 11, 26))}
    ),
)
spans = st.builds(
    lambda days, opens, length, more: Span(
        tuple(sorted(days, key=DAYS.index)), clock(opens), clock((opens + length) % 1440), **more
    ),
    st.sets(st.sampled_from(DAYS), min_size=1),
    st.integers(0, 1439),
    st.one_of(st.integers(1, 1440), st.just(1440)),
    recurrences,
)


@st.composite
def random_hours(draw: st.DrawFn) -> Hours:
    """Hours of up to three spans, perhaps with exceptions, a season, holidays and another time zone."""
    exceptions = []
    for _ in range(draw(st.integers(0, 2))):
        on = draw(starts) + timedelta(days=draw(st.integers(0, 2)))
        closed = draw(st.booleans())
        exceptions.append(DatedHours(on, closed, None if closed else "22:00", None if closed else "03:00"))
    return Hours(
        spans=tuple(draw(st.lists(spans, min_size=0, max_size=3))),
        always=draw(st.sampled_from([False, False, False, True])),
        exceptions=tuple(exceptions),
        closed_on_holidays=draw(st.sampled_from([None, True, False])),
        season=draw(st.sampled_from([None, None, ("11-01", "03-08"), ("03-29", "07-03")])),
        timezone=draw(st.sampled_from(["America/New_York", "America/New_York", "Europe/Madrid"])),
    )


def counted(hours: Hours, first: date, days: int) -> tuple[set[tuple[date, int]], set[tuple[date, int]]]:
    """Every minute of the wall clock at which it is open, and every one of which that is only likely."""
    known: set[tuple[date, int]] = set()
    doubtful: set[tuple[date, int]] = set()
    for ahead in range(-1, days):
        day = first + timedelta(days=ahead)
        lines, sure = lines_of(hours, day)
        for opens, closes in lines:
            at = datetime.fromisoformat(f"{day}T{opens}")
            steps = 0
            while steps == 0 or f"{at:%H:%M}" != closes:
                (known if sure else doubtful).add((at.date(), at.hour * 60 + at.minute))
                at += timedelta(minutes=1)
                steps += 1
    return known, doubtful


def lines_of(hours: Hours, day: date) -> tuple[list[tuple[str, str]], bool]:
    """The times at which it opens and closes on a day, and whether they can be relied on."""
    exceptions = [e for e in hours.exceptions if e.on == day]
    if any(e.closed for e in exceptions):
        return [], True
    if exceptions:
        return [(e.opens or "", e.closes or "") for e in exceptions], True
    if hours.season and not in_season(hours.season, day):
        return [], True
    if day in HOLIDAYS and hours.closed_on_holidays:
        return [], True
    if hours.always:
        return [("00:00", "00:00")], True
    lines = [(s.opens, s.closes) for s in hours.spans if recurs(s, day)]
    return lines, day not in HOLIDAYS or hours.closed_on_holidays is False


def in_season(season: tuple[str, str], day: date) -> bool:
    """Whether a season is on, found by walking back to its first day."""
    walk = day
    while f"{walk:%m-%d}" != season[0]:
        if f"{walk:%m-%d}" == season[1] and walk != day:
            return False
        walk -= timedelta(days=1)
    return True


def recurs(span: Span, day: date) -> bool:
    """Whether a span falls on a day, found by writing out the month or by walking from the anchor."""
    if DAYS[day.weekday()] not in span.days:
        return False
    if (span.valid_from and day < span.valid_from) or (span.valid_to and day > span.valid_to):
        return False
    month = [date(day.year, day.month, n + 1) for n in range(calendar.monthrange(day.year, day.month)[1])]
    same = [d for d in month if d.weekday() == day.weekday()]
    if span.weeks and not any(day == same[n - 1 if n > 0 else n] for n in span.weeks if abs(n) <= len(same)):
        return False
    if span.monthdays and not any(
        day == month[n - 1 if n > 0 else n] for n in span.monthdays if abs(n) <= len(month)
    ):
        return False
    return span.every == 1 or walked(span, day)


def walked(span: Span, day: date) -> bool:
    """Whether the week of a day is a whole number of steps from the week of the anchor, walking day by day."""
    assert span.since is not None
    walk, week = span.since, 0
    if day < walk:
        return False
    while walk != day:
        walk += timedelta(days=1)
        week += DAYS[walk.weekday()] == span.week_starts
    return week % span.every == 0
