"""The law: the list of sections and a page for each."""

from __future__ import annotations

from collections.abc import Iterator

from waypost.desk.guide import Guide
from waypost.site.page import Page


def pages(guide: Guide, language: str) -> Iterator[Page]:
    """Nothing where no law pack covers the place."""
    yield from ()


def law_answer_page(guide: Guide, explanation: object, language: str) -> Page:
    """The explanation of a situation."""
    raise NotImplementedError
