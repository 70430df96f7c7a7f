"""Whoever follows the feed from any cursor ends with the list as it is, and learns nothing that is hidden."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from tests.api.asking import HERE, asker, every, full_store, take, town_with_places
from tests.records.factories import TODAY, organization, pack, service, store
from waypost.desk.intake import intake_pack
from waypost.desk.merge import merge
from waypost.model.evidence import ProblemsFound, Reading, Source
from waypost.model.pack import Pack
from waypost.server.api.table import TABLE

SOAK = 20 if os.environ.get("WAYPOST_SOAK") else 1
AT = {listing.object: name for name, listing in TABLE.items()}
Replica = dict[tuple[str, str], Any]


def uid(kind: int, number: int) -> str:
    """An id, always the same one."""
    return f"{kind}c148810-d857-441c-9679-408f346de14{number}"


def doc(number: int, name: str = "Food", status: str = "active", phone: bool = True) -> dict[str, Any]:
    """An organization with one service and perhaps a phone."""
    phones = {"phones": [{"id": uid(3, number), "number": f"203-555-010{number}"}]} if phone else {}
    one = {"id": uid(2, number), "name": name, "status": status, **phones}
    return {"id": uid(1, number), "name": f"Center {number}", "description": "We help.", "services": [one]}


def follow(ask: TestClient, cursor: str | None, replica: Replica, per_page: int = 7) -> str:
    """Bring a copy to what the feed says; the cursor behind it."""
    more = True
    while more:
        said: dict[str, Any] = {"full": "true", "per_page": per_page} | ({"cursor": cursor} if cursor else {})
        page = ask.get("/api/hsds/changes", params=said).json()
        assert len(page["contents"]) <= per_page
        for entry in page["contents"]:
            key = (entry["object"], entry["id"])
            if entry["change"] in ("created", "changed"):
                replica[key] = entry["record"]
            else:
                replica.pop(key, None)
        cursor, more = page["next"], page["more"]
    assert cursor is not None
    return cursor


def now(ask: TestClient) -> Replica:
    """Everything that is listed."""
    return {(object_, id_): one for object_, at in AT.items() for id_, one in every(ask, at).items()}


NUMBERS = st.integers(0, 2)
STEPS = st.one_of(
    st.tuples(
        st.just("take"), NUMBERS, st.sampled_from(["Food", "Beds"]), st.sampled_from(["active", "inactive"]),
        st.booleans(),
    ),
    st.tuples(st.just("merge"), st.sampled_from([("organization", 1), ("service", 2)]), NUMBERS, NUMBERS),
    st.tuples(st.just("hide"), st.booleans()),
    st.tuples(st.just("wait"), st.sampled_from([1, 400, 1200])),
)  # fmt: skip


@settings(max_examples=3 * SOAK, deadline=None, derandomize=True)
@given(st.lists(STEPS, min_size=2, max_size=5))
def test_replaying_from_any_cursor_gives_the_list(steps: list[Any]) -> None:
    """After imports, withdrawals, merges, hiding and years gone by, every copy begun anywhere is the list."""
    held, town, day = store(), town_with_places(), TODAY
    intake_pack(held, town, day)
    copies: list[tuple[str | None, Replica]] = [(None, {})]
    for step in steps:
        copies.append(begin(asker(held, town, day)))
        town, day = after(held, town, day, step)
    ask = asker(held, town, day)
    for cursor, replica in copies:
        follow(ask, cursor, replica)
        assert replica == now(ask)


def begin(ask: TestClient) -> tuple[str, Replica]:
    """A copy of what there is, and where to go on from."""
    replica: Replica = {}
    return follow(ask, None, replica), replica


def after(held: Any, town: Pack, day: date, step: tuple[Any, ...]) -> tuple[Pack, date]:
    """What a step makes of the records, the pack and the day."""
    match step:
        case ("take", number, name, status, phone):
            take(held, doc(number, name, status, phone), on=day)
        case ("merge", (object_, kind), one, other):
            with suppress(ProblemsFound):
                merge(held, object_, uid(kind, one), uid(kind, other))
        case ("hide", confidential):
            place = type(HERE)(
                **{f: getattr(HERE, f) for f in HERE.__struct_fields__} | {"confidential": confidential}
            )
            town = pack(organization(service("svc-a", locations=(place,)), locations=(place,)))
            intake_pack(held, town, day)
        case ("wait", days):
            day += timedelta(days=days)
    return town, day


def test_a_change_is_told_after_the_cursor_and_served_at_once() -> None:
    """Without a restart a change stands in the list, by id and in the feed; what did not change is not told."""
    held = store()
    ask = asker(held)
    take(held, doc(0), doc(1))
    cursor, _ = begin(ask)
    assert ask.get(f"/api/hsds/services/{uid(2, 0)}").json()["name"] == "Food"
    take(held, doc(0, "Beds"))
    assert ask.get(f"/api/hsds/services/{uid(2, 0)}").json()["name"] == "Beds"
    found = ask.get("/api/hsds/changes", params={"cursor": cursor}).json()
    assert {(e["object"], e["id"], e["change"]) for e in found["contents"]} == {
        ("service", uid(2, 0), "changed"),
        ("organization", uid(1, 0), "changed"),
    }
    again = ask.post("/api/hsds/changes", json={"cursor": found["next"]}).json()
    assert (again["contents"], again["more"]) == ([], False)


def test_an_old_id_leads_to_the_record_it_is_part_of() -> None:
    """A merged record is told with its new id, and its old address leads there."""
    held = store()
    take(held, doc(0), doc(1))
    ask = asker(held)
    cursor, _ = begin(ask)
    merge(held, "organization", uid(1, 0), uid(1, 1))
    told = ask.get("/api/hsds/changes", params={"cursor": cursor}).json()["contents"]
    (gone,) = [e for e in told if e["change"] == "merged"]
    assert (gone["id"], gone["into"]) == (uid(1, 0), uid(1, 1))
    led = ask.get(f"/api/hsds/organizations/{uid(1, 0)}")
    assert (led.status_code, led.headers["location"]) == (308, f"/api/hsds/organizations/{uid(1, 1)}")
    assert led.headers["access-control-allow-origin"] == "*"
    assert ask.get(led.headers["location"]).status_code == 200


def test_what_may_not_be_passed_on_is_told_as_gone_only() -> None:
    """A change of a record whose source forbids exports gives no more than its id, and only once it was known."""
    held = store()
    free, closed = (
        pack(sources={"upstream": Source("T", "web page", "undated", TODAY, Reading.whole, exported=yes)})
        for yes in (True, False)
    )
    take(held, doc(0))
    assert asker(held, closed).get("/api/hsds/changes").json()["contents"] == []
    cursor, _ = begin(asker(held, free))
    assert asker(held, closed).get("/api/hsds/changes", params={"cursor": cursor}).status_code == 410
    take(held, doc(0, "Secret kitchen"))
    answer = asker(held, closed).get("/api/hsds/changes?full=true")
    assert "Secret" not in answer.text
    assert {e["change"] for e in answer.json()["contents"]} == {"withdrawn"}


@pytest.mark.parametrize("cursor", ["", "!!!", "e30", "bnVsbA", "W10", "a" * 399, "WyJhIiwxXQ", "é"])
def test_a_broken_cursor_is_refused(cursor: str) -> None:
    """A cursor that we did not give is a problem, never a fault and never a beginning anew."""
    answer = asker(full_store()).get("/api/hsds/changes", params={"cursor": cursor})
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_cursor_of_another_guide_is_refused() -> None:
    """A cursor that is further than this feed ever was is not from here."""
    held = store()
    take(held, doc(0), doc(1), doc(2))
    cursor, _ = begin(asker(held))
    assert asker(store()).get("/api/hsds/changes", params={"cursor": cursor}).status_code == 400
