"""What must not be seen is in no answer of the API, however it is asked (D5)."""

from __future__ import annotations

import json
from pathlib import Path

import sqlalchemy as sa
from starlette.testclient import TestClient

from tests.api.asking import asker
from tests.records.factories import TODAY, organization, pack, service, store
from tests.records.test_canary import CANARY, PHONE, PLACE, POINT, SECRET_SERVICE, STREET
from waypost.desk.incoming import read_batch
from waypost.desk.intake import intake, intake_pack
from waypost.server.api.table import TABLE
from waypost.store import Store, tables

HOW = ("", "format=ndjson", "full=true", "format=ndjson&full=true", "minimal=true")


def planted(folder: Path, *, marked: bool = True) -> Store:
    """A database with a confidential place, phone and contact, from a pack and a file; or the file unmarked."""
    held = store()
    item = service("svc-a", locations=(PLACE,), phones=(PHONE,), steward_note=CANARY)
    if marked:
        intake_pack(held, pack(organization(item, locations=(PLACE,))), TODAY)
    text = json.dumps(SECRET_SERVICE)
    path = folder / "in.json"
    path.write_text(text if marked else text.replace('"confidential": true', '"x": 1'))
    intake(held, read_batch(path, "s", pack()), today=TODAY)
    return held


def answers(ask: TestClient, held: Store) -> list[bytes]:
    """Every list, page of the feed, search, and record by id, hidden ones too."""
    paths = ["", "openapi.json", "changes", "changes?full=true", "profile"]
    for at in TABLE:
        paths += [f"{at}?{how}" for how in HOW]
        paths += [f"{at}?search={word}&full=true" for word in (CANARY.lower(), "shelter", "lane")]
    with held.read() as connection:
        ids = [row.id for row in connection.execute(sa.select(tables.record.c.id))]
    paths += [f"{at}/{id_}" for at in TABLE for id_ in ids]
    return [ask.get(f"/api/hsds/{path}").content for path in paths]


def test_canary_is_in_no_answer(tmp_path: Path) -> None:
    """Lists, lines, searches, the feed and reads by id give nothing of what is confidential."""
    held = planted(tmp_path)
    for answer in answers(asker(held), held):
        for secret in (CANARY, CANARY.lower(), STREET, str(POINT)):
            assert secret.encode() not in answer
    found = asker(held).get(f"/api/hsds/services?search={CANARY}").json()
    assert (found["total_items"], found["contents"]) == (0, [])
    assert asker(held).get("/api/hsds/services").json()["total_items"] == 2


def test_canary_would_be_seen(tmp_path: Path) -> None:
    """Without the mark each of these is in an answer: the search above can fail."""
    held = planted(tmp_path, marked=False)
    seen = b"".join(answers(asker(held), held))
    assert all(secret.encode() in seen for secret in (CANARY, STREET, str(POINT)))
