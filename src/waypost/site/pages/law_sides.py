"""The offenses side by side: for whom, how heavy, since when, how well known. Protections stand first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from waypost.desk.guide import Guide
from waypost.model.evidence import Confidence, lowest
from waypost.model.law import Departure, Grade, Law, Section, SectionVersion, Side
from waypost.rules.penalty_scale import band, depart
from waypost.site import address
from waypost.site.drawn import Scene, scene
from waypost.site.frame import Link
from waypost.site.law_words import Carried, carried, section_title, span, version_on
from waypost.site.page import Page
from waypost.site.pages.law import Point, label
from waypost.site.pages.law_links import TRAIL, table_links
from waypost.site.pages.made import link, made
from waypost.site.words import Said

_NOTHING = Carried("", "", "", ())


@dataclass(frozen=True)
class Shielded:
    """What protects the people of one side."""

    who: Said
    points: tuple[Point, ...]


@dataclass(frozen=True)
class SideRow:
    """One grade of one offense: at most this, since then, known so well."""

    section: Link
    text: Said
    class_name: str
    term: str
    fine: str
    minimum: str
    since: str
    known: str
    note: int | None


@dataclass(frozen=True)
class ShownSide:
    """The rows of one side."""

    who: Said
    rows: tuple[SideRow, ...]


@dataclass(frozen=True)
class Sides:
    """The page: protections, then the table, then the other tables."""

    shields: tuple[Shielded, ...]
    sides: tuple[ShownSide, ...]
    links: tuple[Link, ...]


def pages(guide: Guide, language: str) -> Iterator[Page]:
    """The one page; nothing where the pack has no such table."""
    sides = guide.pack.law.tables.sides
    if not sides:
        return
    at = scene(guide, language)
    content = Sides(
        shields=tuple(shown for side in sides.values() if (shown := _shielded(at, side)).points),
        sides=tuple(ShownSide(at.words.pick(side.title), tuple(_rows(at, side))) for side in sides.values()),
        links=table_links(at, address.law_sides()),
    )
    yield made(at, address.law_sides(), "law_sides", content, title=at.words("law_sides.title"), trail=TRAIL)


def _shielded(at: Scene, side: Side) -> Shielded:
    points = [
        Point(
            at.words.pick(rule.text if rule.outcome == "relief" else shield.text),
            at.notebook.fact(shield.sources, shield.confidence) if shield.sources else None,
            label(at, shield.confidence),
        )
        for section, version in _today(at, side.protects)
        for rule in version.rules
        for shield in rule.protections
    ]
    return Shielded(at.words.pick(side.title), tuple(dict.fromkeys(points)))


def _today(at: Scene, keys: tuple[str, ...]) -> Iterator[tuple[Section, SectionVersion]]:
    """Each section that is there and has a version in force whose text is known."""
    for key in keys:
        section = at.guide.pack.law.sections.get(key)
        version = version_on(section, at.guide.on) if section else None
        if section and version and version.status != "unknown":
            yield section, version


def _rows(at: Scene, side: Side) -> Iterator[SideRow]:
    for section, version in _today(at, side.sections):
        grades = [grade for rule in version.rules if rule.outcome == "offense" for grade in rule.grades]
        yield from dict.fromkeys(_row(at, section, version, grade) for grade in grades)


def _row(at: Scene, section: Section, version: SectionVersion, grade: Grade) -> SideRow:
    """What could not be confirmed gets no class and no number: it is never told as an offense."""
    sure = Confidence.could_not_confirm not in (section.confidence, version.confidence, grade.confidence)
    carries = carried(at.guide.pack.law, section, grade, at.guide.on, at.words) if sure else _NOTHING
    rests = tuple(dict.fromkeys((*grade.sources, *version.sources)))
    since = version.effective_from
    return SideRow(
        section=link(at, address.section(section.slug), section_title(section, at.words)),
        text=at.words.pick(grade.text if sure else section.paraphrase),
        class_name=carries.class_name,
        term=carries.term,
        fine=carries.fine,
        minimum=_minimum(at, section, grade) if sure else at.words("law_sides.not_known"),
        since=at.words.day(since) if since else at.words("law.as_far_back"),
        known=at.words.known(f"fresh.level.{lowest([section.confidence, grade.confidence])}", ""),
        note=at.notebook.fact(rests, grade.confidence) if rests else None,
    )


def _minimum(at: Scene, section: Section, grade: Grade) -> str:
    """The least that must be imposed, and how much of it may not be suspended; "none" where there is none."""
    law: Law = at.guide.pack.law
    found = band(law, section.jurisdiction, grade.class_, at.guide.on) if grade.class_ else None
    departures: tuple[Departure, ...] = grade.departures
    term, _, _ = depart(found, departures)
    if term is None:
        return at.words("law_sides.not_known")
    said = [span(term.min, term.unit, at.words)] if term.min else []
    if term.mandatory_min:
        said.append(at.words("law_sides.firm", least=span(term.mandatory_min, term.unit, at.words)))
    return "; ".join(said) or at.words("law_sides.none")
