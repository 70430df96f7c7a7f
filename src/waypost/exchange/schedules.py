"""Opening hours as standard schedules and back: the one writer, so that another standard is one more.

A span past midnight is written as two rows, one for each day, because a row that closes before it opens
is read as a mistake. Midnight as the end of a day is written 23:59; our own key holds the exact time.
"""

from __future__ import annotations

import re
from typing import Any

import msgspec

from waypost.model.directory import DatedHours, Day, Hours, Span

DAYS: tuple[Day, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
CODE_OF = dict(zip(DAYS, CODES, strict=True))
DAY_OF = dict(zip(CODES, DAYS, strict=True))
LAST_MINUTE = "23:59"
ALL_WEEK = ",".join(CODES)
CLOCK = re.compile(r"^(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$")


def write(hours: Hours) -> list[dict[str, Any]]:
    """The rows of the standard's ``schedule`` for these hours, without ids."""
    rows: list[dict[str, Any]] = []
    if hours.always:
        rows.append(week(ALL_WEEK, "00:00", LAST_MINUTE, {"always": True}))
    for span in hours.spans:
        rows += span_rows(span)
    rows += [exception_row(exception) for exception in hours.exceptions]
    return rows


def week(byday: str, opens: str, closes: str, own: dict[str, Any] | None = None) -> dict[str, Any]:
    """One weekly row."""
    row: dict[str, Any] = {"freq": "WEEKLY", "byday": byday, "opens_at": opens, "closes_at": closes}
    return {**row, "waypost": own} if own else row


def span_rows(span: Span) -> list[dict[str, Any]]:
    """One row for a span within a day, two for one past midnight."""
    byday = ",".join(CODE_OF[day] for day in span.days)
    if span.opens < span.closes < "24:00":
        return [week(byday, span.opens, span.closes)]
    first = week(byday, span.opens, LAST_MINUTE, {"closes": span.closes})
    if span.closes in ("24:00", "00:00"):
        return [first]
    after = ",".join(CODES[(DAYS.index(day) + 1) % 7] for day in span.days)
    return [first, week(after, "00:00", span.closes, {"continues": True})]


def exception_row(exception: DatedHours) -> dict[str, Any]:
    """One row for one date. Closed is a row without times."""
    day = exception.on.isoformat()
    row: dict[str, Any] = {"valid_from": day, "valid_to": day, "dtstart": day, "count": 1}
    for field, value in (("opens_at", exception.opens), ("closes_at", exception.closes)):
        if value is not None:
            row[field] = value
    if exception.note is not None:
        row["notes"] = exception.note
    return {**row, "waypost": {"exception": "closed" if exception.closed else "open"}}


def rest(hours: Hours) -> dict[str, Any]:
    """What the standard cannot say of these hours: time zone, season, by appointment and the note."""
    own: dict[str, Any] = msgspec.to_builtins(hours)
    for field in ("spans", "always", "exceptions"):
        own.pop(field, None)
    return {**own, "timezone": hours.timezone}


def read(rows: list[dict[str, Any]], own: dict[str, Any] | None, timezone: str) -> Hours | None:
    """Hours from schedule rows and from what stood beside them; None where nothing is known."""
    if not rows and own is None:
        return None
    spans: list[Span] = []
    exceptions: list[DatedHours] = []
    always = False
    words: list[str] = []
    for row in rows:
        mine = row.get("waypost") or {}
        if mine.get("always"):
            always = True
        elif mine.get("exception") or one_day(row):
            exceptions.append(read_exception(row, mine))
        elif not mine.get("continues"):
            span = read_span(row, mine)
            if span:
                spans.append(span)
            words += unread(row, span)
    fields = {"timezone": timezone, **(own or {})}
    if words and "note" not in fields:
        fields["note"] = {"en": " ".join(dict.fromkeys(words))}
    fields.update(spans=tuple(spans), exceptions=tuple(exceptions), always=always)
    return msgspec.convert(fields, Hours)


def one_day(row: dict[str, Any]) -> bool:
    """Whether a row of another's speaks of one date only."""
    day = row.get("valid_from")
    return day is not None and day == row.get("valid_to") and not row.get("byday") and iso_day(day)


def iso_day(text: Any) -> bool:
    """Whether the text is a date such as 2026-11-22."""
    return isinstance(text, str) and re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])-([0-2]\d|3[01])", text) is not None


def read_exception(row: dict[str, Any], mine: dict[str, Any]) -> DatedHours:
    """A dated exception from its row."""
    if mine:
        opens, closes = row.get("opens_at"), row.get("closes_at")
        closed = mine.get("exception") == "closed"
    else:
        opens, closes = clock(row.get("opens_at")), clock(row.get("closes_at"))
        closed = opens is None
    fields = {"on": row["valid_from"], "closed": closed, "opens": opens, "closes": closes}
    return msgspec.convert({**fields, "note": row.get("notes")}, DatedHours)


def read_span(row: dict[str, Any], mine: dict[str, Any]) -> Span | None:
    """A weekly span from its row, or None where the row says something that a week cannot."""
    opens, closes = clock(row.get("opens_at")), clock(mine.get("closes") or row.get("closes_at"))
    codes = [code.strip().upper() for code in str(row.get("byday") or "").split(",")]
    weekly = row.get("freq") in (None, "WEEKLY") and not row.get("bymonthday") and not row.get("valid_to")
    every_week = row.get("interval") in (None, 1)
    if not (opens and closes and weekly and every_week and codes and all(code in DAY_OF for code in codes)):
        return None
    return Span(days=tuple(DAY_OF[code] for code in codes), opens=opens, closes=closes)


def unread(row: dict[str, Any], span: Span | None) -> list[str]:
    """The words of a row, for a reader, where its times say less than its words."""
    if span is not None or not isinstance(row.get("description"), str):
        return []
    return [row["description"]]


def clock(text: Any) -> str | None:
    """A time of day as HH:MM, or None."""
    found = CLOCK.match(text) if isinstance(text, str) else None
    if not found or int(found[1]) > 24 or int(found[2]) > 59:
        return None
    return f"{int(found[1]):02d}:{found[2]}"
