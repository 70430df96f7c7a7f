"""Two records that are one: the old id answers, references follow, and the source's next word is not lost."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from tests.records.factories import TODAY, pack, store
from waypost.desk.account import Report
from waypost.desk.intake import intake
from waypost.desk.merge import merge
from waypost.desk.publish import publish_records
from waypost.exchange.flatten import Flat
from waypost.model.evidence import ProblemsFound
from waypost.store import Store, alias, records, tables

ONE, TWO, THREE = (f"ac148810-d857-441c-9679-408f346de14{n}" for n in "abc")
ORGS = [f"1554f2e2-a373-45db-a3fa-9fc48a61c15{n}" for n in "12"]
PHONES = [f"2554f2e2-a373-45db-a3fa-9fc48a61c15{n}" for n in "12"]


def organization(number: int, **more: Any) -> dict[str, Any]:
    """An organization with a phone and a service."""
    return {
        "id": ORGS[number],
        "name": f"Center {number}",
        "description": "We help.",
        "phones": [{"id": PHONES[number], "number": f"203-555-010{number}"}],
        "services": [{"id": (ONE, TWO)[number], "name": f"Food {number}", "status": "active"}],
        **more,
    }


def taken(held: Store, *docs: dict[str, Any], source: str = "upstream") -> Report:
    """Take organizations in."""
    flat = Flat(source)
    for doc in docs:
        flat.nested("organization", doc, "/")
    return intake(held, flat.batch("hsds-json", "3.2", "utf-8"), today=TODAY)


def both() -> Store:
    """A database with two organizations."""
    held = store()
    taken(held, organization(0), organization(1, website="https://example.org"))
    return held


def test_old_id_answers_with_the_winner() -> None:
    """After a merge the old id leads to the winner, also through a second merge."""
    held = both()
    taken(held, {"id": THREE, "name": "Third", "description": "x"})
    merge(held, "organization", ORGS[1], ORGS[0])
    merge(held, "organization", ORGS[0], THREE)
    with held.read() as connection:
        assert alias.standing(connection, "organization", ORGS[1]) == THREE
        assert alias.standing(connection, "organization", ORGS[0]) == THREE
        assert alias.standing(connection, "organization", THREE) == THREE


def test_winner_stands_and_is_filled() -> None:
    """What the winner says stands, what only the loser says is added, lists are united, references follow."""
    held = both()
    said = merge(held, "organization", ORGS[1], ORGS[0])
    seen = publish_records(held, pack(), TODAY).records
    assert ("organization", ORGS[1]) not in seen
    winner = seen["organization", ORGS[0]].doc
    assert winner["name"] == "Center 0"
    assert winner["website"] == "https://example.org"
    assert set(winner["phones"]) == set(PHONES)
    assert set(winner["services"]) == {ONE, TWO}
    assert {seen["service", id_].doc["organization"] for id_ in (ONE, TWO)} == {ORGS[0]}
    assert set(said.filled) == {"website", "phones", "services"}
    assert ("service", TWO) in said.repointed


def test_feed_tells_the_merge() -> None:
    """The change feed says that the loser was merged and that the winner changed."""
    held = both()
    merge(held, "organization", ORGS[1], ORGS[0])
    with held.read() as connection:
        lines = connection.execute(sa.select(tables.change.c.id, tables.change.c.kind)).all()
    assert (ORGS[1], "merged") in [tuple(line) for line in lines]
    assert tuple(lines[-1])[1] == "changed"


def test_same_import_again_changes_nothing() -> None:
    """The source goes on stating both records; nothing comes back, nothing clashes."""
    held = both()
    merge(held, "organization", ORGS[1], ORGS[0])
    again = taken(held, organization(0), organization(1, website="https://example.org"))
    assert again.quiet, again.as_words()
    assert not again.conflicts
    assert not again.problems


def test_later_change_of_the_loser_is_told() -> None:
    """What the source changes in the loser reaches nobody unseen: it is told, and the winner is left alone."""
    held = both()
    merge(held, "organization", ORGS[1], ORGS[0])
    report = taken(held, organization(1, website="https://example.net"))
    assert ["became part of" in p.what for p in report.problems] == [True]
    with held.read() as connection:
        winner = records.get(connection, "organization", ORGS[0])
    assert winner is not None
    assert winner.doc["website"] == "https://example.org"


def test_new_record_that_names_the_loser_hangs_on_the_winner() -> None:
    """A phone that arrives later under the old id belongs to the winner."""
    held = both()
    merge(held, "organization", ORGS[1], ORGS[0])
    flat = Flat("other")
    flat.nested("service", {"id": THREE, "name": "Rent", "status": "active", "organization_id": ORGS[1]}, "/")
    intake(held, flat.batch("hsds-json", "3.2", "utf-8"), today=TODAY)
    with held.read() as connection:
        found = records.get(connection, "service", THREE)
    assert found is not None
    assert found.doc["organization_id"] == ORGS[0]
    assert found.doc["organization"] == ORGS[0]


@pytest.mark.parametrize("loser", [ORGS[0], THREE, "nothing"])
def test_what_cannot_be_merged_is_refused(loser: str) -> None:
    """A record with itself, one that is confidential and one that is not there are refused; nothing changes."""
    held = both()
    taken(held, {"id": THREE, "name": "Safe", "description": "x", "confidential": True})
    with pytest.raises(ProblemsFound):
        merge(held, "organization", loser, ORGS[0])
    with held.read() as connection:
        assert alias.every(connection) == {}
