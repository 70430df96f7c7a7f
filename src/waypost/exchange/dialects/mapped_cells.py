"""One cell as what its field asks for; what it cannot be is told with sheet, row, column and value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import msgspec

from waypost.exchange.dialects import cellwords, times
from waypost.exchange.dialects.book import Page
from waypost.exchange.dialects.mapping import HOLDS, PARTS, Column, Part
from waypost.exchange.dialects.parts import NO, YES
from waypost.exchange.dialects.rules import Notes
from waypost.exchange.schema import fields_of
from waypost.model.evidence import Problem, Severity

Cells = dict[str, str]
MOST_TOLD = 20
"""So many cells of one column with one fault are told one by one; then how many more there are."""
MAIL = re.compile(r"[^\s@;,<>]+@[^\s@;,<>]+\.[a-z]{2,}", re.IGNORECASE)
WEB = re.compile(r"(?:https?://|www\.)?[\w-]+(?:\.[\w-]+)+(?:[/?#:]\S*)?", re.IGNORECASE)
WHOLE_ADDRESS = re.compile(r"(.+?)[,\n]\s*([^,\n]+?),?\s+([A-Z]{2})\.?,?\s+(\d{5}(?:-\d{4})?)", re.DOTALL)
SERIAL = re.compile(r"[2-6]\d{4}(?:\.\d+)?")
EPOCH = date(1899, 12, 30)
"""The day from which spreadsheets count."""
NOT_YES = (*NO, "none", "no.", "\u2717")
SURE = (*YES, "x", "s\xed", "si", "\u2713", "\u2714")


class Bad:
    """The cells that could not become what their field asks for."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.met: dict[tuple[str, str], list[tuple[int, str]]] = {}
        self.told: dict[str, tuple[str, str]] = {}

    def problems(self) -> Iterator[Problem]:
        """A Problem for each cell, and one for those beyond the first of a kind."""
        for (what, column), cells in self.met.items():
            why, do = self.told[what]
            for number, value in cells[:MOST_TOLD]:
                at = f'{self.where}, row {number}, column "{column}"'
                yield Problem(at, f"[bad-cell] {value} {what}", why, do, Severity.warning)
            if (more := len(cells) - MOST_TOLD) > 0:
                said = f"[bad-cell] {more} more of its cells: {what}"
                yield Problem(f'{self.where}, column "{column}"', said, why, do, Severity.warning)


class Here(msgspec.Struct):
    """Where a cell stands."""

    bad: Bad
    number: int
    column: str
    secret: bool = False

    def is_bad(self, value: str, what: str, why: str, do: str) -> None:
        """Tell of a cell. What is confidential is not repeated."""
        said = "(kept back)" if self.secret else f'"{value[:60]}"'
        self.bad.met.setdefault((what, self.column), []).append((self.number, said))
        self.bad.told[what] = (why, do)


def header(page: Page, number: int) -> tuple[str, ...]:
    """The names of the columns of a sheet, on one line each."""
    row = next((row for n, row in page.rows if n == number), ())
    return tuple(" ".join(cell.split()) for cell in row)


def fitted(target: str, cell: str, column: Column, part: Part, at: Here) -> Iterator[tuple[str, str]]:
    """The fields that a cell fills, each with its text; one that does not fit stands under its own name."""
    object_, _, field = target.partition(".")
    text = spoken(cell, column)
    if not text:
        return
    kind = fields_of(HOLDS.get(object_, object_)).get(field, {})
    if kind.get("format") in ("date", "date-time") and object_ != "schedule":
        day = day_of(text, part.dates)
        if day is None:
            at.is_bad(text, "is no date.", "Readers are told how old a fact is.", "Write it as 2026-11-22.")
            yield f"{target}_as_written", text
        else:
            yield target, day if kind["format"] == "date" else f"{day}T00:00:00Z"
    elif kind.get("type") in ("number", "integer") and not re.fullmatch(r"-?\d+(?:\.\d+)?", text):
        at.is_bad(
            text, "is no number.", "The standard has a number there.", "Write a number, or leave it empty."
        )
        yield f"{target}_as_written", text
    elif field == "email":
        found = MAIL.findall(text)
        if len(found) != 1 or found[0] != text:
            what = (
                "holds several e-mail addresses. The first was taken." if found else "is no e-mail address."
            )
            at.is_bad(text, what, "A reader could not write there.", "Write one address, name@example.org.")
            yield f"{target}_as_written", text
        if found:
            yield target, found[0]
    elif field in ("website", "url") and not WEB.fullmatch(text):
        link = re.search(r"https?://[^\s,;]+|www\.[^\s,;]+", text)
        at.is_bad(
            text,
            "is no web address alone.",
            "A link to it would not work.",
            "Write one address, as https://example.org.",
        )
        yield f"{target}_as_written", text
        if link:
            yield target, link[0]
    elif field == "postal_code" and re.fullmatch(r"\d{4}", text):
        yield target, text.zfill(5)
    else:
        yield target, text


def spoken(cell: str, column: Column) -> str:
    """The text of a cell by the mapping's own words for it."""
    values = {said.casefold(): meant for said, meant in column.values.items()}
    text = values.get(cell.casefold(), cell)
    if column.says:
        bare = text.strip().casefold().rstrip(".")
        if bare in NOT_YES:
            return ""
        return column.says if bare in SURE else f"{column.says}: {text}"
    return f"{column.label}: {text}" if column.label else text


def day_of(text: str, spelling: str) -> str | None:
    """A date, also as the number of days by which a spreadsheet keeps it."""
    bare = text.strip()
    if SERIAL.fullmatch(bare):
        return (EPOCH + timedelta(days=int(float(bare)))).isoformat()
    if spelling == "day-first":
        for form in ("%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y", "%d-%m-%Y"):
            try:
                return datetime.strptime(bare, form).date().isoformat()  # noqa: DTZ007
            except ValueError:
                continue
        if re.fullmatch(r"\d+/\d+/\d+", bare):
            return None
    return times.date(re.sub(r"[ T]\d{1,2}:\d{2}.*\Z", "", bare))


def address_of(address: Cells, notes: Notes, at: tuple[str, str]) -> Cells:
    """An address; one that stands in one cell in its parts."""
    found = WHOLE_ADDRESS.fullmatch(address.get("address_1", ""))
    if not found or {"postal_code"} & address.keys():
        return address
    notes.note("address-in-one-cell", *at)
    street, city, state, code = (" ".join(text.split()) for text in found.groups())
    return {**address, "address_1": street, "city": city, "state_province": state, "postal_code": code}


def told(object_: str, cell: str, column: Column, part: Part, at: Here) -> Iterator[tuple[Cells, str | None]]:
    """What one cell becomes, each with the rule that it met."""
    text = cell if object_ in ("phone", "schedule") else spoken(cell, column)
    if object_ == "phone":
        yield from phones(text, column, at)
    elif object_ == "schedule" and column.split == "hours":
        yield from hours(text, column, part)
    elif text:
        apart = {"languages": cellwords.languages, "list": cellwords.listed}.get(str(column.split))
        parts = apart(text) if apart else text.split("\n") if column.split == "lines" else [text]
        for one in parts:
            yield {PARTS[object_]: one.strip()}, None


def phones(cell: str, column: Column, at: Here) -> Iterator[tuple[Cells, str | None]]:
    """The numbers of a cell."""
    found = cellwords.phones(cell)
    if not found:
        why, do = "Nobody can call it.", "Write a number with its area code."
        at.is_bad(cell, "holds no number that can be read.", why, do)
        yield {"description": cell}, None
    for phone in found:
        if len(re.sub(r"\D", "", phone.number)) == 7 and not re.search(r"[A-Za-z]", phone.number):
            why = "From elsewhere it reaches somebody else, or nobody."
            at.is_bad(cell, "has no area code.", why, "Write the area code before it.")
        words = "; ".join(dict.fromkeys(filter(None, [column.label, phone.words])))
        kind = column.kind or phone.kind or "voice"
        yield {"number": phone.number, "extension": phone.extension, "type": kind, "description": words}, None


def hours(cell: str, column: Column, part: Part) -> Iterator[tuple[Cells, str | None]]:
    """The hours of a cell; what cannot be read as such stays as words."""
    days = times.days(column.day) or "" if column.day else ""
    if days and cell.strip().casefold() in ("closed", "cerrado"):
        return
    for one in cellwords.hours(cell, spelling=part.times, days=days):
        if not one.opens:
            words = f"{column.day}: {one.words}" if column.day else one.words
            yield {"description": words}, "hours-in-words"
        else:
            # As the standard's rows have them; the words stay where we had to guess.
            row = {"freq": "WEEKLY", "byday": one.days, "opens_at": one.opens, "closes_at": one.closes}
            yield {**row, "description": one.words}, "am-or-pm" if one.guessed else None
