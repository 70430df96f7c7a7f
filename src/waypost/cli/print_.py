"""``waypost print``: the guide on paper."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from waypost import bootstrap
from waypost.cli import options, report
from waypost.cli.export import unwritable
from waypost.paper import PressMissing, make


class What(StrEnum):
    """What can be printed."""

    sheet = "sheet"
    card = "card"
    cards = "cards"
    booklet = "booklet"


class Paper(StrEnum):
    """The papers that libraries have."""

    letter = "letter"
    a4 = "a4"


class Tongues(StrEnum):
    """In which languages."""

    en = "en"
    es = "es"
    both = "both"


def print_(
    what: Annotated[
        What,
        typer.Argument(
            help="sheet: a page of numbers. card: 85 by 54 mm. cards: eight on a page, to cut. booklet: all.",
            metavar="sheet|card|cards|booklet",
        ),
    ],
    out: Annotated[Path | None, typer.Argument(help="The PDF to write.", metavar="OUT.pdf")] = None,
    lang: Annotated[
        Tongues | None, typer.Option("--lang", help="Default: both; for a booklet the guide's first.")
    ] = None,
    paper: Annotated[Paper, typer.Option("--paper", help="The paper.")] = Paper.letter,
    site: Annotated[
        str, typer.Option("--site", help="The guide's own address, for a QR code.", metavar="URL")
    ] = "",
    pack: options.Pack = None,
    database: options.Database = None,
    on: options.On = None,
) -> None:
    """Write the guide as PDF: a sheet of numbers, a wallet card, a booklet. Same input and day, same bytes."""
    bootstrap.ready(bootstrap.read_pack(pack))
    guide = bootstrap.open_guide(pack, database, on)
    known = guide.pack.manifest.languages
    chosen = known if lang in (None, Tongues.both) else (str(lang),)
    if lang is None and what is What.booklet:
        chosen = known[:1]
    target = out or Path(f"{what}.pdf")
    try:
        made = make(guide, what.value, tuple(chosen), paper.value, site)
        target.write_bytes(made)
    except PressMissing as missing:
        report.fail(missing.problems, report.ENVIRONMENT)
    except OSError as error:
        report.fail([unwritable(target, error)], report.ENVIRONMENT)
    print(f"{target}: {len(made) // 1024 + 1} KB, made on {guide.on}.")
