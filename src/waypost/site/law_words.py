"""The law in a reader's words."""

from __future__ import annotations

from datetime import date

from waypost.model.law import Law
from waypost.site.words import Words


def drawn_section(law: Law, key: str, words: Words) -> str | None:
    """The citation of a section."""
    return None


def drawn_term(law: Law, key: str, on: date, words: Words) -> str | None:
    """The longest term."""
    return None


def drawn_fine(law: Law, key: str, on: date, words: Words) -> str | None:
    """The fine."""
    return None


def sections_on(law: Law) -> dict[str, tuple[str, ...]]:
    """Sections by the source that they rest on."""
    return {}


def section_title(law: Law, key: str, words: Words) -> str:
    """The name of a section in a list."""
    return key
