"""AIRS XML 3.0: recognized, every element accounted for, marks obeyed, and nothing from outside ever read."""

from __future__ import annotations

import socket
import time
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path
from typing import Any, NoReturn

import msgspec
import pytest

from tests.dialects.made import DATA
from tests.records.factories import TODAY, pack, store
from tests.records.test_canary import everything_out
from waypost.desk.give import give
from waypost.desk.incoming import read_batch, read_bytes
from waypost.desk.intake import intake
from waypost.desk.publish import publish, publish_records
from waypost.exchange.batch import Batch
from waypost.exchange.dialects.airs import ROWS
from waypost.exchange.outgoing import FORMATS
from waypost.exchange.validate import validate
from waypost.model.evidence import ProblemsFound, Severity
from waypost.store import Store

NAMES = ("airs-clean.xml", "airs-dirty.xml")
SECRETS = (
    b"Canary",
    b"Finch",
    b"41.1234",
    b"555-0177",
    b"555-0178",
    b"555-0179",
    b"555-0180",
    b"555-0188",
    b"staff@",
)


def read(name: str) -> Batch:
    """A made-up file as it was read."""
    return read_batch(DATA / name, "made", pack())


def held_of(name: str) -> Store:
    """A database into which the file was taken."""
    held = store()
    assert not intake(held, read(name), today=TODAY).refused
    return held


def docs(made: Batch, object_: str) -> list[dict[str, Any]]:
    """What became of one kind."""
    return [row.doc for row in made.rows if row.object == object_]


def one(made: Batch, object_: str, **said: str) -> dict[str, Any]:
    """The one document of that kind that says so."""
    (found,) = (doc for doc in docs(made, object_) if said.items() <= doc.items())
    return found


@pytest.mark.parametrize("name", NAMES)
def test_every_element_that_is_a_row_is_accounted_for(name: str) -> None:
    """Each table has as many rows as the file has elements of that name, and its counts add up; again nothing changes."""
    text = (DATA / name).read_bytes().decode("cp1252").replace("\x0b", "").split("?>", 1)[1]
    elements = Counter(e.tag.rsplit("}", 1)[-1] for e in ET.fromstring(text).iter())
    held = store()
    report = intake(held, read(name), today=TODAY)
    assert {table: report.tables[table].in_ for table in ROWS if table in report.tables} == {
        table: elements[table] for table in ROWS if elements[table]
    }
    for table, count in report.tables.items():
        sums = count.taken + count.changed + count.unchanged + count.folded + count.set_aside
        assert count.in_ == sums, table
    again = intake(held, read(name), today=TODAY)
    assert sum(count.taken + count.changed for count in again.tables.values()) == 0


FORMS = {
    "9:00 AM",
    "5:00 PM",
    "10:00 AM",
    "12:00 PM",
    "noon",
    "11/01/2026",
    "true",
    "United States",
    "USA",
    "Monday",
}
"""Words that are kept in other forms."""
TOLD = {
    "airs-clean.xml": {"Staff of the directory", "staff@directory.example.org", "203-555-0188"},
    "airs-dirty.xml": {
        "(none)",
        "Phone1",
        "No code",
        "It has no name",
        "of an old program",
        "English; Spanish",
    }
    | {"Written again, in other words."},
}
"""Words of rows that were set aside or folded, which the report tells, and of a list that was taken apart."""


@pytest.mark.parametrize("name", NAMES)
def test_every_word_is_kept_or_told(name: str) -> None:
    """No text of the file is lost without a word: it stands in a record, or its row was set aside or folded."""
    text = (DATA / name).read_bytes().decode("cp1252").replace("\x0b", "").split("?>", 1)[1]
    kept = msgspec.json.encode([row.doc for row in read(name).rows]).decode()
    kept = " ".join(kept.replace("\\n", " ").split())
    words = {
        " ".join((element.text or "").split())
        for element in ET.fromstring(text).iter()
        if not element.tag.endswith("Key")
    }
    lost = {said for said in words if said not in kept}
    assert lost - FORMS == TOLD[name]


@pytest.mark.parametrize("form", ["hsds-csv", "hsds-json"])
@pytest.mark.parametrize("name", NAMES)
def test_export_is_valid_and_comes_back_the_same(name: str, form: str, tmp_path: Path) -> None:
    """What is given away validates with 0 errors as HSDS 3, and coming back changes nothing."""
    held = held_of(name)
    gift = give(held, pack(), TODAY)
    assert gift.docs
    files, _ = FORMATS[form](gift.docs)
    for file, data in files.items():
        (tmp_path / (file or "all.json")).write_bytes(data)
    path = tmp_path if form == "hsds-csv" else tmp_path / "all.json"
    assert [p for p in validate(path, TODAY).problems if p.severity == Severity.error] == []
    report = intake(held, read_batch(path, "made", pack()), today=TODAY)
    assert sum(count.taken + count.changed for count in report.tables.values()) == 0


@pytest.mark.parametrize("name", NAMES)
def test_nothing_that_is_marked_leaves_the_database(name: str) -> None:
    """Confidential addresses, their points and directions, phones and names, and what is not for readers, stay in (D5)."""
    held = held_of(name)
    out = everything_out(held)
    assert [secret for secret in SECRETS if secret in out] == []
    report = intake(store(), read(name), today=TODAY)
    assert "Canary" not in repr([p for p in report.problems if "Canary" in p.what])
    assert "555-0199" in repr(publish(held, pack(), TODAY)) or name == "airs-dirty.xml"


def test_a_mark_that_nobody_reads_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the reading of marks the canary comes out, so the test above can fail."""
    monkeypatch.setattr("waypost.exchange.dialects.parts.is_marked", lambda element: False)
    assert b"Canary" in everything_out(held_of("airs-clean.xml"))


def test_dates_of_verification_are_the_dates_of_the_record() -> None:
    """DateLastVerified is the day a reader is told; where a service has none, that of its site or agency."""
    made = read("airs-dirty.xml")
    days = {doc["name"]: doc.get("assured_date") for doc in docs(made, "service")}
    assert days["Meals"] == "2025-03-25"
    assert days["Talk"] == "2024-02-29"
    listing = next(item for item in publish(held_of("airs-dirty.xml"), pack(), TODAY).listings)
    assert str(listing.service.verification.on) in days.values()


def test_what_is_not_for_research_is_shown_and_in_no_export() -> None:
    """A service that is not available for research stands on pages and is left out of every export."""
    held = held_of("airs-dirty.xml")
    records = publish_records(held, pack(), TODAY).records
    seen = {record.doc.get("name") for (kind, _), record in records.items() if kind == "service"}
    given = {
        doc.get("name") for (kind, _), doc in give(held, pack(), TODAY).docs.items() if kind == "service"
    }
    assert "Meals" in seen
    assert "Meals" not in given
    assert "Talk" in given


def test_parts_become_the_parts_of_the_standard() -> None:
    """Phones, hours, ages, areas, terms, languages and websites stand where HSDS has them."""
    made = read("airs-clean.xml")
    beds = one(made, "service", name="Beds for tonight")
    assert (beds["minimum_age"], beds["fees_description"]) == (18, "No fee")
    assert "Residency requirements: Of the state" in beds["eligibility_description"]
    assert beds["application_process"] == "Call the hotline.\nNobody needs papers."
    hours = {doc.get("byday"): (doc.get("opens_at"), doc.get("closes_at")) for doc in docs(made, "schedule")}
    assert hours["MO,TU"] == ("09:00", "17:00")
    assert hours["SA"] == ("10:00", "12:00")
    assert {doc["name"] for doc in docs(made, "service_area")} == {"Milltown, CT", "06776"}
    assert {doc.get("code") for doc in docs(made, "taxonomy_term")} == {"BH-1800.8500", "RP-1500"}
    assert {(d["name"], d.get("note")) for d in docs(made, "language")} > {("English", "Day and night")}
    house = one(made, "organization", name="Hill House")
    assert (house["alternate_name"], house["website"]) == (
        "The House on the Hill",
        "https://hill.example.org",
    )
    office = one(made, "address", address_1="1 Hill Road")
    assert (office["attention"], office["country"], office["address_type"]) == (
        "Second floor",
        "US",
        "physical",
    )
    assert one(made, "location", name="Hill House, office")["latitude"] == 41.577


def test_dirt_is_read_as_it_was_meant() -> None:
    """Kinds of phones, a street in the second line, hours in words, an address without http:// are put right."""
    made = read("airs-dirty.xml")
    assert {d["number"]: d.get("type") for d in docs(made, "phone")} == {
        "203.555.0110 ext. 4": "voice",
        "203-555-0178": "voice",
        "203-555-0111": "fax",
        "203-555-0112": "textphone",
        "203-555-0113": "carrier pigeon",
        "203-555-0120": "voice",
        "203-555-0179": "voice",
        "203-555-0180": "voice",
    }
    hall = one(made, "address", address_1="2 River Road")
    assert hall["attention"] == "River Hall"
    river = one(made, "organization", name="Caf\xe9 de la Rivi\xe8re")
    assert river["website"] == "http://www.river.example.org"
    assert river["id"] == one(made, "organization", name="Child of the River")["parent_organization_id"]
    words = " ".join(str(doc.get("description")) for doc in docs(made, "schedule"))
    assert "9am - 5pm" in words
    assert "closed when the river is high" in words
    assert one(made, "schedule", opens_at="12:00")["closes_at"] == "13:30"
    talk = one(made, "service", name="Talk")
    assert [doc["service"] for doc in docs(made, "service_at_location")].count(talk["id"]) == 2
    assert {d["name"] for d in docs(made, "language")} == {"English", "Spanish"}


def test_validate_takes_it_for_the_same_as_import() -> None:
    """Validate says that it is AIRS XML of that version, and not HSDS, with the problems an import would tell."""
    verdict = validate(DATA / "airs-clean.xml")
    assert (verdict.format, verdict.version, verdict.valid) == ("airs-xml", "3.0", False)
    assert "waypost import" in verdict.problems[0].do
    assert any("[taken-for]" in problem.what for problem in verdict.problems)
    assert verdict.records["service"] == 2


BODY = "<Agency><Key>1</Key><Name>&x;</Name></Agency></Source>"
LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
REFUSED = {
    "a thousand million laughs": f'<!DOCTYPE Source [<!ENTITY a0 "ha">{LAUGHS}<!ENTITY x "&a11;">]><Source>{BODY}',
    "one long entity": f'<!DOCTYPE Source [<!ENTITY x "{"a" * 100_000}">]><Source>{BODY * 1}',
    "a file of this machine": f'<!DOCTYPE Source [<!ENTITY x SYSTEM "file:///etc/passwd">]><Source>{BODY}',
    "another machine": f'<!DOCTYPE Source [<!ENTITY x SYSTEM "http://127.0.0.1:9/x">]><Source>{BODY}',
    "a parameter entity": f'<!DOCTYPE Source [<!ENTITY % p SYSTEM "http://127.0.0.1:9/p"> %p;]><Source>{BODY}',
    "a DTD elsewhere": f'<!DOCTYPE Source SYSTEM "http://127.0.0.1:9/airs.dtd"><Source>{BODY}',
    "an entity of nobody": f"<Source>{BODY}",
    "a hundred thousand levels": "<Source>" + "<Agency>" * 100_000,
    "two roots": "<Source><Agency><Key>1</Key></Agency></Source><html/>",
    "another kind of XML": "<rss><channel><item/></channel></rss>",
    "another kind, large": "<feed>" + "<entry>x</entry>" * 200_000 + "</feed>",
    "cut short": "<Source><Agency><Key>1</Key>",
    "an encoding of nobody": '<?xml version="1.0" encoding="utf-7"?><Source/>',
}


@pytest.fixture
def no_connections(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What was called; any call of another machine fails."""
    called: list[object] = []

    def call(*said: object) -> NoReturn:
        called.append(said)
        raise AssertionError("it called another machine")

    monkeypatch.setattr(socket.socket, "connect", call)
    monkeypatch.setattr(socket, "getaddrinfo", call)
    return called


@pytest.mark.parametrize("name", REFUSED)
def test_harmful_xml_is_refused(name: str, no_connections: list[object]) -> None:
    """XML with a DTD, entities or endless nesting is refused with a sentence, at once and without a connection (R10)."""
    before = time.process_time()
    with pytest.raises(ProblemsFound) as found:
        read_bytes(REFUSED[name].encode(), "made", pack(), "in.xml")
    assert time.process_time() - before < 4
    (problem,) = found.value.problems
    assert problem.what.endswith(".")
    assert problem.do
    assert no_connections == []


def test_what_is_included_from_elsewhere_is_not_fetched(no_connections: list[object]) -> None:
    """Addresses of schemas, style sheets and inclusions are words: nothing is fetched."""
    text = (
        '<?xml version="1.0"?><?xml-stylesheet href="http://127.0.0.1:9/a.xsl"?>'
        '<Source xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="http://127.0.0.1:9/a.xsd">'
        '<Agency><Key>1</Key><Name>Hill</Name><xi:include xmlns:xi="http://www.w3.org/2001/XInclude" '
        'href="file:///etc/passwd"/></Agency></Source>'
    )
    made = read_bytes(text.encode(), "made", pack(), "in.xml")
    assert [doc["name"] for doc in docs(made, "organization")] == ["Hill"]
    assert "root:" not in repr(made)
    assert no_connections == []


def test_words_where_parts_should_stand_are_kept() -> None:
    """Hours, an address, a phone and a web address that are written as plain words are read as what they are."""
    text = """<Source><Agency><Key>1</Key><Name>Hill</Name><URL>www.example.org</URL><Email>a@example.org</Email>
    <Phone>203-555-0100</Phone><Site><Key>2</Key><Name>House</Name><PhysicalAddress>1 Hill Road, Milltown</PhysicalAddress>
    <TimeOpen>Weekdays, when the bell rings</TimeOpen>
    <SiteService DateLastVerified="2026-01-02T10:00:00"><Key>3</Key><Name>Beds</Name></SiteService>
    <SiteService AvailableForReferral="false"><Key>4</Key><Name>Hidden</Name></SiteService></Site></Agency></Source>"""
    made = read_bytes(text.encode(), "made", pack(), "in.xml")
    hill = one(made, "organization", name="Hill")
    assert (hill["website"], hill["email"]) == ("http://www.example.org", "a@example.org")
    assert [doc["number"] for doc in docs(made, "phone")] == ["203-555-0100"]
    assert one(made, "location", name="House")["description"] == "1 Hill Road, Milltown"
    assert [doc["description"] for doc in docs(made, "schedule")] == ["Weekdays, when the bell rings"]
    assert one(made, "service", name="Beds")["assured_date"] == "2026-01-02"
    assert one(made, "service", name="Hidden")["confidential"] == "true"


def test_address_that_says_a_secret_street_again_is_withheld_whole() -> None:
    """A mailing address without a mark that is the confidential one again tells neither street nor town."""
    marked = "<Line1>12 Canary Lane</Line1><City>Canaryville</City><State>CT</State><ZipCode>06777</ZipCode>"
    text = (
        "<Source><Agency><Key>1</Key><Name>Hill</Name><Site><Key>2</Key><Name>House</Name>"
        f'<PhysicalAddress Confidential="true">{marked}</PhysicalAddress><MailingAddress>{marked}</MailingAddress>'
        "<SiteService><Key>3</Key><Name>Beds</Name></SiteService></Site></Agency></Source>"
    )
    held = store()
    report = intake(held, read_bytes(text.encode(), "made", pack(), "in.xml"), today=TODAY)
    assert any("repeats the street" in problem.what for problem in report.problems)
    assert b"Canary" not in everything_out(held)


def test_version_is_read_from_the_file() -> None:
    """A file that names a later schema is told as that."""
    text = '<Source version="AIRS 3.1"><Agency><Key>1</Key><Name>Hill</Name></Agency></Source>'
    assert read_bytes(text.encode(), "made", pack(), "in.xml").version == "3.1"
