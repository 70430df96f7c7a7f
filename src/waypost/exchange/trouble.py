"""A file that cannot be read at all, and why."""

from __future__ import annotations

from waypost.model.evidence import Problem, ProblemsFound

MOST_TOLD = 200
"""So many things are told of one file; who made it to do harm would fill the memory with more."""

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


class ExtraMissing(ProblemsFound):
    """Packages that are not installed are needed: the machine is at fault, not the file."""

    def __init__(self, where: str, what: str) -> None:
        do = 'Install them with "pip install waypost[formats]".'
        super().__init__([unreadable(where, f"{what} need the extra packages of Waypost's formats.", do)])


def stop(problems: list[Problem], where: str) -> None:
    """Raise ProblemsFound once so many are known that nobody reads more."""
    if len(problems) >= MOST_TOLD:
        more = unreadable(
            where, f"After {MOST_TOLD} such places nothing more was read.", "Correct these first."
        )
        raise ProblemsFound([*problems, more])
