"""A file that cannot be read at all, and why."""

from __future__ import annotations

from waypost.model.evidence import Problem

WHY = "Nothing can be taken from it until it can be read."


def unreadable(where: str, what: str, do: str) -> Problem:
    """A Problem that refuses a file."""
    return Problem(where=where, what=what, why=WHY, do=do)


def not_utf8(where: str, error: UnicodeDecodeError) -> Problem:
    """A Problem: the text is not UTF-8."""
    return unreadable(
        where,
        f"This is not UTF-8 text: byte {error.start + 1} cannot be read.",
        "Save it again as UTF-8.",
    )
