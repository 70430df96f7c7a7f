"""The standard's own examples come back as they went in (D1), and a second time changes nothing (D4)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.records.factories import TODAY, pack, store
from waypost.desk.incoming import read_batch
from waypost.desk.intake import intake
from waypost.desk.publish import publish, publish_records
from waypost.exchange.hsds_json import kind_of
from waypost.exchange.outgoing import FORMATS
from waypost.exchange.splice import children_of, full
from waypost.exchange.validate import validate
from waypost.store import Store

EXAMPLES = Path(__file__).parent / "examples"
NAMES = sorted(p.name for p in EXAMPLES.glob("*.json") if p.name not in ("base.json", "tabular.json"))
FORMS = {"hsds-json": "out.json", "ndjson": "out.ndjson", "hsds-csv": "out"}


def items(name: str) -> list[dict[str, Any]]:
    """The objects of an example: those of its page, or itself."""
    found = msgspec.json.decode((EXAMPLES / name).read_bytes())
    return list(found["contents"]) if "contents" in found else [found]


def given_back(held: Store, item: dict[str, Any]) -> Any:
    """The object as the database gives it back, whole."""
    published = publish_records(held, pack(), TODAY)
    children = children_of((key[0], record.doc) for key, record in published.records.items())
    kind = kind_of(item)
    assert kind is not None
    return full(published.find, children, kind, item["id"])


@pytest.mark.parametrize("name", NAMES)
def test_example_comes_back_identical(name: str) -> None:
    """Each official example, taken into an empty database, is given back as the same canonical JSON."""
    held = store()
    report = intake(held, read_batch(EXAMPLES / name, None, pack()), today=TODAY)
    assert not report.refused
    assert not report.problems
    assert [given_back(held, item) for item in items(name)] == items(name)


@pytest.mark.parametrize("name", [*NAMES, "tabular.json", "csv"])
def test_every_row_is_accounted_for(name: str) -> None:
    """In each table of the report, what came in is what was taken, changed, left, folded or set aside."""
    report = intake(store(), read_batch(EXAMPLES / name, None, pack()), today=TODAY)
    assert report.tables
    for table in report.tables.values():
        done = table.taken + table.changed + table.unchanged + table.folded + table.set_aside
        assert table.in_ == done
        assert table.in_ > 0


@pytest.mark.parametrize("name", [*NAMES, "tabular.json", "csv"])
def test_second_import_changes_nothing(name: str) -> None:
    """The same file taken in again leaves every row as it was, and lists no conflict."""
    held = store()
    intake(held, read_batch(EXAMPLES / name, None, pack()), today=TODAY)
    again = intake(held, read_batch(EXAMPLES / name, None, pack()), today=TODAY)
    assert again.quiet
    assert not again.conflicts


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", [*NAMES, "tabular.json", "csv"])
def test_export_then_import_changes_nothing(name: str, form: str, tmp_path: Path) -> None:
    """What was exported, taken in again under the same or another name, changes nothing."""
    held = store()
    intake(held, read_batch(EXAMPLES / name, "a", pack()), today=TODAY)
    out = tmp_path / FORMS[form]
    write(out, FORMATS[form](docs(held))[0])
    for source in ("a", "b"):
        again = intake(held, read_batch(out, source, pack()), today=TODAY)
        assert again.quiet, again.as_words()
        assert not again.conflicts, again.as_words()


@pytest.mark.parametrize("form", FORMS)
def test_export_is_valid(form: str, tmp_path: Path) -> None:
    """Every format that we write passes our own validation."""
    held = store()
    intake(held, read_batch(EXAMPLES / "service_full.json", "a", pack()), today=TODAY)
    out = tmp_path / FORMS[form]
    write(out, FORMATS[form](docs(held))[0])
    assert validate(out).valid, validate(out).problems


def test_record_of_others_is_listed() -> None:
    """A service from elsewhere is listed with organization, phone and place, and not called checked."""
    held = store()
    intake(held, read_batch(EXAMPLES / "service_full.json", None, pack()), today=TODAY)
    (listing,) = publish(held, pack(), TODAY).listings
    assert listing.service.name == "Community Counselling"
    assert listing.organization.name == "Example Organization Inc."
    assert listing.service.phones
    assert listing.service.locations[0].addresses[0].city == "MyCity"
    assert listing.service.verification.state == "unverified"
    assert listing.shown.freshness == "overdue"


def docs(held: Store) -> dict[tuple[str, str], Any]:
    """Everything that may be given away."""
    records = publish_records(held, pack(), TODAY, exporting=True).records
    return {key: record.doc for key, record in records.items()}


def write(out: Path, files: dict[str, bytes]) -> None:
    """Write an export."""
    for name, data in files.items():
        at = out / name if name else out
        at.parent.mkdir(exist_ok=True)
        at.write_bytes(data)
