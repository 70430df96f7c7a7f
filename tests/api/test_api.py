"""The API gives the records back as the standard has them, and says plainly what it does not take."""

from __future__ import annotations

import msgspec
import pytest
from starlette.testclient import TestClient

from tests.records.factories import TODAY, pack, store
from tests.records.test_examples import EXAMPLES, NAMES, items
from waypost.desk.guide import Guide
from waypost.desk.incoming import read_batch
from waypost.desk.intake import intake
from waypost.desk.served import serve_records
from waypost.exchange.hsds_json import kind_of
from waypost.model.directory import Directory
from waypost.server.api import Api
from waypost.server.api.table import TABLE

AT = {listing.object: name for name, listing in TABLE.items()}


class Day:
    """An edition with nothing but records."""

    def __init__(self, name: str):
        held = store()
        intake(held, read_batch(EXAMPLES / name, None, pack()), today=TODAY)
        served = serve_records(held, pack(), TODAY)
        self.guide = Guide(pack(), Directory(()), TODAY, TODAY, None, lambda: served)

    def edition(self) -> Day:
        """Itself, every day."""
        return self

    kept = edition


def client(name: str) -> TestClient:
    """Asks the API over the records of one example."""
    return TestClient(Api(Day(name)))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", [n for n in NAMES if n != "location.json"])
def test_d1_example_is_served_as_it_came(name: str) -> None:
    """D1: each official example is answered by id, or stands in its list, as it was taken in."""
    ask = client(name)
    for item in items(name):
        at = AT[str(kind_of(item))]
        if "list" in name:
            assert item in ask.get(f"/api/hsds/{at}?per_page=1000").json()["contents"]
        else:
            assert ask.get(f"/api/hsds/{at}/{item['id']}").json() == item


@pytest.mark.parametrize("at", TABLE)
def test_post_answers_as_get(at: str) -> None:
    """A list asked for in a body, JSON or form, is the list asked for in the address."""
    ask = client("service_full.json")
    said: dict[str, str | int] = {"per_page": 1, "search": "e"}
    got = ask.get(f"/api/hsds/{at}", params=said)
    assert got.status_code == 200
    assert ask.post(f"/api/hsds/{at}", json=said).json() == got.json()
    assert ask.post(f"/api/hsds/{at}", data=said).json() == got.json()


def test_unchanged_is_not_sent_again() -> None:
    """A tag given back is answered with 304 and no body."""
    ask = client("service_full.json")
    first = ask.get("/api/hsds/services")
    again = ask.get("/api/hsds/services", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_all_that_is_wrong_is_told_at_once() -> None:
    """Every bad parameter is named in one problem+json."""
    answer = client("service_full.json").get("/api/hsds/services?page=0&full=perhaps&format=xml")
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert len(answer.json()["errors"]) == 3


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "", 200),
        ("GET", "openapi.json", 200),
        ("HEAD", "services", 200),
        ("OPTIONS", "services", 204),
        ("DELETE", "services", 405),
        ("GET", "nothing", 404),
        ("GET", "services/nothing", 404),
    ],
)
def test_any_site_may_ask(method: str, path: str, status: int) -> None:
    """Each answer, errors included, may be read by the pages of any site."""
    answer = client("service_full.json").request(method, f"/api/hsds/{path}")
    assert answer.status_code == status
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"


def test_lines_are_the_whole_list() -> None:
    """ndjson holds every object, one a line."""
    ask = client("organization_list.json")
    lines = ask.get("/api/hsds/organizations?format=ndjson").content.splitlines()
    assert [msgspec.json.decode(n) for n in lines] == ask.get("/api/hsds/organizations").json()["contents"]
