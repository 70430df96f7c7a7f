"""Records that may be one are listed, joined or kept apart, and what a person said is remembered."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tests.records.factories import TODAY, pack, store
from waypost.cli.app import app
from waypost.desk import same
from waypost.desk.account import Report
from waypost.desk.incoming import read_batch
from waypost.desk.intake import intake
from waypost.model.evidence import ProblemsFound
from waypost.store import Store, alias, records

A, B = "7b3b1c4e-0000-4000-8000-00000000000a", "7b3b1c4e-0000-4000-8000-00000000000b"
PHONE = "7b3b1c4e-0000-4000-8000-0000000000c{}"


def organization(id_: str, name: str, n: int, **more: Any) -> dict[str, Any]:
    """An organization with one number."""
    phone = {"id": PHONE.format(n), "number": "+1 203 555 0100"}
    return {"id": id_, "name": name, "description": "Food.", "phones": [phone], **more}


def take(held: Store, path: Path, source: str, *docs: dict[str, Any], dry_run: bool = False) -> Report:
    """Take organizations in from one source."""
    path.write_text(json.dumps({"organizations": docs}))
    return intake(held, read_batch(path, source, pack()), today=TODAY, dry_run=dry_run)


@pytest.fixture
def two(tmp_path: Path) -> Store:
    """One organization, as two sources tell of it."""
    held = store()
    take(held, tmp_path / "a.json", "a", organization(A, "Hope House, Inc.", 1, email="desk@example.org"))
    take(held, tmp_path / "b.json", "b", organization(B, "Hope House", 2, website="https://example.org"))
    return held


def asked(held: Store) -> list[same.Candidate]:
    """What a person is asked."""
    with held.read() as connection:
        return same.candidates(connection)


def test_import_proposes_and_joins_nothing(tmp_path: Path) -> None:
    """An import names the records that may be one with others; both stay until a person says otherwise."""
    held = store()
    take(held, tmp_path / "a.json", "a", organization(A, "Hope House, Inc.", 1))
    report = take(held, tmp_path / "b.json", "b", organization(B, "Hope House", 2))
    (one,) = report.merges_proposed
    assert {one.keep.id, one.other.id} == {A, B}
    assert "may be one" in report.as_words()
    with held.read() as connection:
        assert records.ids_of(connection, "organization") == [A, B]
    again = take(held, tmp_path / "b.json", "b", organization(B, "Hope House", 2))
    assert again.merges_proposed == ()


def test_accepted_becomes_one(two: Store) -> None:
    """What a person joins becomes one record, under the id they keep; it is not asked about again."""
    (one,) = asked(two)
    union = same.accept(two, one.name, keep=B)
    assert (union.loser, union.winner) == (A, B)
    with two.read() as connection:
        whole = records.get(connection, "organization", B)
        assert whole is not None
        assert (whole.doc["email"], whole.doc["website"]) == ("desk@example.org", "https://example.org")
        assert alias.standing(connection, "organization", A) == B
    assert asked(two) == []


def test_rejected_is_remembered(two: Store, tmp_path: Path) -> None:
    """What a person keeps apart is asked about never again, whatever changes, until they want to be asked."""
    (one,) = asked(two)
    same.reject(two, one.name)
    report = take(two, tmp_path / "b.json", "b", organization(B, "Hope House", 2, email="b@example.org"))
    assert report.merges_proposed == ()
    assert asked(two) == []
    assert same.forget(two, one.name)
    assert not same.forget(two, one.name)
    assert [found.name for found in asked(two)] == [one.name]


def test_what_was_answered_is_refused(two: Store) -> None:
    """A name under which nothing is asked, or an id that is none of the two, is refused with the store as it was."""
    (one,) = asked(two)
    with pytest.raises(ProblemsFound, match="none of the two"):
        same.accept(two, one.name, keep=PHONE)
    with pytest.raises(ProblemsFound, match="No two records"):
        same.reject(two, "00000000")
    assert asked(two) == [one]


def test_confidential_is_never_asked_about(tmp_path: Path) -> None:
    """A confidential record is compared with nothing, and no reason names a value."""
    held = store()
    hidden = organization(A, "Hope House", 1, confidential=True)
    take(held, tmp_path / "a.json", "a", hidden)
    report = take(held, tmp_path / "b.json", "b", organization(B, "Hope House", 2))
    assert report.merges_proposed == ()
    assert asked(held) == []


def test_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command lists, rejects, forgets and accepts, in words and as JSON."""
    url = f"sqlite:///{tmp_path / 'r.sqlite'}"
    held = store(url)
    take(held, tmp_path / "a.json", "a", organization(A, "Hope House, Inc.", 1))
    take(held, tmp_path / "b.json", "b", organization(B, "Hope House", 2))
    held.close()
    monkeypatch.setattr("waypost.cli.merges.opened", lambda *_: store(url))

    def run(*words: str, code: int = 0) -> str:
        result = CliRunner().invoke(app, ["merges", *words])
        assert result.exit_code == code, result.output
        return result.output

    (one,) = json.loads(run("list", "--json"))["pairs"]
    assert one["name"] in run("list")
    assert "kept apart" in run("reject", one["name"])
    assert "0 to answer" in run("list")
    run("forget", "00000000", code=1)
    run("forget", one["name"])
    assert "is now part of" in run("accept", one["name"])
    assert "0 to answer" in run("list")
