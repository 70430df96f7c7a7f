"""What can be asked of the law: a situation's explanation, a section as it stood on a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from waypost.desk.law_cases import run_cases
from waypost.model.evidence import Problem, ProblemsFound, Text
from waypost.model.law import Explanation, Law, Section, SectionVersion
from waypost.rules.penalty import explain
from waypost.rules.penalty_scale import in_force
from waypost.rules.penalty_words import find_section, read_situation

__all__ = ["answer", "jurisdiction_of", "run_cases", "section_on", "spoken", "words_in"]

_TEXTS = {"text", "heading", "if", "then", "when_to_raise", "limits"}


def answer(law: Law, raw: Mapping[str, Any], today: date, chain: Sequence[str] = ()) -> Explanation:
    """Explain the situation that these words describe, as of the day it asks for or today.

    ``chain`` is the pack's line of inheritance: its jurisdiction stands in where none is named.
    Raises ProblemsFound.
    """
    situation = read_situation(law, raw, today, jurisdiction_of(law, chain))
    return explain(law, situation, situation.asked_on or today)


def jurisdiction_of(law: Law, chain: Sequence[str]) -> str | None:
    """The jurisdiction of a pack: the nearest of its line that has law of its own."""
    there = {section.jurisdiction for section in law.sections.values()}
    return next((pack for pack in reversed(chain) if pack in there), None)


def spoken(explanation: Explanation, language: str) -> dict[str, Any]:
    """The explanation in one language, in the shape that programs read."""
    built: dict[str, Any] = msgspec.to_builtins(explanation)
    built["notes"] = [words_in(note, language) for note in explanation.notes]
    for name in ("findings", "protections", "consequences", "alternatives", "unknown_facts"):
        built[name] = [_spoken(entry, language) for entry in built[name]]
    return built


def _spoken(entry: dict[str, Any], language: str) -> dict[str, Any]:
    said = {key: words_in(value, language) if key in _TEXTS else value for key, value in entry.items()}
    if "steps" in entry:
        said["steps"] = [_spoken(step, language) for step in entry["steps"]]
    return said


def words_in(text: Text, language: str) -> str | None:
    """A text in a language, else in English; None where there is none."""
    return text.get(language) or text.get("en")


def section_on(
    law: Law, citation: str, on: date, chain: Sequence[str] = ()
) -> tuple[Section, SectionVersion | None]:
    """A section by any of its names, and its version in force on a day. Raises ProblemsFound."""
    key = find_section(law, citation, jurisdiction_of(law, chain) or "")
    if key is None:
        raise ProblemsFound([_no_section(law, citation)])
    section = law.sections[key]
    return section, in_force(f"section {key}", section.versions, on)


def _no_section(law: Law, citation: str) -> Problem:
    there = ", ".join(sorted(section.citation for section in law.sections.values()))
    return Problem(
        where="the citation",
        what=f'"{citation[:100]}" is not a section that this pack has',
        why="There is nothing verified to show for it.",
        do=f"Use one of these: {there or 'none; this pack has no law'}.",
    )
