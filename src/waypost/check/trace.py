"""Each number, phone, citation, date and hour on a page is traced to what the page draws (T1).

A page draws: the records, sections, sources and questions that it is about or links to, the claims of its
footnotes, the strip and the referral line, the counts in its own value, and what its kind of page is made
of (``_KINDS``). A token that stands in none of these was typed, or comes from nowhere.
"""

from __future__ import annotations

import dataclasses
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any
from urllib.parse import unquote, urlsplit

import msgspec

from waypost.check.reading import Seen
from waypost.check.tokens import Token, tokens
from waypost.desk.guide import Guide
from waypost.model.evidence import Claim, Problem
from waypost.rules.holidays import holidays_in
from waypost.site import address
from waypost.site.drawn import FOOTNOTE, REFERENCE, scene
from waypost.site.law_words import drawn_fine, drawn_term
from waypost.site.notes import at_odds
from waypost.site.page import Page

Facts = frozenset[Token]


class Ground:
    """What can be traced in a guide, by the page that is about it, read once."""

    def __init__(self, guide: Guide) -> None:
        self._guide = guide
        self._data = dict(_subjects(guide))
        self._read: dict[str, Facts] = {}
        pack = guide.pack
        self._claims = {key: facts_of(claim) for key, claim in pack.claims.items()}
        self._law = facts_of(pack.law) | _law_terms(guide)
        self._always = facts_of(pack.deadlines) | facts_of([guide.on, guide.stale_after]) | self._strip()
        drawn_law = _drawn_law(guide)
        self._by_kind = {
            "mistakes": facts_of(pack.mistakes) | drawn_law,
            "question": drawn_law,
            "turn": drawn_law,
            "fresh": facts_of(pack.manifest.cycles),
            "service": _holidays(guide),
            "before": facts_of(pack.telling.sayings),
            "told": facts_of(pack.telling.sayings),
        }
        self._counts = {code: _counting(pack.words(code)) for code in pack.manifest.languages}
        self._phones = facts_of([listing.service.phones for listing in guide.directory.listings])

    def _strip(self) -> Facts:
        settings = self._guide.pack.manifest.settings
        keys = [*(line.service for line in settings.emergency), settings.referral or ""]
        found = [listing for key in keys if (listing := self._guide.directory.get(key))]
        return facts_of([listing.service.phones for listing in found])

    def about(self, path: str) -> Facts:
        """What the page at a path (without language) is about."""
        if path not in self._read:
            self._read[path] = facts_of(self._data.get(path, ()))
        return self._read[path]

    def of(self, page: Page, links: Iterable[str]) -> set[Token]:
        """Everything that a page draws."""
        known = set(self._always | self._by_kind.get(page.kind, frozenset()))
        known |= self.about(_plain(page.path, page.language))
        for path in linked(page, links):
            known |= self.about(_plain(path, page.language))
        # What can be pressed to call was drawn from a record, where a record has that number.
        known |= self._phones & {
            ("phone", "".join(re.findall(r"\d", link))[-10:])
            for link in links
            if link.startswith(("tel:", "sms:"))
        }
        for note in page.notes:
            known |= self._claims.get(note.claim or "", frozenset())
            known |= facts_of([note.as_of, *note.sources, *note.against])
        if page.kind.startswith(("law", "section", "ask")):
            known |= self._law
        return known | _counts(page.content)

    def uncounted(self, text: str, language: str) -> str:
        """A text without the lines of the screens' words in which the page says a count that it made."""
        return self._counts[language].sub(" ", text)


def facts_of(value: object) -> Facts:
    """Every token in the texts, numbers and dates of a value, however deep."""
    found: set[Token] = set()
    waiting: list[Any] = [msgspec.to_builtins(value)]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            waiting += [*each.keys(), *each.values()]
        elif isinstance(each, list | tuple):
            waiting += each
        elif isinstance(each, str):
            found |= _with_parts(tokens(each.replace("T", " ") if each[:4].isdigit() else each))
        elif isinstance(each, int | float) and not isinstance(each, bool):
            found.add(("number", f"{each:g}" if isinstance(each, float) else str(each)))
    return frozenset(found)


def _with_parts(found: Iterable[Token]) -> set[Token]:
    """Tokens with what they imply: a date gives its month and year, an hour its own figures."""
    known = set(found)
    for kind, value in tuple(known):
        if kind == "date" and len(value) >= 7:
            known |= {("date", value[:7]), ("number", value[:4]), ("date", value[5:])}
    return known


def _subjects(guide: Guide) -> Iterator[tuple[str, list[object]]]:
    """What each page is about: its path without language, and the values behind it."""
    pack = guide.pack
    for listing in guide.directory.listings:
        yield address.service(listing.service.slug), [listing]
    for listing in guide.directory.listings:
        yield address.organization(listing.organization.slug), [listing.organization]
    for section in pack.law.sections.values():
        yield address.section(section.slug), [section]
    for key, source in pack.sources.items():
        resting = [c for c in pack.claims.values() if key in c.sources or key in c.against]
        others = [*source.same_as, *at_odds(pack, key)]
        alike = [pack.sources[other] for other in others if other in pack.sources]
        yield address.source(key), [source, resting, alike]

    for by_language in pack.questions.values():
        bodies = [f"{each.summary} {each.body}" for each in by_language.values()]
        for each in by_language.values():
            left_out = [pack.not_listed, pack.inclusion] if each.key == "inclusion" else []
            yield address.question(each.slug), [_cited(guide, " ".join(bodies)), left_out]
    for key, turn in pack.routes.items():
        said = " ".join(text for part in (turn.say, turn.happens, turn.caution) for text in part.values())
        claims = [pack.claims[claim] for claim in turn.claims if claim in pack.claims]
        yield address.situation(key), [claims, _cited(guide, said)]


def _cited(guide: Guide, text: str) -> list[Claim]:
    """The claims that a text cites or draws."""
    keys = [*FOOTNOTE.findall(text), *(key for kind, key in REFERENCE.findall(text) if kind == "claim")]
    return [guide.pack.claims[key] for key in keys if key in guide.pack.claims]


def _drawn_law(guide: Guide) -> Facts:
    """The terms and fines that running text may draw by the key of their section."""
    drawn: list[str | None] = []
    for code in guide.pack.manifest.languages:
        words = scene(guide, code).words
        drawn += [drawn_term(guide.pack.law, key, guide.on, words) for key in guide.pack.law.sections]
    drawn += [drawn_fine(guide.pack.law, key, guide.on) for key in guide.pack.law.sections]
    return facts_of(drawn)


def _holidays(guide: Guide) -> Facts:
    """The public holidays of this year and the next."""
    years = (guide.on.year, guide.on.year + 1)
    return facts_of(list(holidays_in(guide.pack.holidays, years)))


_LENGTHS = ("hours.count", "days.count", "months.count", "years.count")
"""Lengths of time are facts, not counts that a page makes."""


def _counting(words: Mapping[str, str]) -> re.Pattern[str]:
    """The lines of the screens that hold a count, as one pattern."""
    lines = [line for key, line in words.items() if "{count}" in line and not key.startswith(_LENGTHS)]
    either = "|".join(_pattern(line) for line in sorted(lines, key=len, reverse=True)) or r"(?!)"
    return re.compile(rf"(?<!\S)(?:{either})(?!\S)")


def _pattern(line: str) -> str:
    parts = re.split(r"(\{[a-z_]+\})", line)
    return "".join(
        r"\d+" if part == "{count}" else "[^.]*?" if part[:1] == "{" else re.escape(part) for part in parts
    )


def _law_terms(guide: Guide) -> Facts:
    """Terms that the law writes in months, as the years that pages say."""
    found = {value for kind, value in facts_of(guide.pack.law) if kind == "number"}
    return frozenset(
        ("number", str(int(value) // 12)) for value in found if value.isdigit() and int(value) % 12 == 0
    )


def _counts(value: object) -> set[Token]:
    """The numbers that a page's own value holds as numbers: counts that it made from the data."""
    found: set[Token] = set()
    waiting: list[object] = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, int) and not isinstance(each, bool):
            found.add(("number", str(each)))
        elif isinstance(each, date):
            found |= facts_of(each)
        elif dataclasses.is_dataclass(each) and not isinstance(each, type):
            waiting += [getattr(each, field.name) for field in dataclasses.fields(each)]
        elif isinstance(each, tuple | list):
            waiting += each
    return found


def _plain(path: str, language: str) -> str:
    """A path of the site without its language."""
    prefix = f"/{language}/"
    return (
        path[len(prefix) - 1 :] if language != address.DEFAULT_LANGUAGE and path.startswith(prefix) else path
    )


def linked(page: Page, links: Iterable[str]) -> set[str]:
    """The paths of the site that a page links to."""
    found = set()
    for link in links:
        parts = urlsplit(link)
        if parts.scheme or link.startswith("#"):
            continue
        joined = posixpath.normpath(posixpath.join(page.path, unquote(parts.path)))
        joined = joined.removesuffix("index.html").rstrip("/") + "/"
        found.add(joined)
    return found


def untraced(pages: Mapping[str, Page], read: Mapping[str, Seen], ground: Ground) -> Iterator[Problem]:
    """An error for each token of a page that nothing it draws holds."""
    for name, page in pages.items():
        known = ground.of(page, read[name].links)
        for block in read[name].blocks:
            strange = [token for token in tokens(block.text) if token not in known]
            if strange:
                said = tokens(ground.uncounted(block.text, page.language))
                yield from (_untraced(name, token, block.text) for token in strange if token in said)


def _untraced(where: str, token: Token, text: str) -> Problem:
    return Problem(
        where=where,
        what=f'the {token[0]} {token[1]} in "{text[:160]}" traces to nothing that the page draws',
        why="A reader would be told something that nobody could check.",
        do="Make it a claim with a source and cite it, or draw it from its record or section.",
    )
