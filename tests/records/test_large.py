"""A file too large to be read at once comes in piece by piece: the same records, all of them or none."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
import sqlalchemy as sa

from tests.conftest import DAY
from waypost import store as database
from waypost.cli import import_ as command
from waypost.desk import intake_large as large
from waypost.desk import pieces, unfinished
from waypost.desk.incoming import read_batch
from waypost.desk.intake import intake
from waypost.desk.intake_large import intake_large
from waypost.model.evidence import ProblemsFound
from waypost.model.pack import Pack
from waypost.store import Store
from waypost.store import tables as t

SECRET = "12 Hidden Harbor Lane"


def docs() -> list[dict[str, object]]:
    """Services that share organizations and terms; one hides its street, which another's words give away."""
    random = Random(2)
    made: list[dict[str, object]] = []
    for n in range(60):
        hidden = n == 50
        street = {"id": f"a{n}", "address_1": SECRET if hidden else f"{n} Main Street", "city": "Town",
                  "state_province": "CT", "postal_code": "06776", "country": "US", "address_type": "physical"}  # fmt: skip
        place = {"id": f"l{n}", "location_type": "physical", "latitude": 41.5, "longitude": -73.4,
                 "addresses": [street]}  # fmt: skip
        term = {"id": f"t{n % 3}", "name": f"Term {n % 3}", "code": f"C{n % 3}"}
        made.append({
            "id": f"s{n}",
            "name": f"Service {n} ñ",
            "status": "active",
            "description": f"Behind {SECRET}." if n == 5 else "Help, with \"food\" [and] {rent}. " * random.randint(1, 4),
            "organization": {"id": f"o{n % 7}", "name": f"Center {n % 7}", "description": "We help."},
            "attributes": [{"id": f"x{n}", "link_entity": "service", "taxonomy_term": term}],
            "service_at_locations": [
                {"id": f"at{n}", "location": {**place, "waypost": {"confidential": True}} if hidden else place}
            ],
        })  # fmt: skip
    return made


def as_lines(docs: list[dict[str, object]]) -> str:
    """One object a line, with an empty line here and there."""
    return "".join(json.dumps(doc) + ("\n\n" if at % 9 == 0 else "\n") for at, doc in enumerate(docs))


def as_list(docs: list[dict[str, object]]) -> str:
    """One list over many lines, in letters as they are."""
    return " " + json.dumps(docs, indent=1, ensure_ascii=False) + "\n"


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is large, and a piece, are small here."""
    monkeypatch.setattr(pieces, "LARGE", 10_000)
    monkeypatch.setattr(pieces, "PIECE", 6_000)


@pytest.fixture
def held(tmp_path: Path) -> Store:
    """An empty store."""
    return database.open(f"sqlite:///{tmp_path / 'r.sqlite'}")


def rows_of(store: Store) -> dict[str, set[tuple[object, ...]]]:
    """Every row of every table but for the moment at which it was written; of the feed each record once."""
    found = {}
    with store.read() as connection:
        for table in (t.record, t.withheld, t.service_term, t.place):
            columns = [c for c in table.c if c.name not in ("modified", "version")]
            found[table.name] = {tuple(row) for row in connection.execute(sa.select(*columns))}
        told = sa.select(t.change.c.object, t.change.c.id).distinct()
        found["change"] = {tuple(row) for row in connection.execute(told)}
    return found


def indexes(store: Store) -> set[str]:
    """The names of all indexes."""
    with store.read() as connection:
        rows = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'index'")
        return set(rows.scalars())


@pytest.mark.parametrize("written", [as_lines, as_list])
def test_in_pieces_as_at_once(
    held: Store, pack: Pack, tmp_path: Path, written: Callable[[list[dict[str, object]]], str]
) -> None:
    """The records, what is withheld of them and what lies beside are what they are when all is read at once."""
    path = tmp_path / "in.json"
    path.write_text(written(docs()), encoding="utf-8")
    whole = database.open(f"sqlite:///{tmp_path / 'whole.sqlite'}")
    before = indexes(held)
    once = intake(whole, read_batch(path, "elsewhere", pack), today=DAY)
    assert pieces.in_pieces(path)
    assert len(list(pieces.pieces(path))) > 3
    report = intake_large(held, path, "elsewhere", pack, today=DAY)
    assert rows_of(held) == rows_of(whole)
    assert SECRET not in str(rows_of(held)["record"])
    assert indexes(held) == before
    assert {n: c.in_ for n, c in report.tables.items()} == {n: c.in_ for n, c in once.tables.items()}
    assert all(
        c.in_ == c.taken + c.changed + c.unchanged + c.folded + c.set_aside for c in report.tables.values()
    )
    assert intake_large(held, path, "elsewhere", pack, today=DAY).quiet


@pytest.mark.parametrize("ending", ['{"id": "x", "name": }]', '{"id": "x", "na', "", '{"a": NaN}]'])
def test_a_file_that_breaks_off_leaves_nothing(held: Store, pack: Pack, tmp_path: Path, ending: str) -> None:
    """What cannot be read to its end is refused with the place, and the store is as it was, its indexes too."""
    path = tmp_path / "in.json"
    path.write_text(as_list(docs()).rstrip().removesuffix("]") + f",{ending}", encoding="utf-8")
    before = rows_of(held), indexes(held)
    unfinished.begin(held, str(path), None)
    with pytest.raises(ProblemsFound, match=r"object|JSON"):
        intake_large(held, path, "elsewhere", pack, today=DAY)
    assert (rows_of(held), indexes(held)) == before
    assert unfinished.found(held) is None


def test_stopped_in_the_middle_it_can_be_taken_up_again(
    held: Store, pack: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopped after some pieces nothing of it is there, and it is known of; done again all of it is."""
    path = tmp_path / "in.ndjson"
    path.write_text(as_lines(docs()), encoding="utf-8")
    told: list[tuple[str, int, int]] = []

    def stop(step: str, done: int, whole: int) -> None:
        told.append((step, done, whole))
        if len(told) == 4:
            raise KeyboardInterrupt

    before = rows_of(held)
    monkeypatch.setattr(large, "MIB", 2**10)
    with pytest.raises(KeyboardInterrupt):
        command.taken(held, path, None, pack, dry_run=False, progress=stop)
    assert rows_of(held) == before
    assert unfinished.found(held) is not None
    assert told[-1][0] == "large"
    assert 0 < told[-1][1] < told[-1][2]
    command.taken(held, path, None, pack, dry_run=False, progress=lambda *_: None)
    assert unfinished.found(held) is None
    assert len(rows_of(held)["record"]) > 300


def test_a_dry_run_of_a_large_file_keeps_nothing(held: Store, pack: Pack, tmp_path: Path) -> None:
    """It says what would be taken, and the store is as it was."""
    path = tmp_path / "in.ndjson"
    path.write_text(as_lines(docs()), encoding="utf-8")
    before = rows_of(held), indexes(held)
    report = intake_large(held, path, "elsewhere", pack, today=DAY, dry_run=True)
    assert report.dry_run
    assert report.tables["services"].taken == 60
    assert (rows_of(held), indexes(held)) == before
