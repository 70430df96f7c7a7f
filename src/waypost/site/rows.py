"""The facts of a service as rows: a label and what is known. What is unknown is said where it matters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from waypost.model.directory import Listing
from waypost.model.evidence import Text
from waypost.site.cards import started
from waypost.site.contact import place
from waypost.site.drawn import Scene
from waypost.site.opening import hours_lines
from waypost.site.words import Said, Words


@dataclass(frozen=True)
class Row:
    """One fact: its label and its lines."""

    label: str
    lines: tuple[Said, ...]


def row(words: Words, key: str, lines: Iterable[Said | str]) -> Row | None:
    """A row of those lines that hold something; None if none does."""
    said = tuple(line if isinstance(line, Said) else Said(line, words.language) for line in lines)
    kept = tuple(Said(started(line.text), line.language) for line in said if line)
    return Row(words(f"row.{key}"), kept) if kept else None


def service_rows(listing: Listing, at: Scene) -> tuple[Row, ...]:
    """Everything that decides whether a reader can go, and what happens there."""
    words, service = at.words, listing.service
    hours = hours_lines(service.hours, words) or (words("hours.unknown"),)
    cost = [words(f"cost.{service.cost}")] if service.cost else []
    rows = (
        row(words, "hours", hours),
        row(words, "where", _places(listing, words)),
        row(words, "area", [words.listed(_areas(service.serves, at))]),
        row(words, "cost", [*cost, words.pick(service.fees_description)]),
        row(words, "languages", [words.listed(_tongues(listing, words))]),
        row(words, "who", [words.pick(service.eligibility_description), *_ages(listing, words)]),
        row(words, "access", [*(words(f"access.{way}") for way in service.access), *_through(listing, at)]),
        row(words, "apply", [words.pick(service.application_process)]),
        row(words, "documents", _papers(service.no_id_needed, service.documents_needed, words)),
        row(words, "confidential", [words.pick(service.confidentiality)]),
        row(words, "police", [words.pick(service.police_told)]),
        row(words, "note", [words.pick(service.note)]),
    )
    return tuple(each for each in rows if each is not None)


def _places(listing: Listing, words: Words) -> list[Said | str]:
    lines: list[Said | str] = []
    for location in listing.service.locations or listing.organization.locations:
        if location.confidential:
            lines.append(words("place.confidential"))
        elif shown := place(location, words):
            lines.append(", ".join(shown.lines) or shown.name)
            lines += [shown.note] if shown.note else []
            lines += hours_lines(location.hours, words)
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


def _through(listing: Listing, at: Scene) -> list[str]:
    through = at.guide.directory.get(listing.service.referred_through or "")
    if through is None:
        return []
    phones = [phone.number for phone in through.service.phones[:1]]
    return [at.words("access.through", name=" ".join([through.service.name, *phones]))]
