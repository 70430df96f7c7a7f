"""What the guide knows, laid out so that the words of another page can be found in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from waypost.desk.guide import Guide
from waypost.model.directory import Hours, Listing, Organization
from waypost.model.evidence import Struct
from waypost.model.law import Law

_CITED = re.compile(r"\d+[a-z]{0,2}-\d+[a-z]{0,3}|(?<=U\.S\.C\. )\d{4}[A-Z]?")
_PARENTHESES = re.compile(r"\s*\(([^)]+)\)")
_ABBREVIATION = re.compile(r"[A-Z][A-Z-]{2,}")
_SHORTEST = 4
_PROPER = re.compile(r"\w.*\s[A-ZÁÉÍÓÚÑ]|^[A-Z]{2,}|^\w*\d|^[A-Z][a-z]+[A-Z]")
"""A name, and not only a description such as "free clothing"."""


class Finding(Struct, omit_defaults=False):
    """One thing that a page says, and what we have: it agrees, differs, or is unknown to us.

    ``record`` is the record, section, claim or mistake that it was held against; ``sources`` are what that
    rests on, and ``on`` the day for which it was looked up.
    """

    line: int
    kind: str
    said: str
    verdict: str
    have: str
    record: str = ""
    sources: tuple[str, ...] = ()
    on: str = ""
    sentence: str = ""


class Mention(NamedTuple):
    """A name in a sentence, and the keys it may mean. ``named`` is the name as it was found."""

    start: int
    end: int
    keys: frozenset[str]
    named: str


@dataclass(frozen=True)
class Names:
    """Names that can be found in a sentence, the longest first."""

    pattern: re.Pattern[str]
    keys: dict[str, frozenset[str]]

    def mentions(self, text: str) -> list[Mention]:
        """Every name in a sentence, in order."""
        return [
            Mention(*match.span(), self.keys[_folded(match[0])], match[0])
            for match in self.pattern.finditer(text)
        ]


def _folded(name: str) -> str:
    return re.sub(r"[\s-]+", " ", name.replace("’", "'").casefold())


def _names(pairs: Iterator[tuple[str, str]]) -> Names:
    keys: dict[str, set[str]] = {}
    for name, key in pairs:
        keys.setdefault(_folded(name), set()).add(key)
    spelled = [
        re.escape(name).replace("\\ ", r"[\s-]+").replace("'", "['’]")
        for name in sorted(keys, key=len, reverse=True)
    ]
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(spelled) or '(?!)'})(?!\w)", re.I)
    return Names(pattern, {name: frozenset(found) for name, found in keys.items()})


def offenses(law: Law) -> Names:
    """What sections are called: by the pack's ``law/names.yaml`` and their other names."""

    def pairs() -> Iterator[tuple[str, str]]:
        for key, by_language in law.names.items():
            yield from ((name, key) for names in by_language.values() for name in names)
        for key, section in law.sections.items():
            yield from ((name, key) for name in section.also if len(name) > _SHORTEST and " " in name)

    return _names(pairs())


def citations(law: Law) -> dict[str, str]:
    """Each number under which a section is cited, and its key; the section's own number goes before others'."""
    found: dict[str, str] = {}
    for key, section in law.sections.items():
        for number in (key.rpartition("/")[2], *_CITED.findall(" ".join((section.citation, *section.also)))):
            if number not in found or key.endswith(f"/{number}"):
                found[number] = key
    return found


def organizations(guide: Guide) -> Names:
    """What organizations and their services are called, as keys of organizations."""

    def pairs() -> Iterator[tuple[str, str]]:
        towns = {town.name.casefold() for town in guide.pack.places.towns.values()}
        areas = {name for area in guide.pack.places.areas.values() for name in area.name.values()}
        for organization in listed(guide).values():
            for name in _shorter(_called(organization), areas):
                if len(name) >= _SHORTEST and _PROPER.search(name) and name.casefold() not in towns:
                    yield name, organization.key

    return _names(pairs())


def listed(guide: Guide) -> dict[str, Organization]:
    """The organizations that are published on that day, by key."""
    return {listing.organization.key: listing.organization for listing in guide.directory.listings}


def services(guide: Guide) -> dict[str, list[Listing]]:
    """The published services of each organization."""
    found: dict[str, list[Listing]] = {}
    for listing in guide.directory.listings:
        found.setdefault(listing.organization.key, []).append(listing)
    return found


def _shorter(names: Iterator[str], areas: set[str]) -> Iterator[str]:
    """Names, and the same without the area at their end ("... of Connecticut")."""
    for name in names:
        yield name
        yield from (name.removesuffix(f" of {area}") for area in areas if name.endswith(f" of {area}"))


def _called(organization: Organization) -> Iterator[str]:
    names = [organization.name, organization.alternate_name or "", *organization.former_names]
    for service in organization.services:
        names += [service.name, service.alternate_name or ""]
        names += [said["name"] for said in service.translations.values() if "name" in said]
    for name in filter(None, names):
        bare = _PARENTHESES.sub("", name)
        yield from (name, bare, re.split(r"[:,;]", bare)[0].strip())
        yield from (inside for inside in _PARENTHESES.findall(name) if _ABBREVIATION.fullmatch(inside))
        yield bare.removeprefix("The ")


def hours_of(listing: Listing) -> Iterator[Hours]:
    """Every opening that a service's record states: its own, its numbers' and its places'."""
    service = listing.service
    every = (
        service.hours,
        *service.hours_at.values(),
        *(phone.hours for phone in service.phones),
        *(location.hours for location in service.locations),
    )
    for hours in every:
        if hours and (hours.always or hours.spans):
            yield hours
