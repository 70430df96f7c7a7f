"""The tables of the law: what protects stands first, nothing unconfirmed gets a number, drawing and table agree."""

from __future__ import annotations

import re
from dataclasses import replace

import msgspec
import pytest

from waypost.desk.guide import Guide
from waypost.model.law import Law, Tables
from waypost.site.outlet import Outlet
from waypost.site.page import Page
from waypost.site.pages import law, law_models, law_open, law_sides, law_years
from waypost.site.render import assets, render

KINDS = {"sides": law_sides, "years": law_years, "models": law_models, "open": law_open}


def _page(guide: Guide, name: str, language: str = "en") -> Page:
    page: Page = next(iter(KINDS[name].pages(guide, language)))
    return page


def _text(html: str) -> str:
    main = html[html.index("<main") : html.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("name", sorted(KINDS))
def test_each_table_is_drawn_without_script_or_style(guide: Guide, name: str, language: str) -> None:
    """Each table is a page in both languages, with nothing that the page policy forbids."""
    html = render(_page(guide, name, language), guide, Outlet.static(assets(guide)))
    assert "style=" not in html
    assert html.count("<script") == html.count("<script ")
    assert "<h1" in html
    assert "table of" not in _page(guide, name, language).neutral_title.lower()


def test_protections_stand_before_every_class(guide: Guide) -> None:
    """Side by side, what protects a person is told before the first class of offense."""
    text = _text(render(_page(guide, "sides"), guide, Outlet.static(assets(guide))))
    assert text.index("cannot be convicted") < text.index("class A misdemeanor")


def test_what_is_not_confirmed_gets_no_class(guide: Guide) -> None:
    """An offense that nobody could confirm stands in the table without class, term and fine."""
    page = _page(guide, "sides")
    assert isinstance(page.content, law_sides.Sides)
    rows = [row for side in page.content.sides for row in side.rows]
    open_rows = [row for row in rows if row.known == "Not confirmed"]
    assert open_rows
    assert {(row.class_name, row.term, row.fine) for row in open_rows} == {("", "", "")}
    assert all(row.class_name and row.term and row.fine for row in rows if row not in open_rows)


def test_a_minimum_that_may_not_be_suspended_is_told(guide: Guide) -> None:
    """The least that must be imposed is in the table, and how much of it may not be suspended."""
    page = _page(guide, "sides")
    assert isinstance(page.content, law_sides.Sides)
    least = {row.minimum for side in page.content.sides for row in side.rows}
    assert "1 year; 9 months may not be suspended" in least
    assert "no minimum" in least


def test_no_line_stands_twice(guide: Guide) -> None:
    """A grade that two rules of a section share is one line of the table."""
    page = _page(guide, "sides")
    assert isinstance(page.content, law_sides.Sides)
    for side in page.content.sides:
        assert len(side.rows) == len(set(side.rows))


def test_every_cell_says_what_it_is_on_a_phone(guide: Guide) -> None:
    """The tables fold on a narrow screen, where each cell has the name of its column before it."""
    for kind in ("sides", "years", "models"):
        html = render(_page(guide, kind), guide, Outlet.static(assets(guide)))
        folded = re.findall(r'<table class="stacked">(.*?)</table>', html, re.S)
        assert len(folded) == html.count("<table"), kind
        cells = [cell for table in folded for cell in re.findall(r"<td[^>]*>", table.split("<tbody>", 1)[1])]
        assert len(cells) > 20
        assert [cell for cell in cells if "data-label=" not in cell and kind != "sides"] == []


def test_every_piece_of_a_line_is_a_row_of_the_table(guide: Guide) -> None:
    """Each version in the drawing by year has its row beneath, and lines neither overlap nor leave the drawing."""
    page = _page(guide, "years")
    assert isinstance(page.content, law_years.Years)
    for drawing, (_, changes) in zip(page.content.drawings, page.content.tables, strict=True):
        assert sum(len(lane.pieces) for lane in drawing.lanes) == len(changes)
        for lane in drawing.lanes:
            ends = [piece.x + piece.width for piece in lane.pieces]
            assert all(end <= then.x for end, then in zip(ends, lane.pieces[1:], strict=False))
            assert ends[-1] <= 360


def test_a_class_that_changed_under_a_version_is_told(guide: Guide) -> None:
    """Where the class of an offense changed while its section stood, the row tells both ceilings."""
    page = _page(guide, "years")
    assert isinstance(page.content, law_years.Years)
    told = [change.carries for _, changes in page.content.tables for change in changes]
    assert any("up to 1 year" in line and "October 1, 2021" in line and "364 days" in line for line in told)


def test_every_model_has_evidence_on_both_sides(guide: Guide) -> None:
    """Each model names places and stands with evidence for and against it, in the same shape."""
    page = _page(guide, "models")
    assert isinstance(page.content, law_models.Models)
    for model in page.content.models:
        assert model.places
        assert model.evidence_for
        assert model.evidence_against
    for row in page.content.grid:
        for mark, text in zip(row.marks, row.texts, strict=True):
            assert (mark == "no") == text.text.startswith("not criminalized")


def test_every_open_question_is_on_the_page(guide: Guide) -> None:
    """The page of what must still be read holds every open question of every section."""
    text = _text(render(_page(guide, "open"), guide, Outlet.static(assets(guide))))
    for section in guide.pack.law.sections.values():
        for question in section.open_questions:
            assert " ".join(question["en"].split()) in text.replace("&#34;", '"').replace("&#39;", "'"), (
                section.key
            )


def test_the_list_of_the_law_leads_to_the_tables(guide: Guide) -> None:
    """The page of the law links to each table."""
    html = render(next(iter(law.pages(guide, "en"))), guide, Outlet.static(assets(guide)))
    for name in KINDS:
        assert f'href="{name}/index.html"' in html or f'href="{name}/"' in html


def test_a_guide_without_tables_has_no_such_pages(guide: Guide) -> None:
    """Where a pack has no law, none of the tables is there."""
    pack = msgspec.structs.replace(guide.pack, law=Law(tables=Tables()))
    bare = replace(guide, pack=pack)
    assert [page for kind in KINDS.values() for page in kind.pages(bare, "en")] == []
