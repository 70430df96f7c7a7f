"""Taking records in: what changed only upstream is taken, what changed here is kept, all told."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
import sqlalchemy as sa

from tests.records.factories import TODAY, organization, pack, seen, service, store
from waypost.desk.intake import intake, intake_pack
from waypost.desk.publish import publish
from waypost.exchange.batch import Batch, Doc
from waypost.exchange.flatten import Flat
from waypost.exchange.identity import record_id
from waypost.model.directory import Location, Phone
from waypost.model.evidence import Problem, ProblemsFound
from waypost.store import Store, records, tables

SERVICE = {"id": "ac148810-d857-441c-9679-408f346de14b", "name": "Clinic", "status": "active"}


def batch(doc: Doc, source: str = "upstream") -> Batch:
    """One service from a source."""
    flat = Flat(source)
    flat.nested("service", doc, "/")
    return flat.batch("hsds-json", "3.x", "utf-8")


def held(database: Store, id_: str = SERVICE["id"], object_: str = "service") -> records.Record:
    """A record as it is stored."""
    with database.read() as connection:
        found = records.get(connection, object_, id_)
    assert found is not None
    return found


def edit(database: Store, **changes: Any) -> None:
    """A steward changes fields of the service here."""
    record = held(database)
    with database.write() as connection:
        records.replace(connection, [msgspec.structs.replace(record, doc={**record.doc, **changes})])


def test_changed_only_upstream_is_taken() -> None:
    """A field that nobody touched here takes the source's new value."""
    database = store()
    intake(database, batch(SERVICE), today=TODAY)
    report = intake(database, batch({**SERVICE, "name": "Health Clinic"}), today=TODAY)
    assert held(database).doc["name"] == "Health Clinic"
    assert report.tables["services"].changed == 1


def test_changed_only_here_is_kept() -> None:
    """A steward's correction survives the next import."""
    database = store()
    intake(database, batch(SERVICE), today=TODAY)
    edit(database, name="Clinic for all")
    report = intake(database, batch(SERVICE), today=TODAY)
    assert held(database).doc["name"] == "Clinic for all"
    assert report.quiet
    assert not report.conflicts


def test_changed_on_both_sides_is_a_listed_conflict() -> None:
    """Both values, dates and owners are listed, what stands here stands, and the other fields are taken."""
    database = store()
    intake(database, batch(SERVICE), today=TODAY)
    edit(database, name="Ours")
    incoming = {**SERVICE, "name": "Theirs", "url": "https://example.org"}
    (conflict,) = intake(database, batch(incoming), today=TODAY).conflicts
    assert (conflict.field, conflict.base) == ("/name", "Clinic")
    assert (conflict.current.value, conflict.incoming.value) == ("Ours", "Theirs")
    assert (conflict.incoming.owner, conflict.incoming.on) == ("upstream", "2026-11-22")
    assert held(database).doc["name"] == "Ours"
    assert held(database).doc["url"] == "https://example.org"


def test_both_sides_agree_without_conflict() -> None:
    """The same correction here and upstream is no conflict."""
    database = store()
    intake(database, batch(SERVICE), today=TODAY)
    edit(database, name="Better")
    report = intake(database, batch({**SERVICE, "name": "Better"}), today=TODAY)
    assert not report.conflicts
    assert held(database).doc["name"] == "Better"


def test_absent_field_of_an_export_changes_nothing() -> None:
    """An export that omits a field leaves the field as it is."""
    database = store()
    intake(database, batch({**SERVICE, "alert": "Moved"}), today=TODAY)
    assert intake(database, batch(SERVICE), today=TODAY).quiet
    assert held(database).doc["alert"] == "Moved"


def test_another_source_does_not_overwrite() -> None:
    """A second source that says otherwise about a record is a conflict, and nothing is taken."""
    database = store()
    intake(database, batch(SERVICE), today=TODAY)
    report = intake(database, batch({**SERVICE, "name": "Other"}, "elsewhere"), today=TODAY)
    assert [c.current.owner for c in report.conflicts] == ["upstream"]
    assert held(database).doc["name"] == "Clinic"


def test_phone_given_up_upstream_is_withdrawn() -> None:
    """A phone that its service no longer lists is withdrawn, not deleted."""
    database = store()
    one, two = ({"id": f"1554f2e2-a373-45db-a3fa-9fc48a61c15{n}", "number": f"20355501{n}0"} for n in (1, 2))
    intake(database, batch({**SERVICE, "phones": [one, two]}), today=TODAY)
    report = intake(database, batch({**SERVICE, "phones": [one]}), today=TODAY)
    assert [gone.id for gone in report.withdrawn] == [two["id"]]
    assert held(database, two["id"], "phone").status == "withdrawn"


def test_dry_run_keeps_nothing() -> None:
    """A dry run gives the same account and leaves the database as it was."""
    database = store()
    dry = intake(database, batch(SERVICE), today=TODAY, dry_run=True)
    assert dry.dry_run
    with database.read() as connection:
        assert list(records.every(connection)) == []
    real = intake(database, batch(SERVICE), today=TODAY)
    assert real.tables == dry.tables


def test_refused_batch_changes_nothing() -> None:
    """A batch with one error is refused whole."""
    database = store()
    wrong = Problem("row 1", "It is wrong.", "Somebody could be harmed.", "Mend it.")
    report = intake(database, msgspec.structs.replace(batch(SERVICE), problems=(wrong,)), today=TODAY)
    assert report.refused
    with database.read() as connection:
        assert list(records.every(connection)) == []


def test_pack_is_taken_in_once() -> None:
    """A pack that has not changed is not taken in again."""
    database, town = store(), pack(organization())
    first = intake_pack(database, town, TODAY)
    assert first is not None
    assert not first.quiet
    assert intake_pack(database, town, TODAY) is None


def test_changed_pack_changes_only_what_changed() -> None:
    """Of a changed pack only the changed record gets a new version."""
    database = store()
    intake_pack(database, pack(organization(service("svc-1"), service("svc-2"))), TODAY)
    changed = service("svc-2", verification=seen(by="steward"))
    report = intake_pack(database, pack(organization(service("svc-1"), changed)), TODAY)
    assert report is not None
    assert report.tables["service"].changed == 1
    assert sum(table.changed for table in report.tables.values()) == 1
    assert held(database, record_id("pack", "service", "svc-2")).version == 2


def test_gone_from_the_pack_is_withdrawn_and_can_return() -> None:
    """A service that its pack no longer holds is withdrawn; put back, it returns under its old id."""
    database = store()
    both = pack(organization(service("svc-1"), service("svc-2", phones=(Phone("988"),))))
    intake_pack(database, both, TODAY)
    before = publish(database, both, TODAY).get("svc-2")
    one = pack(organization(service("svc-1")))
    report = intake_pack(database, one, TODAY)
    assert report is not None
    assert "svc-2" in [gone.key for gone in report.withdrawn]
    assert [listing.key for listing in publish(database, one, TODAY).listings] == ["svc-1"]
    assert held(database, record_id("pack", "service", "svc-2")).status == "withdrawn"
    intake_pack(database, both, TODAY)
    assert publish(database, both, TODAY).get("svc-2") == before


def test_two_packs_share_a_database() -> None:
    """What one pack does not hold is not withdrawn while another holds it, and each shows only its own."""
    database = store()
    town = pack(organization(service("svc-1"), service("svc-2")))
    state = pack(organization(service("svc-1")))
    state = msgspec.structs.replace(state, manifest=msgspec.structs.replace(state.manifest, id="state"))
    intake_pack(database, town, TODAY)
    intake_pack(database, state, TODAY)
    assert [listing.key for listing in publish(database, town, TODAY).listings] == ["svc-1", "svc-2"]
    assert [listing.key for listing in publish(database, state, TODAY).listings] == ["svc-1"]


def test_pack_that_contradicts_itself_is_refused() -> None:
    """A pack in which one key stands for two places is refused with a Problem, and nothing is stored."""
    here = service("svc-1", locations=(Location("loc-a", "Here"),))
    there = service("svc-2", locations=(Location("loc-a", "There"),))
    database = store()
    with pytest.raises(ProblemsFound):
        intake_pack(database, pack(organization(here, there)), TODAY)
    with database.read() as connection:
        assert list(records.every(connection)) == []


def test_change_feed_tells_what_happened() -> None:
    """The feed says taken, changed, withdrawn and returned, in order, with names of fields and no values."""
    database = store()
    full, empty = pack(organization()), pack()
    for town in (full, empty, full):
        intake_pack(database, town, TODAY)
    with database.read() as connection:
        query = sa.select(tables.change.c.kind).where(tables.change.c.object == "service")
        kinds = list(connection.execute(query.order_by(tables.change.c.seq)).scalars())
    assert kinds == ["taken", "withdrawn", "returned"]


def test_side_tables_follow() -> None:
    """Places and kinds are found by side tables, and leave them with their record."""
    place = Location("loc-a", "Center", latitude=41.58, longitude=-73.41)
    database, town = store(), pack(organization(service(locations=(place,))))
    intake_pack(database, town, TODAY)
    with database.read() as connection:
        assert connection.execute(sa.select(tables.place.c.cell)).scalars().all() == ["415,-735"]
        assert len(connection.execute(sa.select(tables.service_term)).all()) == 1
    intake_pack(database, pack(), TODAY)
    with database.read() as connection:
        assert connection.execute(sa.select(tables.place)).all() == []


def test_report_has_the_contracts_shape() -> None:
    """The JSON report has the fields of the contract, all of them, whatever happened."""
    shape = msgspec.json.decode(intake(store(), batch(SERVICE), today=TODAY).as_json())
    wanted = {"format", "version", "encoding", "refused", "source", "tables", "conflicts", "merges_proposed"}
    assert wanted | {"problems"} <= set(shape)
    counts = {"object", "in", "taken", "changed", "unchanged", "folded", "set_aside", "repaired"}
    assert set(shape["tables"]["services"]) == counts
