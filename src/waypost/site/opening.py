"""Opening hours in words. What is unknown is said to be unknown, never closed."""

from __future__ import annotations

from waypost.model.directory import DatedHours, Hours, Span
from waypost.site.words import Words

_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def hours_lines(hours: Hours | None, words: Words) -> tuple[str, ...]:
    """Each line of the opening hours; empty where nothing is known."""
    if hours is None:
        return ()
    lines = [words("hours.always")] if hours.always else [_span(span, words) for span in hours.spans]
    lines += [words("hours.appointment")] * hours.by_appointment
    lines += [words("hours.holidays")] * bool(hours.closed_on_holidays)
    if hours.season:
        start, end = (_month_day(bound, words) for bound in hours.season)
        lines.append(words("hours.season", start=start, end=end))
    lines += [_exception(exception, words) for exception in hours.exceptions]
    note = words.pick(hours.note)
    return tuple(lines + ([note.text] if note else []))


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
    days = _days(span.days, words)
    return words("hours.span", days=days, opens=clock(span.opens, words), closes=clock(span.closes, words))


def _days(days: tuple[str, ...], words: Words) -> str:
    at = sorted(_WEEK.index(day) for day in days)
    if len(at) == 7:
        return words("hours.daily")
    if len(at) > 2 and at[-1] - at[0] == len(at) - 1:
        return words("hours.range", start=words(f"day.{_WEEK[at[0]]}"), end=words(f"day.{_WEEK[at[-1]]}"))
    return words.listed(words(f"day.{_WEEK[n]}") for n in at)


def _exception(exception: DatedHours, words: Words) -> str:
    day = words.day(exception.on)
    if exception.closed or not (exception.opens and exception.closes):
        said = words("hours.closed_on", day=day)
    else:
        opens, closes = clock(exception.opens, words), clock(exception.closes, words)
        said = words("hours.span", days=day, opens=opens, closes=closes)
    return f"{said} ({exception.note})" if exception.note else said


def _month_day(bound: str, words: Words) -> str:
    month, _, day = bound.partition("-")
    return words("date.month_day", day=int(day), month=words(f"month.{int(month)}"))
