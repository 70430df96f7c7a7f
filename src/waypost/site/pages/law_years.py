"""Then and now: what changed in which year, as lines of time and as a table of the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from waypost.desk.guide import Guide
from waypost.model.law import Band, Grade, Section, SectionVersion
from waypost.site import address
from waypost.site.drawn import Scene, scene
from waypost.site.frame import Link
from waypost.site.law_words import act_words, carried, section_title
from waypost.site.page import Page
from waypost.site.pages.law_links import TRAIL, table_links
from waypost.site.pages.made import link, made
from waypost.site.words import Said

_WIDE, _LANE = 360, 30
"""How wide the drawing is, and how high each line, in its own units."""


@dataclass(frozen=True)
class Piece:
    """One version on a line: where it begins, how long it is, and how it is known."""

    x: float
    width: float
    state: str


@dataclass(frozen=True)
class Lane:
    """One line of time."""

    name: str
    y: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Tick:
    """A year on the axis."""

    year: int
    x: float


@dataclass(frozen=True)
class Drawing:
    """The lines of one group over the same years."""

    title: Said
    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    today: float
    high: int


@dataclass(frozen=True)
class Change:
    """What changed on a day, and what it carried from then on."""

    since: str
    link: Link | None
    name: str
    text: Said
    act: str
    carries: str
    known: str
    note: int | None


@dataclass(frozen=True)
class Years:
    """The page."""

    drawings: tuple[Drawing, ...]
    tables: tuple[tuple[Said, tuple[Change, ...]], ...]
    links: tuple[Link, ...]


@dataclass(frozen=True)
class _Line:
    """Dated versions of a section, or bands of a class."""

    name: str
    section: Section | None
    parts: tuple[SectionVersion | Band, ...]


def pages(guide: Guide, language: str) -> Iterator[Page]:
    """The one page; nothing where the pack has no such table."""
    tracks = guide.pack.law.tables.tracks
    if not tracks:
        return
    at = scene(guide, language)
    lines = {key: _lines(at, track.sections, track.classes) for key, track in tracks.items()}
    first = min(
        (d.year for some in lines.values() for one in some for d in _days(one)), default=guide.on.year
    )
    last = max((d.year for some in lines.values() for one in some for d in _days(one)), default=guide.on.year)
    axis = _Axis(first - 1, max(last, guide.on.year) + 1)
    content = Years(
        drawings=tuple(
            _draw(at, axis, at.words.pick(tracks[key].title), some) for key, some in lines.items() if some
        ),
        tables=tuple(
            (at.words.pick(tracks[key].title), tuple(_changes(at, some)))
            for key, some in lines.items()
            if some
        ),
        links=table_links(at, address.law_years()),
    )
    title = at.words("law_years.title")
    yield made(at, address.law_years(), "law_years", content, title=title, trail=TRAIL)


def _lines(at: Scene, sections: tuple[str, ...], classes: tuple[str, ...]) -> list[_Line]:
    law = at.guide.pack.law
    found = [
        _Line(section.citation, section, section.versions)
        for key in sections
        if (section := law.sections.get(key))
    ]
    for key in classes:
        jurisdiction, _, name = key.partition("/")
        if penalty := law.scale.get(jurisdiction, {}).get(name):
            found.append(_Line(at.words.pick(penalty.name).text, None, penalty.bands))
    return found


def _days(line: _Line) -> list[date]:
    return [part.effective_from for part in line.parts if part.effective_from]


@dataclass(frozen=True)
class _Axis:
    first: int
    last: int

    def x(self, day: date) -> float:
        """Where a day stands on the drawing."""
        years = day.year + (day.timetuple().tm_yday - 1) / 366
        return round((years - self.first) / (self.last - self.first) * _WIDE, 1)

    def ticks(self) -> tuple[Tick, ...]:
        """Every fifth year that the drawing has room to name."""
        inside = range(self.first + 1, self.last)
        return tuple(Tick(year, self.x(date(year, 1, 1))) for year in inside if year % 5 == 0)


def _draw(at: Scene, axis: _Axis, title: Said, lines: list[_Line]) -> Drawing:
    lanes = tuple(
        Lane(line.name, number * _LANE, tuple(_piece(at, axis, part) for part in line.parts))
        for number, line in enumerate(lines)
    )
    return Drawing(title, lanes, axis.ticks(), axis.x(at.guide.on), len(lanes) * _LANE + 16)


def _piece(at: Scene, axis: _Axis, part: SectionVersion | Band) -> Piece:
    begin = axis.x(part.effective_from) if part.effective_from else 0.0
    end = axis.x(part.effective_to) if part.effective_to else float(_WIDE)
    return Piece(begin, max(round(end - begin - 1, 1), 1), _state(at, part))


def _state(at: Scene, part: SectionVersion | Band) -> str:
    if isinstance(part, Band):
        return "known" if part.term else "none"
    if part.status == "unknown":
        return "unread"
    later = part.effective_from is not None and part.effective_from > at.guide.on
    return "coming" if later or part.status == "expected" else "known"


def _changes(at: Scene, lines: list[_Line]) -> Iterator[Change]:
    """All versions of a group, the oldest first; those without a first day before all others."""
    dated = [(part.effective_from or date.min, line, part) for line in lines for part in line.parts]
    for since, line, part in sorted(dated, key=lambda each: each[0]):
        yield _change(at, line, part, since)


def _change(at: Scene, line: _Line, part: SectionVersion | Band, since: date) -> Change:
    words, section = at.words, line.section
    if since > date.min:
        when = words.day(since)
    elif part.effective_to:
        when = words("law.until", until=words.day(part.effective_to))
    else:
        when = words("law.as_far_back")
    if isinstance(part, Band):
        text, carries = words.pick(part.text), ""
    else:
        text, carries = words.pick(part.change), _carries(at, section, part)
    sources = part.sources
    return Change(
        since=when,
        link=link(at, address.section(section.slug), section_title(section, words)) if section else None,
        name=line.name,
        text=text,
        act=act_words(part.act, words),
        carries=carries,
        known=words.known(f"fresh.level.{part.confidence}", ""),
        note=at.notebook.fact(sources, part.confidence) if sources else None,
    )


def _carries(at: Scene, section: Section | None, version: SectionVersion) -> str:
    """What the usual grade of an offense carried at most, and what it carried when its class changed since."""
    grades = [g for rule in version.rules if rule.outcome == "offense" for g in rule.grades if not g.when]
    if section is None or not grades:
        return ""
    grade, law = grades[0], at.guide.pack.law
    first = version.effective_from or version.effective_to or at.guide.on
    last = version.effective_to or at.guide.on
    classes = law.scale.get(section.jurisdiction, {})
    bands = classes[grade.class_].bands if grade.class_ in classes else ()
    later = [b.effective_from for b in bands if b.effective_from and first < b.effective_from <= last]
    said = [_most(at, section, grade, first)]
    for day in later:
        said.append(at.words("law_years.from", day=at.words.day(day), most=_most(at, section, grade, day)))
    return ". ".join(said)


def _most(at: Scene, section: Section, grade: Grade, day: date) -> str:
    carries = carried(at.guide.pack.law, section, grade, day, at.words)
    return "; ".join(part for part in (carries.class_name, carries.term, carries.fine) if part)
