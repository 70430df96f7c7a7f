"""The rights of each source, proven by canaries: kept, shown, passed on, or not; and whose it is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.records.factories import TODAY, organization, pack, store
from waypost.desk.give import give
from waypost.desk.incoming import read_batch
from waypost.desk.intake import intake, intake_pack
from waypost.desk.publish import publish, publish_records
from waypost.exchange.outgoing import FORMATS
from waypost.model.evidence import ProblemsFound, Reading, Source
from waypost.model.pack import Pack
from waypost.store import Store

CANARY = "Canary"
SERVICE = {
    "id": "ac148810-d857-441c-9679-408f346de14b",
    "name": f"{CANARY} clinic",
    "status": "active",
    "description": f"{CANARY} tests",
    "organization": {"id": "bc148810-d857-441c-9679-408f346de14b", "name": CANARY, "description": CANARY},
    "phones": [
        {"id": "cc148810-d857-441c-9679-408f346de14b", "number": "203-555-0100", "description": CANARY}
    ],
}


def ruled(**rights: Any) -> Pack:
    """A pack that knows the rights of a partner."""
    partner = Source("Partner's directory", "directory", "undated", TODAY, Reading.whole, **rights)
    return pack(organization(), sources={"partner": partner})


def held(rights: Pack, tmp_path: Path) -> Store:
    """A database with the pack's own records and the partner's."""
    path = tmp_path / "in.json"
    path.write_text(json.dumps(SERVICE))
    database = store()
    intake_pack(database, rights, TODAY)
    intake(database, read_batch(path, "partner", rights), today=TODAY)
    return database


def every_export(database: Store, rights: Pack) -> bytes:
    """Every byte of every format."""
    gift = give(database, rights, TODAY)
    return b"".join(data for form in FORMATS.values() for data in form(gift.docs, gift.licences)[0].values())


def test_what_may_not_be_exported_is_in_no_export(tmp_path: Path) -> None:
    """A source that is not exportable is in no export and no API record; it is shown, counted and told."""
    rights = ruled(exported=False)
    database = held(rights, tmp_path)
    assert CANARY.encode() not in every_export(database, rights)
    api = publish_records(database, rights, TODAY, exporting=True).records
    assert CANARY.encode() not in msgspec.json.encode([record.doc for record in api.values()])
    assert CANARY in repr(publish(database, rights, TODAY))
    gift = give(database, rights, TODAY)
    assert gift.kept_back == {"partner": 3}
    assert [p.where for p in gift.problems] == ["source partner"]


def test_what_may_not_be_shown_is_nowhere(tmp_path: Path) -> None:
    """A source that is not to be shown is on no page and in no export."""
    rights = ruled(shown=False)
    database = held(rights, tmp_path)
    assert CANARY not in repr(publish(database, rights, TODAY))
    assert CANARY.encode() not in every_export(database, rights)


def test_what_may_not_be_kept_is_refused(tmp_path: Path) -> None:
    """Records of a source that does not let us keep them are refused before anything is read."""
    with pytest.raises(ProblemsFound) as found:
        held(ruled(stored=False), tmp_path)
    assert "rights" in found.value.problems[0].what


def test_whose_it_is_goes_with_it(tmp_path: Path) -> None:
    """Where a licence asks for it, every export says whose each record is; the pack's own stay as they are."""
    rights = ruled(licence="CC BY 4.0", url="https://example.org/data")
    database = held(rights, tmp_path)
    gift = give(database, rights, TODAY)
    signed = {key[0] for key, doc in gift.docs.items() if "origin" in doc.get("waypost", {})}
    assert signed == {"organization", "service"}
    files, _ = FORMATS["hsds-csv"](gift.docs, gift.licences)
    described = json.loads(files["datapackage.json"])
    assert described["licenses"] == [
        {"name": "CC BY 4.0", "title": "Partner's directory", "path": "https://example.org/data"}
    ]


def test_what_came_back_with_its_origin_changes_nothing(tmp_path: Path) -> None:
    """An export that says whose its records are changes nothing when it is taken in again, and is kept elsewhere."""
    rights = ruled(licence="CC BY 4.0")
    database = held(rights, tmp_path)
    gift = give(database, rights, TODAY)
    out = tmp_path / "out.json"
    out.write_bytes(FORMATS["hsds-json"](gift.docs, gift.licences)[0][""])
    again = intake(database, read_batch(out, "partner", rights), today=TODAY)
    assert again.quiet, again.as_words()
    elsewhere = store()
    intake(elsewhere, read_batch(out, "from-elsewhere", pack()), today=TODAY)
    assert "CC BY 4.0" in repr(give(elsewhere, pack(), TODAY).licences)


def test_marks_of_confidence_are_not_given_away(tmp_path: Path) -> None:
    """That a place is confidential is kept, and no export says so."""
    place = {"id": SERVICE["id"], "location_type": "physical", "name": CANARY, "confidential": True}
    path = tmp_path / "in.json"
    path.write_text(json.dumps(place))
    database = store()
    intake(database, read_batch(path, "partner", pack()), today=TODAY)
    assert b"confidential" not in every_export(database, pack())
