"""Truth is a property of the pages: what is planted on one is found, and the guide as it stands is clean."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

import msgspec
import pytest

from waypost.check import names, pages, parity, trace, wrong
from waypost.check.reading import Block, Seen
from waypost.check.tokens import tokens
from waypost.desk.guide import Guide
from waypost.model.guide import Question

PAGES = ("q/r7mb4x/index.html", "es/q/r7mb4x/index.html")


@pytest.fixture(scope="session")
def ground(guide: Guide) -> trace.Ground:
    """What can be traced in New Milford's guide."""
    return trace.Ground(guide)


def test_t1_every_token_of_every_page_is_traced(edition: pages.Edition, ground: trace.Ground) -> None:
    """T1: no number, phone, citation, date or hour stands on a page that nothing the page draws holds."""
    assert list(trace.untraced(edition.pages, edition.read, ground)) == []


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("Call 203-555-0142 now.", "phone"),
        ("See section 53a-999z.", "citation"),
        ("Closed on March 3, 1999.", "date"),
        ("It closes at 3:17 a.m.", "time"),
        ("It helps 7919 people.", "number"),
        ("The fine is $86,420.", "number"),
        ("So do 83% of them.", "number"),
    ],
)
@pytest.mark.parametrize("path", PAGES)
def test_t1_a_planted_fact_is_found(
    edition: pages.Edition, ground: trace.Ground, path: str, said: str, kind: str
) -> None:
    """T1: a fact typed into a page is an error that names the page and the words, in either language."""
    one = {path: edition.pages[path]}
    found = list(trace.untraced(one, _saying(edition.read, path, said), ground))
    assert [problem.where for problem in found] == [path]
    assert f"the {kind} " in found[0].what
    assert said in found[0].what


def test_t1_a_fact_of_another_page_is_found(
    guide: Guide, edition: pages.Edition, ground: trace.Ground
) -> None:
    """T1: a fact that is true elsewhere in the guide traces only where the page draws it."""
    path = "about/index.html"
    far = next(claim for key, claim in guide.pack.claims.items() if key == "t-ct-2021")
    found = trace.untraced({path: edition.pages[path]}, _saying(edition.read, path, far.text["en"]), ground)
    assert [problem.where for problem in found]


def test_t1_no_organization_comes_from_nowhere(guide: Guide, edition: pages.Edition) -> None:
    """T1: every name that looks like an organization is one that the pack's facts hold."""
    assert list(names.unknown(guide, edition.pages, edition.read)) == []


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (PAGES[0], "Go to the Silver Birch Crisis Center first."),
        (PAGES[1], "Vaya primero al Centro de Ayuda Abedul."),
    ],
)
def test_t1_a_planted_organization_is_found(
    guide: Guide, edition: pages.Edition, path: str, said: str
) -> None:
    """T1: a name that looks like an organization and that no pack holds is an error, in either language."""
    one = {path: edition.pages[path]}
    assert [p.where for p in names.unknown(guide, one, _saying(edition.read, path, said))] == [path]


@pytest.mark.parametrize("language", ["en", "es"])
def test_t1_a_typed_name_is_found(guide: Guide, language: str) -> None:
    """T1: the name of a listed organization is drawn from its record; typed, it is an error."""
    assert list(names.typed(guide)) == []
    known = next(org.name for org in guide.pack.organizations.values() if " " in org.name)
    planted = _body(guide, language, f"Ask {known} about it.")
    assert [known in problem.what for problem in names.typed(planted)] == [True]


def test_t4_both_languages_say_the_same(guide: Guide, edition: pages.Edition) -> None:
    """T4: page by page, English and Spanish carry the same claims, numbers and contacts."""
    assert list(parity.uneven_pages(guide, edition.pages, edition.read)) == []


@pytest.mark.parametrize("path", PAGES)
def test_t4_a_fact_in_one_language_only_is_found(guide: Guide, edition: pages.Edition, path: str) -> None:
    """T4: a number that only one language says is an error on the Spanish page."""
    both = {each: edition.pages[each] for each in PAGES}
    found = list(parity.uneven_pages(guide, both, _saying(edition.read, path, "7919")))
    assert [problem.where for problem in found] == [PAGES[1]]


def test_t4_a_claim_in_one_language_only_is_found(guide: Guide, edition: pages.Edition) -> None:
    """T4: a footnote that the translation lost is an error."""
    english, spanish = (edition.pages[each] for each in PAGES)
    lost = {PAGES[0]: english, PAGES[1]: dataclasses.replace(spanish, notes=spanish.notes[1:])}
    assert len(list(parity.uneven_pages(guide, lost, edition.read))) == 1


def test_t6_no_wrong_claim_stands_as_fact(guide: Guide, edition: pages.Edition) -> None:
    """T6: what the checked claims call wrong stands nowhere outside the page of mistakes."""
    assert list(wrong.repeated(guide, edition.pages, edition.read)) == []


@pytest.mark.parametrize("path", PAGES)
def test_t6_each_wrong_claim_is_found_where_it_is_repeated(
    guide: Guide, edition: pages.Edition, path: str
) -> None:
    """T6: every judged claim, planted on a page in that page's language, is an error."""
    one = {path: edition.pages[path]}
    for key, mistake in guide.pack.mistakes.items():
        if mistake.verdict in {"wrong", "outdated", "not_found"}:
            planted = _saying(edition.read, path, mistake.said[edition.pages[path].language])
            assert any(key in problem.what for problem in wrong.repeated(guide, one, planted)), key


@pytest.mark.parametrize(
    ("english", "spanish"),
    [
        ("November 22, 2026", "22 de noviembre de 2026"),
        ("March 2013", "marzo de 2013"),
        ("9:30 a.m. to 12 p.m.", "9:30 a. m. a 12 p. m."),
        ("1-800-555-0142", "800-555-0142"),
        ("$1,000", "$1,000"),
        ("in the 1980s", "en los años 1980"),
        ("§ 53a-83(b)", "53a-83"),
    ],
)
def test_the_same_fact_is_the_same_token_in_both_languages(english: str, spanish: str) -> None:
    """Dates, hours, numbers and citations are read alike however a language writes them."""
    assert tokens(english) == tokens(spanish) != ()


def _saying(read: Mapping[str, Seen], path: str, said: str) -> dict[str, Seen]:
    planted = dataclasses.replace(read[path], blocks=(*read[path].blocks, Block(said, said, True)))
    return {**read, path: planted}


def _body(guide: Guide, language: str, line: str) -> Guide:
    questions: dict[str, dict[str, Question]] = {
        key: dict(by_language) for key, by_language in guide.pack.questions.items()
    }
    key = next(iter(questions))
    old = questions[key][language]
    questions[key][language] = msgspec.structs.replace(old, body=f"{old.body}\n\n{line}")
    return dataclasses.replace(guide, pack=msgspec.structs.replace(guide.pack, questions=questions))
