"""A row of the standard's ``schedule`` that comes again, read as spans; none where a span cannot say it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from waypost.model.directory import Day, Span

DAYS: tuple[Day, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
CODE_OF = dict(zip(DAYS, CODES, strict=True))
DAY_OF = dict(zip(CODES, DAYS, strict=True))
CLOCK = re.compile(r"^(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$")
BYDAY = re.compile(r"([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)")
UNSAYABLE = ("byweekno", "byyearday", "count")
"""What a row may say that no span can: better its words than half of it."""


def read(row: dict[str, Any], mine: dict[str, Any]) -> list[Span]:
    """The spans of a row: one for each set of weeks that it names, mostly one; none if it says more."""
    opens, closes = clock(row.get("opens_at")), clock(mine.get("closes") or row.get("closes_at"))
    days = by_week(row)
    bounds = bounds_of(row)
    if not (opens and closes) or days is None or bounds is None or any(row.get(f) for f in UNSAYABLE):
        return []
    said = {"opens": opens, "closes": closes, **bounds}
    if row.get("bymonthday"):
        dates = month_days(row)
        if dates is None or len(days) > 1 or any(weeks for weeks, _ in days):
            return []
        return [Span(days=days[0][1] if days else (), monthdays=dates, **said)]
    return [Span(days=of_week, weeks=weeks, **said) for weeks, of_week in days]


def by_week(row: dict[str, Any]) -> list[tuple[tuple[int, ...], tuple[Day, ...]]] | None:
    """Weeks of the month and the days in them: ``1SA,1SU,3SA,3SU`` is both weekend days of two weeks.

    No weeks: every one. None for what is no such list, or has no meaning at its frequency.
    """
    found: dict[int | None, list[Day]] = {}
    for code in str(row.get("byday") or "").upper().replace(" ", "").split(","):
        if code and not (match := BYDAY.fullmatch(code)):
            return None
        if code and match:
            found.setdefault(int(match[1]) if match[1] else None, []).append(DAY_OF[match[2]])
    monthly = row.get("freq") == "MONTHLY"
    if monthly and None in found and not row.get("bymonthday"):
        return None
    if not monthly and (row.get("freq") not in (None, "WEEKLY") or set(found) - {None}):
        return None
    united: dict[tuple[Day, ...], list[int]] = {}
    for week, days in found.items():
        united.setdefault(tuple(dict.fromkeys(days)), []).extend([] if week is None else [week])
    return [(tuple(weeks), days) for days, weeks in united.items()]


def month_days(row: dict[str, Any]) -> tuple[int, ...] | None:
    """The dates of a month that a row names; None for what is no such list."""
    said = row["bymonthday"]
    parts: Iterable[Any] = said if isinstance(said, list) else str(said).split(",")
    try:
        dates = tuple(int(str(part)) for part in parts)
    except ValueError:
        return None
    monthly = row.get("freq") == "MONTHLY"
    return dates if monthly and all(0 < abs(day) <= 31 for day in dates) else None


def bounds_of(row: dict[str, Any]) -> dict[str, Any] | None:
    """What bounds a row: its first and last day, and every how many weeks or months it comes."""
    dates: dict[str, date | None] = {}
    for field in ("dtstart", "valid_from", "valid_to", "until"):
        said = row.get(field)
        text = said[:10] if isinstance(said, str) else ""
        if said in (None, "", "null"):
            dates[field] = None
        elif not iso_day(text):
            return None
        else:
            dates[field] = date.fromisoformat(text)
    every = row.get("interval") or 1
    last = [day for day in (dates["valid_to"], dates["until"]) if day]
    starts = str(row.get("wkst") or "MO").upper()
    whole = isinstance(every, int | float) and not isinstance(every, bool) and every == int(every)
    if not whole or every < 1 or starts not in DAY_OF or (every > 1 and dates["dtstart"] is None):
        return None
    return {
        "every": int(every),
        "since": dates["dtstart"],
        "week_starts": DAY_OF[starts],
        "valid_from": dates["valid_from"],
        "valid_to": min(last) if last else None,
    }


def iso_day(text: Any) -> bool:
    """Whether the text is a date such as 2026-11-22."""
    if not isinstance(text, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def clock(text: Any) -> str | None:
    """A time of day as HH:MM, or None."""
    found = CLOCK.match(text) if isinstance(text, str) and text.isascii() else None
    if not found or int(found[1]) > 24 or int(found[2]) > 59 or (int(found[1]) == 24 and found[2] != "00"):
        return None
    return f"{int(found[1]):02d}:{found[2]}"
