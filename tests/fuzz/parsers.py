"""Every parser of what others write, by name, with samples of what it is made for."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import msgspec

from tests.dialects.made import DATA, DIALECTS
from waypost.exchange import cells, hsds_csv, hsds_json, recurring, schedules, sense, states
from waypost.exchange.dialects import airs_file, package, times, xml
from waypost.exchange.dialects import text as tables
from waypost.exchange.foreign import foreign
from waypost.exchange.validate import examine
from waypost.model.evidence import ProblemsFound
from waypost.model.pack import Pack
from waypost.rules import audit, audit_text, matching_words
from waypost.rules.need import make_reader
from waypost.rules.penalty_words import find_section
from waypost.site import contact

Words = Callable[[str], object]
Bytes = Callable[[bytes], object]

HOURS = [
    "9:00am",
    "12:30 p.m.",
    "17:00:00",
    "09:00-05:00",
    "noon",
    "24:00",
    "8:30 AM",
    "9",
    "25:61",
    "1\u066112:00",
]
DAYS = ["Monday - Friday", "MO,TU,WE", "1SA,3SA", "-1FR", "Sat-Mon", "Tuesday & Thursday", "7", "weekdays"]
DATES = [
    "2026-11-22",
    "12/24/25",
    "December 24, 2025",
    "0001-01-01",
    "2026-02-30",
    "99999-01-01",
    "2024-02-29T09:00Z",
]
PHONES = [
    "203-555-0100",
    "+1 (203) 555-0100 ext. 4",
    "988",
    "1-888-4AL-ANON",
    "(none)",
    "203.555.0100 x12",
    "911 or 988",
]
STREETS = [
    "1 Hill Road",
    "PO Box 7",
    "12-14 N. Main St., Apt #3",
    "Second floor, 5 Mill Street",
    "Rt 7 & Rt 202",
]
NAMES = [
    "Hill House, Inc.",
    "City of Milltown (North)",
    "Caf\xe9 de la Rivi\xe8re",
    "St. Mary's",
    "Engine 15",
]
WEBS = [
    "www.example.org",
    "https://example.org/a?b=c#d",
    "example",
    "http://[::1]/",
    "mailto:a@example.org",
    "//x",
]
STATES = ["CT", "Connecticut", "06776", "06776-1234", "d.c.", "0677", "United States"]
QUERIES = [
    "I need a bed tonight",
    "mi novio me peg\xf3",
    "hiv test free near 06776",
    '"exact" OR (a AND b*)',
    "NEAR/3 ^",
    "17",
]
CITATIONS = [
    "53a-83",
    "C.G.S. \xa7 53a-83(a)(1)",
    "Sec. 46b-120",
    "us-ct/cgs/53a-83",
    "18 U.S.C. 1591",
    "(((((",
    "53a-83@2020",
]
SENTENCES = [
    "A class A misdemeanor: up to 364 days and a fine of $2,000 under section 53a-83, since October 1, 2021.",
    "Call 203-555-0100 Monday to Friday, 9:00 a.m. to 5 p.m.; text HOME to 741741. You must be 18 or older.",
    "Entre 6 meses y 3 a\xf1os; marque 9-8-8 antes de 120 horas.",
]
CELLS = ["=cmd()", "'=1", "+1 203", "-5", "@a", "\tx", '{"a":[1,2]}', "[[[[", "1e999", "NaN"]
SERVICE = {
    "id": "ac148810-d857-441c-9679-408f346de14b",
    "name": "Clinic",
    "status": "active",
    "minimum_age": 18,
    "phones": [{"id": "1", "number": "203-555-0100", "languages": [{"name": "en"}]}],
    "schedules": [{"byday": "MO,TU", "freq": "WEEKLY", "opens_at": "09:00", "closes_at": "17:00"}],
    "organization": {"id": "2", "name": "House", "description": "A house."},
    "waypost": {"verification": {"state": "unverified", "on": "2026-01-02"}},
}
PAGE = b"\xef\xbb\xbfFirst line.\r\nA second sentence! And a third, in \x93quotes\x94.\n\n- a list\n"


def hours(text: str) -> object:
    """A row of hours that says this in every field."""
    row = {"byday": text, "freq": "WEEKLY", "opens_at": "09:00", "closes_at": text, "valid_from": text}
    monthly = {
        "bymonthday": text,
        "freq": "MONTHLY",
        "opens_at": text,
        "closes_at": "17:00",
        "interval": text,
    }
    return schedules.read(
        [row, monthly, {"description": text, "until": text, "wkst": text}], None, "America/New_York"
    )


def cell(text: str) -> None:
    """A cell comes back the same from a table, whatever stands in it."""
    assert cells.read(cells.write(text)) == text
    cells.structured(text)


def values(text: str) -> object:
    """The values of a record, as validate looks at them."""
    doc = {
        "number": text,
        "url": text,
        "email": text,
        "opens_at": text,
        "closes_at": text,
        "valid_from": text,
    }
    doc |= {
        "minimum_age": text,
        "latitude": text,
        "longitude": text,
        "postal_code": text,
        "state_province": "CT",
    }
    kinds = ("phone", "service", "schedule", "location", "address")
    return [list(sense.values(doc, kind, "in", date(2026, 11, 22))) for kind in kinds]


def table(data: bytes) -> object:
    """One table of the standard."""
    return hsds_csv.batch({"services.csv": data}, Path("services.csv"), "made")


def older(name: str) -> Bytes:
    """An older directory of which one table is this."""
    files = {file: text.encode() for file, text in DIALECTS[name].items()}
    first = max(files, key=lambda file: len(files[file]))

    def read(data: bytes) -> object:
        return package.read({**files, first: data}, "made", "in")

    return read


def encoding(data: bytes) -> None:
    """Bytes as text, as tables, XML and pages are read, and whether they are any format at all."""
    foreign(data, "in")
    for work in (lambda: tables.decoded("in", data), lambda: xml.written(data, "in")):
        with contextlib.suppress(ProblemsFound):
            work()


def of_words(pack: Pack) -> dict[str, tuple[Words, list[str]]]:
    """The parsers of a few words."""
    reader = make_reader(pack.lexicon, pack.places)
    return {
        "time": (times.time, HOURS),
        "clock": (recurring.clock, HOURS),
        "date": (times.date, DATES),
        "days": (times.days, DAYS),
        "hours": (hours, [*HOURS, *DAYS, *DATES]),
        "phone": (sense.dialable, PHONES),
        "phone to dial": (contact.dial, PHONES),
        "phone to compare": (matching_words.number_of, PHONES),
        "street": (lambda text: matching_words.street_of(text, "06776"), STREETS),
        "name": (matching_words.words_of, NAMES),
        "host": (matching_words.host_of, WEBS),
        "state": (states.state_of, STATES),
        "zip code": (states.states_of_zip, STATES),
        "values": (values, [*PHONES, *WEBS, *DATES, *STATES]),
        "cell": (cell, CELLS),
        "query": (reader.understand, QUERIES),
        "citation": (lambda text: find_section(pack.law, text, "us-ct"), CITATIONS),
        "statement": (audit.items, SENTENCES),
    }


def of_bytes() -> dict[str, tuple[Bytes, list[bytes]]]:
    """The parsers of whole files."""
    one, two = (DATA / name for name in ("airs-clean.xml", "airs-dirty.xml"))
    service = msgspec.json.encode(SERVICE)
    found: dict[str, tuple[Bytes, list[bytes]]] = {
        "json": (lambda data: hsds_json.read(data, "made", "in"), [b"[%s]" % service, service]),
        "lines of json": (lambda data: hsds_json.read(data, "made", "in"), [service + b"\n" + service]),
        "xml": (
            lambda data: airs_file.read(data, "made", "in"),
            [one.read_bytes()[:2600], two.read_bytes()[:2600]],
        ),
        "xml, whole": (lambda data: airs_file.read(data, "made", "in"), [one.read_bytes(), two.read_bytes()]),
        "csv": (
            table,
            [b"id,name,status,minimum_age\n1,A,active,18\n2,'=B,active,\n", b'id;name\r\n1;"a\nb"\r\n'],
        ),
        "validate": (
            lambda data: examine(data, "in.json"),
            [service, b'{"openapi_url": "a", "version": "3.0"}'],
        ),
        "encoding": (
            encoding,
            [PAGE, PAGE.decode("cp1252").encode("utf-16"), b"%PDF-1.7", b"<html>", b"a,b\n1,2"],
        ),
        "page": (lambda data: audit_text.sentences(audit_text.decoded(data)), [PAGE]),
    }
    for name, files in DIALECTS.items():
        found[f"tables of {name}"] = older(name), [max(files.values(), key=len).encode()]
    return found
