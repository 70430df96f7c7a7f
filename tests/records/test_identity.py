"""Identity, sentence by sentence: ids that are kept, ids that follow from names, rows without any id."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.records.factories import TODAY, pack, store
from waypost.desk.incoming import read_batch, read_bytes
from waypost.desk.intake import intake
from waypost.exchange.identity import WAYPOST_NAMESPACE, record_id, valid_id
from waypost.model.evidence import Problem, ProblemsFound

ID = "ac148810-d857-441c-9679-408f346de14b"


def ids(tmp_path: Path, text: str, source: str = "partner") -> list[str]:
    """The ids that rows of a table of services get."""
    (tmp_path / "services.csv").write_text(text, "utf-8")
    return [row.id for row in read_batch(tmp_path / "services.csv", source, pack()).rows]


def test_namespace_is_published() -> None:
    """Whoever reads docs/records.md can compute the same ids."""
    text = (Path(__file__).resolve().parents[2] / "docs" / "records.md").read_text("utf-8")
    assert str(WAYPOST_NAMESPACE) in text
    name = "partner\u241fservice\u241fCafé 7"
    assert record_id("partner", "service", unicodedata.normalize("NFD", "Café 7")) == str(
        uuid5(UUID(str(WAYPOST_NAMESPACE)), name)
    )


@pytest.mark.parametrize("given", [ID, ID.upper()])
def test_valid_id_is_kept(given: str) -> None:
    """A UUID is kept as it is written."""
    assert valid_id(given) == given


@pytest.mark.parametrize(
    "given", ["", "7", ID.replace("-", ""), "{" + ID[1:-1] + "}", ID + " ", ID.replace("a", "٣"), 7, None]
)
def test_anything_else_is_no_id(given: Any) -> None:
    """What only looks like a UUID is not taken for one."""
    assert valid_id(given) is None


def test_id_of_its_own_source_follows_from_its_name(tmp_path: Path) -> None:
    """A row that its source numbers has the same id each time, and another in another source."""
    first = ids(tmp_path, "id,name,status\n7,Food,active\n")
    assert first == ids(tmp_path, "id,name,status\n7,Rent,active\n") == [record_id("partner", "service", "7")]
    assert first != ids(tmp_path, "id,name,status\n7,Food,active\n", "other")


def test_row_without_id_is_known_by_what_it_says(tmp_path: Path) -> None:
    """A row without any id has one by its content, wherever it stands and however its columns are ordered."""
    one = ids(tmp_path, "name,status\nFood,active\nRent,active\n")
    other = ids(tmp_path, "status,name\nactive,Rent\nactive,Food\n")
    assert sorted(one) == sorted(other)
    assert len(set(one)) == 2


def test_repeated_id_is_folded_or_gets_its_own(tmp_path: Path) -> None:
    """The same row again is folded away; another row under its id is kept under an id that follows from its content."""
    text = "id,name,status\n7,Food,active\n7,Food,active\n7,Rent,active\n"
    (tmp_path / "services.csv").write_text(text)
    batch = read_batch(tmp_path / "services.csv", "partner", pack())
    report = intake(store(), batch, today=TODAY)
    count = report.tables["services.csv"]
    assert (count.in_, count.taken, count.folded) == (3, 2, 1)
    assert count.repaired >= 1
    again = ids(tmp_path, "id,name,status\n7,Food,active\n7,Rent,active\n")
    assert again == [row.id for row in batch.rows]


@settings(max_examples=100, deadline=None)
@given(
    data=st.binary(max_size=200)
    | st.text(max_size=200).map(lambda t: json.dumps([{"id": t, "name": t}]).encode())
)
def test_any_bytes_are_taken_or_refused(data: bytes) -> None:
    """Any bytes at all are taken in or refused with Problems; never anything else."""
    told: list[Problem] = []
    try:
        intake(store(), read_bytes(data, "partner", pack()), today=TODAY)
    except ProblemsFound as found:
        told = found.problems
    assert all(problem.what and problem.do for problem in told)
