"""Open at this moment? One function for filter, card and API. ``browser/hours.js`` is its twin.

All comparing is done on the wall clock of the place: "open till 2" means when its clock shows 2, also on
the two days a year on which the clock is changed.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from waypost.model.directory import Day, Hours, Listing, Span
from waypost.model.need import OpenState

DAYS: tuple[Day, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MINUTES = 24 * 60
LOOK_AHEAD = 42
"""Days to look ahead: the longest way from one "first Monday of the month" to the next is 35."""

NONE: frozenset[date] = frozenset()
Origin = Literal["service_at_place", "service", "place"]


class Hold(NamedTuple):
    """The hours that hold for a listing, and whose they are."""

    hours: Hours
    origin: Origin

    @property
    def inherited(self) -> bool:
        """Whether they are only those of the building."""
        return self.origin == "place"


def hold(listing: Listing) -> Hold | None:
    """The hours that count: of the service at its place, then of the service, then of the place."""
    service = listing.service
    for place in service.locations:
        if place.key in service.hours_at:
            return Hold(service.hours_at[place.key], "service_at_place")
    if service.hours is not None:
        return Hold(service.hours, "service")
    of_place = next((place.hours for place in service.locations if place.hours is not None), None)
    return Hold(of_place, "place") if of_place is not None else None


def hours_of(listing: Listing) -> Hours | None:
    """The hours that count, whoever's they are."""
    found = hold(listing)
    return found.hours if found else None


def open_at(hours: Hours | None, at: datetime, holidays: Collection[date] = NONE) -> OpenState:
    """Open, closed or unknown at an aware moment.

    On one of ``holidays``, weekly hours that say nothing of holidays are unknown; outside of them it is closed.
    """
    if hours is None:
        return "unknown"
    local = at.astimezone(ZoneInfo(hours.timezone))
    today, minute = local.date(), local.hour * 60 + local.minute
    states: set[OpenState] = set()
    for day, shift in ((today, 0), (today - timedelta(days=1), MINUTES)):
        spans = spans_on(hours, day, holidays)
        if spans is not None and any(opens <= minute + shift < closes for opens, closes in spans):
            states.add("unknown" if unsure(hours, day, holidays) else "open")
    if states:
        return "open" if "open" in states else "unknown"
    return "unknown" if spans_on(hours, today, holidays) is None else "closed"


def opens_next(hours: Hours | None, at: datetime, holidays: Collection[date] = NONE) -> str | None:
    """The local date and time at which it opens next ("2026-11-23T09:00"), within six weeks.

    None where it is open now, or where nobody knows. A day of which nobody knows is passed over.
    """
    if hours is None or open_at(hours, at, holidays) != "closed":
        return None
    local = at.astimezone(ZoneInfo(hours.timezone))
    minute = local.hour * 60 + local.minute
    for ahead in range(LOOK_AHEAD + 1):
        day = local.date() + timedelta(days=ahead)
        if unsure(hours, day, holidays):
            continue
        starts = sorted(opens for opens, _ in spans_on(hours, day, holidays) or () if ahead or opens > minute)
        if starts:
            return f"{day.isoformat()}T{starts[0] // 60:02d}:{starts[0] % 60:02d}"
    return None


def unsure_at(hours: Hours | None, at: datetime, holidays: Collection[date] = NONE) -> bool:
    """Whether the moment lies on a holiday of which the record says nothing: a reader is told to call first."""
    return hours is not None and unsure(hours, at.astimezone(ZoneInfo(hours.timezone)).date(), holidays)


def unsure(hours: Hours, day: date, holidays: Collection[date]) -> bool:
    """Whether a day is a holiday of which the record says nothing."""
    said = hours.closed_on_holidays is not None or any(e.on == day for e in hours.exceptions)
    return bool(hours.spans) and not said and not hours.always and day in holidays


def spans_on(hours: Hours, day: date, holidays: Collection[date] = NONE) -> list[tuple[int, int]] | None:
    """The spans that begin on a day, in minutes of that day (past midnight: above 1440); None: unknown.

    An exception of that date goes before everything; then season and holidays; then the week. Spans that
    have all come to their end say nothing of what came after.
    """
    exceptions = [e for e in hours.exceptions if e.on == day]
    if exceptions:
        if any(e.closed for e in exceptions):
            return []
        return [_span(e.opens, e.closes) for e in exceptions if e.opens and e.closes] or None
    if hours.season is not None and not _in_season(hours.season, day):
        return []
    if hours.closed_on_holidays and day in holidays:
        return []
    if hours.always:
        return [(0, MINUTES)]
    if all(s.valid_to is not None and s.valid_to < day for s in hours.spans):
        return None
    return [_span(s.opens, s.closes) for s in hours.spans if falls_on(s, day)]


def falls_on(span: Span, day: date) -> bool:
    """Whether a span begins on that day: its bounds, then its days, then which week or month."""
    if (span.valid_from and day < span.valid_from) or (span.valid_to and day > span.valid_to):
        return False
    if span.since and day < span.since:
        return False
    monthly = span.weeks or span.monthdays
    if span.days and DAYS[day.weekday()] not in span.days:
        return False
    if monthly:
        last = (date(day.year + day.month // 12, day.month % 12 + 1, 1) - timedelta(days=1)).day
        nth = ((day.day - 1) // 7 + 1, -((last - day.day) // 7 + 1))
        if span.weeks and not set(nth) & set(span.weeks):
            return False
        if span.monthdays and not {day.day, day.day - last - 1} & set(span.monthdays):
            return False
    if span.every < 2 or span.since is None:
        return True
    if monthly:
        return ((day.year - span.since.year) * 12 + day.month - span.since.month) % span.every == 0
    begins = DAYS.index(span.week_starts)
    return (_week(day, begins) - _week(span.since, begins)) % span.every == 0


def _week(day: date, begins: int) -> int:
    """The number of the week that a day lies in. The first day of the calendar was a Monday."""
    return (day.toordinal() - 1 - begins) // 7


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
