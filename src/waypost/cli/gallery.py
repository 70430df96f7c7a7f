"""``waypost gallery``: each component as its own contract shows it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from waypost import bootstrap
from waypost.build import gallery as write
from waypost.cli import options, report
from waypost.cli.export import unwritable


def gallery(
    out: Annotated[Path, typer.Argument(help="The folder to write.", metavar="OUT")],
    pack: options.Pack = None,
) -> None:
    """Write a page of all components with their examples in each language, light and dark; it opens from a folder."""
    try:
        count = write(bootstrap.read_pack(pack), out)
    except OSError as error:
        report.fail([unwritable(out, error)], report.ENVIRONMENT)
    print(f"{count} files in {out}: open {out / 'index.html'}.")
