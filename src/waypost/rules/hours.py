"""Open at this moment? One function for filter, card and API. ``browser/hours.js`` is its twin.

All comparing is done on the wall clock of the place: "open till 2" means when its clock shows 2, also on
the two days a year on which the clock is changed.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from waypost.model.directory import Day, Hours, Listing
from waypost.model.need import OpenState

DAYS: tuple[Day, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MINUTES = 24 * 60
LOOK_AHEAD = 14


def hours_of(listing: Listing) -> Hours | None:
    """The hours that count: the service's own before those of its first place."""
    if listing.service.hours is not None:
        return listing.service.hours
    return next((place.hours for place in listing.service.locations if place.hours is not None), None)


def open_at(hours: Hours | None, at: datetime) -> OpenState:
    """Open, closed or unknown at an aware moment."""
    if hours is None:
        return "unknown"
    local = at.astimezone(ZoneInfo(hours.timezone))
    today, minute = local.date(), local.hour * 60 + local.minute
    for day, shift in ((today, 0), (today - timedelta(days=1), MINUTES)):
        spans = _spans_on(hours, day)
        if spans is not None and any(opens <= minute + shift < closes for opens, closes in spans):
            return "open"
    return "unknown" if _spans_on(hours, today) is None else "closed"


def opens_next(hours: Hours | None, at: datetime) -> str | None:
    """The local date and time at which it opens next ("2026-11-23T09:00"), within a fortnight.

    None where it is open now, or where nobody knows.
    """
    if hours is None or open_at(hours, at) != "closed":
        return None
    local = at.astimezone(ZoneInfo(hours.timezone))
    minute = local.hour * 60 + local.minute
    for ahead in range(LOOK_AHEAD + 1):
        day = local.date() + timedelta(days=ahead)
        starts = sorted(opens for opens, _ in _spans_on(hours, day) or () if ahead or opens > minute)
        if starts:
            return f"{day.isoformat()}T{starts[0] // 60:02d}:{starts[0] % 60:02d}"
    return None


def _spans_on(hours: Hours, day: date) -> list[tuple[int, int]] | None:
    """The spans that begin on a day, in minutes of that day (past midnight: above 1440); None: unknown.

    An exception of that date goes before everything; then season and holidays; then the week.
    """
    exceptions = [e for e in hours.exceptions if e.on == day]
    if exceptions:
        if any(e.closed for e in exceptions):
            return []
        return [_span(e.opens, e.closes) for e in exceptions if e.opens and e.closes] or None
    if hours.season is not None and not _in_season(hours.season, day):
        return []
    if hours.closed_on_holidays and is_holiday(day):
        return []
    if hours.always:
        return [(0, MINUTES)]
    if not hours.spans:
        return None
    return [_span(s.opens, s.closes) for s in hours.spans if DAYS[day.weekday()] in s.days]


def _span(opens: str, closes: str) -> tuple[int, int]:
    start, end = _minute(opens), _minute(closes)
    return start, end if end > start else end + MINUTES


def _minute(clock: str) -> int:
    hour, _, minute = clock.partition(":")
    return int(hour) * 60 + int(minute or 0)


def _in_season(season: tuple[str, str], day: date) -> bool:
    start, end = season
    here = f"{day.month:02d}-{day.day:02d}"
    return start <= here <= end if start <= end else here >= start or here <= end


def is_holiday(day: date) -> bool:
    """Whether a day is a United States federal holiday, or the weekday on which one is kept."""
    if _is_named_holiday(day):
        return True
    if day.weekday() == 4:
        return _is_fixed_holiday(day + timedelta(days=1))
    return day.weekday() == 0 and _is_fixed_holiday(day - timedelta(days=1))


def _is_fixed_holiday(day: date) -> bool:
    return (day.month, day.day) in {(1, 1), (6, 19), (7, 4), (11, 11), (12, 25)}


def _is_named_holiday(day: date) -> bool:
    if _is_fixed_holiday(day):
        return True
    week, weekday = (day.day - 1) // 7 + 1, day.weekday()
    if (day.month, weekday) == (5, 0):
        return day.day > 24
    return (day.month, weekday, week) in {(1, 0, 3), (2, 0, 3), (9, 0, 1), (10, 0, 2), (11, 3, 4)}
