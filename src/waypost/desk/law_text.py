"""The law as plain text for a terminal or a printout: protections first, then "at most", then the doubts."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from waypost.model.law import Element, Grade, Law, Section, SectionVersion, Shield

_WIDTH = 96


class _Voice:
    """The pack's phrases in one language."""

    def __init__(self, law: Law, language: str):
        self.law, self.language = law, language

    def say(self, phrase: str, **values: object) -> str:
        text = self.law.phrases.get(phrase, {})
        return (text.get(self.language) or text.get("en") or phrase).format(**values)

    def of(self, text: dict[str, str]) -> str:
        return text.get(self.language) or text.get("en") or ""

    def doubt(self, confidence: str) -> str:
        """How well it is known; nothing for what was read in the statute itself."""
        return "" if confidence == "statute_text" else f" [{self.say('c_' + confidence)}]"

    def fact(self, word: str) -> str:
        found = self.law.words.get(word)
        return self.of(found.meaning).rstrip(".") if found else word


def told(law: Law, answer: dict[str, Any], language: str, names: Mapping[str, str] | None = None) -> str:
    """A spoken explanation as text, in the order of a reader's needs; ``names`` are those of services."""
    voice = _Voice(law, language)
    lines = [voice.say("say_" + answer["outcome"]) + ".", voice.say("as_of", day=answer["as_of"]) + "."]
    parts = (
        ("head_protections", _protections(voice, answer)),
        ("head_findings", _findings(voice, answer)),
        ("head_alternatives", _statements(voice, answer["alternatives"])),
        ("head_consequences", _statements(voice, answer["consequences"])),
        ("head_unknown", _unknown(voice, answer)),
        ("head_notes", answer["notes"]),
        ("head_help", [(names or {}).get(key, key) for key in answer["help"]]),
    )
    for heading, items in parts:
        listed = list(items)
        if listed:
            lines += ["", voice.say(heading, date=answer["date"]).upper()]
            lines += [_item(text) for text in listed]
    return "\n".join(lines)


def penalty(law: Law, finding: dict[str, Any], language: str) -> str | None:
    """A finding's term and fine in words, with "at most"; None where it has neither."""
    voice = _Voice(law, language)
    parts = [*_term(voice, finding["term"]), *_fine(voice, finding["fine"])]
    return voice.say("at_most", penalty="; ".join(parts)) if parts else None


def _protections(voice: _Voice, answer: dict[str, Any]) -> Iterator[str]:
    for entry in answer["protections"]:
        extra = [voice.say("may_apply")] if entry["possible"] else []
        extra += [voice.say("discretionary")] if entry["discretionary"] else []
        told_so = f"{entry['text']} ({', '.join([entry['citation'], *extra])})"
        more = [
            voice.say(phrase, text=entry[key])
            for key, phrase in (("when_to_raise", "when_raise"), ("limits", "limits"))
            if entry[key]
        ]
        yield " ".join([told_so, *more]) + voice.doubt(entry["confidence"])


def _findings(voice: _Voice, answer: dict[str, Any]) -> Iterator[str]:
    for finding in answer["findings"]:
        maybe = f" ({voice.say('may_apply')})" if finding["possible"] else ""
        yield f"{finding['citation']}, {finding['heading']}{maybe}. {finding['text']}"
        if worded := penalty(voice.law, finding, voice.language):
            yield worded + "."
        for step in finding["steps"]:
            met = "" if step["met"] == "yes" else f" ({voice.say('met_' + step['met'])})"
            source = f" ({step['source']})" if step["source"] else ""
            yield f"   {step['text']}{met}{source}{voice.doubt(step['confidence'])}"


def _term(voice: _Voice, term: dict[str, Any] | None) -> Iterator[str]:
    if term is None:
        return
    yield _longest(voice, term)
    if term["min"]:
        yield voice.say("at_least", n=term["min"])
    if term["mandatory_min"]:
        yield voice.say("not_suspended", n=term["mandatory_min"])


def _longest(voice: _Voice, term: dict[str, Any]) -> str:
    most = term["max"]
    if most is None:
        return voice.say("no_top")
    if term["unit"] == "days":
        return voice.say("jail_days", n=most)
    if most == 12:
        return voice.say("jail_year")
    return voice.say("jail_months", n=most) if most % 12 else voice.say("jail_years", n=most // 12)


def _fine(voice: _Voice, fine: dict[str, Any] | None) -> Iterator[str]:
    if fine is None:
        return
    if fine["fixed_usd"] is not None:
        yield voice.say("fine_set", n=f"{fine['fixed_usd']:,}")
    else:
        yield voice.say("fine_up_to", n=f"{fine['max_usd']:,}")


def _statements(voice: _Voice, entries: list[dict[str, Any]]) -> Iterator[str]:
    for entry in entries:
        yield f"{entry['text']} ({entry['citation']}){voice.doubt(entry['confidence'])}"


def _unknown(voice: _Voice, answer: dict[str, Any]) -> Iterator[str]:
    for entry in answer["unknown_facts"]:
        then = entry["then"].rstrip(".") + "."
        yield voice.say("if_then", fact=voice.fact(entry["fact"]), if_=entry["if"], then=then)


def section_text(law: Law, section: Section, version: SectionVersion | None, on: date, language: str) -> str:
    """One section as it stood on a day, and what must still be read."""
    voice = _Voice(law, language)
    doubt = voice.doubt(section.confidence)
    lines = [
        f"{section.citation}: {voice.of(section.heading)}",
        "",
        *_wrapped(voice.of(section.paraphrase) + doubt),
    ]
    lines += ["", voice.say("head_findings", date=on).upper()]
    lines += _version(voice, version, on)
    if section.open_questions:
        lines += [
            "",
            voice.say("head_open").upper(),
            *(_item(voice.of(text)) for text in section.open_questions),
        ]
    lines += ["", voice.say("head_sources").upper(), _item(", ".join(section.sources) or "-")]
    return "\n".join(lines)


def _version(voice: _Voice, version: SectionVersion | None, on: date) -> Iterator[str]:
    if version is None:
        yield _item(voice.say("unread_version", day=on))
        return
    since = f"{voice.say('since', day=version.effective_from)}. " if version.effective_from else ""
    act = version.act if isinstance(version.act, str) else voice.of(version.act)
    yield _item(f"{since}{act}: {voice.of(version.change)}{voice.doubt(version.confidence)}")
    for rule in version.rules:
        yield _item(voice.of(rule.text))
        parts: tuple[Element | Shield | Grade, ...] = (
            *rule.elements,
            *rule.exceptions,
            *rule.protections,
            *rule.grades,
        )
        for part in parts:
            yield _item(f"   {voice.of(part.text)}{voice.doubt(part.confidence)}")


def words_text(law: Law, language: str) -> str:
    """The words of a situation with their meanings and values."""
    voice = _Voice(law, language)
    lines: list[str] = []
    for key, word in sorted(law.words.items()):
        lines.append(f"{key} ({word.kind}): {voice.of(word.meaning)}")
        lines += [f"    {name}: {voice.of(value.meaning)}" for name, value in word.values.items()]
        lines += [f"    {voice.say('values_open')}"] if word.open else []
    return "\n".join(lines)


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH)


def _item(text: str) -> str:
    inset = "    " if text.startswith("   ") else "  "
    return textwrap.fill(text.strip(), _WIDTH, initial_indent=f"{inset}- ", subsequent_indent=f"{inset}  ")
