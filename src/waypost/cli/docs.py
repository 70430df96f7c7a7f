"""``waypost docs``: the parts of the documentation that are made from the program itself."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from typer.core import TyperGroup

from waypost import bootstrap
from waypost.cli import reference


def docs(
    context: typer.Context,
    out: Annotated[Path, typer.Argument(help="The folder of the documentation.", metavar="OUT")] = Path(
        "docs"
    ),
) -> None:
    """Write the reference of commands, pack keys and law words again."""
    command = context.find_root().command
    assert isinstance(command, TyperGroup)
    pack = bootstrap.read_pack(None)
    target = out / "reference"
    target.mkdir(parents=True, exist_ok=True)
    for name, text in reference.pages(command, pack).items():
        (target / name).parent.mkdir(exist_ok=True)
        (target / name).write_text(text, "utf-8")
        print(target / name)
