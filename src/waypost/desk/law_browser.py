"""What the page's own explorer of the law reads: the law of one place, in one language, as small as it goes.

The engine in ``rules/browser`` is the twin of ``rules/penalty*.py``: tests hold both to the same answers.
What no answer reads (paraphrases, open questions, cases, tables, other places) is left out.
"""

from __future__ import annotations

from importlib.resources import files
from typing import Any, get_args

import msgspec

from waypost.model.evidence import Confidence
from waypost.model.law import Law, Outcome, Section, Word

SCRIPTS = ("truth.js", "scale.js", "unknown.js", "match.js", "penalty.js")
"""The classic scripts of the engine, in the order in which they must be loaded."""
_UNREAD = ("paraphrase", "open_questions", "read_by", "related", "also", "sources", "confidence", "who")
_UNREAD_OF_VERSIONS = ("act", "change", "confidence", "sources")


def engine() -> str:
    """The engine as one classic script, without its comments: adds ``explain`` to ``globalThis.Waypost``."""
    room = files("waypost.rules") / "browser"
    lines = (line.strip() for name in SCRIPTS for line in (room / name).read_text("utf-8").splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def law_data(law: Law, jurisdiction: str, language: str) -> dict[str, Any]:
    """The law that holds in a jurisdiction (all of it for ""), with its texts in one language."""
    sections = {
        key: _section(section, language)
        for key, section in sorted(law.sections.items())
        if _holds(section.jurisdiction, jurisdiction) and _asked(section)
    }
    scale = {place: classes for place, classes in law.scale.items() if _holds(place, jurisdiction)}
    return {
        "sections": sections,
        "scale": _spoken(msgspec.to_builtins(scale), language),
        "words": {name: _word(word, language) for name, word in law.words.items()},
        "phrases": _spoken(msgspec.to_builtins(law.phrases), language),
        "help": msgspec.to_builtins(law.help),
        "confidence": [level.value for level in Confidence],
        "outcomes": list(get_args(Outcome)),
    }


def _holds(above: str, jurisdiction: str) -> bool:
    return not jurisdiction or jurisdiction == above or jurisdiction.startswith(above + "-")


def _asked(section: Section) -> bool:
    """A section without a rule is never in an answer, unless to say that nobody has read it."""
    return any(version.rules or version.status == "unknown" for version in section.versions)


def _section(section: Section, language: str) -> dict[str, Any]:
    built: dict[str, Any] = _spoken(msgspec.to_builtins(section), language)
    kept = {name: value for name, value in built.items() if name not in _UNREAD}
    kept["versions"] = [_version(version) for version in built["versions"]]
    return kept


def _version(version: dict[str, Any]) -> dict[str, Any]:
    """A version that nobody has read says so with its change and its sources; others never show them."""
    if version.get("status") == "unknown":
        return version
    return {name: value for name, value in version.items() if name not in _UNREAD_OF_VERSIONS}


def _word(word: Word, language: str) -> dict[str, Any]:
    """A word; its values stand in a list, because a mapping would not keep numbers in their order."""
    built: dict[str, Any] = _spoken(msgspec.to_builtins(word), language)
    values = {name: _spoken(value.meaning, language) for name, value in word.values.items()}
    return built | {"values": [[name, meaning] for name, meaning in values.items()]}


def _spoken(value: Any, language: str) -> Any:
    """A value with each text in one language, else in English."""
    if isinstance(value, dict):
        if "en" in value:
            return value.get(language) or value.get("en")
        return {key: _spoken(each, language) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_spoken(each, language) for each in value]
    return value
