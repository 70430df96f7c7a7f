"""Opening hours as standard schedules and back: the one writer, so that another standard is one more.

HSDS 3.3 has ``operating_hours`` and ``events`` in place of ``schedules``: a writer beside ``write`` and a
reader beside ``read``, both over the same ``Hours``, are all that it needs.

A span past midnight is written as two rows, one for each day, because a row that closes before it opens
is read as a mistake. Midnight as the end of a day is written 23:59; our own key holds the exact time.

Times of others are read as the clock on the wall there, whatever offset stands beside them: nearly all who
write "09:00Z" mean nine in the morning, and a fixed offset would be wrong for half of the year.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import msgspec

from waypost.exchange import recurring
from waypost.exchange.recurring import CODE_OF, CODES, DAYS, clock, iso_day
from waypost.model.directory import DatedHours, Hours, Span

LAST_MINUTE = "23:59"
ALL_WEEK = ",".join(CODES)


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
    """One row for a span within a day, two for one past midnight.

    The night of a "first Saturday" has no second row: which Sunday that is the standard cannot say.
    """
    rule = recurrence(span)
    if span.opens < span.closes < "24:00":
        return [{**rule, "opens_at": span.opens, "closes_at": span.closes}]
    late = {"opens_at": span.opens, "closes_at": LAST_MINUTE, "waypost": {"closes": span.closes}}
    first = {**rule, **late}
    if span.closes in ("24:00", "00:00") or span.weeks or span.monthdays:
        return [first]
    after = {**recurrence(the_day_after(span)), "opens_at": "00:00", "closes_at": span.closes}
    return [first, {**after, "waypost": {"continues": True}}]


def recurrence(span: Span) -> dict[str, Any]:
    """When a span comes again, in the standard's words, which are those of RFC 5545."""
    codes = [CODE_OF[day] for day in span.days]
    rule: dict[str, Any] = {"freq": "MONTHLY" if span.weeks or span.monthdays else "WEEKLY"}
    if codes:
        which = [str(week) for week in span.weeks] or [""]
        rule["byday"] = ",".join(week + code for week in which for code in codes)
    if span.monthdays:
        rule["bymonthday"] = ",".join(map(str, span.monthdays))
    if span.every > 1:
        rule["interval"] = span.every
    if span.week_starts != "mon":
        rule["wkst"] = CODE_OF[span.week_starts]
    dates = {"dtstart": span.since, "valid_from": span.valid_from, "valid_to": span.valid_to}
    return {**rule, **{field: day.isoformat() for field, day in dates.items() if day}}


def the_day_after(span: Span) -> Span:
    """The same span a day later, with everything that bounds it."""
    later = {day: DAYS[(place + 1) % 7] for place, day in enumerate(DAYS)}
    dates = {field: getattr(span, field) for field in ("since", "valid_from", "valid_to")}
    moved = {field: day + timedelta(days=1) if day else None for field, day in dates.items()}
    days = tuple(later[day] for day in span.days)
    return msgspec.structs.replace(span, days=days, week_starts=later[span.week_starts], **moved)


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
            found = recurring.read(row, mine)
            spans += found
            words += unread(row, found)
    fields = {"timezone": timezone, **(own or {})}
    if words and "note" not in fields:
        fields["note"] = {"en": " ".join(dict.fromkeys(words))}
    fields.update(spans=tuple(spans), exceptions=tuple(exceptions), always=always)
    return msgspec.convert(fields, Hours)


def one_day(row: dict[str, Any]) -> bool:
    """Whether a row of another's speaks of one date only."""
    day = row.get("valid_from")
    recurs = row.get("byday") or row.get("bymonthday")
    return day is not None and day == row.get("valid_to") and not recurs and iso_day(day)


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


def unread(row: dict[str, Any], spans: list[Span]) -> list[str]:
    """The words of a row, for a reader, where its times say less than its words."""
    if spans or not isinstance(row.get("description"), str):
        return []
    return [row["description"]]
