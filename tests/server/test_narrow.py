"""Search without script: wishes are sealed with the words, the list is a page, odd input is answered."""

from __future__ import annotations

import re
import time

import pytest
from starlette.testclient import TestClient

from waypost.desk.guide import Guide
from waypost.server import Current, Seal, make_app
from waypost.server.seal import new_key


@pytest.fixture(scope="module")
def client(guide: Guide) -> TestClient:
    """New Milford's site."""
    seal = Seal(new_key(), int(time.time() // 900))
    return TestClient(make_app(Current(lambda day: guide, lambda: guide.on), seal), follow_redirects=False)


def answered(client: TestClient, path: str, **form: str) -> str:
    """Post a form, follow its token, and read the page."""
    sent = client.post(path, data=form)
    assert sent.status_code == 303
    page = client.get(sent.headers["location"])
    assert page.status_code == 200
    return page.text.partition("<template")[0]


def test_wishes_are_kept_and_what_is_unknown_stands_apart(client: TestClient) -> None:
    """The form shows what was ticked, and services whose records do not say have a part of their own."""
    page = answered(client, "/find/", words="food", free="on", within="10")
    assert "found-unsure" in page
    assert re.search(r'name="free" checked', page)
    assert re.search(r'value="10"[^>]* selected', page)


def test_an_unknown_place_is_named_back(client: TestClient) -> None:
    """Nobody is left to think that results are for a place that the guide does not know."""
    assert (
        "Atlantis"
        in re.findall(r'found-notice">([^<]*)', answered(client, "/find/", words="food", near="Atlantis"))[0]
    )


def test_a_list_without_script_is_a_page(client: TestClient) -> None:
    """What was ticked comes back as a plain sheet, in the language of the form."""
    picks = re.findall(r'name="(k-\w+)"', answered(client, "/find/", words="food"))[:2]
    sheet = re.search(
        r"<pre[^>]*>(.*?)</pre>", answered(client, "/es/find/", **dict.fromkeys(picks, "on")), re.S
    )
    assert sheet
    assert len(sheet[1].split("\n\n")) == 2


@pytest.mark.parametrize(
    "odd", ["x" * 10_000, "a\0b", "😀" * 50, "\u202eabc", "' OR 1=1 --", 'NEAR/2 "*" (a AND b)', "²٣"]
)
def test_odd_input_is_answered(client: TestClient, odd: str) -> None:
    """R14: in the words and in every wish."""
    wishes = dict.fromkeys(("within", "day", "hour", "language", "whom"), odd[:200])
    answered(client, "/find/", words=odd, near=odd, **wishes)
