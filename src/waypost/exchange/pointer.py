"""JSON pointers (RFC 6901), at most two steps deep: a field, or one of our own fields."""

from __future__ import annotations


def make(*steps: str) -> str:
    """The pointer that takes these steps."""
    return "".join("/" + step.replace("~", "~0").replace("/", "~1") for step in steps)


def steps(pointer: str) -> tuple[str, ...]:
    """The steps that a pointer takes."""
    return tuple(step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:])
