"""Narrowing results. A record that does not say is kept apart, never left out (requirement F6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from waypost.model.directory import Directory, Listing
from waypost.model.evidence import Problem, ProblemsFound
from waypost.model.need import Choice, Wanted
from waypost.model.pack import Pack
from waypost.rules.eligibility import Fit, fit

MILES = (5, 10, 25)
"""The distances that are offered."""
FREE = {"free": "yes", "sliding": "yes", "low": "no", "paid": "no"}
DAY_MINUTES = 1440


@dataclass(frozen=True)
class Narrowed:
    """The results that are as wanted, those that do not say, how many are not, and the counts beside each way."""

    sure: tuple[str, ...]
    unknown: tuple[str, ...]
    left_out: int
    choices: tuple[Choice, ...]


def offered(pack: Pack, directory: Directory) -> tuple[str, ...]:
    """The ways to narrow that this guide can offer, by name: ``free``, ``within:10``, ``language:es``."""
    codes = {tongue.code for listing in directory.listings for tongue in listing.service.languages}
    groups = {group for listing in directory.listings for group in listing.service.for_whom}
    return (
        "open",
        *(f"within:{miles}" for miles in MILES),
        *(f"language:{code}" for code in sorted(codes - {"en", "mul"})),
        *("free", "walk_in", "no_id", "confidential"),
        *(f"whom:{key}" for key, trait in pack.lexicon.traits.items() if groups & set(trait.for_whom)),
    )


def wanted_of(name: str) -> Wanted:
    """The wish behind one name of ``offered``."""
    field, _, value = name.partition(":")
    return Wanted(**{field: int(value) if field == "within" else value or True})  # type: ignore[arg-type]


def names_wanted(wanted: Wanted) -> tuple[str, ...]:
    """The names of what is wanted."""
    plain = [name for name in ("open", "free", "walk_in", "no_id", "confidential") if getattr(wanted, name)]
    valued = [f"{f}:{getattr(wanted, f)}" for f in ("within", "language", "whom") if getattr(wanted, f)]
    return (*plain, *valued)


def state_of(pack: Pack, listing: Listing, name: str, opened: str, tenths: int | None) -> Fit:
    """Whether a listing is as one name asks: yes, no, or its record does not say."""
    service = listing.service
    field, _, value = name.partition(":")
    match field:
        case "open":
            said = {"open": "yes", "closed": "no"}.get(opened)
        case "within":
            said = None if tenths is None else _yes(tenths <= int(value) * 10)
        case "language":
            codes = {tongue.code for tongue in service.languages}
            said = _yes(bool(codes & {value, "mul"})) if codes else None
        case "free":
            said = FREE.get(service.cost or "")
        case "walk_in":
            said = _yes("walk_in" in service.access) if service.access else None
        case "no_id":
            said = None if service.no_id_needed is None else _yes(service.no_id_needed)
        case "confidential":
            said = "yes" if service.confidentiality and not service.core_unverified else None
        case _:
            trait = pack.lexicon.traits[value]
            said = fit(service, trait.age, trait.for_whom)
    return said if said in ("yes", "no") else "unknown"  # type: ignore[return-value]


def _yes(value: bool) -> Fit:
    return "yes" if value else "no"


def narrow(states: Mapping[str, Mapping[str, Fit]], wanted: Sequence[str]) -> Narrowed:
    """Sort results by what is wanted. ``states`` are, by key in order, the states of every way to narrow."""
    together = {key: _all(of[name] for name in wanted) for key, of in states.items()}
    names = next(iter(states.values()), {})
    choices = []
    for name in names:
        field = name.partition(":")[0]
        kept = [other for other in wanted if other.partition(":")[0] != field]
        outcome = [_all(of[other] for other in (*kept, name)) for of in states.values()]
        choices.append(Choice(name, outcome.count("yes"), outcome.count("unknown")))
    return Narrowed(
        sure=tuple(key for key, state in together.items() if state == "yes"),
        unknown=tuple(key for key, state in together.items() if state == "unknown"),
        left_out=sum(state == "no" for state in together.values()),
        choices=tuple(choices),
    )


def _all(states: object) -> Fit:
    found = set(states)  # type: ignore[call-overload]
    return "no" if "no" in found else "unknown" if "unknown" in found else "yes"


def moment_meant(
    at: datetime, zone: ZoneInfo, days: int | None, weekday: int | None, hour: int | None
) -> datetime:
    """The next moment that is meant: so many days on or the next such weekday, at an hour, else at noon.

    What is past already today is meant for the next time; "tonight" late at night is now.
    """
    local = at.astimezone(zone)
    ahead = (days or 0) if weekday is None else (weekday - local.weekday()) % 7
    if hour is None and ahead == 0:
        return at
    minutes = ahead * DAY_MINUTES + (12 if hour is None else hour) * 60 - local.hour * 60 - local.minute
    if minutes < 0:
        if days == 0:
            return at
        minutes += DAY_MINUTES if weekday is None else 7 * DAY_MINUTES
    # Whole minutes of elapsed time, so that both runtimes agree across a change of clocks.
    return at.astimezone(UTC) + timedelta(minutes=minutes)


def read_wanted(form: Mapping[str, str], pack: Pack) -> Wanted:
    """What a form asks for; what is not on offer there is left aside."""

    def number(name: str, least: int, most: int) -> int | None:
        text = form.get(name, "")
        fits = text.isascii() and text.isdigit() and len(text) <= 3
        return int(text) if fits and least <= int(text) <= most else None

    whom, tongue = form.get("whom", ""), form.get("language", "")
    return Wanted(
        open=form.get("open_now") == "on",
        day=number("day", 0, 6),
        hour=number("hour", 0, 23),
        within=number("within", 1, 100),
        language=tongue if tongue.isascii() and tongue.isalpha() and len(tongue) <= 3 else None,
        free=form.get("free") == "on",
        walk_in=form.get("walk_in") == "on",
        no_id=form.get("no_id") == "on",
        confidential=form.get("confidential") == "on",
        whom=whom if whom in pack.lexicon.traits else None,
    )


def checked(wanted: Wanted, pack: Pack) -> Wanted:
    """The same, once it is sure that it can be asked. Raises ProblemsFound for whom nobody knows."""
    if wanted.whom is None or pack.lexicon.traits.get(wanted.whom):
        return wanted
    known = ", ".join(key for key, trait in pack.lexicon.traits.items() if trait.for_whom)
    raise ProblemsFound(
        [
            Problem(
                where="--for",
                what=f'"{wanted.whom}" is no group that this guide knows.',
                why="Results would be sorted by something that no record says.",
                do=f"Use one of: {known}.",
            )
        ]
    )


def with_open(wanted: Wanted, open_now: bool) -> Wanted:
    """The same wish, and open if that is asked for beside it; a day or an hour asks for it too."""
    timed = wanted.day is not None or wanted.hour is not None
    return msgspec.structs.replace(wanted, open=wanted.open or open_now or timed)
