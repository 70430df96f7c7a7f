"""What comes out of the printer: pages, sizes, numbers, and names that tell nothing."""

from __future__ import annotations

import builtins
import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from pypdf import PdfReader
from typer.testing import CliRunner

from tests.site.made_up import ON
from tests.site.made_up import guide as made_up
from waypost.cli.app import app
from waypost.desk.guide import Guide
from waypost.model.evidence import ProblemsFound
from waypost.paper import Kind, make
from waypost.paper.blocks import blocks, runs
from waypost.site.contact import first_phone

MM = 72 / 25.4
SHEETS = {"letter": (215.9, 279.4), "a4": (210, 297)}
BOTH = ("en", "es")


def read(pdf: bytes) -> PdfReader:
    """The PDF as a reader program sees it."""
    return PdfReader(io.BytesIO(pdf))


def size(reader: PdfReader, page: int = 0) -> tuple[float, float]:
    """Width and height of a page in millimeters."""
    box = reader.pages[page].mediabox
    return round(float(box.width) / MM, 1), round(float(box.height) / MM, 1)


def smallest(reader: PdfReader) -> float:
    """The smallest type of any page, in points, footnote marks left out."""
    sizes: list[float] = []

    def visit(text: str, _cm: Any, tm: list[float], _font: Any, points: float) -> None:
        if text.strip() and not text.strip().isdigit():
            sizes.append(round(abs(points * (tm[3] or 1)), 2))

    for page in reader.pages:
        page.extract_text(visitor_text=visit)
    return min(sizes)


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_the_sheet_is_one_page_with_every_crisis_number(guide: Guide, paper: str) -> None:
    """One page of the paper that was asked for holds each number of the strip and of urgent situations."""
    reader = read(make(guide, "sheet", BOTH, paper, "https://guide.example/"))
    assert len(reader.pages) == 1
    assert size(reader) == SHEETS[paper]
    text = reader.pages[0].extract_text()
    keys = {line.service for line in guide.pack.manifest.settings.emergency}
    keys |= {key for turn in guide.pack.routes.values() if turn.urgent for key in turn.first}
    for key in keys:
        listing = guide.directory.get(key)
        assert listing is not None
        for language in BOTH:
            phone = first_phone(listing, language)
            assert phone is not None
            assert phone.number in text, key
    assert smallest(reader) >= 10.99


def test_the_sheet_speaks_both_languages_and_names_its_day(guide: Guide) -> None:
    """Titles, dates and situations stand in English and in Spanish."""
    text = " ".join(read(make(guide, "sheet", BOTH)).pages[0].extract_text().split())
    assert "Numbers for New Milford" in text
    assert "Números para New Milford" in text
    assert "November 22, 2026" in text
    assert "22 de noviembre de 2026" in text


def test_the_card_has_the_size_of_a_card_and_two_sides(guide: Guide) -> None:
    """85 by 54 mm, English on the front, Spanish on the back, all type of at least 11 points."""
    reader = read(make(guide, "card", BOTH))
    assert [size(reader, page) for page in range(len(reader.pages))] == [(85.0, 54.0), (85.0, 54.0)]
    front, back = (page.extract_text() for page in reader.pages)
    assert "Emergency" in front
    assert "Emergencia" in back
    assert smallest(reader) >= 10.99


def test_the_card_tells_nothing_to_who_finds_it(guide: Guide) -> None:
    """No telling word and no name of the guide or an address stands on a card."""
    text = " ".join(
        page.extract_text() for page in read(make(guide, "card", BOTH, site="https://a.example")).pages
    )
    telling = [word for word in guide.pack.manifest.settings.telling_words if word in text.casefold()]
    assert telling == []
    assert "waypost" not in text.casefold()
    assert "a.example" not in text


def test_cards_to_cut_lie_eight_on_a_page(guide: Guide) -> None:
    """Eight fronts on one page, eight backs behind them."""
    reader = read(make(guide, "cards", BOTH, "a4"))
    assert [page.extract_text().count("988") for page in reader.pages][:1] == [8]
    assert len(reader.pages) == 2
    assert size(reader) == SHEETS["a4"]


@pytest.fixture(scope="module")
def booklet(guide: Guide) -> bytes:
    """The booklet in Spanish, on A4."""
    return make(guide, "booklet", ("es",), "a4", "https://guide.example/")


def test_the_booklet_holds_the_whole_guide(guide: Guide, booklet: bytes) -> None:
    """Every service and every question is in it, its crisis numbers on the first page, each page with its date."""
    reader = read(booklet)
    pages = [" ".join(page.extract_text().split()) for page in reader.pages]
    whole = " ".join(pages).replace("- ", "")
    for listing in guide.directory.listings:
        if listing.contactable:
            name = listing.service.translations.get("es", {}).get("name", listing.service.name)
            assert "".join(name.split()) in "".join(whole.split()), listing.key
    for asked in guide.pack.questions.values():
        assert "".join(asked["es"].title.split()) in "".join(whole.split())
    assert "988" in pages[0]
    assert "911" in pages[0]
    assert all("22 de noviembre de 2026" in page for page in pages)
    assert f"Página {len(pages)}" in pages[-1]
    assert size(reader) == SHEETS["a4"]


def test_the_booklet_can_be_read_aloud(booklet: bytes) -> None:
    """It says its language, has a title and tags, as PDF/UA wants."""
    catalog: Any = read(booklet).trailer["/Root"]
    assert catalog["/Lang"] == "es"
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/Outlines"]["/Count"]


@pytest.mark.parametrize("kind", ["sheet", "card", "cards", "booklet"])
def test_what_a_file_says_of_itself_tells_nothing(guide: Guide, kind: Kind) -> None:
    """Titles and names of files hold no telling word (P15); there is no author, no date, no path in the metadata."""
    told = dict(read(make(guide, kind, ("es",))).metadata or {})
    assert set(told) <= {"/Title", "/Creator"}
    said = f"{told['/Title']} {kind}.pdf".casefold()
    assert [word for word in guide.pack.manifest.settings.telling_words if word in said] == []


def test_the_same_day_gives_the_same_bytes(guide: Guide, booklet: bytes) -> None:
    """Made twice, alike; another day gives another file."""
    assert make(guide, "booklet", ("es",), "a4", "https://guide.example/") == booklet
    tomorrow = make(made_up(on=date(2026, 11, 23)), "card", BOTH)
    assert tomorrow != make(made_up(on=ON), "card", BOTH)


@pytest.mark.parametrize(
    "text",
    [
        "#panic()",
        "$x$ *b* _i_ `c` <l> @r [a]",
        "= H",
        '"); #read("/etc/passwd") ("',
        "\\#{}",
        "https://x.example",
    ],
)
def test_no_text_of_a_record_is_read_as_markup(text: str) -> None:
    """Whatever a record says is printed as it stands."""
    guide = _renamed(made_up(), text)
    pages = read(make(guide, "booklet", ("en",))).pages
    whole = "".join("".join(page.extract_text().split()) for page in pages)
    assert "".join(text.split()) in whole


def _renamed(guide: Guide, name: str) -> Guide:
    first, *rest = guide.directory.listings
    service = msgspec.structs.replace(first.service, name=name, translations={})
    changed = msgspec.structs.replace(first, service=service)
    listings = msgspec.structs.replace(guide.directory, listings=(changed, *rest))
    return Guide(guide.pack, listings, guide.on, guide.stale_after, guide.index)


def test_a_confidential_place_is_on_no_paper() -> None:
    """The planted confidential address is in no booklet, sheet or card (P16)."""
    kinds: tuple[Kind, ...] = ("booklet", "sheet", "card")
    for kind in kinds:
        pdf = make(made_up(), kind, ("en",))
        assert "Canary" not in "".join(page.extract_text() for page in read(pdf).pages)


@pytest.mark.parametrize(
    "site", ["https://a.example/?from=card", "https://a.example/#x", "a.example", "ftp://a.example"]
)
def test_a_code_with_parameters_is_refused(site: str) -> None:
    """A QR code could tell one reader from another; so it holds an address and nothing else."""
    with pytest.raises(ProblemsFound, match="no plain address"):
        make(made_up(), "sheet", ("en",), site=site)


def test_blocks_keep_lists_tables_and_notes() -> None:
    """Markdown becomes blocks: numbered items, cells, footnotes, numbers to dial; other links their words."""
    made = blocks(
        "One [2](#note-2), [555](tel:555).\n\n1. a\n2. b\n\n   more\n\n|x|y|\n|-|-|\n|1|[q](/q/)|\n"
    )
    assert [(b.kind, b.number) for b in made] == [
        ("paragraph", 0),
        ("item", 1),
        ("item", 2),
        ("more", 0),
        ("table", 0),
    ]
    assert [run.note for run in made[0].runs if run.note] == [2]
    assert [run.to for run in made[0].runs if run.to] == ["tel:555"]
    assert made[-1].rows[1][1][0].text == "q"
    assert runs("**a** b")[0].strong


def test_the_command_says_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, database: str
) -> None:
    """Without the extra, the Problem names what to install, exit code 3, and no file is written."""
    real: Callable[..., Any] = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name == "typst":
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    out = tmp_path / "x.pdf"
    told = CliRunner().invoke(app, ["print", "card", str(out), "--database", database, "--on", "2026-11-22"])
    assert told.exit_code == 3
    assert "waypost[print]" in told.output
    assert not out.exists()


def test_the_command_writes_the_file(tmp_path: Path, database: str) -> None:
    """``waypost print`` writes the PDF in the language and on the paper that were asked for."""
    out = tmp_path / "x.pdf"
    words = [
        "print",
        "sheet",
        str(out),
        "--lang",
        "es",
        "--paper",
        "a4",
        "--database",
        database,
        "--on",
        "2026-11-22",
    ]
    told = CliRunner().invoke(app, words)
    assert told.exit_code == 0, told.output
    reader = read(out.read_bytes())
    assert size(reader) == SHEETS["a4"]
    assert "Numbers for" not in reader.pages[0].extract_text()
