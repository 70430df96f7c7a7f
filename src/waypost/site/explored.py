"""What the explorer of the law in the page draws its answers from: the words, services and sources they need.

``explorer/*.js`` draw the markup of ``templates/ask_answer.jinja`` from it: change both, a test compares them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from waypost.desk.guide import Guide
from waypost.desk.law import jurisdiction_of
from waypost.desk.law_browser import law_data
from waypost.model.evidence import Confidence
from waypost.model.law_form import FormAside, FormFact, FormSituation
from waypost.site import address
from waypost.site.cards import card
from waypost.site.drawn import Scene, scene
from waypost.site.law_words import section_title
from waypost.site.notes import cite, doubts
from waypost.site.pages.law import label
from waypost.site.pages.law_answer import whom
from waypost.site.templating import tools

_LINES = (
    "answer.",
    "ask.",
    "date.day",
    "days.count",
    "fine.",
    "law.",
    "met.",
    "month.",
    "months.count",
    "notes.none",
    "notes.ref",
    "notes.title",
    "outcome.",
    "question.services",
    "shield.",
    "term.",
    "years.count",
)
"""The words of the screens that an answer is drawn with, by the beginnings of their keys."""


def explorer(guide: Guide, language: str) -> dict[str, Any]:
    """The value of ``globalThis.WPLaw``: the law of the place and all that its answers are drawn with."""
    at = scene(guide, language)
    law, form = guide.pack.law, guide.pack.law.form
    place = jurisdiction_of(law, guide.pack.chain) or ""
    data = law_data(law, place, language)
    offenses = sorted((s for s in law.sections.values() if s.kind == "offense"), key=lambda s: s.key)
    return {
        "law": data,
        "jurisdiction": place,
        "situations": {key: _situation(at, key, each) for key, each in form.situations.items()},
        "asks": {name: _question(at, name) for name in law.words},
        "offenses": [[each.key, section_title(each, at.words)] for each in offenses],
        "turns_on": [_known(at, each) for each in form.turns_on],
        "lawyer": [_aside(at, each) for each in form.for_lawyer],
        "whom": [_whom(at, each.text, each.card) for each in whom(at)],
        "cards": _cards(at),
        "sources": dict(_sources(at, data)),
        "labels": {level.value: label(at, level) for level in Confidence},
        "notes": {level.value: at.words.known(f"confidence.{level}", "") for level in Confidence},
        "lines": {key: line for key, line in at.words.lines.items() if key.startswith(_LINES)},
    }


def _situation(at: Scene, key: str, situation: FormSituation) -> dict[str, Any]:
    variants = [
        [address.law_answer(key, name), at.words.pick(each.text).text]
        for name, each in situation.variants.items()
    ]
    return {"text": at.words.pick(situation.text).text, "facts": situation.facts, "variants": variants}


def _aside(at: Scene, aside: FormAside) -> list[Any]:
    known = [_known(at, each) for each in aside.known]
    return [at.words.pick(aside.topic).text, at.words.pick(aside.ask).text, known]


def _known(at: Scene, fact: FormFact) -> list[Any]:
    return [at.words.pick(fact.text).text, fact.sources, fact.confidence.value]


def _question(at: Scene, name: str) -> str:
    word = at.guide.pack.law.words[name]
    asked = at.words.pick(word.ask) or at.words.pick(at.guide.pack.law.form.asks.get(name, {}))
    return (asked or at.words.pick(word.meaning)).text


def _whom(at: Scene, text: str, card: Any) -> list[Any]:
    """For what, where its page is, its name, its language where it is another, how it was checked, its number."""
    tongue = card.name.language if card.name.language != at.language else ""
    plain = (
        card.path if at.language == address.DEFAULT_LANGUAGE else card.path.removeprefix(f"/{at.language}")
    )
    phones = [part for phone in card.phones[:1] for part in (phone.number, phone.href)]
    return [text, plain, card.name.text, tongue, card.checked.tone, card.checked.text, *phones]


def _cards(at: Scene) -> dict[str, str]:
    """The card of each service that some answer may name, as the server draws it."""
    law = at.guide.pack.law
    named = {each.service for each in law.form.help}
    keys = {key for aid in law.help.values() for key in aid.services}
    keys |= {key for s in law.sections.values() for v in s.versions for rule in v.rules for key in rule.help}
    drawn = tools(at.words, lambda path: path)["component"]
    found = ((key, at.guide.directory.get(key)) for key in sorted(keys - named))
    return {key: str(drawn("service-card", card=card(each, at.words))) for key, each in found if each}


def _sources(at: Scene, data: Any) -> Iterator[tuple[str, list[str]]]:
    """The sources that the law of the place names, as a footnote cites them."""
    form = at.guide.pack.law.form
    facts = [*form.turns_on, *(fact for aside in form.for_lawyer for fact in aside.known)]
    for key in sorted({*_named(data), *(key for fact in facts for key in fact.sources)}):
        cited = cite(at.guide.pack, key, at.guide.on)
        if cited:
            told = " ".join(doubts(cited, at.words))
            dated = at.words.dated(cited.date)
            tongue = dated.language if dated.language != at.language else ""
            yield (
                key,
                [cited.title, cited.publisher or "", dated.text, address.source(key), told, tongue],
            )


def _named(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, each in value.items():
            if key == "sources":
                yield from each
            else:
                yield from _named(each)
    elif isinstance(value, list):
        for each in value:
            yield from _named(each)
