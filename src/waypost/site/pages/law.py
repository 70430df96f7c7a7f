"""The law: the list of sections and a page for each. What protects a person stands first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from waypost.desk.guide import Guide
from waypost.model.evidence import Confidence
from waypost.model.law import Departure, Effect, Element, Grade, Review, Rule, Section, SectionVersion, Shield
from waypost.site import address
from waypost.site.drawn import Scene, scene
from waypost.site.law_words import act_words, carried, section_title, version_on
from waypost.site.page import Page
from waypost.site.pages.law_links import table_links
from waypost.site.pages.made import HOME, link, made
from waypost.site.pages.questions import LinkList, LinkPart
from waypost.site.words import Said

_KINDS = (
    "protection",
    "relief",
    "offense",
    "duty",
    "procedure",
    "civil",
    "collateral",
    "penalty_rule",
    "definition",
    "rule",
    "institution",
    "proposal",
    "gap",
)
_UNLABELED = {Confidence.statute_text}


@dataclass(frozen=True)
class Point:
    """One statement of the law with the number of its footnote."""

    text: Said
    note: int | None
    label: str = ""


@dataclass(frozen=True)
class ShownShield:
    """One protection: what it is, when to raise it, and its limits."""

    kind: str
    text: Said
    when: Said | None
    limits: Said | None
    note: int | None
    label: str


@dataclass(frozen=True)
class ShownGrade:
    """What a person may get at most, in one of the grades of an offense."""

    text: Said
    class_name: str
    term: str
    fine: str
    points: tuple[Point, ...]
    note: int | None
    label: str


@dataclass(frozen=True)
class ShownRule:
    """One rule of the section as it stands."""

    text: Said
    elements: tuple[Point, ...]
    exceptions: tuple[Point, ...]
    grades: tuple[ShownGrade, ...]
    alternatives: tuple[Point, ...]
    consequences: tuple[Point, ...]
    notes: tuple[Point, ...]


@dataclass(frozen=True)
class ShownVersion:
    """One version of the section in its history."""

    dates: str
    act: str
    change: Said
    label: str
    note: int | None
    current: bool


@dataclass(frozen=True)
class SectionContent:
    """A section of law as of the day of the guide."""

    citation: str
    also: str
    paraphrase: Said
    note: int | None
    label: str
    protections: tuple[ShownShield, ...]
    rules: tuple[ShownRule, ...]
    unknown: str
    versions: tuple[ShownVersion, ...]
    open: tuple[Said, ...]
    read_by: tuple[Said, ...]
    related: tuple[object, ...]


def pages(guide: Guide, language: str) -> Iterator[Page]:
    """The list and each section; nothing where no law pack covers the place."""
    sections = guide.pack.law.sections
    if not sections:
        return
    at = scene(guide, language)
    asked = link(at, address.ask(), at.words("ask.link"), at.words("ask.link_hint"))
    parts = [LinkPart("", (asked,))] if guide.pack.law.form.situations else []
    if tables := table_links(at):
        parts.append(LinkPart(at.words("law_tables.title"), tables))
    for kind in _KINDS:
        some = sorted((s for s in sections.values() if s.kind == kind), key=lambda s: s.key)
        links = tuple(
            link(at, address.section(s.slug), section_title(s, at.words), at.words.pick(s.paraphrase).text)
            for s in some
        )
        parts += [LinkPart(at.words(f"law.kind.{kind}"), links)] if links else []
    content = LinkList(at.words("law.lead"), tuple(parts), at.words("law.not_advice"))
    yield made(at, address.law(), "law", content, title=at.words("law.title"), template="list", trail=[HOME])
    for section in sections.values():
        yield _section(scene(guide, language), section)


def _section(at: Scene, section: Section) -> Page:
    version = version_on(section, at.guide.on)
    known = version if version and version.status != "unknown" else None
    rules = known.rules if known else ()
    content = SectionContent(
        citation=section.citation,
        also=at.words.listed(section.also),
        paraphrase=at.words.pick(section.paraphrase),
        note=_note(at, section.sources, section.confidence),
        label=label(at, section.confidence),
        protections=tuple(_shield(at, shield) for rule in rules for shield in rule.protections),
        rules=tuple(_rule(at, section, rule) for rule in rules),
        unknown="" if known else at.words("law.unknown_today"),
        versions=tuple(_version(at, section, each, each is version) for each in reversed(section.versions)),
        open=tuple(at.words.pick(question) for question in section.open_questions),
        read_by=tuple(_reading(at, review) for review in section.read_by),
        related=_related(at, section),
    )
    title = at.words.pick(section.heading).text
    trail = [HOME, (address.law(), "nav.law")]
    return made(at, address.section(section.slug), "section", content, title=title, trail=trail)


def label(at: Scene, confidence: Confidence) -> str:
    """How well a statement is known, in words; nothing where the text of the law itself was read."""
    return "" if confidence in _UNLABELED else at.words.known(f"confidence.{confidence}", "")


def _note(at: Scene, sources: tuple[str, ...], confidence: Confidence) -> int | None:
    return at.notebook.fact(sources, confidence) if sources else None


def _point(
    at: Scene, part: Element | Effect | Departure, section: Section, rests: tuple[str, ...] = ()
) -> Point:
    """A statement; its confidence is said where it differs from the section's own, which the page says once."""
    differs = part.confidence is not section.confidence
    note = _note(at, part.sources or rests, part.confidence)
    return Point(at.words.pick(part.text), note, label(at, part.confidence) if differs else "")


def _shield(at: Scene, shield: Shield) -> ShownShield:
    return ShownShield(
        kind=at.words(f"shield.{shield.kind}"),
        text=at.words.pick(shield.text),
        when=at.words.pick(shield.when_to_raise) or None,
        limits=at.words.pick(shield.limits) or None,
        note=_note(at, shield.sources, shield.confidence),
        label=label(at, shield.confidence),
    )


def _rule(at: Scene, section: Section, rule: Rule) -> ShownRule:
    return ShownRule(
        text=at.words.pick(rule.text),
        elements=tuple(_point(at, each, section, rule.sources) for each in rule.elements),
        exceptions=tuple(_point(at, each, section, rule.sources) for each in rule.exceptions),
        grades=tuple(_grade(at, section, each) for each in rule.grades),
        alternatives=tuple(_point(at, each, section, rule.sources) for each in rule.alternatives),
        consequences=tuple(_point(at, each, section, rule.sources) for each in rule.consequences),
        notes=tuple(_point(at, each, section, rule.sources) for each in (*rule.presumptions, *rule.notes)),
    )


def _grade(at: Scene, section: Section, grade: Grade) -> ShownGrade:
    carries = carried(at.guide.pack.law, section, grade, at.guide.on, at.words)
    return ShownGrade(
        text=at.words.pick(grade.text),
        class_name=carries.class_name,
        term=carries.term,
        fine=carries.fine,
        points=tuple(_point(at, each, section) for each in grade.departures),
        note=_note(at, carries.sources, grade.confidence),
        label=label(at, grade.confidence) if grade.confidence is not section.confidence else "",
    )


def _version(at: Scene, section: Section, version: SectionVersion, current: bool) -> ShownVersion:
    words, since, until = at.words, version.effective_from, version.effective_to
    if since and until:
        dates = words("law.from_to", since=words.day(since), until=words.day(until))
    elif since:
        dates = words("law.since", since=words.day(since))
    elif until:
        dates = words("law.until", until=words.day(until))
    else:
        dates = words("law.as_far_back")
    status = words(f"law.status.{version.status}") if version.status != "in_force" else ""
    level = "" if version.confidence is section.confidence or status else label(at, version.confidence)
    said = status or level
    note = _note(at, version.sources, version.confidence)
    return ShownVersion(
        dates, act_words(version.act, at.words), words.pick(version.change), said, note, current
    )


def _reading(at: Scene, review: Review) -> Said:
    """Who read the text, when, what, and whether it says what we say."""
    words = at.words
    who = words.known(f"law.reader.{review.by}", review.by)
    what = f"{review.read} {review.part}" if review.part else review.read
    line = words("law.read_line", who=who, day=words.day(review.on), what=what)
    found = words("law.reader.agrees" if review.agrees else "law.reader.otherwise")
    said = " ".join(part for part in (f"{line}.", found, words.pick(review.found).text) if part)
    return Said(said, words.language)


def _related(at: Scene, section: Section) -> tuple[object, ...]:
    sections = at.guide.pack.law.sections
    found = [sections[key] for key in section.related if key in sections]
    return tuple(link(at, address.section(other.slug), section_title(other, at.words)) for other in found)
