"""The whole guide as one booklet: numbers, whom to call, help by need, answers, the law in short, sources."""

from __future__ import annotations

from dataclasses import dataclass

from waypost.desk.guide import Guide
from waypost.model.directory import Listing
from waypost.model.guide import Turn
from waypost.model.law import Section
from waypost.paper.blocks import Block, Run, blocks, runs
from waypost.paper.numbers import Line, Number, first_lines, made_line
from waypost.site.cards import card, field_in
from waypost.site.drawn import Scene, draw, scene
from waypost.site.elsewhere import elsewhere_words
from waypost.site.law_words import section_title, version_on
from waypost.site.notes import Cited, age_words, doubts
from waypost.site.pages.by_need import listed_groups, listed_once
from waypost.site.pages.law import label
from waypost.site.pages.questions import in_order as questions_in_order
from waypost.site.prose import plain


@dataclass(frozen=True)
class Turning:
    """A situation: whom to call, what to say, what happens, what to mind."""

    when: str
    calls: tuple[Line, ...]
    then: tuple[Line, ...]
    told: tuple[tuple[str, tuple[Run, ...]], ...]
    urgent: bool


@dataclass(frozen=True)
class Entry:
    """One service."""

    name: str
    who: str
    numbers: tuple[Number, ...]
    summary: str
    facts: str
    checked: str


@dataclass(frozen=True)
class Terms:
    """The services of one term."""

    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Need:
    """The services of one group of needs."""

    title: str
    hint: str
    terms: tuple[Terms, ...]


@dataclass(frozen=True)
class Answer:
    """One question with its answer."""

    title: str
    summary: tuple[Run, ...]
    body: tuple[Block, ...]


@dataclass(frozen=True)
class LawLine:
    """One section of the law in short."""

    title: str
    text: str
    label: str
    note: int


@dataclass(frozen=True)
class LawPart:
    """The sections of one kind."""

    title: str
    lines: tuple[LawLine, ...]


@dataclass(frozen=True)
class Source:
    """One footnote: the number, what it rests on, how well it is known."""

    number: int
    text: str


@dataclass(frozen=True)
class Book:
    """The booklet in one language. ``headings`` are the words of its parts."""

    language: str
    title: str
    place: str
    lead: str
    made: str
    not_advice: str
    headings: dict[str, str]
    first: tuple[Line, ...]
    turns: tuple[Turning, ...]
    needs: tuple[Need, ...]
    answers: tuple[Answer, ...]
    law: tuple[LawPart, ...]
    sources: tuple[Source, ...]


_HEADINGS = ("contents", "numbers", "turns", "needs", "answers", "law", "sources", "then", "page", "urgent")


def book(guide: Guide, language: str) -> Book:
    """Everything that the guide says, in one language, with one count of footnotes through all of it."""
    at = scene(guide, language)
    words = at.words
    turns = sorted(guide.pack.routes.values(), key=lambda turn: (not turn.urgent, turn.order))
    drawn = tuple(_turning(at, turn) for turn in turns)
    needs = tuple(_need(at, key) for key, _ in listed_groups(guide))
    answers = tuple(
        Answer(q.title, runs(draw(q.summary, at)), blocks(draw(q.body, at)))
        for q in questions_in_order(guide, language)
    )
    law = _law(at)
    return Book(
        language=language,
        title=words("title.print_booklet"),
        place=words.pick(guide.pack.manifest.place).text,
        lead=words("home.lead", place=words.pick(guide.pack.manifest.place).text),
        made=made_line(at),
        not_advice=words("foot.not_advice"),
        headings={key: words(f"print.{key}") for key in _HEADINGS},
        first=first_lines(guide, at),
        turns=drawn,
        needs=needs,
        answers=answers,
        law=law,
        sources=_sources(at),
    )


def _turning(at: Scene, turn: Turn) -> Turning:
    words, pick = at.words, at.words.pick
    footnotes = "".join(f"[^{claim}]" for claim in turn.claims)
    parts = (("say", turn.say, ""), ("happens", turn.happens, footnotes), ("caution", turn.caution, ""))
    told = [
        (words(f"turn.{key}"), runs(draw(pick(text).text + after, at))) for key, text, after in parts if text
    ]
    return Turning(
        when=plain(draw(pick(turn.when).text, at)),
        calls=tuple(_call(at, key) for key in turn.first if at.guide.directory.get(key)),
        then=tuple(_call(at, key) for key in turn.then if at.guide.directory.get(key)),
        told=tuple(told),
        urgent=turn.urgent,
    )


def _call(at: Scene, key: str) -> Line:
    listing = at.guide.directory.get(key)
    assert listing is not None
    return Line((), (field_in(listing, "name", at.words),), _numbers(at, listing))


def _numbers(at: Scene, listing: Listing) -> tuple[Number, ...]:
    words = at.words
    return tuple(
        Number(
            f"{p.number} {words('phone.extension', extension=p.extension)}" if p.extension else p.number,
            p.href,
            p.said,
        )
        for p in card(listing, words).phones
    )


def _need(at: Scene, key: str) -> Need:
    group = at.guide.pack.terms.groups[key]
    terms = at.guide.pack.terms.terms
    return Need(
        title=at.words.pick(group.name).text,
        hint=at.words.pick(group.hint).text,
        terms=tuple(
            Terms(at.words.pick(terms[term].name).text, tuple(_entry(at, each) for each in some))
            for term, some in listed_once(at.guide, key).items()
            if some
        ),
    )


def _entry(at: Scene, listing: Listing) -> Entry:
    shown = card(listing, at.words)
    return Entry(
        name=shown.name.text,
        who=" · ".join(part for part in (shown.organization, shown.place) if part),
        numbers=_numbers(at, listing),
        summary=shown.summary.text if shown.summary else "",
        facts=" · ".join(shown.facts),
        checked=shown.checked.text,
    )


_LAW_ORDER = ("protection", "relief", "offense", "duty", "procedure", "civil", "collateral")


def _law(at: Scene) -> tuple[LawPart, ...]:
    """What protects a person first; then what is forbidden; rules about rules are left to the screen."""
    sections = at.guide.pack.law.sections.values()
    parts = []
    for kind in _LAW_ORDER:
        some = sorted((s for s in sections if s.kind == kind), key=lambda s: s.key)
        if some:
            parts.append(LawPart(at.words(f"law.kind.{kind}"), tuple(_law_line(at, s) for s in some)))
    return tuple(parts)


def _law_line(at: Scene, section: Section) -> LawLine:
    known = version_on(section, at.guide.on)
    unknown = at.words("law.unknown_today") if known is None or known.status == "unknown" else ""
    note = at.notebook.fact(section.sources, section.confidence) if section.sources else 0
    said = " ".join(part for part in (unknown, label(at, section.confidence)) if part)
    return LawLine(section_title(section, at.words), at.words.pick(section.paraphrase).text, said, note)


def _sources(at: Scene) -> tuple[Source, ...]:
    made = []
    for note in at.notebook.notes:
        cited = "; ".join(_cited(at, source) for source in note.sources)
        said = at.words.known(f"confidence.{note.confidence}", "")
        as_of = at.words("notes.as_of", day=at.words.day(note.as_of)) if note.as_of else ""
        place = note.elsewhere
        where = elsewhere_words(at.guide.pack, place, at.words) if place else ""
        age = age_words(note.age, at.words)
        others = "; ".join(_cited(at, source) for source in note.against)
        against = f"{at.words('notes.against')} {others}." if others else ""
        parts = (f"{cited or at.words('notes.none')}.", said, as_of, against, where, age)
        made.append(Source(note.number, " ".join(part for part in parts if part)))
    return tuple(made)


def _cited(at: Scene, source: Cited) -> str:
    """A source with what a reader must know of it: that it is withdrawn, long unseen, or that another says otherwise."""
    name = ", ".join(filter(None, (source.title, source.publisher)))
    return " ".join([f"{name} ({source.date})", *doubts(source, at.words)])
