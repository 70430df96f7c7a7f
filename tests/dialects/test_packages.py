"""Older packages: recognized, every row accounted for, dirt met by rules with names, and nothing twice."""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path

import pytest

from tests.dialects.made import DATA, DIALECTS, OHANA, ONE, TWO
from tests.dialects.sheets import MAPPING, xlsx
from tests.records.factories import TODAY, pack, store
from waypost.desk.incoming import read_batch
from waypost.desk.intake import intake
from waypost.desk.publish import publish_records
from waypost.exchange.batch import Batch
from waypost.exchange.dialects import package, times
from waypost.exchange.dialects.rules import RULES
from waypost.exchange.outgoing import FORMATS
from waypost.exchange.validate import validate
from waypost.model.evidence import ProblemsFound, Severity

NAMES = sorted(DIALECTS)


def put(files: dict[str, str], folder: Path, encoding: str = "utf-8") -> Path:
    """Write a directory's files into a folder."""
    for name, text in files.items():
        (folder / name).write_bytes(text.encode(encoding))
    return folder


def batch(files: dict[str, str]) -> Batch:
    """A directory as it was read."""
    made = package.read({name: text.encode() for name, text in files.items()}, "made", "made")
    assert made is not None
    return made


def docs(made: Batch, object_: str) -> list[dict[str, object]]:
    """What became of one kind."""
    return [row.doc for row in made.rows if row.object == object_]


@pytest.mark.parametrize("name", NAMES)
def test_dialect_is_recognized_and_said(name: str) -> None:
    """Each dialect is told by what is in it, and the report says why."""
    made = batch(DIALECTS[name])
    assert (made.version or "Ohana", made.format) == (name, "ohana-csv" if name == "Ohana" else "hsds-csv")
    assert made.problems[0].what.startswith("[taken-for]")


@pytest.mark.parametrize("name", NAMES)
def test_validate_takes_it_for_the_same_as_import(name: str, tmp_path: Path) -> None:
    """Validate names the dialect that an import names, for the same reasons, and says that it is not HSDS 3."""
    folder = put(DIALECTS[name], tmp_path)
    verdict, made = validate(folder), read_batch(folder, "made", pack())
    assert (verdict.format, verdict.version, verdict.valid) == (made.format, name, False)
    assert made.problems[0] in verdict.problems


@pytest.mark.parametrize("name", NAMES)
def test_every_row_is_accounted_for(name: str, tmp_path: Path) -> None:
    """In each table the counts add up to the rows in the file, and a second import changes nothing."""
    folder, held = put(DIALECTS[name], tmp_path), store()
    first = intake(held, read_batch(folder, "made", pack()), today=TODAY)
    assert not first.refused
    for file, text in DIALECTS[name].items():
        count = first.tables[file]
        assert count.in_ == len(list(csv.reader(io.StringIO(text)))) - 1, file
    for table, count in first.tables.items():
        assert count.in_ == count.taken + count.changed + count.unchanged + count.folded + count.set_aside, (
            table
        )
    again = intake(held, read_batch(folder, "made", pack()), today=TODAY)
    assert sum(count.taken + count.changed for count in again.tables.values()) == 0


@pytest.mark.parametrize("form", ["hsds-csv", "hsds-json"])
@pytest.mark.parametrize("name", NAMES)
def test_export_is_valid_and_comes_back_the_same(name: str, form: str, tmp_path: Path) -> None:
    """What is given away validates with 0 errors as HSDS 3, and coming back changes nothing."""
    held = store()
    (tmp_path / "in").mkdir()
    intake(held, read_batch(put(DIALECTS[name], tmp_path / "in"), "made", pack()), today=TODAY)
    records = publish_records(held, pack(), TODAY, exporting=True).records
    assert records
    files, _ = FORMATS[form]({key: record.doc for key, record in records.items()})
    out = tmp_path / "out"
    out.mkdir()
    for file, data in files.items():
        (out / (file or "all.json")).write_bytes(data)
    path = out if form == "hsds-csv" else out / "all.json"
    assert [p for p in validate(path, TODAY).problems if p.severity == Severity.error] == []
    report = intake(held, read_batch(path, "made", pack()), today=TODAY)
    assert sum(count.taken + count.changed for count in report.tables.values()) == 0


def test_rules_of_dirt_are_met_and_named(tmp_path: Path) -> None:
    """The made-up dirt meets every rule there is, and the report says each by its name."""
    read = [batch(files) for files in DIALECTS.values()]
    read += [read_batch(DATA / name, "made", pack()) for name in ("airs-clean.xml", "airs-dirty.xml")]
    (tmp_path / "list.xlsx").write_bytes(xlsx())
    (tmp_path / "list.yaml").write_text(MAPPING, "utf-8")
    read.append(read_batch(tmp_path / "list.xlsx", "made", pack(), tmp_path / "list.yaml"))
    said = [problem.what for made in read for problem in made.problems]
    met = {what[1:].split("]")[0] for what in said if what.startswith("[")}
    told_alone = {"taken-for", "bad-cell", "column-left-out", "sheet-left-out"}
    assert met - told_alone == set(RULES)


def test_ohana_words_become_standard_ones() -> None:
    """Kinds of phones, days, times and dates stand in the standard's words; staff addresses are left out."""
    made = batch(OHANA)
    assert [doc["type"] for doc in docs(made, "phone")] == ["textphone"]
    hours = docs(made, "schedule")
    assert {"byday": "MO", "opens_at": "09:00", "closes_at": "17:00"}.items() <= hours[-2].items()
    assert any(doc.get("valid_from") == "2025-12-24" and doc["notes"] == "Closed" for doc in hours)
    assert "staff@example.org" not in str([row.doc for row in made.rows])
    assert Counter(doc["address_type"] for doc in docs(made, "address")) == {"physical": 1, "postal": 1}


def test_codes_in_a_cell_become_links_to_their_terms() -> None:
    """A service of Ohana is of the kinds whose codes it names."""
    made = batch(OHANA)
    beds = next(row for row in made.rows if row.doc.get("code") == "101-01")
    assert beds.id in {doc.get("taxonomy_term") for doc in docs(made, "attribute")}
    assert made.tables["services.csv: taxonomy_ids"].set_aside == 0


def test_times_in_fields_for_dates_are_moved() -> None:
    """8:30AM under valid_from is when it opens, and no date is left of it."""
    hours = docs(batch(TWO), "schedule")
    assert {"opens_at": "08:30", "closes_at": "17:30"}.items() <= hours[0].items()
    assert "valid_from" not in hours[0]
    assert hours[1]["byday"] == "MO,TU,WE,TH,FR"


def test_service_names_the_first_organization_that_is_there() -> None:
    """Of several keys in one cell the first that names something holds, and a status of no meaning is not shown."""
    services = docs(batch(TWO), "service")
    assert len(services) == 2
    assert all("organization" in doc for doc in services)
    assert {doc["status"] for doc in services} == {"active", "inactive"}


def test_number_of_several_services_is_that_of_each() -> None:
    """A phone that names three services, of which two are here, is on both, and the row of the file counts once."""
    made = batch(TWO)
    phones = [row.id for row in made.rows if row.object == "phone"]
    named = [phone for doc in docs(made, "service") for phone in doc.get("phones", ())]  # type: ignore[attr-defined]
    assert sorted(named) == sorted(phones)
    assert len(phones) == 2
    assert made.tables["phones.csv"].in_ == 2


def test_place_that_only_an_address_tells_of_is_made() -> None:
    """A service names a place that no table has, and a table has its address: the place is made, and only that one."""
    made = batch(TWO)
    assert {doc.get("name") for doc in docs(made, "location")} == {"Hill", "5 Mill Street"}
    assert len(docs(made, "service_at_location")) == 2
    place = next(doc for doc in docs(made, "location") if doc.get("name") == "5 Mill Street")
    assert len(place["addresses"]) == 1  # type: ignore[arg-type]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_encodings_are_recognized(encoding: str, tmp_path: Path) -> None:
    """Files with a mark, in cp1252 or in UTF-16 read the same, with any delimiter, and the report says so."""
    files = {name: text.replace("Hill", "Caf\xe9") for name, text in ONE.items()}
    files["location.csv"] = files["location.csv"].replace(",", ";")
    made = read_batch(put(files, tmp_path, encoding), "made", pack())
    assert docs(made, "organization")[0]["name"] == "Caf\xe9 House"
    assert docs(made, "location")[0]["name"] == "Caf\xe9"
    assert encoding in str(made.encoding)


def test_loose_tables_are_refused_whole() -> None:
    """Services of organizations that are not there are not one directory: refused with a sentence."""
    rows = "".join(f"{n},{n + 100},Beds,active,t1\n" for n in range(8))
    files = {**ONE, "HSDS Services (1).csv": f"id,organization_id,name,status,taxonomy_ids\n{rows}"}
    with pytest.raises(ProblemsFound, match="do not hang together"):
        batch(files)


def test_standard_package_is_left_to_its_own_reader(tmp_path: Path) -> None:
    """What HSDS 3 exports is never taken for an older dialect."""
    held = store()
    intake(held, read_batch(put(TWO, tmp_path), "made", pack()), today=TODAY)
    records = publish_records(held, pack(), TODAY, exporting=True).records
    files, _ = FORMATS["hsds-csv"]({key: record.doc for key, record in records.items()})
    assert package.read(files, "made", "made") is None


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("9:00am", "09:00"),
        ("12 AM", "00:00"),
        ("12:30 p.m.", "12:30"),
        ("17:00:00", "17:00"),
        ("25:00", None),
    ],
)
def test_time(written: str, read: str | None) -> None:
    """Times as people write them."""
    assert times.time(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Monday - Friday", "MO,TU,WE,TH,FR"),
        ("Tuesday & Thursday", "TU,TH"),
        ("Sat-Mon", "MO,SA,SU"),
        ("x", None),
    ],
)
def test_days(written: str, read: str | None) -> None:
    """Days as people write them."""
    assert times.days(written) == read


def test_every_rule_is_in_the_manual() -> None:
    """docs/importing.md lists each rule by its name."""
    manual = (Path(__file__).parents[2] / "docs" / "importing.md").read_text(encoding="utf-8")
    assert [rule for rule in RULES if f"`{rule}`" not in manual] == []
