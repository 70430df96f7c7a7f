"""The facts of a service as rows: a label and what is known. What is unknown is said where it matters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from waypost.model.directory import Listing
from waypost.model.evidence import Text
from waypost.rules.holidays import holidays_in
from waypost.rules.hours import hold
from waypost.site import address
from waypost.site.cards import field_in, started
from waypost.site.contact import place
from waypost.site.drawn import Scene
from waypost.site.frame import Link
from waypost.site.getting_in import room, to_ask, whom
from waypost.site.opening import doubtful_holiday, held_lines, hours_lines
from waypost.site.words import Said, Words


@dataclass(frozen=True)
class Row:
    """One fact: its label, its lines, where to read on, and the moment from which it is not shown."""

    label: str
    lines: tuple[Said, ...]
    links: tuple[Link, ...] = ()
    until: str | None = None


def row(
    words: Words,
    key: str,
    lines: Iterable[Said | str],
    links: tuple[Link, ...] = (),
    until: str | None = None,
) -> Row | None:
    """A row of those lines that hold something; None if none does."""
    said = tuple(line if isinstance(line, Said) else Said(line, words.language) for line in lines)
    kept = tuple(Said(started(line.text), line.language) for line in said if line)
    return Row(words(f"row.{key}"), kept, links, until) if kept or links else None


def service_rows(listing: Listing, at: Scene) -> tuple[Row, ...]:
    """Everything that decides whether a reader can go, and what happens there."""
    words, service = at.words, listing.service
    told = {} if listing.key in at.guide.pack.calls else service.police_told
    hours = held_lines(listing, words) or (words("hours.unknown" if service.phones else "hours.unknown_ask"),)
    free, until = room(listing, at)
    cost = [words(f"cost.{service.cost}")] if service.cost else []
    rows = (
        row(words, "hours", [*hours, *_holiday(listing, at)]),
        row(words, "room", free, until=until),
        row(words, "where", _places(listing, words)),
        row(words, "area", [words.listed(_areas(service.serves, at))]),
        row(words, "cost", [*cost, words.pick(service.fees_description)]),
        row(words, "languages", [words.listed(_tongues(listing, words))]),
        row(
            words,
            "who",
            [words.pick(service.eligibility_description), *whom(listing, at), *_ages(listing, words)],
        ),
        _access(listing, at),
        row(words, "apply", [words.pick(service.application_process)]),
        row(words, "documents", _papers(service.no_id_needed, service.documents_needed, words)),
        row(words, "confidential", [words.pick(service.confidentiality)]),
        row(words, "police", [words.pick(told)]),
        row(words, "ask", to_ask(listing, at)),
        row(words, "note", [words.pick(service.note)]),
    )
    return tuple(each for each in rows if each is not None)


def _holiday(listing: Listing, at: Scene) -> list[str]:
    """The next public holiday on which nobody knows whether it is open."""
    held, on = hold(listing), at.guide.on
    holidays = holidays_in(at.guide.pack.holidays, (on.year, on.year + 1))
    day = doubtful_holiday(held.hours if held else None, on, holidays)
    if day is None:
        return []
    name = at.words.pick(at.guide.pack.holidays[holidays[day]].name).text
    return [at.words("hours.holiday_unknown", day=at.words.day(day), name=name)]


def _places(listing: Listing, words: Words) -> list[Said | str]:
    lines: list[Said | str] = []
    held = hold(listing)
    several = len(listing.service.hours_at) > 1
    for location in listing.service.locations or listing.organization.locations:
        if location.confidential:
            lines.append(words("place.confidential"))
        elif shown := place(location, words):
            lines.append(", ".join(shown.lines) or shown.name)
            lines += [shown.note] if shown.note else []
            here = listing.service.hours_at.get(location.key)
            if here is not None and several:
                lines += hours_lines(here, words)
            elif here is None and held and not held.inherited and location.hours:
                lines += [
                    words("hours.of_building", hours=line) for line in hours_lines(location.hours, words)
                ]
    return lines


def _areas(keys: tuple[str, ...], at: Scene) -> list[str]:
    places = at.guide.pack.places
    named = []
    for key in keys:
        if key in places.towns:
            named.append(places.towns[key].name)
        elif key in places.areas:
            named.append(at.words.pick(places.areas[key].name).text)
    return named


def _tongues(listing: Listing, words: Words) -> list[str]:
    return [
        words.tongue(tongue.code) + (f" ({tongue.note})" if tongue.note else "")
        for tongue in listing.service.languages
    ]


def _ages(listing: Listing, words: Words) -> list[str]:
    low, high = listing.service.minimum_age, listing.service.maximum_age
    if low is not None and high is not None:
        return [words("age.between", low=low, high=high)]
    if low is not None:
        return [words("age.from", low=low)]
    return [words("age.to", high=high)] if high is not None else []


def _papers(no_id: bool | None, documents: Text, words: Words) -> list[Said | str]:
    said: list[Said | str] = []
    if no_id is not None:
        said.append(words("no_id.yes" if no_id else "no_id.no"))
    return [*said, words.pick(documents)]


def _access(listing: Listing, at: Scene) -> Row | None:
    """How one gets in; where the way leads through another record, the link says it."""
    through = _through(listing, at)
    ways = [way for way in listing.service.access if way != "referral" or not through]
    return row(at.words, "access", (at.words(f"access.{way}") for way in ways), through)


def _through(listing: Listing, at: Scene) -> tuple[Link, ...]:
    """A link to the service through which one gets in, with its first number."""
    through = at.guide.directory.get(listing.service.referred_through or "")
    if through is None:
        return ()
    phones = [phone.number for phone in through.service.phones[:1]]
    name = " ".join([field_in(through, "name", at.words).text, *phones])
    path = at.path(address.service(through.service.slug))
    return (Link(at.words("access.through", name=name), path),)
