"""Our pack form becomes HSDS documents and comes back the same."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid5

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.records.factories import organization, pack, service
from waypost.exchange.batch import Doc
from waypost.exchange.identity import WAYPOST_NAMESPACE, record_id
from waypost.exchange.packform import batch_of
from waypost.exchange.packread import Reader
from waypost.exchange.schema import validator
from waypost.exchange.splice import children_of, full
from waypost.model.directory import (
    Address,
    Capacity,
    DatedHours,
    Hours,
    Inclusion,
    Language,
    Location,
    Organization,
    Phone,
    Service,
    Span,
)
from waypost.model.evidence import Verification, VerificationState
from waypost.model.guide import Terms
from waypost.model.place import Places

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
words = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=8)
maybe = st.none() | words
texts = st.dictionaries(st.sampled_from(["en", "es", "pt"]), words, max_size=3)
keys = st.from_regex(r"[a-z]{1,6}", fullmatch=True)
times = st.builds("{:02d}:{:02d}".format, st.integers(0, 23), st.integers(0, 59))
closing = times | st.just("24:00")
dates = st.dates(date(2000, 1, 1), date(2100, 1, 1))
spans = st.builds(
    Span,
    days=st.lists(st.sampled_from(DAYS), min_size=1, max_size=7, unique=True).map(tuple),
    opens=times,
    closes=closing,
)
exceptions = st.builds(
    DatedHours,
    on=dates,
    closed=st.booleans(),
    opens=st.none() | times,
    closes=st.none() | closing,
    note=maybe,
)
hours = st.builds(
    Hours,
    spans=st.lists(spans, max_size=3, unique=True).map(tuple),
    always=st.booleans(),
    by_appointment=st.booleans(),
    exceptions=st.lists(exceptions, max_size=2, unique=True).map(tuple),
    closed_on_holidays=st.none() | st.booleans(),
    season=st.none() | st.tuples(st.just("11-25"), st.just("12-24")),
    note=texts,
    timezone=st.sampled_from(["America/New_York", "America/Chicago"]),
)
languages = st.lists(
    st.builds(Language, code=keys, note=maybe), max_size=2, unique_by=lambda item: item.code
).map(tuple)
phones = st.builds(
    Phone,
    number=words,
    type=st.sampled_from(["voice", "text", "fax"]),
    extension=st.none() | st.sampled_from(["12", "012", "4x", "99999999999999999999"]),
    languages=languages,
    purpose=texts,
    description=texts,
    hours=st.none() | hours,
    checked=st.booleans(),
    confidential=st.booleans(),
)
addresses = st.builds(
    Address,
    city=words,
    state_province=words,
    country=st.sampled_from(["US", "CA"]),
    address_1=maybe,
    address_2=maybe,
    postal_code=maybe,
    address_type=st.sampled_from(["physical", "postal"]),
    confidential=st.booleans(),
)
capacities = st.builds(
    Capacity,
    available=st.integers(0, 99),
    at=dates.map(lambda day: datetime(day.year, day.month, day.day, 18, 30, tzinfo=UTC)),
    unit=texts,
    maximum=st.none() | st.integers(0, 99),
    hours=st.none() | st.integers(1, 99),
)
inclusions = st.builds(Inclusion, reason=keys, on=dates, by=words, sources=st.just(()), note=texts)
degrees = st.none() | st.floats(-90, 90, allow_nan=False)
verifications = st.builds(
    Verification,
    state=st.sampled_from(VerificationState),
    on=st.none() | dates,
    looked_up=st.none() | dates,
    method=maybe,
    by=maybe,
    sources=st.lists(keys, max_size=2).map(tuple),
)


def locations(prefix: str) -> Any:
    """Places with keys that are used once."""
    one = st.builds(
        Location,
        key=keys.map(lambda key: f"loc-{prefix}-{key}"),
        name=words,
        town=st.none() | keys,
        location_type=st.sampled_from(["physical", "postal", "virtual"]),
        addresses=st.lists(addresses, max_size=2, unique_by=repr).map(tuple),
        latitude=degrees,
        longitude=degrees,
        point_source=maybe,
        hours=st.none() | hours,
        confidential=st.booleans(),
        note=texts,
    )
    return st.lists(one, max_size=2, unique_by=lambda item: item.key).map(tuple)


def services(number: int) -> Any:
    """A service with every field."""
    flat = dict.fromkeys(("alternate_name", "url", "email", "referred_through", "steward_note"), maybe)
    said = "fees_description eligibility_description documents_needed application_process confidentiality"
    many = {
        name: st.lists(keys, max_size=2, unique=True).map(tuple) for name in ("kinds", "serves", "sources")
    }
    made = st.builds(
        Service,
        key=st.just(f"svc-{number}"),
        slug=st.just(f"slug{number}"),
        name=words,
        status=st.sampled_from(["active", "inactive"]),
        description=words,
        verification=verifications,
        translations=st.dictionaries(st.just("es"), st.dictionaries(keys, words, max_size=1), max_size=1),
        phones=st.lists(phones, max_size=2, unique_by=repr).map(tuple),
        other_channels=st.lists(texts, max_size=2).map(tuple),
        hours=st.none() | hours,
        cost=st.none() | st.sampled_from(["free", "sliding", "low", "paid", "varies"]),
        minimum_age=st.none() | st.integers(0, 99),
        maximum_age=st.none() | st.integers(0, 99),
        no_id_needed=st.none() | st.booleans(),
        access=st.lists(st.sampled_from(["walk_in", "call_first"]), max_size=2, unique=True).map(tuple),
        languages=languages,
        locations=locations(str(number)),
        evidence=st.dictionaries(keys, st.sampled_from(["seen", "inferred"]), max_size=2),
        unverified=st.lists(texts, max_size=1).map(tuple),
        core_unverified=st.booleans(),
        cycle=st.sampled_from(["service", "crisis"]),
        **dict.fromkeys([*said.split(), "police_told", "note"], texts),
        capacity=st.lists(capacities, max_size=2, unique_by=repr).map(tuple),
        **flat,
        **many,
    )
    return st.tuples(made, hours).map(lambda pair: with_hours_at(*pair))


def with_hours_at(item: Service, here: Hours) -> Service:
    """The service with hours of its own at its first place that is not confidential."""
    keys = [place.key for place in item.locations if not place.confidential][:1]
    return msgspec.structs.replace(item, hours_at=dict.fromkeys(keys, here))


organizations = st.builds(
    Organization,
    key=st.just("org-a"),
    slug=st.just("slugorg"),
    name=words,
    services=st.tuples(services(1)) | st.tuples(services(1), services(2)),
    description=texts,
    alternate_name=maybe,
    former_names=st.lists(words, max_size=2).map(tuple),
    website=maybe,
    locations=locations("o"),
    inclusion=st.none() | inclusions,
    note=texts,
    steward_note=maybe,
)


def documents(*items: Organization) -> dict[tuple[str, str], Doc]:
    """The documents of some organizations, nothing of them withheld yet."""
    batch = batch_of(items, pack().places, pack().terms)
    assert not batch.problems
    return {(row.object, row.id): row.doc for row in batch.rows}


@settings(max_examples=60, deadline=None)
@given(organizations)
def test_round_trip_loses_nothing(item: Organization) -> None:
    """An organization written as HSDS documents and read back is equal, field for field."""
    batch = batch_of([item], Places(), Terms())
    docs = {(row.object, row.id): row.doc for row in batch.rows}
    reader = Reader(lambda object_, id_: docs.get((object_, id_)))
    (doc,) = (doc for (object_, _), doc in docs.items() if object_ == "organization")
    assert reader.organization(doc) == item


def test_documents_are_valid_hsds() -> None:
    """Documents of the pack form, put together, pass the standard's own schema."""
    place = Location("loc-a", "Center", addresses=(Address("New Milford", "CT", address_1="1 Elm St"),))
    docs = documents(organization(service(locations=(place,), phones=(Phone("988"),), cost="free")))
    children = children_of((key[0], doc) for key, doc in docs.items())
    (id_,) = (id_ for object_, id_ in docs if object_ == "organization")
    whole = full(lambda object_, i: docs.get((object_, i)), children, "organization", id_)
    assert [str(error) for error in validator("organization").iter_errors(whole)] == []
    assert whole is not None
    assert (
        whole["services"][0]["service_at_locations"][0]["location"]["addresses"][0]["city"] == "New Milford"
    )


def test_ids_follow_from_what_the_source_calls_it() -> None:
    """An id is uuid5 over source, object and the source's id, whatever way its letters are composed."""
    name = "pack\u241fservice\u241fsvc-caf\u00e9"
    assert record_id("pack", "service", "svc-cafe\u0301") == str(uuid5(WAYPOST_NAMESPACE, name))
    assert UUID(record_id("pack", "service", "svc-a")).version == 5


def test_ids_do_not_depend_on_position() -> None:
    """The same services in another order have the same ids."""
    one, two = service("svc-1", phones=(Phone("1"), Phone("2"))), service("svc-2")
    turned = service("svc-1", phones=(Phone("2"), Phone("1")))
    assert set(documents(organization(one, two))) == set(documents(organization(two, turned)))


def test_one_key_for_two_places_is_a_problem() -> None:
    """A place that is written twice, differently, is told as a Problem and not guessed."""
    here, there = Location("loc-a", "Here"), Location("loc-a", "There")
    batch = batch_of(
        [organization(service("svc-1", locations=(here,)), service("svc-2", locations=(there,)))],
        Places(),
        Terms(),
    )
    assert ["loc-a" in problem.what for problem in batch.problems] == [True]
