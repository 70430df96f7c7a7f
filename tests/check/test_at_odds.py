"""What readers see of sources that disagree, were withdrawn or not seen for long, and of figures from elsewhere."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import msgspec
import pytest
from tests.site import made_up

from waypost.check import content, freshness, marked, reading
from waypost.desk.guide import Guide
from waypost.model.evidence import Cycle, Problem
from waypost.site import address
from waypost.site.outlet import Outlet
from waypost.site.page import Page
from waypost.site.pages import questions, services, sources
from waypost.site.render import render

ASSETS = dict.fromkeys(("style", "script", "icon", "leaving", "blank"), "x")
SAID: dict[str, dict[str, str]] = {
    "en": {
        "odds": "Another source says otherwise",
        "against": "Says otherwise:",
        "gone": "Withdrawn by its maker on March 1, 2026.",
        "stale": "We last saw it on January 1, 2020.",
        "world": "Not a finding about Milltown: it comes from other places.",
        "us": "Not a finding about Milltown alone: it comes from the United States.",
        "late": "It may have changed since",
    },
    "es": {
        "odds": "Otra fuente dice otra cosa",
        "against": "Dice otra cosa:",
        "gone": "Quien la hizo la retiró el 1 de marzo de 2026.",
        "stale": "La vimos por última vez el 1 de enero de 2020.",
        "world": "No es un dato de Milltown: viene de otros lugares.",
        "us": "No es un dato solo de Milltown: viene de Estados Unidos.",
        "late": "Puede haber cambiado desde entonces",
    },
}
both = pytest.mark.parametrize("language", ["en", "es"])


@both
def test_sources_that_disagree_name_each_other(language: str) -> None:
    """Two sources of which one disagrees with the other name each other, and what rests on either says it."""
    told = SAID[language]["odds"]
    assert not any(told in html for _, html in _drawn(made_up.guide(), language))
    guide = _with_source("s-law", disagrees=("r-clinic",))
    for key, other in (("s-law", "Clinic: services"), ("r-clinic", "Act of 2019")):
        html = _source(guide, language, key)
        assert told in html
        assert other in html
    said = [page.kind for page, html in _drawn(guide, language) if told in html]
    assert {"question", "service", "source"} <= set(said)


@both
def test_what_says_otherwise_of_a_claim_stands_beside_it(language: str) -> None:
    """A source against a claim is named at each footnote of the claim, and its own page names the claim."""
    guide = _with_claim("c-law", against=("r-clinic",))
    assert SAID[language]["against"] in _answer(guide, language)
    assert "The act is in force." in _source(guide, language, "r-clinic")
    assert _missed(guide, language, "notes-against") == {"that the source r-clinic says otherwise"}


@both
@pytest.mark.parametrize(
    ("kind", "changed"), [("gone", {"withdrawn": date(2026, 3, 1)}), ("stale", {"seen_on": date(2020, 1, 1)})]
)
def test_a_doubtful_source_shows_at_each_claim_and_record(
    language: str, kind: str, changed: dict[str, date]
) -> None:
    """A source that was withdrawn, or that nobody saw for too long, says so at every footnote and record on it."""
    before = made_up.guide(pack=_cycles(made_up.pack()))
    told = SAID[language][kind]
    assert not any(told in html for _, html in _drawn(before, language))
    assert list(freshness.on_doubtful(before)) == []
    for key, where in (("s-law", "question"), ("r-clinic", "service")):
        guide = _with_source(key, before, **changed)
        assert any(page.kind == where and told in html for page, html in _drawn(guide, language))
        warned = {problem.where for problem in freshness.on_doubtful(guide)}
        assert warned == ({"claim c-law", "claim c-health"} if key == "s-law" else _records(guide))
    lost = _missed(_with_source("s-law", before, **changed), language, "b>")
    assert all("of its source s-law" in each for each in lost)
    assert lost


@both
@pytest.mark.parametrize("place", ["world", "us"])
def test_a_figure_from_elsewhere_says_so(language: str, place: str) -> None:
    """A number or study of another or a wider place says it at each footnote and on its source's page."""
    guide = _with_claim("c-law", kind="study", holds_in=place)
    told = SAID[language][place]
    assert told not in _answer(made_up.guide(), language)
    assert told in _answer(guide, language)
    assert told in _source(guide, language, "s-law")
    assert _missed(guide, language, "notes-where") == {f"that it holds in {place}, not here alone"}
    page, html = next(
        each for each in _drawn(guide, language) if each[0].path.endswith(address.source("s-law"))
    )
    faults = _faults(guide, page, html.replace(told, ""))
    assert ["the claim c-law does not say that it holds in" in problem.what for problem in faults] == [True]


def test_law_and_advice_of_the_country_carry_no_such_mark() -> None:
    """What holds in a whole country holds in its towns: only what was counted somewhere says where."""
    guide = _with_claim("c-law", kind="law", holds_in="us")
    assert SAID["en"]["us"] not in _answer(guide, "en")


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"holds_in": "us-ny"}, 'holds in "us-ny"'),
        ({"kind": "law", "holds_in": "world"}, 'holds in "world"'),
        ({"wrong_if": " "}, "does not say what would make it wrong"),
        ({"wrong_if": None}, "does not say what would make it wrong"),
    ],
)
def test_a_claim_of_another_place_or_that_nothing_makes_wrong_is_an_error(
    changed: dict[str, Any], told: str
) -> None:
    """A claim that holds elsewhere, a law of the world, and a claim without wrong_if do not build."""
    sound = {"holds_in": "test", "wrong_if": "The act is repealed."}
    claims = {key: msgspec.structs.replace(claim, **sound) for key, claim in made_up.pack().claims.items()}
    guide = _with(made_up.guide(), claims=claims)
    assert list(content.unfounded_claims(guide)) == []
    found = list(content.unfounded_claims(_with_claim("c-law", guide, **changed)))
    assert [(problem.where, told in problem.what) for problem in found] == [("claim c-law", True)]


@both
def test_a_claim_that_is_overdue_says_so(language: str) -> None:
    """A claim that is overdue says at its footnote that it may have changed; one that is only due has its date."""
    cycles = {"health": Cycle(due=30, overdue=60)}
    for as_of, late in ((date(2026, 11, 1), False), (date(2026, 10, 10), False), (date(2026, 1, 1), True)):
        guide = _with_claim("c-law", as_of=as_of)
        guide = _with(guide, manifest=msgspec.structs.replace(guide.pack.manifest, cycles=cycles))
        others = _with_claim("c-health", guide, as_of=guide.on)
        assert (SAID[language]["late"] in _answer(others, language)) is late


def test_a_stale_translation_says_so() -> None:
    """A page made from an older English text tells its reader."""
    guide = made_up.guide()
    told = guide.pack.words("es")["question.stale_translation"]
    key, asked = next((key, asked) for key, asked in guide.pack.questions.items() if "es" in asked)
    newer = {**asked, "en": msgspec.structs.replace(asked["en"], version=99)}
    changed = _with(guide, questions={**guide.pack.questions, key: newer})
    for each, there in ((guide, False), (changed, True)):
        drawn = _html(each, questions.pages(each, "es"))
        assert any(told in html for page, html in drawn if page.title == asked["es"].title) is there


def test_the_two_numbers_of_one_office_are_both_shown(guide: Guide) -> None:
    """The real pack: the two pages with two numbers of the Victim Advocate disagree, and its record rests on both."""
    odds = guide.pack.sources["r-ova-inquiries"].disagrees
    assert odds == ("r-ova-letter",)
    office = next(each for each in guide.directory.listings if "r-ova-letter" in each.service.sources)
    assert "r-ova-inquiries" in office.service.sources
    assert any(claim.against for claim in guide.pack.claims.values())


def _drawn(guide: Guide, language: str) -> Iterator[tuple[Page, str]]:
    for some in (questions, services, sources):
        yield from _html(guide, some.pages(guide, language))


def _html(guide: Guide, some: Iterable[Page]) -> Iterator[tuple[Page, str]]:
    outlet = Outlet(takes_forms=False, index_name="index.html", asset_names=ASSETS)
    return ((page, render(page, guide, outlet)) for page in some)


def _answer(guide: Guide, language: str) -> str:
    return next(
        html for page, html in _html(guide, questions.pages(guide, language)) if page.kind == "question"
    )


def _source(guide: Guide, language: str, key: str) -> str:
    path = address.localized(address.source(key), language)
    return next(html for page, html in _html(guide, sources.pages(guide, language)) if page.path == path)


def _faults(guide: Guide, page: Page, html: str) -> list[Problem]:
    found: Mapping[str, reading.Seen] = {page.path: reading.seen(html)}
    return list(marked.unmarked(guide, {page.path: page}, {page.path: html.encode()}, found))


def _missed(guide: Guide, language: str, mark: str) -> set[str]:
    """What T2 says of an answer from whose footnotes every such mark is taken; nothing while they are there."""
    drawn = _html(guide, questions.pages(guide, language))
    page, html = next(each for each in drawn if each[0].kind == "question")
    assert _faults(guide, page, html) == []
    start = html.index('class="notes-list"')
    cut = html[:start] + _without(html[start:], mark)
    return {problem.what.partition(" does not say ")[2] for problem in _faults(guide, page, cut)}


def _without(html: str, mark: str) -> str:
    tag = "b" if mark == "b>" else "span"
    opening = "<b>" if mark == "b>" else f'<span class="{mark}">'
    while opening in html:
        before, _, after = html.partition(opening)
        html = before + after.partition(f"</{tag}>")[2]
    return html


def _records(guide: Guide) -> set[str]:
    return {f"record {listing.key}" for listing in guide.directory.listings}


def _cycles(pack: Any) -> Any:
    cycles = {**pack.manifest.cycles, "source": Cycle(due=730, overdue=1095)}
    return msgspec.structs.replace(pack, manifest=msgspec.structs.replace(pack.manifest, cycles=cycles))


def _with_source(key: str, guide: Guide | None = None, /, **changed: Any) -> Guide:
    guide = guide or made_up.guide()
    source = msgspec.structs.replace(guide.pack.sources[key], **changed)
    return _with(guide, sources={**guide.pack.sources, key: source})


def _with_claim(key: str, guide: Guide | None = None, /, **changed: Any) -> Guide:
    guide = guide or made_up.guide()
    claim = msgspec.structs.replace(guide.pack.claims[key], **changed)
    return _with(guide, claims={**guide.pack.claims, key: claim})


def _with(guide: Guide, **changed: Any) -> Guide:
    return dataclasses.replace(guide, pack=msgspec.structs.replace(guide.pack, **changed))
