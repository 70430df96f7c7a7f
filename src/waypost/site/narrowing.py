"""The ways to narrow results, as a form shows them: what is ticked, and the counts beside each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from waypost.desk.find_wanted import MILES, offered
from waypost.model.need import Choice, Wanted
from waypost.site.drawn import Scene

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
HOURS = (8, 10, 12, 14, 16, 18, 20, 22)
TICKS = {
    "open": "open_now",
    "free": "free",
    "walk_in": "walk_in",
    "no_id": "no_id",
    "confidential": "confidential",
}
"""The name in the form of each way that is a tick."""


@dataclass(frozen=True)
class Tick:
    """A way to narrow that is on or off; ``count`` stands beside it."""

    choice: str
    name: str
    label: str
    ticked: bool
    count: str


@dataclass(frozen=True)
class Option:
    """One value of a list, with its count."""

    choice: str
    value: str
    label: str
    chosen: bool
    count: str


@dataclass(frozen=True)
class Selection:
    """A list to choose from; the first value is "any"."""

    name: str
    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Narrowing:
    """The whole part of the form."""

    near: str
    ticks: tuple[Tick, ...]
    selections: tuple[Selection, ...]


def narrowing(
    at: Scene, near: str = "", wanted: Wanted = Wanted(), choices: tuple[Choice, ...] = ()
) -> Narrowing:
    """The form for a guide, with what was chosen before and the counts of the present results."""
    counts = {choice.name: count_words(at, choice) for choice in choices}
    names = offered(at.guide.pack, at.guide.directory)
    ticks = tuple(
        Tick(
            choice,
            name,
            at.words(f"narrow.{choice}"),
            getattr(wanted, choice) and (choice != "open" or wanted.day is wanted.hour is None),
            counts.get(choice, ""),
        )
        for choice, name in TICKS.items()
    )
    words = at.words
    days = {str(number): words(f"day.{day}") for number, day in enumerate(DAYS)}
    hours = {str(hour): _hour(at, hour) for hour in HOURS}
    within = {f"{miles}": words("narrow.miles", miles=miles) for miles in MILES}
    tongues = {name[9:]: words.tongue(name[9:]) for name in names if name.startswith("language:")}
    people = {
        name[5:]: words.pick(at.guide.pack.lexicon.traits[name[5:]].name).text
        for name in names
        if name.startswith("whom:")
    }

    def chosen(name: str, values: Mapping[str, str], now: object) -> Selection:
        options = tuple(
            Option(f"{name}:{value}", value, label, value == str(now), counts.get(f"{name}:{value}", ""))
            for value, label in values.items()
        )
        anything = Option("", "", words("narrow.any"), now is None, "")
        return Selection(name, words(f"narrow.{name}"), (anything, *options))

    return Narrowing(
        near,
        ticks,
        (
            chosen("day", days, wanted.day),
            chosen("hour", hours, wanted.hour),
            chosen("within", within, wanted.within),
            chosen("language", tongues, wanted.language),
            chosen("whom", people, wanted.whom),
        ),
    )


def count_words(at: Scene, choice: Choice) -> str:
    """The count beside a way to narrow: how many surely fit, and of how many nobody knows."""
    line = "narrow.count" if choice.unknown else "narrow.count_sure"
    return at.words(line, sure=choice.sure, unknown=choice.unknown)


def _hour(at: Scene, hour: int) -> str:
    """An hour as the sayings of results write it."""
    half = "am" if hour < 12 else "pm" if hour < 20 else "night"
    said = at.words.pick(at.guide.pack.lexicon.sayings[half]).text
    return f"{hour % 12 or 12} {said}"
