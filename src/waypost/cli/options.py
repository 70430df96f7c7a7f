"""The options that many commands share, spelled once."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer


def parse_day(text: str) -> date:
    """A day such as 2026-11-22; anything else is a wrong word typed (exit code 2)."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f'"{text}" is not a day. Write it like 2026-11-22.') from None


Pack = Annotated[str | None, typer.Option("--pack", help="The pack to use (WAYPOST_PACK).", metavar="ID")]
Database = Annotated[
    str | None,
    typer.Option("--database", help="The records' database (WAYPOST_DATABASE).", metavar="URL"),
]
On = Annotated[
    date | None,
    typer.Option("--on", help="The day to speak for (default today).", parser=parse_day, metavar="DATE"),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
