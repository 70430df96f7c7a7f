"""Before you tell, what happens when one calls, and the journeys: whole, sourced, in both languages."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from tests.conftest import new_milford

from waypost.desk.guide import Guide
from waypost.model.evidence import Confidence
from waypost.model.guide import Call, Cell, Telling
from waypost.model.pack import Pack
from waypost.site.page import Page
from waypost.site.pages import before, services
from waypost.site.pages.questions import GROUPS

PACKS = Path(__file__).parents[2] / "packs"
LANGUAGES = ("en", "es")
LINES = (
    "svc-911",
    "svc-988",
    "svc-ct-safe-connect",
    "svc-sa-hotline-ct",
    "svc-nht-hotline",
    "svc-211",
    "svc-dcf-careline",
    "svc-swop-csl",
)
# The readers whom others forget, each with the question that is theirs.
JOURNEYS = {
    "staying-safer": 8,
    "changing": 8,
    "leaving": 12,
    "men-trans": 5,
    "no-papers": 6,
    "parents": 4,
    "young": 6,
    "drugs": 6,
    "police-hurt": 5,
    "online": 4,
    "phone-plan": 5,
    "record": 5,
    "family-friends": 5,
    "helping": 3,
    "neighbors": 4,
    "mind": 5,
    "barriers": 4,
    "peers": 5,
    "violence": 3,
    "roots": 4,
}
LEADS_ON = re.compile(r"\{(service|phone|deadline|question|section|table|page):([^{}\s]+)\}")


def pack() -> Pack:
    """The guide of the town, with all that it inherits."""
    return new_milford().pack


def cells() -> list[tuple[str, str, Cell]]:
    """Every cell with its listener and what is said."""
    listeners = pack().telling.listeners.items()
    return [(who, said, cell) for who, listener in listeners for said, cell in listener.cells.items()]


def test_every_listener_has_an_answer_to_everything_that_is_said() -> None:
    """The grid has no hole: thirteen listeners or more, each with each of the eight sayings."""
    telling = pack().telling
    assert len(telling.sayings) == 8
    assert len(telling.listeners) >= 13
    assert {frozenset(listener.cells) for listener in telling.listeners.values()} == {
        frozenset(telling.sayings)
    }


def test_no_cell_stands_without_what_it_rests_on() -> None:
    """Each cell has a claim or a note, and both languages wherever it speaks."""
    for who, said, cell in cells():
        assert cell.claims or cell.note, (who, said)
        assert not cell.note or set(cell.note) == set(LANGUAGES), (who, said)
        assert all(pack().claims[claim].sources for claim in cell.claims), (who, said)


def test_what_was_not_confirmed_is_never_an_answer() -> None:
    """A cell that could not be confirmed says that we do not know, and no other cell says so."""
    for who, said, cell in cells():
        unsure = cell.confidence is Confidence.could_not_confirm
        assert unsure == (cell.answer is Telling.unknown), (who, said)


def test_must_is_only_ever_about_a_child() -> None:
    """Nobody is told that selling sex, drugs or papers must be reported."""
    assert {said for _, said, cell in cells() if cell.answer is Telling.must} == {
        "under_18",
        "children_at_home",
    }


def test_the_table_is_as_it_was_judged() -> None:
    """Whoever changes an answer changes this too: must +, may o, must not -, unknown ?."""
    signs = {Telling.must: "+", Telling.may: "o", Telling.must_not: "-", Telling.unknown: "?"}
    sayings = sorted(pack().telling.sayings, key=lambda key: pack().telling.sayings[key].order)
    rows = {
        who: "".join(signs[listener.cells[said].answer] for said in sayings)
        for who, listener in pack().telling.listeners.items()
    }
    assert rows == {
        "advocate": "++-----?",
        "lawyer": "-------o",
        "hotline": "++----oo",
        "nurse": "++-----o",
        "doctor": "++-----o",
        "therapist": "++-----o",
        "treatment": "++-----o",
        "dv_shelter": "++-----?",
        "other_shelter": "++???--o",
        "police": "++-ooooo",
        "teacher": "++?o???o",
        "landlord": "oo?ooooo",
        "librarian": "oo?????o",
        "clergy": "++-----?",
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_what_the_file_says(guide: Guide, language: str) -> None:
    """Each row of the table, and each page of a listener, shows every answer of the file."""
    grid, *told = before.pages(guide, language)
    assert isinstance(grid.content, before.Grid)
    listeners = sorted(guide.pack.telling.listeners.values(), key=lambda each: each.order)
    said = sorted(guide.pack.telling.sayings, key=lambda key: guide.pack.telling.sayings[key].order)
    for listener, row, page in zip(listeners, grid.content.rows, told, strict=True):
        assert list(row.marks) == [listener.cells[key].answer for key in said]
        assert isinstance(page.content, before.Told)
        shown = {(words, part.answer) for part in page.content.reasons for words in part.said}
        sayings = guide.pack.telling.sayings
        assert shown == {(sayings[key].text[language], listener.cells[key].answer) for key in said}
        assert all(part.why for part in page.content.reasons)


def test_a_missing_cell_counts_as_unknown(guide: Guide) -> None:
    """What nobody judged is never shown as if it were kept."""
    telling = guide.pack.telling
    lawyer = telling.listeners["lawyer"]
    less = msgspec.structs.replace(lawyer, cells={k: v for k, v in lawyer.cells.items() if k != "drug_use"})
    listeners = telling.listeners | {"lawyer": less}
    changed = msgspec.structs.replace(
        guide.pack, telling=msgspec.structs.replace(telling, listeners=listeners)
    )
    grid = next(before.pages(replace(guide, pack=changed), "en"))
    assert isinstance(grid.content, before.Grid)
    row = next(row for row in grid.content.rows if row.name == lawyer.name["en"])
    assert row.marks[3] is Telling.unknown


def service_page(guide: Guide, key: str, language: str) -> Page:
    """The page of one service."""
    listing = guide.directory.get(key)
    assert listing is not None
    ending = f"/s/{listing.service.slug}/"
    return next(page for page in services.pages(guide, language) if page.path.endswith(ending))


@pytest.mark.parametrize("key", LINES)
def test_each_line_says_what_happens_when_one_calls(guide: Guide, key: str) -> None:
    """Who answers, police, papers, name, number and bill stand on its page, known or plainly not known."""
    assert isinstance(guide.pack.calls[key], Call)
    for language in LANGUAGES:
        content = service_page(guide, key, language).content
        assert isinstance(content, services.ServiceContent)
        asked = {row.question for row in content.calling}
        words = guide.pack.words(language)
        for field in ("who", "wait", "police", "status", "name", "number", "bill", "kept"):
            assert words[f"call.{field}"] in asked, (key, field)
        assert content.before is not None
        assert any(not row.answer for row in content.calling), "what is not known must be said"


def test_nobody_is_promised_that_papers_are_not_asked() -> None:
    """No source says so for any line, so no line may."""
    assert not any(call.status for call in pack().calls.values())


@pytest.mark.parametrize(("key", "least"), JOURNEYS.items())
def test_each_journey_leads_to_services_in_both_languages(key: str, least: int) -> None:
    """Each reader's page names at least so many services, and both languages lead to the same places."""
    english, spanish = (pack().questions[key][language] for language in LANGUAGES)
    assert LEADS_ON.findall(english.body) == LEADS_ON.findall(spanish.body)
    named = {
        name for kind, name in LEADS_ON.findall(english.body) if kind in {"service", "phone", "deadline"}
    }
    assert len(named) >= least, sorted(named)
    assert english.group in GROUPS
    assert len(english.ask) >= 5
    assert len(spanish.ask) >= 5


@pytest.mark.parametrize("key", sorted(pack().questions))
def test_each_answer_ends_with_what_to_do_next(key: str) -> None:
    """The last heading is a list of next steps, and more than one of them leads on."""
    if key in {"safety", "about", "inclusion", "other-pages"}:
        return
    for language in LANGUAGES:
        last = pack().questions[key][language].body.rpartition("\n## ")[2]
        steps = re.findall(r"(?m)^\d+\. ", last)
        assert len(steps) >= 2, (key, language)
        assert len(LEADS_ON.findall(last)) >= 2, (key, language)


def test_the_three_ways_are_told_at_equal_length() -> None:
    """Staying safer, changing and leaving: none is a third of another."""
    lengths = [len(pack().questions[key]["en"].body) for key in ("staying-safer", "changing", "leaving")]
    assert max(lengths) < 3 * min(lengths)
