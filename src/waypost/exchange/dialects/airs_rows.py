"""The smaller parts of AIRS XML, each as the rows of HSDS that it becomes: addresses, phones, hours and the like."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from waypost.exchange.dialects.parts import Part, plain, spoken
from waypost.exchange.dialects.xml import local
from waypost.exchange.identity import row_hash

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

Cells = dict[str, str]
Made = tuple[str, str, Cells]
"""The table that a row stands in, the object that it is, and its cells."""

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LINES = tuple(f"Line{n}" for n in range(1, 10))
KINDS = (
    ("fax", re.compile(r"\bfax|facsimile", re.IGNORECASE)),
    ("textphone", re.compile(r"\btt[yd]|\btdd|text ?telephone|teletype", re.IGNORECASE)),
    ("pager", re.compile(r"\bpager", re.IGNORECASE)),
    ("text", re.compile(r"\b(?:text|sms)\b", re.IGNORECASE)),
    ("cell", re.compile(r"\bcell|\bmobile", re.IGNORECASE)),
    ("video", re.compile(r"\bvideo|\bvp\b", re.IGNORECASE)),
    (
        "voice",
        re.compile(r"phone|voice|line\b|main|toll|office|crisis|intake|admin|hours|business|other", re.I),
    ),
)
"""Kinds of phones in the standard's words, by what people write there."""
NUMBERED = re.compile(r"\A\s*phone\s*\d*\s*\Z", re.IGNORECASE)
NO_NUMBER = re.compile(r"\A\D*\Z")
STREET = re.compile(r"\A\d+\w?\s+\S")


def address(element: Element, owner: Cells, key: str, kind: str) -> Made:
    """An address of a place. The line that begins with a house number is the street."""
    part = Part(element)
    lines = [line for name in LINES for line in part.texts(name)]
    if not lines and part.words:
        lines, part.words = part.words.splitlines(), ""
    before = part.texts("PreAddressLine")
    street = next((n for n, line in enumerate(lines) if STREET.match(line)), 0)
    cells = {
        **owner,
        "attention": ", ".join([*before, *lines[:street]]),
        "address_1": lines[street] if lines else "",
        "address_2": ", ".join(lines[street + 1 :]),
        "city": part.one("City") or "",
        "region": part.one("County") or "",
        "state_province": part.one("State") or "",
        "postal_code": part.one("ZipCode") or "",
        "country": part.one("Country") or "",
        "address_type": kind,
    }
    secret = part.confidential or any(local(child.tag) == "ReasonWithheld" for child in part.children)
    cells |= part.rest() | ({"confidential": "true"} if secret else {})
    return part.name, "address", identified(cells, key if part.name != "OtherAddress" else None)


def phone(element: Element, owner: Cells) -> list[Made]:
    """A phone with its kind, and in its description what the kind does not say."""
    part = Part(element)
    kind, function = part.one("Type") or "", part.one("Function") or ""
    number = part.one("PhoneNumber")
    if number is None:
        number, part.words = part.words, ""
    free = (part.attribute("TollFree") or "").lower() in ("true", "1", "yes")
    said = next((name for name, pattern in KINDS if pattern.search(f"{kind} {function}")), "")
    words = [part.one("Description") or "", function, "" if NUMBERED.match(kind) else kind]
    cells = {
        **owner,
        "number": "" if NO_NUMBER.match(number) else number,
        "extension": re.sub(r"\A(?:extension|ext|x)\W*", "", part.one("Extension") or "", flags=re.I),
        "type": said or ("voice" if free or not kind else kind),
        "description": "; ".join(dict.fromkeys(filter(None, words))),
    }
    if NUMBERED.match(kind):
        cells["airs_type"] = kind
    if NO_NUMBER.match(number) and number:
        cells["airs_phone_number"] = number
    cells |= {"airs_toll_free": "true"} if free else {}
    cells |= part.rest() | ({"confidential": "true"} if part.confidential else {})
    return [("Phone", "phone", identified(cells))]


def contact(element: Element, owner: Cells) -> list[Made]:
    """A person or desk to ask for, with its own phones."""
    part = Part(element)
    phones = part.all("Phone")
    emails = [word for mail in part.all("Email") for word in mail.itertext() if word.strip()]
    cells = {
        **owner,
        "name": part.one("Name") or "",
        "title": part.one("Title") or "",
        "email": emails[0].strip() if emails else "",
    }
    cells |= {"airs_more_email": ", ".join(e.strip() for e in emails[1:])} if emails[1:] else {}
    marked = {"confidential": "true"} if part.confidential else {}
    cells = identified({**cells, **part.rest(), **marked})
    own = {"contact_id": cells["id"]}
    return [("Contact", "contact", cells), *(row for p in phones for row in phone(p, own))]


def hours(element: Element, owner: Cells) -> list[Made]:
    """Hours of a week, one row for the days that are alike, and a row for the words beside them."""
    part = Part(element)
    by_time: dict[tuple[str, str], list[str]] = {}
    for day in part.all(*DAYS):
        times = Part(day)
        froms, tos = times.texts("From"), times.texts("To")
        if times.words:
            by_time.setdefault((times.words, ""), []).append(times.name)
        for n in range(max(len(froms), len(tos))):
            span = (froms[n] if n < len(froms) else "", tos[n] if n < len(tos) else "")
            by_time.setdefault(span, []).append(times.name)
    made = [
        identified({**owner, "weekday": ", ".join(days), "opens_at": opens, "closes_at": closes})
        for (opens, closes), days in by_time.items()
    ]
    notes = [part.words, *part.texts("Notes", "Description")]
    part.words = ""
    words = {"description": "\n".join(filter(None, notes)), **part.rest()}
    if any(words.values()):
        made.append(identified({**owner, **words}))
    return [("TimeOpen", "schedule", row) for row in made]


def seasonal(element: Element, owner: Cells) -> list[Made]:
    """The part of the year in which a service is given."""
    part = Part(element)
    cells = {
        **owner,
        "valid_from": part.one("StartDate") or "",
        "valid_to": part.one("EndDate") or "",
        "description": part.one("Description") or "",
    }
    return [("Seasonal", "schedule", identified({**cells, **part.rest()}))]


def languages(element: Element, owner: Cells) -> list[Made]:
    """Each language, with the note that stands beside it."""
    part = Part(element)
    names, notes = part.texts("Name"), part.texts("Notes")
    if not names and part.words:
        names, part.words = re.split(r"\s*[,;/\n]\s*", part.words), ""
    beside = dict(zip(names, notes, strict=False)) if len(notes) == len(names) else {}
    rest = part.rest() | ({"note": "; ".join(notes)} if notes and not beside else {})
    made = [{**owner, "name": name, "note": beside.get(name, "")} for name in dict.fromkeys(names) if name]
    if rest:
        made = [made[0] | rest, *made[1:]] if made else [{**owner, **rest}]
    return [("Languages", "language", identified(cells)) for cells in made]


def area(element: Element, owner: Cells) -> list[Made]:
    """The area that is served, its smallest part first."""
    part = Part(element)
    names = [
        t for n in ("City", "County", "ZipCode", "CensusTrack", "State", "Country") for t in part.texts(n)
    ]
    said = part.one("Description") or part.words
    part.words = ""
    cells = {**owner, "name": ", ".join(names) or said, "description": said if names else ""}
    return [("GeographicAreaServed", "service_area", identified({**cells, **part.rest()}))]


def requirements(element: Element) -> str:
    """What is asked of a person, under the words for it: "Residency requirements: of the town"."""
    words = [plain(text) for text in element.itertext() if plain(text)]
    return f"{spoken(local(element.tag))}: {', '.join(words)}" if words else ""


def identified(cells: Cells, key: str | None = None) -> Cells:
    """The cells that hold something, with an id that follows from the key or else from what they say."""
    full = {name: value for name, value in cells.items() if value}
    return {"id": key or row_hash(full), **full}


def within(element: Element, names: tuple[str, ...]) -> Iterator[str]:
    """The name of each element below that would be a row."""
    return (name for inner in element.iter() if inner is not element and (name := local(inner.tag)) in names)
