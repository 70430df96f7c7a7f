"""A service as a card: what a list of help shows of it, and nothing that the record does not know."""

from __future__ import annotations

from dataclasses import dataclass

from waypost.model.directory import Listing
from waypost.rules.hours import hold
from waypost.site import address
from waypost.site.checked import CheckedNote, checked_note
from waypost.site.contact import PhoneLine, in_order, phone_line
from waypost.site.opening import hours_lines
from waypost.site.words import Said, Words


@dataclass(frozen=True)
class Card:
    """One service in a list; with ``pick``, the name of the tick that puts it on the reader's own list."""

    key: str
    name: Said
    path: str
    organization: str | None
    place: str | None
    phones: tuple[PhoneLine, ...]
    summary: Said | None
    facts: tuple[str, ...]
    checked: CheckedNote
    open_words: str | None = None
    open_state: str | None = None
    reasons: tuple[str, ...] = ()
    pick: str = ""


def field_in(listing: Listing, name: str, words: Words) -> Said:
    """A plain field of a service in the reader's language where a translation exists, else as it is."""
    translated = listing.service.translations.get(words.language, {}).get(name)
    if translated:
        return Said(translated, words.language)
    return Said(getattr(listing.service, name) or "", "en")


def card(listing: Listing, words: Words, most_phones: int = 2) -> Card:
    """The card of a listing."""
    service, organization = listing.service, listing.organization
    phones = [p for p in in_order(service.phones, words.language) if p.type != "fax"][:most_phones]
    return Card(
        key=service.key,
        name=field_in(listing, "name", words),
        path=address.localized(address.service(service.slug), words.language),
        organization=None if organization.name in service.name else organization.name,
        place=town_of(listing),
        phones=tuple(phone_line(phone, words) for phone in phones),
        summary=field_in(listing, "description", words) or None,
        facts=facts(listing, words),
        checked=checked_note(listing, words),
    )


def facts(listing: Listing, words: Words) -> tuple[str, ...]:
    """What decides whether one can go: hours, cost, languages, how one gets in. Unknown is left out."""
    service = listing.service
    held = hold(listing)
    lines = hours_lines(held.hours, words) if held else ()
    unknown = words("hours.unknown" if service.phones else "hours.unknown_ask")
    said = [lines[0] if lines else unknown]
    if held and held.inherited and lines:
        said = [f"{lines[0]} ({words('hours.inherited')})"]
    said += [words(f"cost.{service.cost}")] if service.cost else []
    if service.languages:
        said.append(words.listed(words.tongue(tongue.code) for tongue in service.languages))
    said += [words(f"access.{way}") for way in service.access]
    said += [words("no_id.yes")] if service.no_id_needed else []
    return tuple(started(line) for line in said)


def started(line: str) -> str:
    """A line with a capital letter, as a line on its own begins."""
    return line[:1].upper() + line[1:]


def town_of(listing: Listing) -> str | None:
    """The town where one goes, if the place may be shown."""
    for location in (*listing.service.locations, *listing.organization.locations):
        if not location.confidential and location.addresses:
            return location.addresses[0].city
    return None
