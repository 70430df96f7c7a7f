"""What a page shows carries its mark in the HTML, and a mark that is taken away is missed."""

from __future__ import annotations

import dataclasses
import re

import msgspec
import pytest

from waypost.check import marked, pages
from waypost.desk.guide import Guide
from waypost.model.evidence import Confidence, Problem

ANSWERS = ("q/r7mb4x/index.html", "es/q/r7mb4x/index.html")


def test_t2_everything_shown_carries_its_mark(guide: Guide, edition: pages.Edition) -> None:
    """T2: every claim, record and finding of the law shows its source and its date or label, on every page."""
    assert list(marked.unmarked(guide, edition.pages, edition.files, edition.read)) == []


@pytest.mark.parametrize(
    ("taken", "told"),
    [
        (r'<span class="notes-source">.*?</span>', "does not say its source"),
        (r'<span class="notes-date">.*?</span>', "does not say that it is as of"),
        (r'<span class="notes-label">.*?</span>', "does not say how well it is known"),
        (r'<li id="note-\d+".*?</li>', "leads to no source"),
        (r'<sup class="note-ref">.*?</sup>', "no statement on the page leads to its footnote"),
    ],
)
@pytest.mark.parametrize("path", ANSWERS)
def test_t2_a_footnote_without_its_mark_is_found(
    guide: Guide, edition: pages.Edition, path: str, taken: str, told: str
) -> None:
    """T2: a footnote that lost its source, date, label, entry or reference is an error, in either language."""
    found = _without(guide, edition, path, taken)
    assert {problem.where for problem in found} == {path}
    assert any(told in problem.what for problem in found)


@pytest.mark.parametrize("language", ["", "es/"])
@pytest.mark.parametrize(
    "kind", ["service", "organization", "group", "turn", "question", "now", "law_answer"]
)
def test_t2_a_record_without_its_note_is_found(
    guide: Guide, edition: pages.Edition, kind: str, language: str
) -> None:
    """T2: a service's page or card that does not say how it was checked is an error."""
    note = r'<p class="checked [^>]*>.*?</p>'
    path = _one(edition, kind, language, note)
    assert _without(guide, edition, path, note)


@pytest.mark.parametrize("kind", ["law_answer", "mistakes", "told"])
def test_t2_a_finding_without_its_label_is_found(guide: Guide, edition: pages.Edition, kind: str) -> None:
    """T2: a finding of the law, a correction or a duty to tell with neither footnote nor label is an error."""
    mark = r'<(p|span|sup) class="[^"]*\b(?:how|note-ref)\b[^"]*">.*?</\1>'
    path = _one(edition, kind, "", mark)
    assert any("has no source mark" in problem.what for problem in _without(guide, edition, path, mark))


def test_t2_a_finding_below_the_statute_needs_its_label(guide: Guide, edition: pages.Edition) -> None:
    """T2: what is known less well than by the statute's text says so in its footnote."""
    path = next(
        path
        for path, page in edition.pages.items()
        if page.kind == "section" and any(n.confidence is not Confidence.statute_text for n in page.notes)
    )
    found = _without(guide, edition, path, r'<span class="notes-label">.*?</span>')
    assert any("how well it is known" in problem.what for problem in found)


def test_t2_a_claim_typed_without_its_footnote_is_found(guide: Guide, edition: pages.Edition) -> None:
    """T2: the words of a claim on a page that does not cite it are an error."""
    path = ANSWERS[0]
    bare = dataclasses.replace(edition.pages[path], notes=())
    found = list(marked.unmarked(guide, {path: bare}, edition.files, edition.read))
    assert any("stands without its footnote" in problem.what for problem in found)


def test_t2_a_claim_that_is_older_than_the_page_says_is_found(guide: Guide, edition: pages.Edition) -> None:
    """T2: the day in a footnote is held against the claim in the pack, not against the page's own value."""
    path = ANSWERS[0]
    key = next(note.claim for note in edition.pages[path].notes if note.claim)
    old = guide.pack.claims[key]
    claims = {**guide.pack.claims, key: msgspec.structs.replace(old, as_of=old.as_of.replace(year=1999))}
    changed = dataclasses.replace(guide, pack=msgspec.structs.replace(guide.pack, claims=claims))
    found = list(marked.unmarked(changed, {path: edition.pages[path]}, edition.files, edition.read))
    assert [problem.where for problem in found] == [path]


def _one(edition: pages.Edition, kind: str, language: str, mark: str) -> str:
    """The first page of a kind that has such a mark."""
    return next(
        path
        for path, page in edition.pages.items()
        if page.kind == kind
        and path.startswith("es/") == bool(language)
        and re.search(mark, edition.files[path].decode(), re.S)
    )


def _without(guide: Guide, edition: pages.Edition, path: str, mark: str) -> list[Problem]:
    """What is found on a page from which all such marks are taken."""
    html = re.sub(mark, "", edition.files[path].decode(), flags=re.S)
    return list(marked.unmarked(guide, {path: edition.pages[path]}, {path: html.encode()}, edition.read))
