"""What is wrong with the values of one object that no schema sees: numbers, addresses, places, hours, dates."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import phonenumbers

from waypost.exchange.batch import Doc
from waypost.exchange.recurring import clock, iso_day
from waypost.exchange.schema import fields_of
from waypost.exchange.states import state_of, states_of_zip
from waypost.model.evidence import Problem, Severity

EMAIL = re.compile(r"^[^@\s]+@[^@\s.]+(\.[^@\s.]+)+$")
SHORT_NUMBER = re.compile(r"\s*([0-9]{3}|[0-9]{5,6})\s*")
NOON = "12:00"
IN_PAIRS = (("valid_from", "valid_to"), ("dtstart", "until"), ("dtstart", "valid_to"))
PAST = ("assured_date", "last_modified", "last_action_date")


def wrong(where: str, what: str, why: str) -> Problem:
    """A warning about a value."""
    return Problem(where, what, why, "Correct it where the file comes from.", Severity.warning)


@cache
def of_format(object_: str, format_: str) -> tuple[str, ...]:
    """The fields of an object that its schema calls web addresses, or the like."""
    return tuple(name for name, said in fields_of(object_).items() if said.get("format") == format_)


def values(doc: Doc, object_: str, where: str, today: date | None = None) -> Iterator[Problem]:
    """Everything wrong with the values of one object."""
    for field in of_format(object_, "uri"):
        if isinstance(doc.get(field), str) and doc[field] and not reachable(doc[field]):
            yield wrong(f"{where}/{field}", "This is no web address.", "A reader's click would lead nowhere.")
    for field in of_format(object_, "email"):
        if isinstance(doc.get(field), str) and doc[field] and not EMAIL.match(doc[field]):
            yield wrong(f"{where}/{field}", "This is no email address.", "A reader's letter would come back.")
    yield from dates(doc, where, today)
    if object_ in OF_OBJECT:
        yield from OF_OBJECT[object_](doc, where)


def reachable(text: str) -> bool:
    """Whether the text is an address on the web."""
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"\s", text)
    except ValueError:
        return False


def dates(doc: Doc, where: str, today: date | None) -> Iterator[Problem]:
    """Days that have not come yet, and spans of days that end before they begin."""
    for field in PAST:
        day = day_of(doc.get(field))
        if day and today and day > today.isoformat():
            yield wrong(f"{where}/{field}", "This day has not come yet.", "Nobody can have checked it then.")
    for first, last in IN_PAIRS:
        start, end = day_of(doc.get(first)), day_of(doc.get(last))
        if start and end and end < start:
            yield wrong(f"{where}/{last}", f"It lies before {first}.", "It would hold on no day at all.")


def day_of(value: Any) -> str | None:
    """The day of a date or a moment, or None."""
    return value[:10] if isinstance(value, str) and iso_day(value[:10]) else None


def phone(doc: Doc, where: str) -> Iterator[Problem]:
    """A number that no phone could dial."""
    if isinstance(doc.get("number"), str) and not dialable(doc["number"]):
        yield wrong(f"{where}/number", "This number cannot be dialled.", "Someone in need could dial it.")


POSSIBLE = phonenumbers.ValidationResult.IS_POSSIBLE
HERE = re.compile(r"[2-9]\d\d[2-9]\d{6}")
"""Ten digits as North America has them: neither the area nor the exchange begins with 0 or 1."""


def dialable(number: str) -> bool:
    """Whether a phone could dial this: a short code, or a number whole and long enough for its country."""
    if SHORT_NUMBER.fullmatch(number):
        return int(number) > 0
    try:
        found = phonenumbers.parse(re.sub(r"[^0-9+]", "", number), "US")
    except phonenumbers.NumberParseException:
        return False
    if phonenumbers.is_possible_number_with_reason(found) != POSSIBLE:
        return False
    return found.country_code != 1 or bool(HERE.fullmatch(str(found.national_number)))


def point(doc: Doc, where: str) -> Iterator[Problem]:
    """A point that is not on this planet, is half missing, or lies in the sea where the axes cross."""
    found = {field: degrees(doc.get(field)) for field in ("latitude", "longitude")}
    for field, most in (("latitude", 90), ("longitude", 180)):
        if (value := found[field]) is not None and abs(value) > most:
            yield wrong(f"{where}/{field}", f"It lies beyond {most} degrees.", "The place cannot be found.")
    missing = [field for field, value in found.items() if value is None]
    if len(missing) == 1:
        yield wrong(f"{where}/{missing[0]}", "Only half of the point is there.", "The place cannot be found.")
    if not missing and not any(found.values()):
        yield wrong(where, "The point is 0, 0, in the sea off Africa.", "The place cannot be found.")


def degrees(value: Any) -> float | None:
    """A number that can be counted with, else None."""
    plain = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if plain and math.isfinite(value) else None


def outside(doc: Doc, addresses: list[Doc], where: str) -> Iterator[Problem]:
    """A point that does not lie in the state of its address."""
    latitude, longitude = degrees(doc.get("latitude")), degrees(doc.get("longitude"))
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        return
    found = [state_of(a.get("state_province"), a.get("country")) for a in addresses]
    known = [state for state in found if state]
    if not known or len(known) < len(found) or any(state.around(latitude, longitude) for state in known):
        return
    turned = any(state.around(longitude, latitude) for state in known)
    hint = " Latitude and longitude seem to be exchanged." if turned else ""
    what = f"The point does not lie in {known[0].name}, where its address is.{hint}"
    yield wrong(where, what, "A reader would be sent to the wrong place.")


def address(doc: Doc, where: str) -> Iterator[Problem]:
    """A postal code of another state."""
    state = state_of(doc.get("state_province"), doc.get("country"))
    owners = states_of_zip(doc.get("postal_code"))
    if state and state.zips and owners and not state.has_zip(str(doc["postal_code"]).strip()[:3]):
        what = f"This postal code is one of {' or '.join(owners)}, and the address is in {state.name}."
        yield wrong(f"{where}/postal_code", what, "A reader would look for it in the wrong place.")


def times(doc: Doc, where: str) -> Iterator[Problem]:
    """Hours that cannot be read, lack one end, or close before they open."""
    opens, closes = doc.get("opens_at"), doc.get("closes_at")
    for field, value in (("opens_at", opens), ("closes_at", closes)):
        if isinstance(value, str) and value and clock(value) is None:
            yield wrong(f"{where}/{field}", "This is no time of day.", "Nobody can tell whether it is open.")
    if bool(opens) != bool(closes):
        yield wrong(where, "It has only one of opens_at and closes_at.", "Nobody can tell when it is open.")
    start, end = clock(opens), clock(closes)
    if not start or not end or end > start:
        return
    if end <= NOON <= start or end == "00:00":
        what = f"It is open past midnight, from {start} to {end}, in one row."
        yield wrong(where, what, "Many programs read it as closed: write one row for each of the two days.")
    else:
        yield wrong(
            where, f"It closes at {end}, before it opens at {start}.", "Nobody can tell when it is open."
        )


def ages(doc: Doc, where: str) -> Iterator[Problem]:
    """An age from which that lies above the age to which, or below nothing."""
    least, most = degrees(doc.get("minimum_age")), degrees(doc.get("maximum_age"))
    for field, value in (("minimum_age", least), ("maximum_age", most)):
        if value is not None and not 0 <= value <= 130:
            yield wrong(f"{where}/{field}", "Nobody is of this age.", "Somebody could be turned away.")
    if least is not None and most is not None and least > most:
        yield wrong(f"{where}/minimum_age", "It lies above maximum_age.", "It would be for nobody at all.")


def capacity(doc: Doc, where: str) -> Iterator[Problem]:
    """More places free than there are, or fewer than none."""
    free, most = degrees(doc.get("available")), degrees(doc.get("maximum"))
    if free is not None and (free < 0 or (most is not None and free > most)):
        yield wrong(f"{where}/available", "So many cannot be free.", "Somebody could go there in vain.")


def price(doc: Doc, where: str) -> Iterator[Problem]:
    """A price below nothing."""
    amount = degrees(doc.get("amount"))
    if amount is not None and amount < 0:
        yield wrong(f"{where}/amount", "It costs less than nothing.", "Readers would not know what to bring.")


OF_OBJECT: dict[str, Callable[[Doc, str], Iterator[Problem]]] = {
    "address": address,
    "cost_option": price,
    "location": point,
    "phone": phone,
    "schedule": times,
    "service": ages,
    "service_capacity": capacity,
}
