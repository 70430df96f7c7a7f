"""Names of organizations: drawn from records where we have one, and never from nowhere (T1)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from waypost.check.reading import Seen
from waypost.check.typed import plain, texts
from waypost.desk.guide import Guide
from waypost.model.evidence import Problem
from waypost.site.page import Page

_KINDS_EN = "Center|Clinic|Hospital|Shelter|Coalition|Lifeline|Alliance|Foundation|Institute|University"
_KINDS_ES = "Centro|Clínica|Hospital|Coalición|Alianza|Fundación|Instituto|Universidad|Refugio"
_CAPITAL = r"[A-ZÁÉÍÓÚÑ][\w’'&-]+"
_LIKE_A_NAME = re.compile(
    rf"\b(?:{_CAPITAL} (?:(?:of|for|and|the|de|del|la|y) )?){{1,5}}(?:{_KINDS_EN})\b"
    rf"|\b(?:{_KINDS_ES}) (?:(?:de|del|para|la|las|los|el|contra) )*{_CAPITAL}(?: {_CAPITAL})*"
)
_FIRST = re.compile(r"^(?:The|A|An|Our|Your|That|This|In|At|See|Call|Ask|El|La|Un|Una|En|Vea|Llame)\s+")


def typed(guide: Guide) -> Iterator[Problem]:
    """An error for each name of an organization typed in running text, which a change of record would miss."""
    names = _recorded(guide)
    if not names:
        return
    pattern = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in names))
    for where, text, _ in texts(guide):
        for name in dict.fromkeys(pattern.findall(plain(text))):
            yield Problem(
                where=where,
                what=f'"{name}" is typed',
                why="When the organization takes another name, or is gone, this line would stay behind.",
                do="Draw the name from its record: {service:KEY}.",
            )


def _recorded(guide: Guide) -> list[str]:
    """The names that records hold, longest first; a name of one word may be a word, and is left out."""
    pack = guide.pack
    found = {service.name for org in pack.organizations.values() for service in org.services}
    for organization in pack.organizations.values():
        found |= {organization.name, *organization.former_names}
        for service in organization.services:
            found |= {said["name"] for said in service.translations.values() if "name" in said}
    for left_out in pack.not_listed.values():
        found |= set(left_out.name.values())
    places = {town.name for town in pack.places.towns.values()}
    return sorted((name for name in found - places if " " in name), key=len, reverse=True)


def unknown(guide: Guide, pages: Mapping[str, Page], read: Mapping[str, Seen]) -> Iterator[Problem]:
    """An error for each name on a page that looks like an organization and that no pack holds."""
    known = _all_text(guide)
    for path, page in pages.items():
        # Lists of sources show titles and publishers side by side, all of them drawn from the sources.
        for block in read[path].blocks if page.kind != "source_kind" else ():
            for match in _LIKE_A_NAME.finditer(block.text):
                name = _FIRST.sub("", match[0])
                if name.casefold() not in known:
                    yield Problem(
                        where=path,
                        what=f'"{name}" looks like an organization that no record, claim or source names',
                        why="A reader might look for a place that does not exist.",
                        do="Add its record or a claim with a source, and draw the name from there.",
                    )


def _all_text(guide: Guide) -> str:
    """Every text of the pack's facts in one, to look names up in; running text itself is no ground."""
    pack = guide.pack
    facts = (
        pack.organizations, pack.not_listed, pack.claims, pack.law, pack.sources, pack.mistakes, pack.places,
        pack.terms.groups, pack.terms.terms, pack.inclusion, pack.holidays,
    )  # fmt: skip
    found: list[str] = []
    waiting: list[Any] = [msgspec.to_builtins(facts)]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            waiting += each.values()
        elif isinstance(each, list | tuple):
            waiting += each
        elif isinstance(each, str):
            found.append(each)
    return "\n".join(found).casefold()
