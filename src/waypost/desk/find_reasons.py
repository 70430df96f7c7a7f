"""Why a result is here, in plain words. The lines themselves lie in the pack (``sayings``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from waypost.desk.find_place import AREA_UNKNOWN, AREA_YES
from waypost.model.directory import Listing
from waypost.model.evidence import Text, VerificationState
from waypost.model.pack import Pack


def words_for(text: Text, language: str) -> str:
    """A text in a language, or in English, or nothing."""
    return text.get(language) or text.get("en") or ""


def reasons_of(
    pack: Pack,
    listing: Listing,
    language: str,
    *,
    met: Sequence[str],
    points: int,
    served: int,
    tenths: int | None,
    town: str | None,
    state: str,
    opens_next: str | None,
    then: bool,
    inherited: bool,
    holiday: bool,
    traits: Sequence[str],
    fits: bool,
) -> tuple[str, ...]:
    """The reasons in order: what it helps with, whom, where, when, what is not sure."""
    lines: list[str] = []

    def say(key: str, **values: str) -> None:
        lines.extend(filter(None, [saying(pack, key, language, values)]))

    if points == 0:
        say("referral")
    elif met:
        say("helps", need="; ".join(words_for(pack.lexicon.needs[key].name, language) for key in met[:2]))
    else:
        say("words")
    if fits and traits:
        say("fits", whom=words_for(pack.lexicon.traits[traits[0]].name, language))
    name = pack.places.towns[town].name if town in pack.places.towns and town else ""
    if name and served == AREA_YES:
        say("serves", town=name)
    elif name:
        say("ask_area" if served == AREA_UNKNOWN else "other_area", town=name)
    if tenths is not None and name:
        say("miles", miles=f"{tenths // 10}.{tenths % 10}", town=name)
    if state == "open":
        say("open_then" if then else "open")
    elif state == "closed" and opens_next:
        say("opens_then" if then else "opens", when=moment(pack, language, opens_next))
    for key in before_going(listing, language, holiday, inherited):
        say(key)
    return tuple(lines)


def before_going(listing: Listing, language: str, holiday: bool, inherited: bool) -> list[str]:
    """The sayings of what to know before one goes or calls."""
    service = listing.service
    said = {
        "holiday": holiday,
        "inherited": inherited,
        "spanish": language == "es" and any(spoken.code == "es" for spoken in service.languages),
        "unsure": service.core_unverified or service.verification.state is VerificationState.unverified,
    }
    return [key for key, so in said.items() if so]


def moment(pack: Pack, language: str, local: str) -> str:
    """A local moment such as 2026-11-23T16:30 as a reader says it: the day of the week and the time."""
    at = datetime.fromisoformat(local)
    days = saying(pack, "weekdays", language, {}).split(" ")
    values = {
        "day": days[at.weekday() % len(days)],
        "hour": str(at.hour % 12 or 12),
        "minute": f"{at.minute:02}",
        "half": saying(pack, half_of(at.hour), language, {}),
    }
    return saying(pack, "when_one" if at.hour % 12 == 1 else "when", language, values)


def half_of(hour: int) -> str:
    """The saying for the part of the day that an hour lies in."""
    if hour < 12:
        return "am"
    return "pm" if hour < 20 else "night"


def saying(pack: Pack, key: str, language: str, values: Mapping[str, str]) -> str:
    """One line of the pack's sayings with its slots filled; empty where the pack has no such line."""
    line = words_for(pack.lexicon.sayings.get(key, {}), language)
    for name, value in values.items():
        line = line.replace("{" + name + "}", value)
    return line
