"""What goes out comes in and goes out again as the same bytes, for records of every object (R8, D4)."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import msgspec
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.records.factories import TODAY, pack, store
from tests.records.made import Maker
from waypost.desk.give import give
from waypost.desk.incoming import read_batch
from waypost.desk.intake import intake
from waypost.exchange import cells
from waypost.exchange.hsds_csv import zipped
from waypost.exchange.objects import OBJECTS, TABLES
from waypost.exchange.outgoing import FORMATS
from waypost.exchange.schema import columns_of, fields_of
from waypost.exchange.validate import validate
from waypost.store import Store, records

SOAK = 10 if os.environ.get("WAYPOST_SOAK") else 1
FORMS = {"hsds-json": "out.json", "ndjson": "out.ndjson", "hsds-csv": "out", "hsds-csv zip": "out.zip"}
SEEDS = st.integers(0, 2**32)
PHASES = (Phase.explicit, Phase.generate)
"""A smaller seed is no simpler a case, so none is looked for."""


def exported(held: Store, form: str, at: Path) -> bytes:
    """Write an export and return all its bytes."""
    gift = give(held, pack(), TODAY)
    files, _ = FORMATS[form.split(maxsplit=1)[0]](gift.docs, gift.licences)
    if form.endswith("zip"):
        files = {"": zipped(files)}
    for name, data in files.items():
        out = at / FORMS[form] / name if name else at / FORMS[form]
        out.parent.mkdir(exist_ok=True, parents=True)
        out.write_bytes(data)
    return b"\n".join(files[name] for name in sorted(files))


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=4 * SOAK, deadline=None, derandomize=True, phases=PHASES)
@given(seed=SEEDS)
def test_export_import_export_is_the_same_bytes(
    tmp_path_factory: pytest.TempPathFactory, form: str, seed: int
) -> None:
    """Nested records of every kind, exported, taken into an empty database and exported again, are identical."""
    at, maker = tmp_path_factory.mktemp("r"), Maker(seed)
    (at / "in.json").write_bytes(msgspec.json.encode([maker.whole("service") for _ in range(3)]))
    first, second = store(), store()
    assert not intake(first, read_batch(at / "in.json", "a", pack()), today=TODAY).refused
    out = exported(first, form, at)
    intake(second, read_batch(at / FORMS[form], "a", pack()), today=TODAY)
    assert exported(second, form, at / "again") == out
    again = intake(second, read_batch(at / FORMS[form], "a", pack()), today=TODAY)
    assert again.quiet, again.as_words()
    assert not again.conflicts


def packaged(tables: dict[str, list[dict[str, str]]], at: Path) -> Path:
    """A folder of tables."""
    at.mkdir()
    for object_, rows in tables.items():
        columns = list(dict.fromkeys(column for row in rows for column in row))
        with (at / f"{TABLES[object_]}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns)
            writer.writerow({column: cells.write(column) for column in columns})
            writer.writerows({k: cells.write(v) for k, v in row.items()} for row in rows)
    return at


@settings(max_examples=5 * SOAK, deadline=None, derandomize=True, phases=PHASES)
@given(seed=SEEDS)
def test_tables_of_every_object_come_back(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    """All 24 tables are imported, stored and exported; a second round makes the same bytes."""
    at = tmp_path_factory.mktemp("t")
    first, second = store(), store()
    intake(first, read_batch(packaged(Maker(seed).tables(), at / "in"), "a", pack()), today=TODAY)
    out = exported(first, "hsds-csv", at)
    intake(second, read_batch(at / "out", "a", pack()), today=TODAY)
    assert exported(second, "hsds-csv", at / "again") == out


@settings(max_examples=8 * SOAK, deadline=None, derandomize=True, phases=PHASES)
@given(seed=SEEDS)
def test_every_row_of_a_dirty_package_is_accounted_for(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    """With repeated rows, reused ids and keys that dangle, in = taken + changed + unchanged + folded + set aside.

    The second run of the same package changes nothing.
    """
    at, held = tmp_path_factory.mktemp("d"), store()
    tables = Maker(seed).tables(dirt=0.4)
    package = packaged(tables, at / "in")
    report = intake(held, read_batch(package, "a", pack()), today=TODAY)
    for object_, rows in tables.items():
        count = report.tables[f"{TABLES[object_]}.csv"]
        assert count.in_ == sum(any(row.values()) for row in rows)
        assert count.in_ == count.taken + count.changed + count.unchanged + count.folded + count.set_aside
    again = intake(held, read_batch(package, "a", pack()), today=TODAY)
    assert again.quiet, again.as_words()
    validate(package, TODAY)


def test_every_object_and_field_of_the_standard_is_kept(tmp_path: Path) -> None:
    """All 24 objects with every column that the standard has are imported, stored and given back."""
    maker, held = Maker(1), store()
    tables = {}
    for name in OBJECTS:
        filled = {c: str(maker.value(fields_of(name)[c])) for c in columns_of(name)}
        tables[name] = [{**filled, "id": maker.id()}]
    report = intake(held, read_batch(packaged(tables, tmp_path / "in"), "a", pack()), today=TODAY)
    assert {count.object for count in report.tables.values()} == set(OBJECTS)
    assert len(OBJECTS) == 24
    with held.read() as connection:
        stored = {record.object: record.doc for record in records.every(connection)}
    for name, (row,) in tables.items():
        for column, value in row.items():
            there = {str(v) for v in stored[name].values()} | {str(v) for v in stored[name]}
            assert not value or value in there or cells_of(stored[name], column), (name, column)


def cells_of(doc: dict[str, object], column: str) -> bool:
    """Whether a column was taken as a number or became a reference."""
    return column in doc or column.removesuffix("_id") in doc or f"{column.removesuffix('_id')}_detail" in doc


@settings(max_examples=300 * SOAK, deadline=None)
@given(text=st.text() | st.text(alphabet="=+-@\t\r\n'0189 ()a"))
def test_cells_are_inert_and_reversible(text: str) -> None:
    """No cell that a spreadsheet would run is written, but for plain numbers and phones; each is read back."""
    cell = cells.write(text)
    assert cells.read(cell) == text
    if cell[:1] in ("=", "@", "\t", "\r"):
        raise AssertionError(cell)
    if cell[:1] in ("+", "-"):
        assert cell[1:]
        assert not set(cell[1:]) - set("0123456789 ().-")


@pytest.mark.parametrize("number", ["+1 203 555 0100", "+12035550100", "203-555-0100", "-73.41"])
def test_phones_and_numbers_stay_as_they_are(number: str) -> None:
    """A phone or a point is written into a table as it is."""
    assert cells.write(number) == number
