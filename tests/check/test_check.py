"""Check finds what is wrong with a guide, and each of its findings can fail."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import msgspec
import pytest

from waypost import bootstrap
from waypost.check import content, examine, freshness, pages
from waypost.check.reading import seen
from waypost.desk.guide import Guide
from waypost.model.evidence import Confidence, Severity


def test_the_guide_has_no_error(
    guide: Guide, edition: pages.Edition, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """New Milford's guide has no Problem of severity error, and says what is open."""
    # The same guide is drawn the same: what the other checks read need not be drawn again.
    drawn = {id(guide): edition}
    monkeypatch.setattr(pages, "drawn", lambda of: drawn[id(of)])
    found = examine(guide, bootstrap.secrets(database, guide.pack))
    assert [p for p in found if p.severity == Severity.error] == []
    assert [p for p in found if p.severity == Severity.open]


def test_a_dead_link_is_found(edition: pages.Edition) -> None:
    """A link that leads nowhere is told with the page it stands on."""
    home = edition.files["index.html"].replace(b"</main>", b'<a href="none/">x</a></main>')
    planted = _planted(edition, "index.html", home)
    assert [p.where for p in pages.faults(planted, ()) if "none/index.html" in p.what] == ["index.html"]


def test_a_lost_page_is_found(edition: pages.Edition) -> None:
    """A page that no way of links reaches is told."""
    planted = _planted(edition, "lost/index.html", b"<title>x</title>")
    assert [p.where for p in pages.faults(planted, ())] == ["lost/index.html"]


def test_p15_a_telling_name_is_found(guide: Guide, edition: pages.Edition) -> None:
    """P15: a path or a title that tells a bystander what is read is an error."""
    telling = guide.pack.manifest.settings.telling_words
    planted = _planted(edition, "help/shelter/index.html", b"<title>Drugs</title>")
    kinds = [
        p.what.split(" ")[1] for p in pages.faults(planted, telling) if p.where == "help/shelter/index.html"
    ]
    assert {"path", "title"} <= set(kinds)


def test_p16_a_leak_is_found(edition: pages.Edition) -> None:
    """P16: a confidential value in any file is an error; in none it is none."""
    files = edition.files
    assert list(pages.leaks(files, {"12 Planted Canary Lane": "loc-x"})) == []
    planted = {**files, "s/x/index.html": b"<p>12 Planted Canary Lane</p>"}
    assert [p.where for p in pages.leaks(planted, {"12 Planted Canary Lane": "loc-x"})] == ["s/x/index.html"]


def test_t3_the_future_is_shown(pack_guide_later: Guide) -> None:
    """T3: a year on, check lists what will be overdue."""
    told = [p.what for p in freshness.stale(pack_guide_later)]
    assert any("overdue" in what for what in told)


@pytest.fixture
def pack_guide_later(guide: Guide, database: str) -> Guide:
    """The same guide a year later."""
    return bootstrap.guide_of(guide.pack, database, guide.on + timedelta(days=365))


def test_a_stale_translation_is_found(guide: Guide) -> None:
    """A translation made from an older text is a warning."""
    assert list(content.stale_translations(guide)) == []
    questions = {key: dict(by_language) for key, by_language in guide.pack.questions.items()}
    key = next(iter(questions))
    questions[key]["en"] = msgspec.structs.replace(questions[key]["en"], version=99)
    assert [p.severity for p in content.stale_translations(_with(guide, questions=questions))] == [
        Severity.warning
    ]


def test_a12_uneven_wording_is_found(guide: Guide) -> None:
    """A12: a missing word of the screens, or one with other placeholders, is an error."""
    wording = {language: dict(words) for language, words in guide.pack.wording.items()}
    gone = next(iter(wording["es"]))
    del wording["es"][gone]
    filled = next(key for key, text in wording["es"].items() if "{" in text)
    wording["es"][filled] = "x"
    told = [p.what for p in content.uneven_wording(_with(guide, wording=wording))]
    assert len(told) == 2


def test_t2_a_claim_on_general_knowledge_is_open(guide: Guide) -> None:
    """T2: a claim that rests on nothing seen waits for a person, in the list of open facts."""
    claims = dict(guide.pack.claims)
    key = next(iter(claims))
    claims[key] = msgspec.structs.replace(claims[key], confidence=Confidence.could_not_confirm)
    assert f"claim {key}" in [p.where for p in content.open_facts(_with(guide, claims=claims))]


def test_a_claim_of_a_kind_without_a_cycle_is_found(guide: Guide) -> None:
    """A claim that could never grow old is an error."""
    claims = dict(guide.pack.claims)
    key = next(iter(claims))
    claims[key] = msgspec.structs.replace(claims[key], kind="rumor")
    assert len(list(freshness.unknown_cycles(_with(guide, claims=claims)))) == 1


def _planted(edition: pages.Edition, path: str, html: bytes) -> pages.Edition:
    return dataclasses.replace(
        edition,
        files={**edition.files, path: html},
        read={**edition.read, path: seen(html.decode())},
    )


def _with(guide: Guide, **changes: object) -> Guide:
    return dataclasses.replace(guide, pack=msgspec.structs.replace(guide.pack, **changes))
