"""How a reader reaches somebody: numbers to press, other ways, addresses, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from waypost.model.directory import Address, Listing, Location, Phone
from waypost.site.words import Said, Words

_BY_VOICE = ("voice", "tty", "text", "sms", "cell")
_PLAIN = ("voice", "text", "fax", "tty")
"""Purposes that only repeat the standard's word for the kind of line: readers get ours instead."""


@dataclass(frozen=True)
class PhoneLine:
    """One number as a reader sees it: what it is for, in which language, and whether a page showed it."""

    number: str
    href: str
    kind: str
    label: str
    languages: str
    extension: str | None = None
    hours: tuple[str, ...] = ()
    unchecked: bool = False
    note: Said | None = None
    tongues: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """What the number is for, and the languages spoken there where the label does not say them."""
        named = all(part.casefold() in self.label.casefold() for part in self.tongues)
        return " · ".join(part for part in (self.label, "" if named else self.languages) if part)


@dataclass(frozen=True)
class Place:
    """One place: its name, the lines of its address, its town, a note."""

    name: str
    lines: tuple[str, ...]
    note: Said | None = None


def dial(number: str, kind: str = "voice", extension: str | None = None) -> str:
    """The link that dials a number or writes to it: ten digits get the country's prefix, short ones none."""
    digits = "".join(c for c in number if c.isdigit())
    if len(digits) == 10:
        digits = f"+1{digits}"
    elif len(digits) == 11 and digits.startswith("1"):
        digits = f"+{digits}"
    if kind in ("text", "sms"):
        return f"sms:{digits}"
    return f"tel:{digits}" + (f",{extension}" if extension else "")


def phone_line(phone: Phone, words: Words, hours: tuple[str, ...] = ()) -> PhoneLine:
    """A phone of a record in the reader's words."""
    kind = "text" if phone.type in ("text", "sms") else phone.type
    tongues = tuple(words.tongue(tongue.code) for tongue in phone.languages)
    purpose = words.pick({} if phone.purpose.get("en") in _PLAIN else phone.purpose)
    return PhoneLine(
        number=phone.number,
        href=dial(phone.number, kind, phone.extension),
        kind=kind,
        label=purpose.text or words.known(f"phone.{kind}", kind),
        languages=words.listed(tongues),
        tongues=tongues,
        extension=phone.extension,
        hours=hours,
        unchecked=not phone.checked,
        note=words.pick(phone.description) or None,
    )


def first_phone(listing: Listing, language: str, at: int = 0) -> Phone | None:
    """The number to draw where a text needs one: voice first, then what speaks the reader's language.

    ``at`` asks for the number at that place of the record instead, as the strip's settings may.
    """
    phones = [p for p in listing.service.phones if not p.confidential]
    if at and at < len(phones):
        return phones[at]
    voices = [p for p in phones if p.type == "voice"] or [p for p in phones if p.type in _BY_VOICE]
    speaking = [p for p in voices if any(tongue.code == language for tongue in p.languages)]
    undeclared = [p for p in voices if not p.languages]
    return next(iter([*speaking, *undeclared, *voices]), None)


def in_order(phones: Iterable[Phone], language: str) -> list[Phone]:
    """Numbers that speak the reader's language first, else in the order of the record; fax last."""

    def rank(phone: Phone) -> tuple[bool, bool]:
        other = bool(phone.languages) and all(tongue.code != language for tongue in phone.languages)
        return (phone.type == "fax", other)

    return sorted((p for p in phones if not p.confidential), key=rank)


def address_lines(address: Address) -> tuple[str, ...]:
    """An address as one writes it on an envelope."""
    town = f"{address.city}, {address.state_province} {address.postal_code or ''}".strip()
    return tuple(line for line in (address.address_1, address.address_2, town) if line)


def place(location: Location, words: Words) -> Place | None:
    """A place that may be shown; None for one that is confidential or holds nothing to show."""
    if location.confidential:
        return None
    lines = tuple(line for address in location.addresses for line in address_lines(address))
    note = words.pick(location.note) or None
    return Place(location.name, lines, note) if lines or note else None
