"""The profile of Open Referral UK, and the standard's own guidance on schedules, attributes and metadata."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.records.factories import TODAY, pack, store
from waypost.desk.incoming import read_batch
from waypost.desk.intake import intake
from waypost.desk.publish import publish
from waypost.exchange.validate import validate
from waypost.rules.hours import open_at
from waypost.store import Store, records

UK = Path(__file__).parent / "uk"
GUIDANCE = Path(__file__).parent / "guidance"


def taken(path: Path) -> Store:
    """A database with what a file holds."""
    held = store()
    assert not intake(held, read_batch(path, "a", pack()), today=TODAY).refused
    return held


@pytest.mark.parametrize("name", ["service_full", "service_list", "taxonomy_term"])
def test_uk_answers_are_accepted(name: str) -> None:
    """A valid answer of a UK API is valid and is taken in; what is not the standard's is told, not refused."""
    verdict = validate(UK / f"{name}.json", TODAY)
    assert verdict.valid, verdict.problems
    held = taken(UK / f"{name}.json")
    again = intake(held, read_batch(UK / f"{name}.json", "a", pack()), today=TODAY)
    assert again.quiet


def test_uk_profile_and_what_differs_are_told() -> None:
    """The profile is named, and each field that it adds is told once."""
    verdict = validate(UK / "service_full.json", TODAY)
    assert verdict.profile == "HSDS-UK-3.0"
    told = {p.where for p in verdict.problems if "HSDS-UK-3.0" in p.what}
    assert told == {"service_area/service_area", "accessibility/accessibility", "taxonomy_term/term"}


def test_uk_fields_are_kept() -> None:
    """A field that only the UK knows is stored and given back."""
    with taken(UK / "taxonomy_term.json").read() as connection:
        found = list(records.every(connection, "taxonomy_term"))
    assert any("term" in record.doc for record in found)


def test_uk_faults_are_told() -> None:
    """An answer without required fields, or whose ids are none, is not valid."""
    verdict = validate(UK / "organization_list.json", TODAY)
    assert not verdict.valid
    assert any("identifier_type" in p.what for p in verdict.problems)


def test_root_of_an_api_is_known() -> None:
    """What an API says of itself is known as such, with version and profile; it holds no records."""
    verdict = validate(UK / "api_details.json", TODAY)
    assert (verdict.valid, verdict.format, verdict.declared) == (True, "hsds-api-root", "HSDS-UK-3.0")


def test_list_of_tests_is_no_data() -> None:
    """The list of tests of a profile is told as such, and is not valid."""
    verdict = validate(UK / "HSDS-UK-1.0.json", TODAY)
    assert not verdict.valid
    assert "tests" in verdict.problems[0].what
    assert "HSDS-UK-1.0" in verdict.problems[0].what


@pytest.mark.parametrize("name", ["schedules", "attributes", "metadata"])
def test_guidance_is_the_same_as_tables_and_as_json(name: str) -> None:
    """The worked example in JSON and its tables are taken in, and one after the other changes no service."""
    (path,) = (GUIDANCE / name).glob("*.json")
    for source in (path, GUIDANCE / name):
        with taken(source).read() as connection:
            docs = [r.doc for r in records.every(connection, "service")]
        field = {"schedules": "schedules", "attributes": "attributes", "metadata": "metadata"}[name]
        assert all(doc[field] for doc in docs)


AT = [
    ("2020-04-06T10:00", "open", "a Monday, 9am to 12pm"),
    ("2020-04-06T13:00", "closed", "between the two spans"),
    ("2020-04-09T15:00", "open", "a Thursday, 3pm to 5pm"),
    ("2020-04-09T17:00", "closed", "at closing time"),
    ("2020-04-10T10:00", "closed", "a Friday"),
    ("2020-03-30T10:00", "closed", "the Monday before it begins"),
    ("2020-12-17T10:00", "open", "the last Thursday"),
    ("2020-12-21T10:00", "unknown", "after its end, of which it says nothing"),
    ("2020-07-04T09:00", "open", "first Saturday of July"),
    ("2020-07-11T10:00", "closed", "second Saturday of July"),
    ("2020-11-07T16:59", "open", "first Saturday of November"),
    ("2020-12-05T10:00", "closed", "first Saturday of December, after its end"),
    ("2020-06-06T10:00", "closed", "first Saturday of June, before its beginning"),
]


@pytest.mark.parametrize("path", [GUIDANCE / "schedules" / "services.json", GUIDANCE / "schedules"])
@pytest.mark.parametrize(("moment", "state", "why"), AT)
def test_guidance_on_schedules_is_computed_as_it_says(path: Path, moment: str, state: str, why: str) -> None:
    """Monday to Thursday 9 to 12 and 3 to 5 from April to 20 December; first Saturdays from July to November."""
    (listing,) = publish(taken(path), pack(), TODAY).listings
    hours = listing.service.hours
    assert hours is not None
    assert open_at(hours, datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(hours.timezone))) == state, (
        why
    )


def test_guidance_on_attributes_leads_to_terms() -> None:
    """Each attribute names a term that is there, and two services share one."""
    held = taken(GUIDANCE / "attributes")
    with held.read() as connection:
        terms = [r.doc["taxonomy_term"] for r in records.every(connection, "attribute")]
        known = {r.id for r in records.every(connection, "taxonomy_term")}
    assert len(terms) == 4
    assert set(terms) == known


def test_guidance_on_metadata_hangs_on_the_service() -> None:
    """Three notes of change hang on the service whose history they are."""
    for path in (GUIDANCE / "metadata" / "service.json", GUIDANCE / "metadata"):
        with taken(path).read() as connection:
            (service,) = records.every(connection, "service")
            notes = {r.doc["field_name"] for r in records.every(connection, "metadata")}
        assert len(service.doc["metadata"]) == 3
        assert notes == {"description", "name", "status"}
