"""Opening hours in words. What is unknown is said to be unknown, never closed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from waypost.model.directory import DatedHours, Hours, Listing, Span
from waypost.rules.hours import hold, spans_on, unsure
from waypost.site.words import Words

_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_AHEAD = 7
"""Days before a holiday from which readers are told of it."""


def held_lines(listing: Listing, words: Words) -> tuple[str, ...]:
    """The lines of the hours that hold for a listing; those of the building are told to be only that."""
    held = hold(listing)
    lines = hours_lines(held.hours, words) if held else ()
    return (*lines, words("hours.inherited")) if held and held.inherited and lines else lines


def hours_lines(hours: Hours | None, words: Words) -> tuple[str, ...]:
    """Each line of the opening hours; empty where nothing is known."""
    if hours is None:
        return ()
    lines = [words("hours.always")] if hours.always else [_span(span, words) for span in hours.spans]
    lines += [words("hours.appointment")] * hours.by_appointment
    if hours.closed_on_holidays is not None:
        lines.append(words("hours.holidays" if hours.closed_on_holidays else "hours.holidays_open"))
    if hours.season:
        start, end = (_month_day(bound, words) for bound in hours.season)
        lines.append(words("hours.season", start=start, end=end))
    lines += [_exception(exception, words) for exception in hours.exceptions]
    note = words.pick(hours.note)
    return tuple(lines + ([note.text] if note else []))


def doubtful_holiday(hours: Hours | None, on: date, holidays: Collection[date]) -> date | None:
    """The next public holiday, within a week, on which it would be open if nobody keeps that day."""
    days = (on + timedelta(days=ahead) for ahead in range(_AHEAD + 1))
    return next((d for d in days if hours and unsure(hours, d, holidays) and spans_on(hours, d)), None)


def clock(time: str, words: Words) -> str:
    """A time of day as the language writes it; noon and midnight by their names."""
    hour, _, minute = time.partition(":")
    if (int(hour) % 24, minute) == (0, "00"):
        return words("hours.midnight")
    if (int(hour), minute) == (12, "00"):
        return words("hours.noon")
    half = words("hours.am" if int(hour) % 24 < 12 else "hours.pm")
    shown = str(int(hour) % 12 or 12) + (f":{minute}" if minute != "00" else "")
    return words("hours.clock", time=shown, half=half)


def _span(span: Span, words: Words) -> str:
    said = words(
        "hours.span",
        days=_when(span, words),
        opens=clock(span.opens, words),
        closes=clock(span.closes, words),
    )
    if span.valid_from and span.valid_to:
        start, end = words.day(span.valid_from), words.day(span.valid_to)
        return f"{said} ({words('hours.between', start=start, end=end)})"
    if span.valid_to:
        return f"{said} ({words('hours.until', day=words.day(span.valid_to))})"
    return f"{said} ({words('hours.from', day=words.day(span.valid_from))})" if span.valid_from else said


def _when(span: Span, words: Words) -> str:
    """On which days: of the week, of some weeks, or of the month."""
    if span.monthdays:
        when = words.listed(
            words(f"hours.monthday.{n}" if n < 0 else "hours.monthday", day=n) for n in span.monthdays
        )
        when = words("hours.of_month", days=when)
    elif span.weeks:
        nth = words.listed(words(f"nth.{n}") for n in span.weeks)
        when = words("hours.nth", nth=nth, days=words.listed(words(f"day.{day}") for day in span.days))
    else:
        when = _days(span.days, words)
    if span.every < 2 or span.since is None:
        return when
    key = "hours.every_months" if span.weeks or span.monthdays else "hours.every_weeks"
    return words(key, days=when, count=span.every, day=words.day(span.since))


def _days(days: tuple[str, ...], words: Words) -> str:
    at = sorted(_WEEK.index(day) for day in days)
    if len(at) == 7:
        return words("hours.daily")
    if len(at) > 2 and at[-1] - at[0] == len(at) - 1:
        return words("hours.range", start=words(f"day.{_WEEK[at[0]]}"), end=words(f"day.{_WEEK[at[-1]]}"))
    return words.listed(words(f"day.{_WEEK[n]}") for n in at)


def _exception(exception: DatedHours, words: Words) -> str:
    day = words.day(exception.on)
    if exception.closed:
        said = words("hours.closed_on", day=day)
    elif exception.opens and exception.closes:
        opens, closes = clock(exception.opens, words), clock(exception.closes, words)
        said = words("hours.span", days=day, opens=opens, closes=closes)
    else:
        said = words("hours.unknown_on", day=day)
    return f"{said} ({exception.note})" if exception.note else said


def _month_day(bound: str, words: Words) -> str:
    month, _, day = bound.partition("-")
    return words("date.month_day", day=int(day), month=words(f"month.{int(month)}"))
