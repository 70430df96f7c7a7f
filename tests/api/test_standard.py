"""All that HSDS 3.2.3 says of an API is there, and what it answers keeps to the standard's schemas (D2)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from starlette.testclient import TestClient

from tests.api.asking import asker, full_store, town_with_places
from tests.records.factories import TODAY, store
from waypost.desk.intake import intake_pack
from waypost.exchange.schema import validator
from waypost.server.api.describe import describe
from waypost.server.api.table import TABLE

STANDARD = json.loads((Path(__file__).parent / "openapi-3.2.3.json").read_text("utf-8"))
SHARED = STANDARD["components"]["parameters"]


def parameters(path: str, method: str) -> set[str]:
    """The names of the parameters that the standard gives an operation."""
    said = STANDARD["paths"][path][method].get("parameters", ())
    return {SHARED[p["$ref"].rpartition("/")[2]]["name"] if "$ref" in p else p["name"] for p in said}


OPERATIONS = [(path, m) for path, said in STANDARD["paths"].items() for m in said if m in ("get", "post")]
GOOD = {
    "search": "clinic",
    "page": "1",
    "per_page": "2",
    "format": "json",
    "minimal": "true",
    "full": "true",
    "full_service": "true",
    "modified_after": "2020-01-01T00:00:00Z",
    "postcode": "06776",
    "top_only": "true",
}


@pytest.fixture(scope="module")
def ask() -> TestClient:
    """Asks an API over the examples and a pack."""
    return asker(full_store(), town_with_places())


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_each_operation_of_the_standard_is_served(ask: TestClient, path: str, method: str) -> None:
    """D2: each path of the standard's description takes each of its parameters, alone, and describes it."""
    ours = describe([])["paths"][path][method]
    if method == "get":
        assert parameters(path, method) <= {p["name"] for p in ours["parameters"]}
    else:
        (form, json_) = ours["requestBody"]["content"].values()
        assert parameters(path, method) <= set(form["schema"]["properties"]) & set(
            json_["schema"]["properties"]
        )
    at = f"/api/hsds{path}"
    if "{id}" in path:
        listed = at.removesuffix("/{id}")
        at = f"{listed}/{ask.get(listed).json()['contents'][0]['id']}"
    assert ask.request(method, at).status_code == 200
    for name in parameters(path, method):
        said = {"postcode": "06776", name: "500"} if name == "proximity" else {name: GOOD.get(name, "an-id")}
        given: Any = {"params": said} if method == "get" else {"data": said}
        assert ask.request(method, at, **given).status_code == 200, name


@pytest.mark.parametrize("at", TABLE)
@pytest.mark.parametrize("more", ["", "?full=true", "?full_service=true"])
def test_answers_keep_to_the_schemas(ask: TestClient, at: str, more: str) -> None:
    """Each object of each list, in brief and whole, and each by id, is as the standard's schema has it."""
    name = more.partition("=")[0].removeprefix("?")
    if name and name not in TABLE[at].parameters:
        return
    schema = validator(TABLE[at].object)
    page = ask.get(f"/api/hsds/{at}{more}").json()
    envelope = jsonschema_rs.Draft202012Validator(STANDARD["components"]["schemas"]["Page"])
    assert envelope.is_valid(page)
    assert page["contents"]
    for item in page["contents"]:
        assert [e.message for e in schema.iter_errors(item)] == []
        if not more:
            whole = ask.get(f"/api/hsds/{at}/{item['id']}").json()
            assert [e.message for e in schema.iter_errors(whole)] == []


def test_the_root_says_where_the_description_is(ask: TestClient) -> None:
    """The root has the standard's fields, and no address that the asker made up."""
    answer = ask.get("/api/hsds/", headers={"Host": "evil.example"})
    assert answer.json()["version"] == "3.2"
    assert "evil" not in answer.text
    at = answer.json()["openapi_url"].removeprefix("http://testserver")
    assert ask.get(at).json()["openapi"] == "3.1.0"
    at = answer.json()["profile"].removeprefix("http://testserver")
    for name in ask.get(at).json()["files"]:
        assert "properties" in ask.get(f"{at}/{name}").json()


def names(answer: Any) -> list[str]:
    """The names of the services of places of service."""
    return sorted(doc["service"]["name"] for doc in answer.json()["contents"])


def test_a_postal_code_narrows_to_who_serves_it_and_who_is_near() -> None:
    """A postcode leaves what serves it or does not say; with proximity, only what is so near."""
    held, town = store(), town_with_places()
    intake_pack(held, town, TODAY)
    ask = asker(held, town)
    at = "/api/hsds/service_at_locations?postcode=06776"
    assert names(ask.get(at)) == ["Clinic", "Clínica"]
    assert names(ask.get(f"{at}&proximity=1000")) == ["Clinic"]
    assert names(ask.get(f"{at}&proximity=100000")) == ["Clinic", "Clínica"]
    assert names(ask.get("/api/hsds/service_at_locations?search=CLINICA")) == ["Clínica"]
    elsewhere = town_with_places(serves=("ct",))
    intake_pack(held, elsewhere, TODAY)
    assert names(asker(held, elsewhere).get(at)) == ["Clínica"]


def test_a_postal_code_outside_is_a_problem(ask: TestClient) -> None:
    """A postal code that the places do not know is refused, with the data set, and is not repeated."""
    answer = ask.get("/api/hsds/service_at_locations?postcode=99501")
    assert answer.status_code == 400
    assert "the places of the pack town" in answer.json()["detail"]
    assert "99501" not in answer.text
    assert ask.get("/api/hsds/service_at_locations?proximity=5").status_code == 400


def test_services_of_an_organization_whole_or_in_brief(ask: TestClient) -> None:
    """full_service puts whole services in a list, and false takes their lists away from one organization."""
    at = "/api/hsds/organizations"
    (of_list,) = [
        o for o in ask.get(f"{at}?full_service=true").json()["contents"] if o["name"] == "Health Center"
    ]
    whole = ask.get(f"{at}/{of_list['id']}").json()
    assert of_list["services"] == whole["services"]
    assert "service_at_locations" in whole["services"][0]
    brief = ask.get(f"{at}/{of_list['id']}?full_service=false").json()["services"]
    assert [s["id"] for s in brief] == [s["id"] for s in whole["services"]]
    assert "service_at_locations" not in brief[0]
    assert "services" not in ask.get(at).json()["contents"][0]
