"""The guide of one day: the pack, what ``publish`` let through, and the index made of both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from waypost.desk.served import Served
from waypost.desk.wide import WideDirectory
from waypost.model.directory import Directory, Listing
from waypost.model.pack import Pack


def empty() -> Served:
    """No records for programs."""
    return Served({})


@dataclass(frozen=True)
class Guide:
    """Everything that an outlet may show on the day ``on``.

    ``directory`` holds every service, or those near where there are too many: then ``wide`` finds the others.
    ``stale_after`` is the first day on which a copy of this guide says of itself that it is old.
    """

    pack: Pack
    directory: Directory
    on: date
    stale_after: date
    index: Any
    served: Callable[[], Served] = empty
    wide: WideDirectory | None = None

    def by_slug(self, slug: str) -> Listing | None:
        """The service of that slug, near or far, or None."""
        near = next((one for one in self.directory.listings if one.service.slug == slug), None)
        if near is not None or self.wide is None:
            return near
        return next(iter(self.wide.by_slug(slug)), None)
