"""What must not be seen is in no document, no export and no Directory (D5), proven by a planted address."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import msgspec
import pytest
import sqlalchemy as sa

from tests.records.factories import TODAY, organization, pack, service, store
from waypost.desk.incoming import read_batch
from waypost.desk.intake import intake, intake_pack
from waypost.desk.publish import publish, publish_records
from waypost.exchange.hsds_csv import zipped
from waypost.exchange.outgoing import FORMATS
from waypost.model.directory import Address, DatedHours, Hours, Language, Location, Phone, Span
from waypost.store import Store, records, tables
from waypost.store.secrets import withheld_values

CANARY = "Canary"
STREET = "12 Canary Lane"
POINT = 41.123456789


def everything_out(held: Store) -> bytes:
    """Every byte that leaves the database: documents, change feed, every export, the Directory."""
    out = [repr(publish(held, pack(), TODAY)).encode()]
    with held.read() as connection:
        for table in (tables.change, tables.place, tables.service_term):
            out.append(repr(connection.execute(sa.select(table)).all()).encode())
        out += [msgspec.json.encode(record.doc) for record in records.every(connection)]
        out += [repr((r.key, r.slug, r.base)).encode() for r in records.every(connection)]
    for exporting in (True, False):
        published = publish_records(held, pack(), TODAY, exporting=exporting)
        docs = {key: record.doc for key, record in published.records.items()}
        for form in FORMATS.values():
            out += list(form(docs)[0].values())
    return b"\n".join(out)


def hides_canary(held: Store) -> None:
    """Assert that the canary is kept, and is in nothing that leaves."""
    with held.read() as connection:
        kept = repr(connection.execute(sa.select(tables.withheld.c.value)).all())
    assert CANARY in kept
    seen = everything_out(held)
    assert CANARY.encode() not in seen
    assert str(POINT).encode() not in seen


PLACE = Location(
    "loc-safe",
    f"{CANARY} House",
    town="new-milford",
    addresses=(
        Address(f"{CANARY}ville", "CT", address_1=STREET, address_2=f"{CANARY} Flat", postal_code="99999"),
    ),
    latitude=POINT,
    longitude=-POINT,
    point_source=f"{CANARY} map",
    hours=Hours(spans=(Span(("mon",), "09:00", "17:00"),), note={"en": f"ring at {CANARY}"}),
    note={"en": f"behind {CANARY} school"},
    confidential=True,
)
PHONE = Phone(
    f"203-{CANARY}",
    description={"en": f"{CANARY} desk"},
    purpose={"en": CANARY},
    languages=(Language("es", f"{CANARY} speaker"),),
    confidential=True,
)


def test_confidential_place_is_in_no_outlet() -> None:
    """Name, street, town's name, point, hours and note of a confidential place stay in."""
    held = store()
    town = pack(organization(service(locations=(PLACE,)), locations=(PLACE,)))
    intake_pack(held, town, TODAY)
    hides_canary(held)
    (listing,) = publish(held, town, TODAY).listings
    assert [at.name for at in listing.service.locations] == ["Health Center"]
    assert listing.service.locations[0].confidential
    assert listing.service.locations[0].town == "new-milford"


def test_hours_at_a_confidential_place_are_in_no_outlet() -> None:
    """When a service is given at a confidential place, what is said of that stays in with the place."""
    here = Hours(
        spans=(Span(("tue",), "03:07", "04:09"),),
        exceptions=(DatedHours(TODAY, closed=True, note=f"{CANARY} feast"),),
        note={"en": f"ring at {CANARY}"},
    )
    held = store()
    town = pack(organization(service(locations=(PLACE,), hours_at={PLACE.key: here})))
    intake_pack(held, town, TODAY)
    hides_canary(held)
    assert b"03:07" not in everything_out(held)
    shown = publish(held, town, TODAY).listings[0].service
    assert (shown.hours_at, [place.town for place in shown.locations]) == ({}, ["new-milford"])


def test_confidential_address_of_a_known_place_is_in_no_outlet() -> None:
    """One address may be confidential by itself: the place and its other address are shown."""
    secret = Address(f"{CANARY}ville", "CT", address_1=STREET, confidential=True)
    plain = Address("New Milford", "CT", address_1="PO Box 1", address_type="postal")
    place = Location("loc-a", "House", town="new-milford", addresses=(secret, plain))
    held, town = store(), pack(organization(service(locations=(place,), description=f"Come to {STREET}.")))
    intake_pack(held, town, TODAY)
    hides_canary(held)
    (shown,) = publish(held, town, TODAY).listings[0].service.locations
    assert [address.address_1 for address in shown.addresses] == ["PO Box 1"]


def test_confidential_phone_is_in_no_outlet() -> None:
    """A confidential phone stays in whole, and the others of its service are given."""
    held, town = store(), pack(organization(service(phones=(PHONE, Phone("988")))))
    intake_pack(held, town, TODAY)
    hides_canary(held)
    assert [p.number for p in publish(held, town, TODAY).listings[0].service.phones] == ["988"]


def test_street_repeated_in_a_text_is_withheld() -> None:
    """A text that repeats a confidential street, in whatever field, is withheld and told as a Problem."""
    texts: list[dict[str, Any]] = [
        {"description": f"Come to {STREET.lower()}."},
        {"fees_description": {"en": f"Pay at  {STREET}", "es": f"Pague en {STREET}"}},
        {"note": {"es": "En 12   Canary\nLane"}},
        {"other_channels": ({"en": f"Knock at {STREET}"},)},
        {"unverified": ({"en": f"whether {STREET} is right"},)},
        {"translations": {"es": {"description": STREET}}},
        {"application_process": {"en": STREET}},
    ]
    for changes in texts:
        held = store()
        report = intake_pack(held, pack(organization(service(locations=(PLACE,), **changes))), TODAY)
        assert report is not None
        assert ["repeats the street" in problem.what for problem in report.problems] == [True]
        assert CANARY not in repr(report.problems)
        hides_canary(held)


def test_inferred_values_and_stewards_notes_stay_in() -> None:
    """What was inferred, and what stewards tell one another, is in no document."""
    item = service(
        cost="free",
        languages=(Language("xx", CANARY),),
        confidentiality={"en": CANARY},
        steward_note=CANARY,
        evidence={"cost": "inferred", "languages": "inferred", "confidentiality": "inferred"},
    )
    held, town = store(), pack(organization(item, steward_note=CANARY))
    intake_pack(held, town, TODAY)
    hides_canary(held)
    shown = publish(held, town, TODAY).listings[0].service
    assert (shown.cost, shown.languages, shown.confidentiality) == (None, (), {})


SECRET_SERVICE: dict[str, Any] = {
    "id": "ac148810-d857-441c-9679-408f346de14b",
    "name": "Shelter",
    "status": "active",
    "organization": {"id": "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610", "name": "Shelters", "description": ""},
    "contacts": [
        {
            "id": "1e7efce3-639b-4880-940c-b95cd30cdb50",
            "confidential": True,
            "name": CANARY,
            "email": "canary@example.org",
            "phones": [{"id": "1554f2e2-a373-45db-a3fa-9fc48a61c15e", "number": f"1 {CANARY}"}],
        }
    ],
    "service_at_locations": [
        {
            "id": "e94c9f38-1e8f-4564-91d4-d53501ab1765",
            "location": {
                "id": "3a19ff88-4620-4d17-9830-ac1d859eb5d5",
                "location_type": "physical",
                "confidential": True,
                "name": CANARY,
                "alternate_name": CANARY,
                "description": CANARY,
                "transportation": f"Bus to {CANARY}",
                "url": f"https://example.org/{CANARY}",
                "latitude": POINT,
                "longitude": -POINT,
                "external_identifier": CANARY,
                "our_unknown_field": {"deep": [CANARY]},
                "addresses": [
                    {
                        "id": "74706e55-df26-4b84-80fe-ecc30b5befb4",
                        "attention": CANARY,
                        "address_1": STREET,
                        "city": CANARY,
                        "region": CANARY,
                        "state_province": "CT",
                        "postal_code": "99999",
                        "country": "US",
                        "address_type": "physical",
                        "unknown": CANARY,
                    }
                ],
                "phones": [
                    {
                        "id": "2554f2e2-a373-45db-a3fa-9fc48a61c15e",
                        "number": CANARY,
                        "languages": [{"id": "2989d3ed-c547-48f8-8f9d-432d81c7892e", "note": CANARY}],
                    }
                ],
                "schedules": [{"id": "48102e86-bb50-41c4-8f1e-e269368c41d1", "description": CANARY}],
                "accessibility": [{"id": "afcf296e-1cb2-4139-9c88-33d587d1a50b", "details": CANARY}],
                "attributes": [{"id": "ae58cc39-8b70-4ab1-8aea-786882e5ac8e", "value": CANARY}],
                "metadata": [{"id": "6cd71e9f-1013-49d9-8370-26b8f59d3e5a", "previous_value": CANARY}],
            },
        }
    ],
}


def put(tmp_path: Path, form: str, value: Any) -> Path:
    """The records of a file as a file of each format."""
    held = store()
    path = tmp_path / "secret.json"
    path.write_text(json.dumps(value))
    if form == "json":
        return path
    # Written out by hand as another program would, since our own export gives nothing confidential away.
    docs = {(r.object, r.id): r.doc for r in read_batch(path, "s", pack()).rows}
    held.close()
    (tmp_path / "secret.zip").write_bytes(zipped(FORMATS["hsds-csv"](docs)[0]))
    return tmp_path / "secret.zip"


@pytest.mark.parametrize("form", ["json", "zip"])
def test_confidential_records_of_others_stay_in(form: str, tmp_path: Path) -> None:
    """A place or contact that another's file marks confidential stays in with all that hangs on it."""
    held = store()
    report = intake(held, read_batch(put(tmp_path, form, SECRET_SERVICE), "s", pack()), today=TODAY)
    assert report.tables
    hides_canary(held)
    assert len(publish(held, pack(), TODAY).listings) == 1


def test_later_import_without_the_mark_does_not_unlock(tmp_path: Path) -> None:
    """A later file that forgets the mark, from the same source or another, opens nothing."""
    open_service = json.loads(json.dumps(SECRET_SERVICE).replace('"confidential": true', '"x": 1'))
    held = store()
    intake(held, read_batch(put(tmp_path, "json", SECRET_SERVICE), "s", pack()), today=TODAY)
    for source in ("s", "t"):
        report = intake(held, read_batch(put(tmp_path, "json", open_service), source, pack()), today=TODAY)
        assert CANARY not in report.as_words()
        hides_canary(held)


def test_place_marked_later_is_closed_with_what_hangs_on_it(tmp_path: Path) -> None:
    """A place that was open and is then marked confidential takes its address and phones with it."""
    open_service = json.loads(json.dumps(SECRET_SERVICE).replace('"confidential": true', '"x": 1'))
    held = store()
    intake(held, read_batch(put(tmp_path, "json", open_service), "s", pack()), today=TODAY)
    assert CANARY.encode() in everything_out(held)
    location = {
        "id": "3a19ff88-4620-4d17-9830-ac1d859eb5d5",
        "location_type": "physical",
        "confidential": True,
    }
    contact = {"id": "1e7efce3-639b-4880-940c-b95cd30cdb50", "confidential": True}
    later = {
        **SECRET_SERVICE,
        "contacts": [contact],
        "service_at_locations": [{"id": "e94c9f38-1e8f-4564-91d4-d53501ab1765", "location": location}],
    }
    intake(held, read_batch(put(tmp_path, "json", later), "s", pack()), today=TODAY)
    hides_canary(held)


def test_street_is_found_in_texts_of_other_imports(tmp_path: Path) -> None:
    """A text that gives a street away is withheld whether it comes before the mark or after it."""
    telling = {"id": "bc148810-d857-441c-9679-408f346de14b", "name": "B", "status": "active"}
    telling["description"] = f"Opposite {STREET.upper()}."
    for order in ([SECRET_SERVICE, telling, telling], [telling, SECRET_SERVICE]):
        held = store()
        for item in order:
            intake(held, read_batch(put(tmp_path, "json", item), "s", pack()), today=TODAY)
        hides_canary(held)
        assert STREET.upper().encode() not in everything_out(held)
        assert len(publish(held, pack(), TODAY).listings) == 2


def test_confidential_organization_hides_its_services(tmp_path: Path) -> None:
    """An organization marked confidential is not shown, and neither is any of its services."""
    secret = {
        "id": "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610",
        "name": CANARY,
        "description": "",
        "confidential": True,
        "services": [{"id": "ac148810-d857-441c-9679-408f346de14b", "name": CANARY, "status": "active"}],
    }
    held = store()
    intake(held, read_batch(put(tmp_path, "json", secret), "s", pack()), today=TODAY)
    hides_canary(held)
    assert publish(held, pack(), TODAY).listings == ()


def test_check_looks_for_what_gives_somebody_away() -> None:
    """The list for the check has the street and the point, and not words that stand everywhere."""
    held = store()
    intake_pack(held, pack(organization(service(locations=(PLACE,)))), TODAY)
    with held.read() as connection:
        found = withheld_values(connection)
    assert {STREET, str(POINT)} <= set(found)
    assert not {"CT", "99999", "physical"} & set(found)


def test_exported_zip_is_the_same_bytes() -> None:
    """The same records make the same zip, byte for byte, and it can be opened."""
    files = {"a.csv": b"id\n", "b.csv": b"id\n"}
    assert zipped(files) == zipped(files)
    assert zipfile.ZipFile(io.BytesIO(zipped(files))).testzip() is None
