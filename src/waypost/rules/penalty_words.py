"""From what somebody typed to a Situation in the pack's words; what is not in them is a Problem."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from waypost.model.evidence import Problem, ProblemsFound
from waypost.model.law import Law, Rule, Situation, Word
from waypost.rules.penalty_logic import Facts, Values
from waypost.rules.penalty_scale import in_force

_FRAME = ("jurisdiction", "date", "asked_on")
_YES = {"yes": "yes", "true": "yes", "1": "yes", "no": "no", "false": "no", "0": "no"}
_LONGEST = 200


@dataclass
class _Reading:
    law: Law
    jurisdiction: str = ""
    problems: list[Problem] = field(default_factory=list)
    read_as: list[tuple[str, str, str]] = field(default_factory=list)

    def refuse(self, word: str, given: object, wanted: str) -> None:
        self.problems.append(_not_a_value(word, given, wanted))


def read_situation(
    law: Law, raw: Mapping[str, Any], today: date, jurisdiction: str | None = None
) -> Situation:
    """The situation that these words and values describe; null means unknown.

    ``jurisdiction`` stands in where none is given, ``today`` where no day is. Raises ProblemsFound with
    every word and value that the pack does not have, and lists those that it has.
    """
    reading = _Reading(law)
    reading.problems += [_no_word(law, word) for word in raw if word not in _FRAME and word not in law.words]
    asked_on = _day(reading, "asked_on", raw.get("asked_on"))
    on = _day(reading, "date", raw.get("date"))
    where = _words_of(reading, "jurisdiction", raw.get("jurisdiction"))
    reading.jurisdiction = where[0] if where else jurisdiction or ""
    facts: dict[str, Values] = {}
    for word, value in raw.items():
        if word in law.words and word not in _FRAME and (values := _words_of(reading, word, value)):
            facts[word] = values
    if reading.problems:
        raise ProblemsFound(reading.problems)
    return Situation(
        jurisdiction=reading.jurisdiction,
        on=on or asked_on or today,
        facts=facts,
        asked_on=asked_on,
        undated=on is None,
        read_as=tuple(reading.read_as),
    )


def known_facts(law: Law, situation: Situation) -> Facts:
    """The facts, with those that follow from them.

    A word that goes by another has its value; ``<word>.years`` are the full years since a day;
    ``<word>.section`` and ``<word>.class`` are those of a crime, where the pack knows them.
    """
    facts = dict(situation.facts)
    for name, word in law.words.items():
        if name not in facts and word.as_ in facts:
            facts[name] = facts[word.as_]
        if word.kind == "day" and name in facts:
            facts[f"{name}.years"] = (str(_years(date.fromisoformat(facts[name][0]), situation.on)),)
        if word.kind == "crime" and name in facts:
            facts.update(_of_crimes(law, situation, name, facts))
    return facts


def _years(since: date, on: date) -> int:
    return on.year - since.year - ((on.month, on.day) < (since.month, since.day))


def _of_crimes(law: Law, situation: Situation, word: str, facts: Facts) -> dict[str, Values]:
    day = facts.get("convicted_on", ())
    on = date.fromisoformat(day[0]) if day else situation.on
    classes = [_classes_of(law, crime, on) for crime in facts[word]]
    found: dict[str, Values] = {f"{word}.section": facts[word]}
    if all(classes):
        found[f"{word}.class"] = tuple(sorted(set().union(*classes)))
    return found


def _classes_of(law: Law, crime: str, on: date) -> set[str]:
    """The classes that a crime may have, named by its class or by a section as it stood on that day."""
    if crime not in law.sections:
        return {crime} if any(crime in classes for classes in law.scale.values()) else set()
    version = in_force(f"section {crime}", law.sections[crime].versions, on)
    rules: tuple[Rule, ...] = version.rules if version else ()
    return {grade.class_ for rule in rules for grade in rule.grades if grade.class_}


def _words_of(reading: _Reading, name: str, value: object) -> Values:
    """The values of one word as the pack spells them; nothing where it is unknown."""
    word = reading.law.words.get(name)
    if value is None or word is None:
        return ()
    given = list(value) if isinstance(value, list | tuple) else [value]
    if len(given) > 1 and not word.many:
        reading.refuse(name, value, "one value, not a list")
        return ()
    read = [_one(reading, name, word, part) for part in given]
    return tuple(part for part in read if part is not None)


def _one(reading: _Reading, name: str, word: Word, value: object) -> str | None:
    if not isinstance(value, str | int | float) or len(str(value)) > _LONGEST:
        reading.refuse(name, value, "a word, a number, true or false")
        return None
    match word.kind:
        case "number":
            return _number(reading, name, value)
        case "yes_no":
            return _yes_no(reading, name, word, value)
        case "day":
            day = _day(reading, name, value)
            return day.isoformat() if day else None
        case "crime":
            return _crime(reading, str(value))
        case _:
            return _choice(reading, name, word, value)


def _number(reading: _Reading, name: str, value: str | float) -> str | None:
    if isinstance(value, bool):
        return "1" if value else "0"
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()
    if re.fullmatch(r"[0-9]{1,6}", text):
        return str(int(text))
    reading.refuse(name, value, "a whole number")
    return None


def _yes_no(reading: _Reading, name: str, word: Word, value: str | float) -> str | None:
    read = _YES.get(_plain(str(value)))
    if read is None:
        reading.refuse(name, value, "true or false")
    return read


def _day(reading: _Reading, name: str, value: object) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        reading.refuse(name, value, "a day such as 2026-11-22")
        return None


def _choice(reading: _Reading, name: str, word: Word, value: str | float) -> str | None:
    text = _plain(str(value))
    text = _YES.get(text, text) if isinstance(value, bool) or text in ("true", "false") else text
    if (same := next((listed for listed in word.values if _plain(listed) == text), None)) is not None:
        return same
    if (near := _nearest(word, text)) is not None:
        reading.read_as.append((name, text, near))
        return near
    if word.open:
        return text
    reading.refuse(name, value, "one of " + ", ".join(word.values))
    return None


def _nearest(word: Word, text: str) -> str | None:
    """The listed value that has most words in common with what was written, by its other names."""
    parts = set(text.split("_"))
    fits = [
        (len(set(other.split("_"))), key)
        for key, value in word.values.items()
        for other in (key, *value.also)
        if set(other.split("_")) <= parts
    ]
    return max(fits)[1] if fits else None


def _crime(reading: _Reading, text: str) -> str:
    """A crime by its section or class, as the pack spells it; as given where the pack has none."""
    named = _plain(text)
    for classes in reading.law.scale.values():
        for key, found in classes.items():
            if named in (_plain(key), *found.also):
                return key
    return find_section(reading.law, text, reading.jurisdiction) or text.strip()


def find_section(law: Law, citation: str, jurisdiction: str = "") -> str | None:
    """The key of a section by its key, slug, citation or bare number; its own jurisdiction first."""
    wanted = _bare(citation)
    found = [
        key for key, section in law.sections.items() if wanted in set(_names(key, section.slug, section))
    ]
    found.sort(key=lambda key: (not key.startswith(jurisdiction), key))
    return found[0] if found else None


def _names(key: str, slug: str, section: Any) -> Iterator[str]:
    yield key
    yield slug
    yield _bare(key.rsplit("/", 1)[-1])
    for citation in (section.citation, *section.also):
        yield _bare(citation)


def _bare(citation: str) -> str:
    """A citation without its code, marks and subsections: what two writers of it share."""
    text = citation.strip().lower().split("@")[0]
    text = re.sub(r"\([^)]*\)", "", text)
    text = re.sub(r"§+|\bc\.?g\.?s\.?(?= )|\bconn\. gen\. stat\.|\bsec(tion|\.)? ", " ", text)
    return " ".join(text.split())


def _plain(text: str) -> str:
    return re.sub(r"[\s-]+", "_", text.strip().lower())


def _no_word(law: Law, word: str) -> Problem:
    return Problem(
        where="the situation",
        what=f'"{word[:_LONGEST]}" is not one of the words of a situation',
        why="The program would leave out something that may matter, and not say so.",
        do="Use these words: " + ", ".join(sorted({*_FRAME, *law.words})) + ".",
    )


def _not_a_value(word: str, given: object, wanted: str) -> Problem:
    return Problem(
        where=f"the situation, {word}",
        what=f"{str(given)[:_LONGEST]!r} is not a value of {word}",
        why="The answer would rest on a guess about what was meant.",
        do=f"Give {wanted}, or leave the word out if it is not known.",
    )
