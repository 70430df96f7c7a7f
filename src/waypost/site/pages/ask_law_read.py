"""Read the posted form of the law explorer: which facts it gives, and what in it needs mending."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from waypost.desk.guide import Guide
from waypost.model.evidence import ProblemsFound
from waypost.model.law import Law
from waypost.rules.penalty_words import read_situation
from waypost.site.words import Words

LONGEST = 120
"""Characters of one answer; no field of the form needs more."""
FRAME = ("situation", "date")
_UNASKED = ("jurisdiction", "asked_on", *FRAME)


@dataclass(frozen=True)
class Asked:
    """What a form says of a supposed person.

    ``typed`` is every answer as it was sent, ``facts`` are those that hold, ``faults`` say what to mend by
    field, ``left_out`` are fields that the form does not have.
    """

    situation: str
    typed: Mapping[str, str]
    facts: Mapping[str, str]
    faults: Mapping[str, str]
    left_out: tuple[str, ...] = ()


def kept(form: Mapping[str, str]) -> dict[str, str]:
    """The form as it is worth sealing: no answer longer than what tells that it is too long."""
    return {name[:LONGEST]: value.strip()[: LONGEST + 1] for name, value in form.items() if value.strip()}


def read_asked(guide: Guide, form: Mapping[str, str], words: Words) -> Asked:
    """The facts of a form, on top of those that its situation sets; faults instead of exceptions."""
    law, today = guide.pack.law, guide.on
    situation = law.form.situations.get(form.get("situation", ""))
    typed = {name: value for name, value in kept(form).items() if name in law.words}
    typed = {name: value for name, value in typed.items() if name not in _UNASKED or name == "date"}
    left_out = tuple(sorted(form.keys() - typed.keys() - {*FRAME} - law.words.keys()))
    faults: dict[str, str] = {}
    if situation is None:
        faults["situation"] = words("ask.fault.nothing")
    for name, value in typed.items():
        if said := _fault(law, name, value, today, words):
            faults[name] = said
    base = dict(situation.facts) if situation else {}
    facts = base | {name: value for name, value in typed.items() if name not in faults}
    return Asked(form.get("situation", "") if situation else "", base | typed, facts, faults, left_out)


def _fault(law: Law, name: str, value: str, today: date, words: Words) -> str:
    """What to mend in one answer; nothing where it holds."""
    if len(value) > LONGEST:
        return words("ask.fault.long")
    try:
        read_situation(law, {name: value}, today)
    except ProblemsFound:
        kind = law.words[name].kind
        return words(f"ask.fault.{kind if kind in ('day', 'number') else 'value'}")
    return ""
