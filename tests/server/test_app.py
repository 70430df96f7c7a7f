"""Every answer of the server is strict, quiet and complete."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from waypost.desk.guide import Guide
from waypost.server import Current
from waypost.site.headers import HEADERS

FORM = {"content-type": "application/x-www-form-urlencoded"}


def test_every_page_is_served_in_both_languages(client: TestClient, current: Current) -> None:
    """Each page of the guide can be drawn, says its language in html lang, and has its counterpart."""
    edition = current.edition()
    assert {p.language for p in edition.pages.values()} == {"en", "es"}
    for path, page in edition.pages.items():
        body = edition.page(path)
        assert body is not None
        assert f'<html lang="{page.language}"'.encode() in body.plain, path
    english = {p for p in edition.pages if not p.startswith("/es/")}
    assert {f"/es{p}" for p in english} == edition.pages.keys() - english
    for path in sorted(edition.pages)[::40]:
        assert client.get(path).status_code == 200, path


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 200),
        ("GET", "/nothing-here/", 404),
        ("GET", "/es/nada/", 404),
        ("GET", "/fr/rien/", 404),
        ("DELETE", "/", 405),
        ("POST", "/", 405),
        ("GET", "/find/", 404),
        ("GET", "/r/forged", 410),
        ("GET", "/assets/none.css", 404),
        ("GET", "/healthz", 200),
        ("HEAD", "/", 200),
    ],
)
def test_p7_strict_headers_on_every_answer(client: TestClient, method: str, path: str, status: int) -> None:
    """P7: the strict headers stand on every answer, errors included; nothing sets a cookie."""
    answer = client.request(method, path)
    assert answer.status_code == status
    for name, value in HEADERS.items():
        assert answer.headers[name] == value, name
    assert "no-store" in answer.headers["cache-control"]
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert "://" not in answer.headers["content-security-policy"]
    assert "set-cookie" not in answer.headers
    assert "server" not in answer.headers


def test_p7_headers_on_a_fault(client: TestClient, current: Current, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault inside gives a calm page with the same headers and no word of what was asked."""

    def fault(*args: object, **options: object) -> bytes:
        raise ValueError("a secret word")

    monkeypatch.setattr("waypost.server.app._answer", fault)
    token = client.post("/find/", data={"words": "a secret word"}).headers["location"]
    answer = client.get(token)
    assert answer.status_code == 500
    assert "a secret word" not in answer.text
    assert answer.headers["cache-control"] == HEADERS["Cache-Control"]


def test_p3_search_leads_by_a_token_that_holds_no_word(client: TestClient) -> None:
    """P3: a posted search answers 303 to an address in which no word of it stands; Back works."""
    answer = client.post("/find/", data={"words": "free food today"})
    assert answer.status_code == 303
    location = answer.headers["location"]
    assert re.fullmatch(r"/r/[A-Za-z0-9_-]+/?", location)
    page = client.get(location)
    assert page.status_code == 200
    assert client.get(location).text == page.text
    assert client.get(f"/es{location}").status_code == 200


def test_a_token_that_is_gone_says_so(client: TestClient) -> None:
    """An old or forged address gives a page that says the answer is gone, in the language of the address."""
    assert client.get("/r/AAAA").status_code == 410
    assert '<html lang="es"' in client.get("/es/r/AAAA").text


def test_p6_a_fault_is_noted_without_words(client: TestClient, capfd: pytest.CaptureFixture[str]) -> None:
    """P6: the log of a fault holds its place and type, and nothing that the reader sent."""
    marked = "zzmarkedword"
    from waypost.server import app as module

    original = module._answer
    try:
        module._answer = lambda *a: (_ for _ in ()).throw(ValueError(marked))
        client.get(client.post("/find/", data={"words": marked}).headers["location"])
    finally:
        module._answer = original
    out, err = capfd.readouterr()
    assert "ValueError at" in err
    assert marked not in out + err
    assert "testclient" not in out + err


def test_r19_a_form_from_another_site_is_refused(client: TestClient) -> None:
    """R19: a form that another site sends is refused; our own and old browsers' are taken."""
    words = {"words": "food"}
    assert client.post("/find/", data=words, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert client.post("/find/", data=words, headers={"sec-fetch-site": "same-site"}).status_code == 403
    assert client.post("/find/", data=words, headers={"sec-fetch-site": "same-origin"}).status_code == 303
    assert client.post("/find/", data=words).status_code == 303


def test_a_form_too_large_or_of_another_kind_is_refused(client: TestClient) -> None:
    """A huge form gives 413, a form of another kind 415, never a fault."""
    assert client.post("/find/", content=b"words=" + b"x" * 100_000, headers=FORM).status_code == 413
    assert (
        client.post("/find/", content=b"{}", headers={"content-type": "application/json"}).status_code == 415
    )
    assert client.post("/find/", content=b"&".join([b"a=1"] * 100), headers=FORM).status_code == 400


@pytest.mark.parametrize(
    "words",
    [
        "",
        " ",
        "x" * 10_000,
        "\0",
        "😀" * 50,
        "\u202eabc",
        "' OR 1=1 --",
        '"a" NEAR/2 b*',
        "%00%ff",
        "<script>alert(1)</script>",
    ],
)
def test_r14_odd_words_give_a_page(client: TestClient, words: str) -> None:
    """R14: whatever is typed into the search box gives a page, and is never run or shown raw."""
    answer = client.get(client.post("/find/", data={"words": words}).headers["location"])
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


def test_bytes_that_are_not_utf8_give_a_page(client: TestClient) -> None:
    """A form in another encoding is read as well as can be, and never a fault."""
    answer = client.post("/find/", content=b"words=caf%E9+%FF", headers=FORM)
    assert client.get(answer.headers["location"]).status_code == 200


def test_an_address_without_its_slash_leads_on(client: TestClient) -> None:
    """An address copied without its last slash leads to the page."""
    answer = client.get("/help")
    assert (answer.status_code, answer.headers["location"]) == (308, "/help/")


def test_a_new_day_makes_a_new_edition(guide: Guide) -> None:
    """When the day changes, the guide is made anew for it, once."""
    import dataclasses
    from datetime import timedelta

    days = [guide.on]
    made = []

    def make(day: object) -> Guide:
        made.append(day)
        return dataclasses.replace(guide, on=days[0])

    current = Current(make, lambda: days[0])
    days[0] = guide.on + timedelta(days=1)
    assert current.edition().guide.on == days[0]
    current.edition()
    assert len(made) == 2
