"""``waypost build``: the static edition."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from waypost import bootstrap
from waypost.build import build as write
from waypost.cli import options


def build(
    out: Annotated[Path, typer.Argument(help="The folder to write.", metavar="OUT")],
    pack: options.Pack = None,
    database: options.Database = None,
    on: options.On = None,
) -> None:
    """Write the guide as files, as of a day; the same input and day give the same bytes."""
    bootstrap.ready(bootstrap.read_pack(pack))
    guide = bootstrap.open_guide(pack, database, on)
    count = write(guide, out)
    print(f"{count} files in {out}, made on {guide.on}.")
