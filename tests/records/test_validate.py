"""``validate``: version, profile, and all that is wrong, by pointer or by row and column; never a traceback."""

from __future__ import annotations

import io
import json
import sys
import zipfile
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.records.factories import TODAY
from tests.records.test_commands import Type
from tests.records.test_commands import typed as typed  # noqa: PLC0414 - a fixture
from waypost.exchange.states import state_of, states, states_of_zip
from waypost.exchange.validate import Verdict, examine, validate
from waypost.packs import load_pack

ID = "ac148810-d857-441c-9679-408f346de14b"
OTHER = "bc148810-d857-441c-9679-408f346de14b"
SERVICE: dict[str, Any] = {"id": ID, "name": "Food", "status": "active"}
PLACE = {
    "id": OTHER,
    "location_type": "physical",
    "latitude": 41.58,
    "longitude": -73.41,
    "addresses": [
        {
            "id": "cc148810-d857-441c-9679-408f346de14b",
            "address_1": "1 Main Street",
            "city": "New Milford",
            "state_province": "CT",
            "postal_code": "06776",
            "country": "US",
            "address_type": "physical",
        }
    ],
}


def judged(value: Any) -> Verdict:
    """The verdict on a JSON value."""
    return examine(json.dumps(value).encode(), "in.json", TODAY)


def at(verdict: Verdict) -> dict[str, str]:
    """What is wrong, by place."""
    return {problem.where.removeprefix("in.json"): problem.what for problem in verdict.problems}


def changed(doc: Any, path: str, value: Any) -> Any:
    """The document with another value at a pointer."""
    whole = deepcopy(doc)
    *steps, last = [int(s) if s.isdigit() else s for s in path.split("/")]
    inner = whole
    for step in steps:
        inner = inner[step]
    inner[last] = value
    return whole


def test_nothing_is_wrong_with_what_is_right() -> None:
    """A plain service and a plain place have no Problem."""
    assert judged(SERVICE).problems == ()
    assert judged(PLACE).problems == ()


@pytest.mark.parametrize(
    ("path", "value", "where", "said"),
    [
        ("latitude", 40.0, "", "does not lie in Connecticut"),
        ("latitude", 0, "/latitude", ""),
        ("longitude", None, "/longitude", "half"),
        ("longitude", 200, "/longitude", "beyond 180"),
        ("addresses/0/postal_code", "90210", "/addresses/0/postal_code", "CA"),
        ("addresses/0/state_province", "Massachusetts", "/addresses/0/postal_code", "CT"),
    ],
)
def test_places_outside_their_state_are_told(path: str, value: Any, where: str, said: str) -> None:
    """A point that is not in its state, half a point, and a postal code of another state are told."""
    if (path, value) == ("latitude", 0):
        verdict = judged({**PLACE, "latitude": -73.41, "longitude": 41.58})
        assert "exchanged" in at(verdict)[""]
        return
    assert said in at(judged(changed(PLACE, path, value)))[where]


def test_other_countries_are_left_alone() -> None:
    """A place in another country is not held to ours."""
    abroad = changed(changed(PLACE, "addresses/0/country", "GB"), "latitude", 51.5)
    assert judged(abroad).problems == ()


@pytest.mark.parametrize(
    ("more", "where", "said"),
    [
        ({"assured_date": "2026-11-23"}, "/assured_date", "not come yet"),
        ({"minimum_age": 30, "maximum_age": 20}, "/minimum_age", "above maximum_age"),
        ({"maximum_age": 999}, "/maximum_age", "Nobody"),
        ({"url": "example"}, "/url", "web"),
        ({"url": "mailto:desk@example.org"}, "/url", "web"),
        ({"assurer_email": "desk@example"}, "/assurer_email", "email"),
        ({"phones": [{"id": OTHER, "number": "555-01"}]}, "/phones/0/number", "dialled"),
        ({"phones": [{"id": OTHER, "number": "call us"}]}, "/phones/0/number", "dialled"),
        ({"phones": [{"id": OTHER, "number": "555-0100"}]}, "/phones/0/number", "dialled"),
        ({"phones": [{"id": OTHER, "number": "203-055-0100"}]}, "/phones/0/number", "dialled"),
        ({"phones": [{"id": OTHER, "number": "000"}]}, "/phones/0/number", "dialled"),
        ({"schedules": [{"id": OTHER, "opens_at": "17:00", "closes_at": "13:00"}]}, "/schedules/0", "before"),
        (
            {"schedules": [{"id": OTHER, "opens_at": "20:00", "closes_at": "04:00"}]},
            "/schedules/0",
            "midnight",
        ),
        ({"schedules": [{"id": OTHER, "opens_at": "09:00"}]}, "/schedules/0", "only one"),
        (
            {"schedules": [{"id": OTHER, "valid_from": "2026-02-01", "valid_to": "2026-01-01"}]},
            "/schedules/0/valid_to",
            "before valid_from",
        ),
        ({"cost_options": [{"id": OTHER, "amount": -5}]}, "/cost_options/0/amount", "less than nothing"),
    ],
)
def test_what_the_schemas_let_through_is_told(more: dict[str, Any], where: str, said: str) -> None:
    """Dates to come, ages, web and mail addresses, phones, hours and prices that cannot be are told by pointer."""
    assert said in at(judged({**SERVICE, **more})).get(where, ""), at(judged({**SERVICE, **more}))


def test_repeated_ids_and_dangling_keys_are_told() -> None:
    """Two services under one id, and a key that names an organization that the file lacks, are told."""
    one = {**SERVICE, "organization": {"id": OTHER, "name": "A", "description": "x"}}
    two = {**SERVICE, "name": "Another", "organization_id": ID}
    told = at(judged([one, two]))
    assert "has this id too" in told["/1/id"]
    assert "not in this file" in told["/1/organization_id"]


def test_version_is_told() -> None:
    """What a file keeps to is told: all of 3, or what came with 3.1."""
    assert judged(SERVICE).fits == ("3.0", "3.1", "3.2")
    assert judged({**SERVICE, "capacities": []}).fits == ("3.1", "3.2")
    assert judged(SERVICE).records == {"service": 1}


OLD = {
    "1.1": {"services.csv": "id,name,taxonomy_ids\n1,Food,2\n"},
    "1.1 hours": {"services.csv": "id,name\n1,Food\n", "regular_schedules.csv": "id\n1\n"},
    "2.0": {"services.csv": "id,name\n1,Food\n", "physical_addresses.csv": "id\n1\n"},
    "Ohana": {"services.csv": "id,name\n1,Food\n", "mail_addresses.csv": "id\n", "categories.csv": "id\n"},
}


@pytest.mark.parametrize("name", OLD)
def test_older_dialects_are_told_as_such(name: str, tmp_path: Path) -> None:
    """Tables of 1.1, 2.0 and Ohana are recognized and not mistaken for 3."""
    for file, text in OLD[name].items():
        (tmp_path / file).write_text(text)
    verdict = validate(tmp_path, TODAY)
    assert (verdict.version, verdict.valid) == (name.split(maxsplit=1)[0], False)
    assert "older than HSDS 3" in verdict.problems[0].what


def test_unknown_field_is_told_once() -> None:
    """A field that the standard does not know is told once, with how many have it, and is no error."""
    verdict = judged([{**SERVICE, "colour": 1}, {**SERVICE, "id": OTHER, "colour": 2}])
    assert verdict.valid
    assert [p.what for p in verdict.problems] == ["HSDS 3.2 has no field of this name. 2 have it."]


def tables(**files: str) -> bytes:
    """A zip file of tables."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in files.items():
            archive.writestr(f"{name}.csv", text)
    return out.getvalue()


def test_tables_are_judged_by_row_and_column(tmp_path: Path) -> None:
    """In a zip of tables places outside their state, phones and hours are told by table, row and column."""
    path = tmp_path / "in.zip"
    path.write_bytes(
        tables(
            locations=f"id,location_type,name,latitude,longitude\n{ID},physical,A,10.5,-73.41\n",
            addresses="id,location_id,address_1,city,state_province,postal_code,country,address_type\n"
            f"{OTHER},{ID},1 Main Street,New Milford,CT,90210,US,physical\n",
            phones=f"id,number,location_id\n{OTHER},12,{ID}\n",
        )
    )
    told = {p.where: p.what for p in validate(path, TODAY).problems}
    assert "Connecticut" in told["locations.csv row 2"]
    assert "CA" in told["addresses.csv row 2, column postal_code"]
    assert "dialled" in told["phones.csv row 2, column number"]


def test_our_own_towns_lie_in_their_states() -> None:
    """The boxes around the states hold every town of our packs, and its ZIP codes are its state's."""
    pack = load_pack(Path(__file__).resolve().parents[2] / "packs", "us-ct-new-milford")
    for town in pack.places.towns.values():
        state = state_of(town.state)
        assert state is not None
        assert state.around(town.latitude, town.longitude), town
        for code in town.zips:
            assert town.state in states_of_zip(code), (town.name, code)
    assert len(states()) == 56


@pytest.mark.parametrize(("words", "code"), [(SERVICE, 0), ({**SERVICE, "status": "open"}, 1), ("{", 1)])
def test_standard_input_is_judged(
    typed: Type, monkeypatch: pytest.MonkeyPatch, words: Any, code: int
) -> None:
    """What comes on standard input is judged as a file is, with the same exit code."""
    text = words if isinstance(words, str) else json.dumps(words)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    left, out, _ = typed("validate", "-", "--json")
    assert left == code
    assert json.loads(out)["valid"] is (code == 0)


def test_verdict_has_the_documented_shape() -> None:
    """Every field that docs/records.md names is there, and no other."""
    text = (Path(__file__).resolve().parents[2] / "docs" / "records.md").read_text("utf-8")
    shown = text.split("`validate --json` prints")[1].split("```json\n")[1].split("```")[0]
    assert set(json.loads(shown)) == set(Verdict.__struct_fields__)


LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
NAMES = st.sampled_from(
    ["id", "name", "status", "phones", "schedules", "services", "contents", "latitude", "version"]
)
TREES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES | st.text(max_size=5), inner)
)
SPECIAL = (
    b"[" * 100_000,
    b'{"a":' * 100_000,
    b'[{"id": 1' + b"0" * 5000 + b', "name": "a", "status": "active"}]',
    b'{"id": NaN, "name": Infinity}',
    '{"id": "a", "name": "é"}'.encode("latin-1"),
    '{"id": "a", "name": "b"}'.encode("utf-16"),
    b"\xef\xbb\xbf",
    b"\x00" * 100,
    b'{"contents": [[[]]]}',
    b'{"services": [1, null, {"id": {}}]}',
    b'{"services.csv": [{"id": [1]}], "phones.csv": [{"id": {}, "service_id": []}]}',
)


@pytest.mark.parametrize("data", SPECIAL, ids=range(len(SPECIAL)))
@pytest.mark.parametrize("name", ["in.json", "in.csv", "services.csv"])
def test_hostile_bytes_are_judged(data: bytes, name: str) -> None:
    """Deep, huge, wrongly encoded or absurd bytes are judged, and never raise."""
    empty = name == "services.csv" and not data.removeprefix(b"\xef\xbb\xbf")
    assert examine(data, name, TODAY).valid is empty


@settings(max_examples=150, deadline=None)
@given(value=TREES)
def test_any_json_is_judged(value: Any) -> None:
    """Any JSON at all is judged."""
    assert isinstance(judged(value), Verdict)


@settings(max_examples=150, deadline=None)
@given(data=st.binary(max_size=300), name=st.sampled_from(["in.json", "services.csv", "phones.csv"]))
def test_any_bytes_are_judged(data: bytes, name: str) -> None:
    """Any bytes at all are judged."""
    assert isinstance(examine(data, name, TODAY), Verdict)
