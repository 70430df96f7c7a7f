"""The one gate: what may be seen, on which day, and what the clock says of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import msgspec
import pytest

from tests.records.factories import TODAY, organization, pack, seen, service, store
from waypost.desk.intake import intake, intake_pack
from waypost.desk.publish import publish, publish_records
from waypost.exchange.flatten import Flat
from waypost.model.directory import Directory
from waypost.model.evidence import Cycle, Freshness, Reading, Source, Verification, VerificationState
from waypost.model.pack import Pack
from waypost.rules.freshness import due, freshness, hide_on
from waypost.store import records

CYCLE = Cycle(due=365, overdue=545, hide=1095)
CRISIS = Cycle(due=90, overdue=180)


def published(town: Pack, on: date = TODAY) -> Directory:
    """What a pack shows on a day."""
    held = store()
    intake_pack(held, town, on)
    return publish(held, town, on)


@pytest.mark.parametrize(
    ("days", "state"),
    [
        (0, "fresh"),
        (364, "fresh"),
        (365, "due"),
        (544, "due"),
        (545, "overdue"),
        (1094, "overdue"),
        (1095, "hidden"),
        (100_000, "hidden"),
    ],
)
def test_freshness_turns_on_its_day(days: int, state: str) -> None:
    """A fact is fresh, due, overdue and hidden from exactly the day that its cycle says."""
    verification = seen(on=TODAY, looked_up=TODAY)
    assert freshness(verification, CYCLE, TODAY + timedelta(days=days)) == state


def test_crisis_line_never_hides() -> None:
    """A cycle without hide degrades to overdue, "check first", and stays there for good."""
    verification = seen(on=date(2000, 1, 1), looked_up=date(2000, 1, 1))
    assert freshness(verification, CRISIS, date.max) == Freshness.overdue
    assert hide_on(verification, CRISIS) is None


def test_undated_evidence_is_overdue() -> None:
    """A fact that rests on no dated evidence is never called fresh."""
    verification = Verification(VerificationState.unverified, looked_up=TODAY)
    assert freshness(verification, CYCLE, TODAY) == Freshness.overdue
    assert due(verification, CYCLE) is None


def test_looking_again_without_new_evidence_does_not_freshen() -> None:
    """To have looked lately keeps an old fact from being hidden, and does not make it fresh."""
    verification = seen(on=date(2020, 1, 1), looked_up=TODAY)
    assert freshness(verification, CYCLE, TODAY) == Freshness.overdue


def test_listings_are_in_the_order_of_keys() -> None:
    """The Directory does not depend on the order of files."""
    one, two = organization(service("svc-b"), key="org-x"), organization(service("svc-a"), key="org-y")
    assert [listing.key for listing in published(pack(one, two)).listings] == ["svc-a", "svc-b"]
    assert published(pack(one, two)) == published(pack(two, one))


def test_service_comes_out_as_it_went_in() -> None:
    """With nothing confidential or inferred, a published service equals the pack's."""
    item = service(description="Tests.", fees_description={"en": "Free", "es": "Gratis"}, cost="free")
    (listing,) = published(pack(organization(item))).listings
    assert listing.service == item
    assert listing.organization == organization(item)


def test_hidden_by_the_clock_is_named_and_not_shown() -> None:
    """A service that nobody looked at for too long is not listed, and its key is among the hidden."""
    old = service("svc-old", verification=seen(on=date(2020, 1, 1), looked_up=date(2020, 1, 1)))
    shown = published(pack(organization(service(), old)))
    assert [listing.key for listing in shown.listings] == ["svc-a"]
    assert shown.hidden == ("svc-old",)
    assert [s.key for s in shown.listings[0].organization.services] == ["svc-a"]


def test_day_is_an_argument() -> None:
    """The same records are fresh on one day and hidden on another."""
    held, town = store(), pack(organization())
    intake_pack(held, town, TODAY)
    assert publish(held, town, TODAY).listings[0].shown.freshness == Freshness.fresh
    assert publish(held, town, TODAY + timedelta(days=5000)).listings == ()


def test_inactive_service_is_not_listed() -> None:
    """Only what is active is shown, in listings and in documents."""
    held, town = store(), pack(organization(service(status="inactive")))
    intake_pack(held, town, TODAY)
    assert publish(held, town, TODAY).listings == ()
    assert not [
        key for key in publish_records(held, town, TODAY).records if key[0] in ("service", "attribute")
    ]


def test_phone_of_two_stays_with_the_one_that_is_shown() -> None:
    """A phone that a hidden service shares with its organization is shown with the organization."""
    phone = {"id": "1554f2e2-a373-45db-a3fa-9fc48a61c15e", "number": "2035550110"}
    closed: dict[str, Any] = {
        "id": "ac148810-d857-441c-9679-408f346de14b",
        "name": "A",
        "status": "defunct",
        "phones": [phone],
    }
    flat = Flat("s")
    fields = {"id": "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610", "name": "O", "description": ""}
    flat.nested("organization", {**fields, "services": [closed], "phones": [phone]}, "/")
    held = store()
    intake(held, flat.batch("hsds-json", None, None), today=TODAY)
    shown = publish_records(held, pack(), TODAY)
    assert shown.find("phone", phone["id"]) == phone
    assert shown.find("service", closed["id"]) is None


@pytest.mark.parametrize(
    ("rights", "shown", "exported"),
    [({}, True, True), ({"exported": False}, True, False), ({"shown": False}, False, False)],
)
def test_rights_of_a_source_are_obeyed(rights: dict[str, bool], shown: bool, exported: bool) -> None:
    """Records of a source that may not be shown, or not passed on, are not."""
    held, town = store(), pack(organization())
    intake_pack(held, town, TODAY)
    with held.write() as connection:
        moved = [msgspec.structs.replace(r, source="partner") for r in records.every(connection)]
        records.replace(connection, moved)
    partner = Source("Partner", "directory", "undated", TODAY, Reading.whole)
    source = msgspec.structs.replace(partner, **rights)
    ruled = msgspec.structs.replace(town, sources={"partner": source})
    assert bool(publish(held, ruled, TODAY).listings) is shown
    assert bool(publish_records(held, ruled, TODAY, exporting=True).records) is exported


def test_hide_after_is_kept_for_quick_look_up() -> None:
    """The day from which the clock hides a service stands in its column."""
    held = store()
    intake_pack(held, pack(organization()), TODAY)
    with held.read() as connection:
        (record,) = records.every(connection, "service")
    assert record.hide_after == (TODAY + timedelta(days=1095)).isoformat()
