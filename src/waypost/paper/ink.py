"""From values to PDF: typst, with the fonts of its own wheel, so that every machine makes the same bytes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from importlib.resources import as_file, files
from typing import Any, Literal
from urllib.parse import urlsplit

import msgspec

from waypost.desk.guide import Guide
from waypost.model.evidence import Problem, ProblemsFound
from waypost.paper.book import book
from waypost.paper.numbers import sheet, sides
from waypost.site.drawn import scene

Kind = Literal["sheet", "card", "cards", "booklet"]
PAPERS = {"letter": "us-letter", "a4": "a4"}
"""The papers by the names that people type, and as typst calls them."""


class PressMissing(ProblemsFound):
    """What sets the type is not installed."""


def make(guide: Guide, kind: Kind, languages: Sequence[str], paper: str = "letter", site: str = "") -> bytes:
    """The PDF of one kind. The same guide, day and choices give the same bytes.

    ``site`` is the guide's own address: given, its QR code is drawn on a sheet and a booklet, never on a
    card, which somebody else may find. Raises ProblemsFound where the extra is missing or the address is
    none.
    """
    at = scene(guide, languages[0])
    data: dict[str, Any] = {
        "kind": kind,
        "paper": PAPERS[paper],
        "language": languages[0],
        "title": at.words(f"title.print_{'card' if kind == 'cards' else kind}"),
        "qr": "",
        "site": "",
    }
    if site and kind in ("sheet", "booklet"):
        data |= {"qr": _code(_clean(site)), "site": _shown(site)}
    if kind == "sheet":
        data["sheet"] = sheet(guide, languages)
    elif kind == "booklet":
        data["books"] = [book(guide, language) for language in languages]
    else:
        data["sides"] = sides(guide, languages)
    return _press(kind, data)


def _press(kind: Kind, data: dict[str, Any]) -> bytes:
    """Set the data in type. Strings reach typst as values, so no text of a record is ever read as markup."""
    try:
        import typst
    except ImportError:
        raise PressMissing([_missing("typst")]) from None
    with as_file(files("waypost.paper") / "press") as room:
        made: bytes = typst.compile(
            input=str(room / f"{'card' if kind == 'cards' else kind}.typ"),
            root=str(room),
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs={"data": msgspec.json.encode(data).decode()},
            pdf_standards=["ua-1"],
            timestamp=0,
        )
    return made


def _code(address: str) -> str:
    """The QR code of an address as SVG."""
    try:
        import segno
    except ImportError:
        raise PressMissing([_missing("segno")]) from None
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", xmldecl=False, border=0)
    return drawn.getvalue().decode()


def _clean(site: str) -> str:
    """The address as it is; refused where it is no plain address of a site."""
    parts = urlsplit(site)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise ProblemsFound([_no_address(site)])
    if parts.username or parts.password:
        raise ProblemsFound([_no_address(site)])
    return site


def _shown(site: str) -> str:
    parts = urlsplit(site)
    return (parts.netloc.removeprefix("www.") + parts.path).rstrip("/")


def _no_address(site: str) -> Problem:
    return Problem(
        where="--site",
        what=f'"{site}" is no plain address of a site',
        why="A QR code with parameters could tell one reader from another.",
        do="Name the address alone, such as https://guide.example/.",
    )


def _missing(package: str) -> Problem:
    return Problem(
        where="waypost print",
        what=f"{package} is not installed",
        why="It sets the type of what is printed.",
        do="Install the extra: pip install 'waypost[print]'.",
    )
