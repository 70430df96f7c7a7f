"""One row of an older table as a row of HSDS 3, with the rows that its cells become; by the rules."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from waypost.exchange.batch import Doc
from waypost.exchange.dialects import times
from waypost.exchange.dialects.older import LISTS, POSTAL, PRIVATE, RENAME, WHOLE, stem
from waypost.exchange.dialects.rules import Notes
from waypost.exchange.schema import fields_of, schema, validator

STATUSES = {"active", "inactive", "defunct", "temporarily closed"}
TYPES = {
    "tty": "textphone",
    "tdd": "textphone",
    "sms": "text",
    "hotline": "voice",
    "mobile": "cell",
    "main": "voice",
}
COUNTRIES = {
    "united states": "US",
    "united states of america": "US",
    "usa": "US",
    "u.s.": "US",
    "u.s.a.": "US",
}
COUNTRIES |= {"canada": "CA", "can": "CA"}
BARE = re.compile(r"(?:[a-z0-9-]{1,63}\.){1,6}[a-z]{2,24}(?:[/?#]\S*)?", re.IGNORECASE)
"""A web address without http:// before it."""
NO_ID = "00000000-0000-4000-8000-000000000000"


class Asked(msgspec.Struct):
    """A row on its way: the table it stands in, where, and its columns under their new names."""

    table: str
    where: str
    object: str
    doc: Doc
    notes: Notes

    def note(self, rule: str) -> None:
        """Tell that a rule met this row."""
        self.notes.note(rule, self.table, self.where)


def renamed(object_: str, row: dict[str, str]) -> Doc:
    """The cells that hold something, under the names of HSDS 3."""
    names = RENAME.get(object_, {})
    full = {column: cell for column, cell in row.items() if cell}
    return {n if (n := names.get(c)) and n not in full else c: cell for c, cell in full.items()}


def mend(row: Asked, dialect: str) -> bool:
    """Put a row right; False if it is to be set aside."""
    for column in PRIVATE:
        if row.doc.pop(column, None):
            row.note("private")
    for column in ("website", "url"):
        if BARE.fullmatch(row.doc.get(column, "")):
            row.doc[column] = f"http://{row.doc[column]}"
            row.note("no-scheme")
    work = MENDING.get(row.object)
    return work(row, dialect) if work else True


def organization(row: Asked, dialect: str) -> bool:
    """An organization has a name, a description, and a year."""
    if day := row.doc.pop("date_incorporated", None):
        year = re.search(r"\b(1[5-9]\d\d|20\d\d)\b", day)
        row.doc["year_incorporated" if year else "date_incorporated"] = year[1] if year else day
    return named(row, described=True)


def program(row: Asked, dialect: str) -> bool:
    """A program has a name and a description."""
    return named(row, described=True)


def service(row: Asked, dialect: str) -> bool:
    """A service has a name and a status."""
    status = str(row.doc.get("status", "")).strip().lower()
    if status not in STATUSES:
        if status:
            row.doc["status_as_written"] = row.doc["status"]
        row.note("strange-status" if status else "blank-status")
        status = "inactive" if status else "active"
    row.doc["status"] = status
    return named(row)


def named(row: Asked, *, described: bool = False) -> bool:
    """Whether a row has a name; where a description must be and is not, the name stands there too."""
    if not row.doc.get("name"):
        row.note("no-name")
        return False
    if described and not row.doc.get("description"):
        row.doc["description"] = row.doc["name"]
        row.note("no-words")
    return True


def location(row: Asked, dialect: str) -> bool:
    """A location is a place unless it says that it is none."""
    virtual = str(row.doc.pop("virtual", "")).lower() in ("true", "t", "1", "yes")
    row.doc.setdefault("location_type", "virtual" if virtual else "physical")
    return True


def phone(row: Asked, dialect: str) -> bool:
    """A phone has a number, and a kind in the standard's words."""
    if not row.doc.get("number"):
        row.note("no-number")
        return False
    if kind := row.doc.get("type"):
        row.doc["type"] = TYPES.get(kind.lower(), kind.lower())
    if "description" not in row.doc and row.doc.get("department"):
        row.doc["description"] = row.doc.pop("department")
    return True


def address(row: Asked, dialect: str) -> bool:
    """An address is a place or a mailbox, in a country."""
    doc = row.doc
    doc.setdefault("address_type", "postal" if POSTAL.search(stem(row.table)) else "physical")
    if more := [doc.pop(c) for c in ("address_3", "address_4") if doc.get(c)]:
        doc["address_2"] = ", ".join(filter(None, [doc.get("address_2"), *more]))
    if not doc.get("country"):
        row.note("no-country")
    country = str(doc.get("country") or "US")
    if letters := COUNTRIES.get(country.lower()):
        row.note("country-in-words")
    doc["country"] = letters or (country.upper() if len(country) == 2 else country)
    if not doc.get("address_1") and doc.get("address_2"):
        doc["address_1"] = doc.pop("address_2")
    return True


def term(row: Asked, dialect: str) -> bool:
    """A term has a name and a description. In Ohana its code is what others name it by."""
    if code := row.doc.pop("taxonomy_id", None):
        row.doc["id"], row.doc["code"] = code, code
    return named(row, described=True)


def attribute(row: Asked, dialect: str) -> bool:
    """An attribute names what it belongs to by kind and id."""
    if "link_id" in row.doc:
        row.doc.setdefault("link_entity", "service")
    return True


def metadata(row: Asked, dialect: str) -> bool:
    """What was there before something was made is nothing."""
    if not row.doc.get("previous_value") and str(row.doc.get("last_action_type")).lower() == "create":
        row.doc["previous_value"] = "(nothing)"
        row.note("nothing-before")
    return True


def schedule(row: Asked, dialect: str) -> bool:
    """Hours: days as codes, times as HH:MM, dates as dates, and what cannot be read as words."""
    doc, words = row.doc, []
    for old, new in (("start_date", "valid_from"), ("end_date", "valid_to")):
        if old in doc:
            doc[new] = doc.pop(old)
    closed = str(doc.pop("closed", "")).lower() in ("true", "t", "1", "yes")
    for new, columns in (
        ("opens_at", ("opens_at", "valid_from", "dtstart")),
        ("closes_at", ("closes_at", "valid_to", "until")),
    ):
        words += hours(row, new, columns)
    weekday = doc.pop("weekday", None) or doc.pop("byday", None)
    if weekday and (found := times.days(weekday)):
        doc["byday"] = found
        doc["freq"] = "WEEKLY"
    elif weekday:
        words.append(weekday)
    if words:
        row.note("hours-in-words")
        words = ["Closed"] * closed + words
    elif closed:
        doc["notes"] = "Closed"
    if words:
        doc["description"] = "; ".join(dict.fromkeys([*filter(None, [doc.get("description")]), *words]))
    says = {"opens_at", "closes_at", "byday", "valid_from", "valid_to", "description", "dtstart", "until"}
    if not says & doc.keys():
        row.note("no-hours")
        return False
    return True


def hours(row: Asked, field: str, columns: tuple[str, ...]) -> list[str]:
    """Put the time and the dates among some columns where they belong; return what is neither."""
    words = []
    for column in columns:
        written = row.doc.pop(column, None)
        if written is None:
            continue
        found, day = times.time(written), times.date(written)
        if day and column != field:
            row.doc[column] = day
        elif found and field not in row.doc:
            row.doc[field] = found
            if column != field:
                row.note("time-for-date")
            elif found != written[: len(found)]:
                row.note("time-read")
        elif not found or row.doc.get(field) != found:
            words.append(written)
    return words


MENDING = {
    "organization": organization,
    "program": program,
    "service": service,
    "location": location,
    "phone": phone,
    "address": address,
    "taxonomy_term": term,
    "attribute": attribute,
    "metadata": metadata,
    "schedule": schedule,
}


def fitted(row: Asked, skip: set[str]) -> bool:
    """Keep as written what the schema refuses; False if the row then lacks what must be there."""
    plain = {c: number(row.object, c, v) for c, v in row.doc.items() if c not in skip and c != "id"}
    required = set(schema(row.object).get("required", ())) - {"id"}
    for error in list(validator(row.object).iter_errors({**plain, "id": NO_ID})):
        field = str(error.instance_path[0]) if error.instance_path else ""
        if field in row.doc and field not in required:
            row.doc[f"{field}_as_written"] = row.doc.pop(field)
            row.note("not-as-the-standard")
        elif field in row.doc:
            return False
    return required <= row.doc.keys()


def number(object_: str, column: str, value: str) -> str | float | int:
    """A cell as a number where the standard has one and it is one."""
    if fields_of(object_).get(column, {}).get("type") != "number":
        return value
    try:
        found: float | int = msgspec.json.decode(str(value).strip())
    except (msgspec.DecodeError, ValueError, RecursionError):
        return value
    return found


def spread(object_: str, doc: Doc) -> Iterator[tuple[str, str, Doc]]:
    """Take out of a row the cells that become rows of their own: (column, object, row) for each."""
    for column, (made, field) in LISTS.get(object_, {}).items():
        cell = doc.get(column)
        if not isinstance(cell, str) or not doc.get("id") or (column == "email" and "@" not in cell):
            continue
        del doc[column]
        for value in (
            [cell] if column in WHOLE else dict.fromkeys(re.split(r"\s*[,;\n]\s*", cell.strip(" {}[]")))
        ):
            if not value:
                continue
            owner = {f"{object_}_id": doc.get("id")}
            if made != "attribute":
                yield column, made, {**owner, field: value}
            elif field:
                yield (
                    column,
                    made,
                    {"link_id": doc.get("id"), "link_entity": object_, "link_type": field, "value": value},
                )
            else:
                yield (
                    column,
                    made,
                    {"link_id": doc.get("id"), "link_entity": object_, "taxonomy_term_id": value},
                )
