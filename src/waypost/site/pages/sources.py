"""The sources: what each is, and what rests on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from waypost.desk.guide import Guide
from waypost.model.evidence import Claim, Reading, Source
from waypost.site import address
from waypost.site.cards import field_in
from waypost.site.drawn import Scene, draw, scene
from waypost.site.elsewhere import elsewhere, elsewhere_words
from waypost.site.frame import Link
from waypost.site.law_words import section_title, sections_on
from waypost.site.notes import LATE, age_words, at_odds, claim_age, source_age
from waypost.site.page import Page
from waypost.site.pages.made import HOME, link, made
from waypost.site.pages.questions import LinkList, LinkPart
from waypost.site.rows import Row, row
from waypost.site.words import Said

_FAMILIES = (
    ("ngo", "organization"),
    ("peer_reviewed", "study"),
    ("peer", "peer"),
    ("sex-worker", "peer"),
    ("survivor", "peer"),
    ("news", "news"),
    ("court", "court"),
    ("study", "study"),
    ("review", "study"),
    ("statut", "law"),
    ("regulation", "law"),
    ("mirror of act", "law"),
    ("bill", "law"),
    ("code", "law"),
    ("official", "official"),
    ("federal", "official"),
    ("state", "official"),
    ("organization", "organization"),
    ("operator", "organization"),
    ("legal aid", "organization"),
)
"""By the first word that a kind has in it."""


@dataclass(frozen=True)
class Resting:
    """One claim that rests on a source: its words, where it holds, since when, and what would make it wrong."""

    key: str
    text: str
    as_of: date
    where: str
    age: str
    wrong_if: Said


@dataclass(frozen=True)
class SourceContent:
    """One source and what rests on it."""

    rows: tuple[Row, ...]
    url: str | None
    claims: tuple[Resting, ...]
    against: tuple[Resting, ...]
    links: tuple[Link, ...]


def pages(guide: Guide, language: str) -> Iterator[Page]:
    """The kinds of sources, the list of each kind, then each source."""
    at = scene(guide, language)
    cited = used(guide)
    kinds: dict[str, list[str]] = {}
    for key in sorted(cited, key=lambda key: (guide.pack.sources[key].title.casefold(), key)):
        kinds.setdefault(family(guide.pack.sources[key].kind), []).append(key)
    named = sorted((at.words(f"source.kind.{kind}"), kind) for kind in kinds)
    links = tuple(
        link(at, address.source_kind(kind), name, at.words.count("sources.count", len(kinds[kind])))
        for name, kind in named
    )
    content = LinkList(at.words("sources.lead", count=len(cited)), (LinkPart("", links),))
    title = at.words("sources.title")
    yield made(at, address.sources(), "sources", content, title=title, template="list", trail=[HOME])
    for name, kind in named:
        yield _kind(scene(guide, language), kind, name, kinds[kind])
    for key in cited:
        yield _source(scene(guide, language), key, guide.pack.sources[key])


def _kind(at: Scene, kind: str, name: str, keys: list[str]) -> Page:
    sources = {key: at.guide.pack.sources[key] for key in keys}
    links = tuple(
        link(
            at,
            address.source(key),
            source.title,
            " · ".join(part for part in (source.publisher, at.words.dated(source.date).text) if part),
        )
        for key, source in sources.items()
    )
    content = LinkList("", (LinkPart("", links),))
    path, trail = address.source_kind(kind), [HOME, (address.sources(), "nav.sources")]
    return made(at, path, "source_kind", content, title=name, template="list", trail=trail)


def used(guide: Guide) -> list[str]:
    """The sources that something in the guide rests on, in the pack's order."""
    pack = guide.pack
    keys = {key for claim in pack.claims.values() for key in (*claim.sources, *claim.against)}
    for listing in guide.directory.listings:
        keys |= {*listing.service.sources, *listing.service.verification.sources}
    keys |= {key for mistake in pack.mistakes.values() for key in mistake.sources}
    keys |= {deadline.source for deadline in pack.deadlines.values() if deadline.source}
    keys |= set(sections_on(pack.law))
    return [key for key in pack.sources if key in keys]


def family(kind: str) -> str:
    """The family of a kind of source, which packs write in their own words ("mirror of statute")."""
    return next((name for word, name in _FAMILIES if word in kind.casefold()), "other")


def _source(at: Scene, key: str, source: Source) -> Page:
    words = at.words
    mirrored = source.read is Reading.mirror or source.read_at is not None
    same = [at.guide.pack.sources[other].title for other in source.same_as if other in at.guide.pack.sources]
    odds = [at.guide.pack.sources[other].title for other in at_odds(at.guide.pack, key)]
    late = source_age(at.guide.pack, source, at.guide.on) in LATE
    rows = (
        row(words, "publisher", [source.publisher or ""]),
        row(words, "kind", [words(f"source.kind.{family(source.kind)}"), Said(source.kind, "en")]),
        row(words, "date", [words.dated(source.date)]),
        row(words, "seen", [words.day(source.seen_on)]),
        row(words, "read", [words(f"source.read.{source.read}"), words("source.mirror") if mirrored else ""]),
        row(words, "same", [words.listed(same)]),
        row(words, "disagrees", [words.listed(odds)]),
        row(words, "withdrawn", [words.day(source.withdrawn) if source.withdrawn else ""]),
        row(words, "stale", [words("source.stale") if late else ""]),
        row(words, "note", [Said(source.note or "", "en")]),
    )
    content = SourceContent(
        rows=tuple(each for each in rows if each is not None),
        url=source.url,
        claims=tuple(
            _resting(at, name, claim) for name, claim in at.guide.pack.claims.items() if key in claim.sources
        ),
        against=tuple(
            _resting(at, name, claim) for name, claim in at.guide.pack.claims.items() if key in claim.against
        ),
        links=(*_services(at, key), *_sections(at, key)),
    )
    trail = [HOME, (address.sources(), "nav.sources")]
    return made(at, address.source(key), "source", content, title=source.title, trail=trail)


def _resting(at: Scene, key: str, claim: Claim) -> Resting:
    pack, words = at.guide.pack, at.words
    place = elsewhere(pack, claim)
    return Resting(
        key=key,
        text=draw(words.pick(claim.text).text, scene(at.guide, at.language)),
        as_of=claim.as_of,
        where=elsewhere_words(pack, place, words) if place else "",
        age=age_words(claim_age(pack, claim, at.guide.on), words),
        wrong_if=Said(claim.wrong_if or "", "en"),
    )


def _services(at: Scene, key: str) -> list[Link]:
    return [
        link(at, address.service(listing.service.slug), field_in(listing, "name", at.words).text)
        for listing in at.guide.directory.listings
        if key in listing.service.sources or key in listing.service.verification.sources
    ]


def _sections(at: Scene, key: str) -> list[Link]:
    keys = sections_on(at.guide.pack.law).get(key, ())
    sections = [at.guide.pack.law.sections[section] for section in keys]
    return [link(at, address.section(section.slug), section_title(section, at.words)) for section in sections]
