"""Pairs of real records with a person's word on whether they are one; see ATTRIBUTION.md."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import msgspec

from waypost.rules.matching import PROPOSAL, QUESTION, Crowd, Likeness, Sketch, likeness

FILE = Path(__file__).parent / "labelled.json"


class Labelled(msgspec.Struct):
    """The records, and the pairs: two ids, whether they are one, and how the pair came about."""

    records: list[Sketch]
    pairs: list[tuple[str, str, bool, str]]


class Score(NamedTuple):
    """How many pairs were called one rightly, wrongly, and not called so though they are."""

    pairs: int
    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """Of those called one, how many are."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Of those that are one, how many were called so."""
        return self.right / max(1, self.right + self.missed)


def read() -> Labelled:
    """The labelled pairs."""
    return msgspec.json.decode(FILE.read_bytes(), type=Labelled)


def judged() -> list[tuple[Likeness, bool, str]]:
    """Each pair with its likeness, what a person said, and how it came about."""
    labelled = read()
    crowd = Crowd(labelled.records)
    faces = {id_: face for (_, id_), face in crowd.faces.items()}
    return [(likeness(faces[a], faces[b], crowd), same, kind) for a, b, same, kind in labelled.pairs]


def scores() -> dict[str, Score]:
    """Precision and recall of proposals alone, and of proposals and questions together."""
    every = judged()
    found = {}
    for name, least, kinds in (
        ("proposals", PROPOSAL, ("seen", "restated")),
        ("proposals and questions", QUESTION, ("seen", "restated")),
        ("  both, real pairs only", QUESTION, ("seen",)),
        ("  both, restated only", QUESTION, ("restated",)),
    ):
        some = [(one.points >= least, same) for one, same, kind in every if kind in kinds]
        counts = (some.count((True, True)), some.count((True, False)), some.count((False, True)))
        found[name] = Score(len(some), *counts)
    return found
