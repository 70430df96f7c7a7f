"""The guide of today: made anew when the day changes, its pages rendered once and kept as bytes."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from waypost.desk.guide import Guide
from waypost.site.outlet import Outlet
from waypost.site.page import Page
from waypost.site.pages import all_pages
from waypost.site.pages.far import far_page
from waypost.site.render import assets, render


@dataclass(frozen=True)
class Body:
    """The bytes of an answer, as they are and compressed for poor signal."""

    plain: bytes
    gzipped: bytes

    @classmethod
    def of(cls, plain: bytes) -> Body:
        """Compress once, the same way each time."""
        return cls(plain, gzip.compress(plain, 6, mtime=0))


class Edition:
    """One day's guide with its pages by path and its assets by name."""

    def __init__(self, guide: Guide):
        self.guide = guide
        self.assets = assets(guide)
        self.outlet = Outlet.server(self.assets)
        self._coming = all_pages(guide)
        self._made: dict[str, Page] = {}
        self._making = threading.Lock()
        self._rendered: dict[str, Body] = {}
        self._asset_bodies: dict[str, Body] = {}

    def kept(self, path: str) -> Body | None:
        """The page at a path if it was rendered before: an answer without waiting."""
        return self._rendered.get(path)

    def page(self, path: str) -> Body | None:
        """The page at a path, rendered at the first call; None if there is no such page."""
        if path not in self._rendered:
            page = self._value(path)
            if page is None:
                far = far_page(self.guide, path)
                return Body.of(self.draw(far)) if far else None
            self._rendered[path] = Body.of(self.draw(page))
        return self._rendered[path]

    @property
    def pages(self) -> dict[str, Page]:
        """Every page value by its path."""
        self._value("")
        return self._made

    def _value(self, path: str) -> Page | None:
        """The value of a page. Values are made in the site's order, and only as far as they are asked for."""
        while path not in self._made:
            with self._making:
                page = next(self._coming, None)
                if page is None:
                    return self._made.get(path)
                self._made[page.path] = page
        return self._made[path]

    def asset(self, name: str) -> Body | None:
        """A style, script or data file; None if there is none of that name."""
        if name not in self._asset_bodies:
            if name not in self.assets:
                return None
            self._asset_bodies[name] = Body.of(self.assets[name])
        return self._asset_bodies[name]

    def draw(self, page: Page) -> bytes:
        """Render a page that is not kept, such as an answer to somebody's words."""
        return render(page, self.guide, self.outlet).encode()


class Current:
    """Hands out the edition of today. A new day's edition is made once, by whoever asks first."""

    def __init__(self, make: Callable[[date], Guide], today: Callable[[], date]):
        self._make = make
        self._today = today
        self._lock = threading.Lock()
        self._edition = Edition(make(today()))
        # The first reader does not wait for the last page; the others are made meanwhile.
        threading.Thread(target=lambda: self._edition.pages, daemon=True).start()

    def kept(self) -> Edition | None:
        """The edition at hand if it is today's: an answer without waiting."""
        return self._edition if self._edition.guide.on == self._today() else None

    def edition(self) -> Edition:
        """Today's edition; yesterday's goes on being served while today's is being made."""
        day = self._today()
        if self._edition.guide.on != day and self._lock.acquire(blocking=False):
            try:
                self._edition = Edition(self._make(day))
            finally:
                self._lock.release()
        return self._edition
