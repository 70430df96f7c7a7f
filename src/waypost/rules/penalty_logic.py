"""Three-valued tests of a situation's facts: yes, no, or unknown, and which fact decides."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from waypost.model.law import Condition, Conditions

Truth = Literal["yes", "no", "unknown"]
Values = tuple[str, ...]


@dataclass(frozen=True)
class OneOf:
    """Some value of the fact is one of these; ``negated``: none is."""

    values: frozenset[str]
    negated: bool = False

    def holds(self, given: Values) -> bool:
        """Whether it holds of the values given."""
        return self.values.isdisjoint(given) == self.negated


@dataclass(frozen=True)
class Given:
    """The fact is given, whatever it is."""

    def holds(self, given: Values) -> bool:
        """Always: it is only asked of given facts."""
        return bool(given)


@dataclass(frozen=True)
class Between:
    """A number from ``low`` to ``high``, both included."""

    low: int
    high: int

    def holds(self, given: Values) -> bool:
        """Whether it holds of the number given."""
        return self.low <= int(given[0]) <= self.high


@dataclass(frozen=True)
class Days:
    """A day from ``first`` to before ``end``."""

    first: date
    end: date

    def holds(self, given: Values) -> bool:
        """Whether it holds of the day given."""
        return self.first <= date.fromisoformat(given[0]) < self.end


Test = OneOf | Given | Between | Days
MOST = 10**9

_UNDER = re.compile(r"under (\d+)")
_OR_MORE = re.compile(r"(\d+) or more")
_BETWEEN = re.compile(r"(\d+) to (\d+)")
_DAYS = re.compile(r"(before|from) (\d{4}-\d{2}-\d{2})")


@lru_cache(maxsize=4096)
def parse(text: str) -> Test:
    """The test that these words stand for. Raises ValueError for a number or day that is none."""
    if text == "given":
        return Given()
    if match := _UNDER.fullmatch(text):
        return Between(-MOST, int(match[1]) - 1)
    if match := _OR_MORE.fullmatch(text):
        return Between(int(match[1]), MOST)
    if match := _BETWEEN.fullmatch(text):
        return Between(int(match[1]), int(match[2]))
    if match := _DAYS.fullmatch(text):
        day = date.fromisoformat(match[2])
        return Days(date.min, day) if match[1] == "before" else Days(day, date.max)
    negated = text.startswith("not ")
    values = text.removeprefix("not ").split("|")
    return OneOf(frozenset(value.strip() for value in values), negated)


@dataclass(frozen=True)
class Judged:
    """What became of conditions; while unknown, the facts and tests that would decide it."""

    truth: Truth
    asks: tuple[tuple[str, str], ...] = ()


Facts = Mapping[str, Values]


def truth_of(facts: Facts, word: str, text: str) -> Truth:
    """One test of one fact; unknown where the fact is not given.

    The classes of a crime are all that it may have: where they differ on the test, it is unknown.
    """
    given = facts.get(word)
    if given is None:
        return "unknown"
    if not word.endswith(".class"):
        return "yes" if parse(text).holds(given) else "no"
    held = {parse(text).holds((one,)) for one in given}
    return "unknown" if len(held) > 1 else "yes" if held.pop() else "no"


def conjunction(facts: Facts, condition: Condition) -> Judged:
    """All tests of a condition together: one that fails decides."""
    asks: list[tuple[str, str]] = []
    for word, text in condition.items():
        truth = truth_of(facts, word, text)
        if truth == "no":
            return Judged("no")
        if truth == "unknown":
            asks.append((word, text))
    return Judged("unknown", tuple(asks)) if asks else Judged("yes")


def judge(facts: Facts, conditions: Conditions) -> Judged:
    """A list of conditions: one that holds decides; an empty list always holds."""
    if not conditions:
        return Judged("yes")
    asks: list[tuple[str, str]] = []
    for condition in conditions:
        judged = conjunction(facts, condition)
        if judged.truth == "yes":
            return judged
        asks += [ask for ask in judged.asks if ask not in asks]
    return Judged("unknown", tuple(asks)) if asks else Judged("no")
