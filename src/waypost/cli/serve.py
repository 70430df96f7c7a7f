"""``waypost serve``: the site and the API."""

from __future__ import annotations

import functools
from datetime import date
from typing import Annotated

import typer

from waypost import bootstrap
from waypost.cli import options
from waypost.server import serve as run


def serve(
    pack: options.Pack = None,
    database: options.Database = None,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen on.", min=0, max=65535)] = 8000,
    workers: Annotated[int, typer.Option(help="How many processes serve.", min=1, max=64)] = 1,
    on: options.On = None,
    draft: Annotated[
        bool, typer.Option("--draft", help="Show a town's unfinished pack, on this machine only.")
    ] = False,
) -> None:
    """Serve the guide. Prints the address when it is ready."""
    read = bootstrap.read_pack(pack)
    if not (draft and host in _HERE):
        bootstrap.ready(read)
    bootstrap.open_store(database, read, on=on)
    make = functools.partial(bootstrap.guide_of, read, database)
    today = functools.partial(_fixed, on) if on else functools.partial(bootstrap.today, read)
    run(make, today, host=host, port=port, workers=workers, public=bootstrap.public_address())


_HERE = ("127.0.0.1", "::1", "localhost")
"""Where a draft may listen: nobody else can reach these."""


def _fixed(day: date) -> date:
    return day
