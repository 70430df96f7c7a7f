"""The guide of one day: the pack, what ``publish`` let through, and the index made of both."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from waypost.model.directory import Directory
from waypost.model.pack import Pack


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
