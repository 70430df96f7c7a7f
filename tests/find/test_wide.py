"""More services than a page can hold: through the same gate, found by the same rules, page by page on the server."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import pytest
import tantivy
from starlette.testclient import TestClient

from tests.conftest import DAY
from tests.records.test_canary import CANARY, PLACE
from waypost import bootstrap
from waypost import store as database
from waypost.desk import wide_parts
from waypost.desk.find import find, make_index
from waypost.desk.guide import Guide
from waypost.desk.intake import intake, intake_pack
from waypost.desk.publish import publish
from waypost.desk.publish_some import publish_some, whole_of
from waypost.desk.wide import WideDirectory, bring_up
from waypost.desk.wide_entries import Maker
from waypost.exchange.flatten import Flat
from waypost.model.directory import Listing
from waypost.model.pack import Pack
from waypost.search.wide import Question, WideIndex
from waypost.server import Current, Seal, make_app
from waypost.server.seal import STEP, new_key
from waypost.store import Store, records

AT = datetime(2026, 11, 22, 14, 0, tzinfo=ZoneInfo("America/New_York"))
LATER = date(2033, 1, 1)


def far_service(number: int, name: str = "Tool library", **changes: object) -> dict[str, object]:
    """A service of somebody else's directory, in another state."""
    place = {"id": f"far-place-{number}", "location_type": "physical", "latitude": 44.9, "longitude": -93.2}
    return {
        "id": f"far-{number}",
        "name": name,
        "status": "active",
        "description": "Borrow hammers and saws.",
        "organization": {
            "id": f"far-owner-{number}",
            "name": f"Far Owner {number}",
            "description": "We lend.",
        },
        "phones": [{"id": f"far-phone-{number}", "number": "612-555-0100"}],
        "service_at_locations": [{"id": f"far-at-{number}", "location": place}],
        **changes,
    }


def take(held: Store, *docs: dict[str, object]) -> None:
    """Take services in from a source of their own."""
    flat = Flat("elsewhere")
    for doc in docs:
        flat.nested("service", doc, "/")
    intake(held, flat.batch("hsds-json", "3.2", "utf-8"), today=DAY)


@pytest.fixture(scope="module")
def held(pack: Pack, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """New Milford's records, with three from far away."""
    made = database.open(f"sqlite:///{tmp_path_factory.mktemp('wide') / 'r.sqlite'}")
    intake_pack(made, pack, DAY)
    take(made, *(far_service(number) for number in range(3)))
    return made


@pytest.fixture(scope="module")
def wide(held: Store, pack: Pack, tmp_path_factory: pytest.TempPathFactory) -> WideDirectory:
    """The wide directory of them."""
    index = WideIndex(tmp_path_factory.mktemp("index"))
    assert bring_up(index, held, pack)
    return WideDirectory(index, pack, DAY)


def bare(listing: Listing) -> Listing:
    """A listing without the other services of its organization."""
    return msgspec.structs.replace(
        listing, organization=msgspec.structs.replace(listing.organization, services=())
    )


def test_some_pass_the_same_gate_as_all(held: Store, pack: Pack) -> None:
    """Published in parts, every service is what it is when all are published at once, on any day."""
    for day in (DAY, LATER):
        whole = {one.id: bare(one) for one in publish(held, pack, day).listings}
        with held.read() as connection:
            ids = records.ids_of(connection, "service")
            some = [one for one, _ in publish_some(connection, pack, day, ids, whole_of(connection, pack))]
        assert {one.id: bare(one) for one in some} == whole


def test_what_the_index_gives_back_was_published(wide: WideDirectory, held: Store, pack: Pack) -> None:
    """Every published service is in it as it was published, and on a later day what the clock hides is not given."""
    for day in (DAY, LATER):
        listings = publish(held, pack, day).listings
        later = WideDirectory(wide.index, pack, day)
        given = {one.id: one for listing in listings for one in later.by_slug(listing.service.slug)[:1]}
        assert given == {one.id: bare(one) for one in listings}
        every = Question(on=day.toordinal())
        assert {one.id for one in later.shown(wide.index.hits(every))} == set(given)
    assert len(publish(held, pack, LATER).listings) < len(publish(held, pack, DAY).listings)


def test_no_first_call_is_lost_among_many(wide: WideDirectory, pack: Pack, guide: Guide) -> None:
    """What find shows first of all services, it also shows first where all but none lie farther off."""
    few = msgspec.structs.replace(guide.directory, listings=())
    index = make_index(pack, few, wide)
    same = asked = 0
    for case in [case for cases in pack.lexicon.cases.values() for case in cases][::25]:
        all_ = find(pack, guide.directory, guide.index, case.query, at=AT).results[:1]
        far = find(pack, few, index, case.query, at=AT).results[:3]
        if all_ and all_[0].score > 50:
            asked += 1
            same += all_[0].key in {one.key for one in far}
    assert asked > 20
    assert same >= asked * 0.95


def test_what_is_far_is_found_by_its_words_and_does_not_crowd_out_what_is_near(
    wide: WideDirectory, pack: Pack, guide: Guide
) -> None:
    """A tool library in another state is found by its name; for food the pantry in town comes first."""
    index = make_index(pack, guide.directory, wide)
    assert "Tool library" in [
        r.name for r in find(pack, guide.directory, index, "tool library", at=AT).results
    ]
    near = find(pack, guide.directory, guide.index, "food pantry", at=AT).results[0].key
    assert find(pack, guide.directory, index, "food pantry", at=AT).results[0].key == near
    seeking = find(pack, guide.directory, index, "hire an escort tonight", at=AT)
    assert seeking.seeking
    assert seeking.results == ()


def test_the_index_follows_the_records(pack: Pack, tmp_path: Path) -> None:
    """A new number of a phone is told, a new service is there, one that has ended is gone: in each node's own index."""
    held = database.open(f"sqlite:///{tmp_path / 'r.sqlite'}")
    intake_pack(held, pack, DAY)
    take(held, far_service(1), far_service(2))
    index = WideIndex(tmp_path / "index")
    assert bring_up(index, held, pack)
    other = WideIndex(tmp_path / "other")
    assert bring_up(other, held, pack)
    before = index.size
    changed = far_service(1, phones=[{"id": "far-phone-1", "number": "612-555-0177"}])
    take(held, changed, far_service(3, name="Seed library"))
    assert bring_up(index, held, pack)
    hits = index.hits(Question(on=DAY.toordinal(), tokens=("hammer",)))
    numbers = {p.number for one in WideDirectory(index, pack, DAY).shown(hits) for p in one.service.phones}
    assert numbers == {"612-555-0177", "612-555-0100"}
    assert index.size == before + 1
    assert other.size == before
    take(held, far_service(2, status="inactive"))
    assert bring_up(index, held, pack)
    assert index.size == before
    every, stale = Question(on=DAY.toordinal()), other.stamp()
    assert bring_up(other, held, pack)
    assert stale != other.stamp() == index.stamp()
    assert {hit.held for hit in other.hits(every)} == {hit.held for hit in index.hits(every)}


def test_another_pack_makes_all_anew(wide: WideDirectory, held: Store, pack: Pack, tmp_path: Path) -> None:
    """What services mean follows from the pack: with another one nothing of the old index is kept."""
    index = WideIndex(tmp_path)
    other = msgspec.structs.replace(pack, fingerprint="another")
    assert bring_up(index, held, pack)
    assert bring_up(index, held, other)
    stamp = index.stamp()
    assert stamp is not None
    assert stamp.of == "another"
    assert index.size == wide.index.size


def test_several_processes_make_what_one_makes(held: Store, pack: Pack) -> None:
    """A part each, the entries come in the same order and are the same."""
    with held.read() as connection:
        ids, whole = records.ids_of(connection, "service"), whole_of(connection, pack)
    alone = list(Maker(held, pack, whole).entries(ids))
    assert len(alone) > 50
    assert list(wide_parts.entries_of(held, pack, ids, whole)) == alone
    assert not wide_parts.several(held, ids)


def test_one_writes_and_the_others_read(wide: WideDirectory, held: Store, pack: Pack, tmp_path: Path) -> None:
    """While another process writes, nothing is written and nothing waits; an index left half-way is made anew."""
    index = WideIndex(tmp_path)
    theirs = tantivy.Index.open(str(tmp_path / "index")).writer(20_000_000)
    assert not bring_up(index, held, pack)
    assert index.stamp() is None
    theirs.rollback()
    del theirs
    assert bring_up(WideIndex(tmp_path), held, pack)


def test_d5_the_index_holds_nothing_confidential(pack: Pack, tmp_path: Path) -> None:
    """A confidential place is in no file of the index, neither in words nor as a point."""
    key, owner = next(iter(pack.organizations.items()))
    first = msgspec.structs.replace(owner.services[0], locations=(PLACE,))
    planted = msgspec.structs.replace(owner, services=(first, *owner.services[1:]))
    town = msgspec.structs.replace(pack, organizations={**pack.organizations, key: planted})
    held = database.open(f"sqlite:///{tmp_path / 'r.sqlite'}")
    intake_pack(held, town, DAY)
    index = WideIndex(tmp_path / "index")
    assert bring_up(index, held, town)
    words = index.starting(CANARY.lower(), "body") + index.starting(CANARY.lower())
    kept = b"".join(hit.held for hit in index.hits(Question(on=DAY.toordinal())))
    assert words == []
    assert CANARY.encode() not in kept
    assert b"41.123" not in msgspec.json.encode(kept.decode("latin-1"))
    assert index.total(Question(on=DAY.toordinal(), near=(41.1234, -41.1234), rings=0)) == 0


@pytest.fixture
def crowded(monkeypatch: pytest.MonkeyPatch, pack: Pack, tmp_path: Path) -> Callable[[date], Guide]:
    """A guide that has more services than it takes in one page."""
    monkeypatch.setattr(bootstrap, "MOST_IN_PAGE", 10)
    monkeypatch.setenv("WAYPOST_HOME", str(tmp_path))
    url = f"sqlite:///{tmp_path / 'r.sqlite'}"
    held = database.open(url)
    intake_pack(held, pack, DAY)
    take(held, far_service(1))
    held.close()
    return lambda day: bootstrap.guide_of(pack, url, day)


def test_the_server_finds_and_shows_what_is_far(crowded: Callable[[date], Guide]) -> None:
    """Words lead to a service far away, its page and its organization's are there in both languages, others are not."""
    guide = crowded(DAY)
    assert guide.wide is not None
    saws = guide.wide.index.hits(Question(on=DAY.toordinal(), tokens=("saw",)))
    (far,) = guide.wide.shown(saws)
    assert far.key not in {one.key for one in guide.directory.listings}
    seal = Seal(new_key(), int(time.time() // STEP))
    client = TestClient(make_app(Current(lambda day: guide, lambda: DAY), seal), follow_redirects=True)
    assert "Look farther away" in client.get("/").text
    assert "Buscar más lejos" in client.get("/es/help/").text
    told = client.post("/find/", data={"words": "tool library"}, headers={"Sec-Fetch-Site": "same-origin"})
    assert f"/s/{far.service.slug}/" in told.text
    for path in (f"/s/{far.service.slug}/", f"/es/s/{far.service.slug}/", f"/o/{far.organization.slug}/"):
        assert "612-555-0100" in client.get(path).text
    for path in ("/s/zzzzzz/", "/o/zzzzzz/", "/fr/s/zzzzzz/", f"/s/{far.service.slug}/x/"):
        assert client.get(path).status_code == 404
