"""Bad input: every Problem at once, with its place, and the database as it was. Never a traceback."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.records.factories import TODAY, pack, store
from waypost.desk.incoming import read_batch
from waypost.desk.intake import intake
from waypost.desk.publish import publish, publish_records
from waypost.exchange.outgoing import FORMATS
from waypost.exchange.validate import validate
from waypost.model.evidence import Problem, ProblemsFound

SERVICE = '{"id": "ac148810-d857-441c-9679-408f346de14b", "name": "Clinic", "status": "active"}'
UNREADABLE = {
    "nothing": b"",
    "words": b"Dear Sir or Madam",
    "cut short": b'{"id": "ac148810',
    "NaN": b'{"id": "a", "name": "b", "status": "active", "minimum_age": NaN}',
    "Infinity": b'{"id": "a", "name": "b", "status": "active", "minimum_age": Infinity}',
    "a number too large": b'{"id": "a", "name": "b", "minimum_age": 1e999}',
    "a million digits": b'{"id": "a", "name": "b", "minimum_age": ' + b"9" * 1_000_000 + b"}",
    "a hundred thousand brackets": b"[" * 100_000 + b"]" * 100_000,
    "deep objects": b'{"a":' * 5000 + b"1" + b"}" * 5000,
    "Latin-1": '{"id": "a", "name": "Caf\xe9", "status": "active"}'.encode("latin-1"),
    "UTF-16": SERVICE.encode("utf-16"),
    "zeros": b"\x00" * 1000,
    "a number": b"7",
    "null": b"null",
    "an unrelated object": b'{"colour": "blue", "size": 7}',
    "a lone surrogate": b'{"id": "a", "name": "\\ud800", "status": "active"}',
    "a broken zip": b"PK\x03\x04" + b"broken" * 100,
}


def problems_of(path: Path) -> list[Problem]:
    """The Problems for which a file is refused."""
    with pytest.raises(ProblemsFound) as found:
        read_batch(path, None, pack())
    assert found.value.problems
    for problem in found.value.problems:
        assert all((problem.where, problem.what, problem.why, problem.do))
    return found.value.problems


@pytest.mark.parametrize("name", UNREADABLE)
def test_unreadable_file_is_a_problem(name: str, tmp_path: Path) -> None:
    """A file that is no HSDS is refused with a sentence, by import and by validate."""
    path = tmp_path / "in.json"
    path.write_bytes(UNREADABLE[name])
    assert problems_of(path)
    verdict = validate(path)
    assert not verdict.valid
    assert verdict.problems


def test_byte_order_mark_is_no_problem(tmp_path: Path) -> None:
    """A mark at the start of a file, as Windows writes it, is passed over."""
    path = tmp_path / "in.json"
    path.write_bytes(b"\xef\xbb\xbf" + SERVICE.encode())
    assert len(read_batch(path, None, pack()).rows) == 1


def test_every_bad_line_is_told(tmp_path: Path) -> None:
    """Of a file with one object a line every line that cannot be read is told, by number."""
    path = tmp_path / "in.ndjson"
    path.write_text("\n".join([SERVICE, "{bad}", SERVICE, "{worse}"]))
    assert [problem.where for problem in problems_of(path)] == ["in.ndjson line 2", "in.ndjson line 4"]


def test_unknown_objects_in_a_list_refuse_it_whole(tmp_path: Path) -> None:
    """Two objects that are none of the standard's are both told, and the good one is not taken either."""
    path = tmp_path / "in.json"
    path.write_text(f'[{SERVICE}, {{"x": 1}}, 7]')
    held = store()
    report = intake(held, read_batch(path, None, pack()), today=TODAY)
    assert report.refused
    assert [problem.where for problem in report.problems] == ["in.json/1", "in.json/2"]
    assert publish_records(held, pack(), TODAY).records == {}


def test_missing_file_and_empty_folder_are_problems(tmp_path: Path) -> None:
    """A name that leads nowhere, and a folder without HSDS, are told as such."""
    assert "no such file" in problems_of(tmp_path / "absent.json")[0].what
    (tmp_path / "empty").mkdir()
    assert "no table" in problems_of(tmp_path / "empty")[0].what
    assert not validate(tmp_path / "empty").valid
    assert not validate(tmp_path / "absent").valid


def package(tmp_path: Path, **files: str | bytes) -> Path:
    """A folder of tables."""
    folder = tmp_path / "package"
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def test_every_bad_row_of_every_table_is_told(tmp_path: Path) -> None:
    """Rows with too many cells and files that are not UTF-8 are told together, by table and row."""
    folder = package(
        tmp_path,
        services="id,name,status\n1,A,active\n2,B,active,extra\n3,C,active,more\n",
        phones="id,number\n1,caf\xe9\n".encode("latin-1"),
    )
    wheres = [problem.where for problem in problems_of(folder)]
    assert wheres == ["services.csv row 3", "services.csv row 4", "phones.csv"]


def test_unclosed_quote_and_doubled_column_are_told(tmp_path: Path) -> None:
    """A table whose quotes do not close, or with two columns of one name, is refused."""
    assert "CSV" in problems_of(package(tmp_path, services='id,name\n1,"A\n'))[0].what
    assert "columns" in problems_of(package(tmp_path, services="id,name,name\n1,A,B\n"))[0].what


def test_dangling_key_is_told_and_the_row_kept(tmp_path: Path) -> None:
    """A phone of a service that is not there is taken, and told by table, row and column."""
    folder = package(
        tmp_path, services="id,name,status\n1,A,active\n", phones="id,service_id,number\n7,99,988\n"
    )
    report = intake(store(), read_batch(folder, None, pack()), today=TODAY)
    assert [problem.where for problem in report.problems] == ["phones.csv row 2, column service_id"]
    assert report.tables["phones.csv"].taken == 1


def test_older_dialect_is_told_first(tmp_path: Path) -> None:
    """Tables and JSON of before HSDS 3 are not passed off as HSDS 3: the first Problem names the version."""
    folder = package(tmp_path, services="id,name\n1,A\n", physical_addresses="id,city\n1,X\n")
    old = tmp_path / "old.json"
    old.write_text(json.dumps([{**json.loads(SERVICE), "regular_schedules": []}]))
    for path, version in ((folder, "2.0"), (old, "1.1")):
        batch = read_batch(path, None, pack())
        assert batch.version == version
        assert f"HSDS {version}" in batch.problems[0].what


def test_repeated_ids_are_accounted_for(tmp_path: Path) -> None:
    """A repeated row is folded away; another row under its id gets an id of its own, as repaired."""
    rows = "id,name,status\n1,A,active\n1,A,active\n1,B,active\n"
    report = intake(store(), read_batch(package(tmp_path, services=rows), None, pack()), today=TODAY)
    table = report.tables["services.csv"]
    assert (table.in_, table.taken, table.folded, table.repaired) == (3, 2, 1, 2)
    assert [problem.where for problem in report.problems] == ["services.csv"]


def test_table_that_hsds_does_not_know_is_accounted_for(tmp_path: Path) -> None:
    """A table of another name is not read, and its rows are counted and told."""
    folder = package(tmp_path, services="id,name,status\n1,A,active\n", holidays="id,day\n1,a\n2,b\n")
    report = intake(store(), read_batch(folder, None, pack()), today=TODAY)
    table = report.tables["holidays.csv"]
    assert (table.in_, table.set_aside) == (2, 2)
    assert [problem.where for problem in report.problems] == ["holidays.csv"]


def test_wrong_number_is_kept_and_told(tmp_path: Path) -> None:
    """A word in a column of numbers is kept as it is written, and told."""
    folder = package(tmp_path, services="id,name,status,minimum_age\n1,A,active,eighteen\n")
    batch = read_batch(folder, None, pack())
    assert [problem.where for problem in batch.problems] == ["services.csv row 2, column minimum_age"]
    assert batch.rows[0].doc["minimum_age"] == "eighteen"


def bomb(tmp_path: Path, *members: tuple[str, bytes]) -> Path:
    """A zip file with these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    path = tmp_path / "in.zip"
    path.write_bytes(out.getvalue())
    return path


def test_harmful_zip_is_refused(tmp_path: Path) -> None:
    """A zip that unpacks to far more than it is, or leads out of its folder, is refused."""
    assert "unpacks" in problems_of(bomb(tmp_path, ("services.csv", b"0" * 50_000_000)))[0].what
    assert "leads out" in problems_of(bomb(tmp_path, ("../services.csv", b"id\n1\n")))[0].what
    many = [(f"{n}.csv", b"") for n in range(1001)]
    assert "1001 files" in problems_of(bomb(tmp_path, *many))[0].what


MISFITS = {
    "words for a list": ("phones", "203-555-0100", "phones_as_written", "203-555-0100"),
    "words in a list": ("languages", ["en", {"id": "9", "name": "Spanish"}], "languages_as_written", ["en"]),
    "nothing in a list": ("schedules", [None], "schedules_as_written", [None]),
    "words for an object": ("organization", "Us", "organization_as_written", "Us"),
    "two for one object": ("organization", [{"id": "1"}, {"id": "2"}], "organization_as_written", None),
}


@pytest.mark.parametrize("name", MISFITS)
def test_what_does_not_fit_is_told_and_given_back(name: str, tmp_path: Path) -> None:
    """A value of another type than the standard nests is told, kept beside what fits, and exported again."""
    field, value, kept, wanted = MISFITS[name]
    path = tmp_path / "in.json"
    path.write_text(json.dumps({**json.loads(SERVICE), field: value}))
    held = store()
    report = intake(held, read_batch(path, None, pack()), today=TODAY)
    assert f"/{field}" in {problem.where for problem in report.problems}
    docs = {key: record.doc for key, record in publish_records(held, pack(), TODAY).records.items()}
    (service,) = (doc for (object_, _), doc in docs.items() if object_ == "service")
    assert service[kept] == (value if wanted is None else wanted)
    assert sum(object_ == "language" for object_, _ in docs) == (field == "languages")
    files, _ = FORMATS["hsds-json"](docs)
    assert any(kept.encode() in data for data in files.values())


def test_plain_value_of_another_type_is_told_and_kept(tmp_path: Path) -> None:
    """A word where JSON should have a number is kept as it is, and told once however many have it."""
    path = tmp_path / "in.json"
    path.write_text(json.dumps([{**json.loads(SERVICE), "id": n, "minimum_age": "old"} for n in "123"]))
    batch = read_batch(path, None, pack())
    assert [(p.where, "3 are" in p.what) for p in batch.problems] == [("service/minimum_age", True)]
    assert {row.doc["minimum_age"] for row in batch.rows} == {"old"}


def test_cell_for_what_has_a_table_of_its_own_is_kept(tmp_path: Path) -> None:
    """A column of phones in the table of services is told and kept, and the table of phones still counts."""
    folder = package(
        tmp_path,
        services="id,name,status,phones\n1,A,active,203-555-0100\n",
        phones="id,service_id,number\n7,1,988\n",
    )
    batch = read_batch(folder, None, pack())
    service, phone = batch.rows
    assert (service.doc["phones_as_written"], service.doc["phones"]) == ("203-555-0100", [phone.id])
    assert "services.csv row 2, column phones" in {problem.where for problem in batch.problems}


@pytest.mark.parametrize("field", ["addresses", "extra", "phones"])
def test_mark_inside_what_does_not_fit_is_obeyed(field: str, tmp_path: Path) -> None:
    """What is marked confidential stays in, also inside a field that nobody could take apart (D5)."""
    hidden = {"address_1": "77 Hidden Lane", "confidential": True}
    path = tmp_path / "in.json"
    path.write_text(
        json.dumps({**json.loads(SERVICE), field: [[hidden]], "waypost": {"more": {"a": hidden}}})
    )
    held = store()
    intake(held, read_batch(path, None, pack()), today=TODAY)
    records = publish_records(held, pack(), TODAY).records
    assert len(records) == 1
    assert b"Hidden" not in b"".join(msgspec.json.encode(record.doc) for record in records.values())


def test_own_fields_that_are_not_ours_are_left_out(tmp_path: Path) -> None:
    """Fields under our key that we would never write are left out and told; the record is taken."""
    path = tmp_path / "in.json"
    path.write_text(json.dumps({**json.loads(SERVICE), "waypost": {"verification": "yes", "hours": 7}}))
    held = store()
    report = intake(held, read_batch(path, None, pack()), today=TODAY)
    assert ["waypost" in problem.where for problem in report.problems] == [True]
    assert publish(held, pack(), TODAY).listings[0].service.hours is None


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
NAMES = "id name status phones schedules service_areas service_at_locations languages organization location"
MORE = "attributes taxonomy_term opens_at byday valid_from minimum_age number latitude confidential waypost"
fields = st.sampled_from([*NAMES.split(), *MORE.split(), "organization_id", "email", "documents"])
objects = st.recursive(
    st.dictionaries(fields, anything, max_size=6),
    lambda inner: st.dictionaries(fields, anything | inner | st.lists(inner, max_size=2), max_size=6),
    max_leaves=6,
)


@settings(max_examples=60, deadline=None)
@given(objects)
def test_whatever_comes_in_the_gate_holds(tmp_path_factory: pytest.TempPathFactory, item: object) -> None:
    """Any object at all is taken, or refused with Problems; pages and exports can still be made of it."""
    path = tmp_path_factory.mktemp("any") / "in.json"
    path.write_text(json.dumps([{"id": "1", "name": "A", "status": "active", **item}]))  # type: ignore[dict-item]
    try:
        batch = read_batch(path, None, pack())
    except ProblemsFound:
        return
    held = store()
    intake(held, batch, today=TODAY)
    assert intake(held, batch, today=TODAY).quiet
    publish(held, pack(), TODAY)
    docs = {key: r.doc for key, r in publish_records(held, pack(), TODAY).records.items()}
    for form in FORMATS.values():
        form(docs)
    validate(path)
