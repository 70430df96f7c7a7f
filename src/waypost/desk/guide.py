"""The guide of one day: the pack, what ``publish`` let through, and the index made of both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from waypost.desk.served import Served
from waypost.model.directory import Directory
from waypost.model.pack import Pack


def empty() -> Served:
    """No records for programs."""
    return Served({})


@dataclass(frozen=True)
class Guide:
    """Everything that an outlet may show on the day ``on``.

    ``stale_after`` is the first day on which a copy of this guide says of itself that it is old.
    """

    pack: Pack
    directory: Directory
    on: date
    stale_after: date
    index: Any
    served: Callable[[], Served] = empty
