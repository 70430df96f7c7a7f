"""Public holidays of a year, from rules that packs hold as data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from waypost.model.directory import Holiday
from waypost.rules.hours import DAYS


def holidays_in(rules: Mapping[str, Holiday], years: Iterable[int]) -> dict[date, str]:
    """Every day of these years on which a holiday is kept, in order, with the key of its rule.

    A holiday that falls on a weekend and moves stands twice: on its own day and on the day that it moves to.
    """
    wanted = set(years)
    found: dict[date, str] = {}
    for year in sorted(wanted | {year + 1 for year in wanted}):
        for key, rule in rules.items():
            for day in _days(rule, year):
                if day.year in wanted:
                    found.setdefault(day, key)
    return dict(sorted(found.items()))


def _days(rule: Holiday, year: int) -> Iterator[date]:
    if rule.since is not None and year < rule.since:
        return
    day = _day(rule, year)
    if day is None:
        return
    yield day
    if rule.moves and day.weekday() == DAYS.index("sat"):
        yield day - timedelta(days=1)
    if rule.moves and day.weekday() == DAYS.index("sun"):
        yield day + timedelta(days=1)


def _day(rule: Holiday, year: int) -> date | None:
    if rule.date is not None:
        return date.fromisoformat(f"{year}-{rule.date}")
    if rule.easter is not None:
        return easter(year) + timedelta(days=rule.easter)
    if rule.month is None or rule.weekday is None or rule.nth is None:
        return None
    weekday = DAYS.index(rule.weekday)
    if rule.nth > 0:
        first = date(year, rule.month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (rule.nth - 1))
    last = date(year + rule.month // 12, rule.month % 12 + 1, 1) - timedelta(days=1)
    return last - timedelta(days=(last.weekday() - weekday) % 7 - 7 * (rule.nth + 1))


def easter(year: int) -> date:
    """Easter Sunday of the western churches, by the calendar's own arithmetic of moon and weekday."""
    golden, century, rest = year % 19, year // 100, year % 100
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    days = moon + weekday - 7 * late + 114
    return date(year, days // 31, days % 31 + 1)
