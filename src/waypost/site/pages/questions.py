"""The questions of the guide and their answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from waypost.desk.guide import Guide
from waypost.model.guide import Question
from waypost.site import address
from waypost.site.calling import before_link
from waypost.site.cards import Card, card
from waypost.site.drawn import Scene, draw, scene
from waypost.site.frame import Link
from waypost.site.page import Page
from waypost.site.pages.made import HOME, link, made
from waypost.site.prose import headings, plain
from waypost.site.words import Said

GROUPS = ("happened", "work", "life", "others", "law", "known", "help", "understand")
"""The headings of the list, by the reader's situation; the last two for questions that name no group."""


@dataclass(frozen=True)
class LinkPart:
    """Links under a heading."""

    title: str
    links: tuple[Link, ...]


@dataclass(frozen=True)
class LinkList:
    """A page that is a list of links."""

    lead: str
    parts: tuple[LinkPart, ...]
    after: str = ""


@dataclass(frozen=True)
class KeptOut:
    """One thing that was looked at and left out: no number and no link, on purpose."""

    name: Said
    reason: Said
    on: date


@dataclass(frozen=True)
class LeftOut:
    """Everything that was left out for one reason."""

    reason: Said
    things: tuple[KeptOut, ...]


@dataclass(frozen=True)
class Answered:
    """One question: its answer as drawn Markdown, the services it leads to, what to read next."""

    summary: str
    body: str
    parts: tuple[str, ...]
    cards: tuple[Card, ...]
    next: tuple[Link, ...]
    stale_translation: bool
    left_out: tuple[LeftOut, ...] = ()


INCLUSION = "inclusion"
"""The question that tells who is listed and who is not."""


def pages(guide: Guide, language: str) -> Iterator[Page]:
    """The list of questions, then each."""
    at = scene(guide, language)
    asked = in_order(guide, language)
    parts = tuple(
        LinkPart(
            at.words(f"questions.{group}"),
            tuple(
                question_link(at, q)
                for q in asked
                if (q.group or q.door) == group and not _about_the_guide(q)
            ),
        )
        for group in GROUPS
    )
    shown = [part for part in parts if part.links]
    if shown and (before := before_link(at)):
        shown[0] = replace(shown[0], links=(*shown[0].links, before))
    content = LinkList(at.words("questions.lead"), tuple(shown))
    yield made(
        at,
        address.questions(),
        "questions",
        content,
        title=at.words("questions.title"),
        template="list",
        trail=[HOME],
    )
    for place, question in enumerate(asked):
        following = (*asked[place + 1 :], *asked[:place])
        yield _question(scene(guide, language), question, following)


def in_order(guide: Guide, language: str) -> list[Question]:
    """Every question once, in the reader's language where it exists, in the guide's order."""
    chosen = [asked.get(language) or asked.get("en") for asked in guide.pack.questions.values()]
    return sorted((q for q in chosen if q), key=lambda q: (q.order, q.key))


def question_link(at: Scene, question: Question) -> Link:
    """A link to a question with its summary, in plain text."""
    return link(
        at, address.question(question.slug), question.title, plain(draw(question.summary, _aside(at)))
    )


def _question(at: Scene, question: Question, following: tuple[Question, ...]) -> Page:
    english = at.guide.pack.questions[question.key].get("en")
    behind = question.translated_from is not None and english is not None
    listings = (at.guide.directory.get(key) for key in question.services)
    body = draw(question.body, at)
    content = Answered(
        summary=draw(question.summary, at),
        body=body,
        parts=headings(body),
        cards=tuple(card(listing, at.words) for listing in listings if listing),
        next=tuple(link(at, address.question(q.slug), q.title) for q in _alike(question, following)),
        stale_translation=bool(behind and english and question.translated_from != english.version),
        left_out=left_out(at) if question.key == INCLUSION else (),
    )
    return made(
        at,
        address.question(question.slug),
        question.slug if _about_the_guide(question) else "question",
        content,
        title=question.title,
        neutral=question.neutral_title,
        template="question",
        trail=[HOME] if _about_the_guide(question) else [HOME, (address.questions(), "nav.questions")],
    )


def left_out(at: Scene) -> tuple[LeftOut, ...]:
    """What was looked at and left out, by reason, in the order of the pack's reasons."""
    pack, pick = at.guide.pack, at.words.pick
    groups = []
    for code, reason in pack.inclusion.items():
        kept = [entry for entry in pack.not_listed.values() if entry.code == code]
        things = (KeptOut(pick(entry.name), pick(entry.reason), entry.decided_on) for entry in kept)
        groups.append(LeftOut(pick(reason.text), tuple(things)))
    return tuple(group for group in groups if group.things)


def _about_the_guide(question: Question) -> bool:
    """Whether a question is about the guide itself, and so linked from every page instead of the list."""
    return question.slug in address.ABOUT_THE_GUIDE


def _alike(question: Question, following: tuple[Question, ...]) -> list[Question]:
    group = question.group or question.door
    same = [q for q in following if (q.group or q.door) == group]
    return (same + [q for q in following if (q.group or q.door) != group])[:3]


def _aside(at: Scene) -> Scene:
    """A scene whose footnotes are not the page's."""
    return scene(at.guide, at.language)
