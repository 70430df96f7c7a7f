"""The form of the law explorer as values: what happened, when, and what the answer turns on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from waypost.site import address
from waypost.site.cards import started
from waypost.site.drawn import Scene
from waypost.site.law_words import section_title
from waypost.site.pages.ask_law_read import Asked
from waypost.site.pages.law_answer import WhatIf

_SILENT = {"role", "question"}
"""Words that the situation itself sets; to change them is to choose another situation."""


@dataclass(frozen=True)
class Choice:
    """One answer that can be chosen."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class ShownAsk:
    """One question: ``kind`` is choice, list, number or day; ``what_ifs`` say what it would change."""

    name: str
    ask: str
    kind: str
    choices: tuple[Choice, ...]
    typed: str
    what_ifs: tuple[WhatIf, ...]
    fault: str

    @property
    def answered(self) -> str:
        """The answer given, in words."""
        return next((choice.label for choice in self.choices if choice.chosen), self.typed)


@dataclass(frozen=True)
class ChoiceGroup:
    """Situations under one heading."""

    key: str
    title: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Fault:
    """What to mend, and where."""

    name: str
    text: str


@dataclass(frozen=True)
class AskForm:
    """The form: situations to choose from, or the questions that follow from the one chosen."""

    action: str
    restart: str
    on: date
    groups: tuple[ChoiceGroup, ...]
    situation: str
    about: str
    when: ShownAsk
    known: tuple[ShownAsk, ...]
    next: tuple[ShownAsk, ...]
    faults: tuple[Fault, ...]
    left_out: tuple[str, ...]


NOTHING = Asked("", {}, {}, {})


def ask_form(at: Scene, asked: Asked = NOTHING, unknown: Sequence[WhatIf] = ()) -> AskForm:
    """The form for what has been said so far, and the questions that the answer left open."""
    words = at.guide.pack.law.words
    chosen = at.guide.pack.law.form.situations.get(asked.situation)
    silent = {"date", *(_SILENT & (chosen.facts.keys() if chosen else set()))}
    known = [name for name in asked.typed if name in words and name not in silent]
    turns_on = dict.fromkeys(each.fact for each in unknown if each.fact in words)
    following = [name for name in turns_on if name not in asked.typed and name != "date"]
    return AskForm(
        action=at.path(address.ask()),
        restart=at.path(address.ask()),
        on=at.guide.on,
        groups=tuple(_groups(at, asked)) if not asked.situation else (),
        situation=asked.situation,
        about=at.words.pick(chosen.text).text if chosen else "",
        when=_day(at, asked),
        known=tuple(_ask(at, name, asked, ()) for name in known),
        next=tuple(_ask(at, name, asked, unknown) for name in following),
        faults=tuple(Fault(name, text) for name, text in asked.faults.items()),
        left_out=tuple(at.words("ask.fault.field", name=name[:40]) for name in asked.left_out[:5]),
    )


def _groups(at: Scene, asked: Asked) -> Iterable[ChoiceGroup]:
    form = at.guide.pack.law.form
    for key, title in form.groups.items():
        choices = tuple(
            Choice(name, at.words.pick(each.text).text, name == asked.situation)
            for name, each in form.situations.items()
            if each.group == key
        )
        yield ChoiceGroup(key, at.words.pick(title).text, choices)


def _day(at: Scene, asked: Asked) -> ShownAsk:
    fault = asked.faults.get("date", "")
    return ShownAsk("date", at.words("ask.when"), "day", (), asked.typed.get("date", ""), (), fault)


def _ask(at: Scene, name: str, asked: Asked, unknown: Sequence[WhatIf]) -> ShownAsk:
    law, typed = at.guide.pack.law, asked.typed.get(name, "")
    word = law.words[name]
    said = (
        at.words.pick(word.ask) or at.words.pick(law.form.asks.get(name, {})) or at.words.pick(word.meaning)
    )
    kinds = {"choice": "choice", "yes_no": "choice", "crime": "list"}
    return ShownAsk(
        name=name,
        ask=said.text,
        kind=kinds.get(word.kind, word.kind),
        choices=tuple(_choices(at, name, typed)),
        typed=typed,
        what_ifs=tuple(each for each in unknown if each.fact == name),
        fault=asked.faults.get(name, ""),
    )


def _choices(at: Scene, name: str, typed: str) -> Iterable[Choice]:
    law = at.guide.pack.law
    word = law.words[name]
    if word.kind == "crime":
        offenses = sorted((s for s in law.sections.values() if s.kind == "offense"), key=lambda s: s.key)
        for section in offenses:
            yield Choice(section.key, section_title(section, at.words), section.key == typed)
        return
    for value, each in word.values.items():
        yield Choice(value, started(at.words.pick(each.meaning).text), value == typed)
