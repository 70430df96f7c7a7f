"""The law explorer: its form, its answers under a token, and ready-made answers that need neither.

Where no server takes a form (the static edition), the ready-made pages are the way (P21).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from waypost.desk.guide import Guide
from waypost.desk.law import answer
from waypost.model.evidence import ProblemsFound
from waypost.model.law import Explanation
from waypost.site import address
from waypost.site.drawn import Scene, scene
from waypost.site.frame import Link
from waypost.site.page import Page
from waypost.site.pages.ask_law_form import NOTHING, AskForm, ask_form
from waypost.site.pages.ask_law_read import Asked, read_asked
from waypost.site.pages.law_answer import Answer, shown_answer
from waypost.site.pages.made import HOME, link, made
from waypost.site.pages.questions import LinkPart

_TRAIL = (HOME, (address.law(), "nav.law"))
_ASK_TRAIL = (*_TRAIL, (address.ask(), "ask.title"))


@dataclass(frozen=True)
class AskContent:
    """The form and the ready-made answers beside it."""

    form: AskForm
    ready: tuple[LinkPart, ...]


@dataclass(frozen=True)
class AnswerContent:
    """An answer with its situation and the form that goes on from it."""

    situation: str
    variant: str
    answer: Answer
    form: AskForm
    variants: tuple[Link, ...]
    base: Link | None
    ready: bool


def pages(guide: Guide, language: str) -> Iterator[Page]:
    """The form, and a ready-made answer for each situation and variant of the pack."""
    form = guide.pack.law.form
    if not form.situations:
        return
    at = scene(guide, language)
    yield _form_page(at, NOTHING)
    for key, situation in form.situations.items():
        yield _ready(scene(guide, language), key)
        for variant in situation.variants:
            yield _ready(scene(guide, language), key, variant)


def ask_page(guide: Guide, form: Mapping[str, str], language: str, token: str) -> Page:
    """What a server answers to a posted form: the explanation, or the form with what to mend."""
    at = scene(guide, language)
    asked = read_asked(guide, form, at.words)
    explanation = None
    if not asked.faults:
        try:
            explanation = _explain(guide, asked.facts)
        except ProblemsFound:
            asked = replace(asked, faults={"situation": at.words("ask.fault.rules")})
    page = _form_page(at, asked) if explanation is None else _answer_page(at, asked, explanation)
    path = address.law_result(token)
    tongues = guide.pack.manifest.languages
    return replace(
        page,
        path=at.path(path),
        neutral_title=at.words("title.answer"),
        counterparts={code: address.localized(path, code) for code in tongues},
    )


def _explain(guide: Guide, facts: Mapping[str, str]) -> Explanation:
    return answer(guide.pack.law, facts, guide.on, guide.pack.chain)


def _form_page(at: Scene, asked: Asked) -> Page:
    form = at.guide.pack.law.form
    ready = tuple(
        LinkPart(
            at.words.pick(title).text,
            tuple(
                link(at, address.law_answer(key), at.words.pick(each.text).text)
                for key, each in form.situations.items()
                if each.group == group
            ),
        )
        for group, title in form.groups.items()
    )
    content = AskContent(ask_form(at, asked), ready)
    return made(at, address.ask(), "ask", content, title=at.words("ask.title"), trail=_TRAIL)


def _answer_page(at: Scene, asked: Asked, explanation: Explanation, variant: str = "") -> Page:
    form = at.guide.pack.law.form
    situation = form.situations[asked.situation]
    shown = shown_answer(at, explanation)
    others = tuple(
        link(at, address.law_answer(asked.situation, key), at.words.pick(each.text).text)
        for key, each in situation.variants.items()
        if key != variant
    )
    said = at.words.pick(situation.text).text
    content = AnswerContent(
        situation=said,
        variant=at.words.pick(situation.variants[variant].text).text if variant else "",
        answer=shown,
        form=ask_form(at, asked, shown.unknown),
        variants=others,
        base=link(at, address.law_answer(asked.situation), said) if variant else None,
        ready=False,
    )
    path = address.law_answer(asked.situation, variant)
    return made(at, path, "law_answer", content, title=said, template="ask_answer", trail=_ASK_TRAIL)


def _ready(at: Scene, key: str, variant: str = "") -> Page:
    situation = at.guide.pack.law.form.situations[key]
    facts, on = dict(situation.facts), None
    if variant:
        facts |= situation.variants[variant].facts
        on = situation.variants[variant].on
    page = _answer_page(at, _asked(key, facts, on), _explain(at.guide, _dated(facts, on)), variant)
    assert isinstance(page.content, AnswerContent)
    return replace(page, content=replace(page.content, ready=True))


def _dated(facts: dict[str, str], on: date | None) -> dict[str, str]:
    return facts | ({"date": on.isoformat()} if on else {})


def _asked(key: str, facts: dict[str, str], on: date | None) -> Asked:
    dated = _dated(facts, on)
    return Asked(key, dated, dated, {})
