"""What the packs say of themselves: facts still open, stale translations, uneven wording."""

from __future__ import annotations

import re
from collections.abc import Iterator

from waypost.desk.guide import Guide
from waypost.model.evidence import Confidence, Problem, Severity

_PLACEHOLDER = re.compile(r"\{[a-z_]+\}")


def open_facts(guide: Guide) -> Iterator[Problem]:
    """Everything that waits for a person to confirm it: records, sections of law, claims."""
    for organization in guide.pack.organizations.values():
        for service in organization.services:
            for item in service.unverified:
                yield _open(f"record {service.key}", f"{service.name}: {item.get('en', '')}", _CALL)
    for key, section in guide.pack.law.sections.items():
        for question in section.open_questions:
            yield _open(f"section {key}", f"{section.citation}: {question.get('en', '')}", _READ)
    for key, claim in guide.pack.claims.items():
        if claim.confidence in {Confidence.general_knowledge, Confidence.could_not_confirm}:
            yield _open(f"claim {key}", f"rests on {claim.confidence.replace('_', ' ')}", _SOURCE)


def stale_translations(guide: Guide) -> Iterator[Problem]:
    """A warning for each translation made from an older text than the one that stands."""
    for key, by_language in guide.pack.questions.items():
        current = by_language.get("en")
        for language, question in by_language.items():
            if current and language != "en" and question.translated_from != current.version:
                yield Problem(
                    where=question.file,
                    what=f'"{key}" is made from version {question.translated_from}, not {current.version}',
                    why="The two languages may say different things.",
                    do="Bring the translation up to date, then set translated_from.",
                    severity=Severity.warning,
                )


def uneven_wording(guide: Guide) -> Iterator[Problem]:
    """An error for each word of the screens that a language lacks, or whose placeholders differ (A12)."""
    wording = guide.pack.wording
    for language in guide.pack.manifest.languages:
        mine = wording.get(language, {})
        for key, text in sorted(wording.get("en", {}).items()):
            if key not in mine:
                yield _uneven(language, f'there is no word for "{key}"')
            elif set(_PLACEHOLDER.findall(text)) != set(_PLACEHOLDER.findall(mine[key])):
                yield _uneven(language, f'"{key}" has other {{placeholders}} than the English')
        for key in sorted(mine.keys() - wording.get("en", {}).keys()):
            yield _uneven(language, f'"{key}" has no English counterpart')


def uneven_claims(guide: Guide) -> Iterator[Problem]:
    """An error for each claim that lacks one of the guide's languages."""
    for key, claim in guide.pack.claims.items():
        for language in guide.pack.manifest.languages:
            if not claim.text.get(language):
                yield Problem(
                    where=f"claim {key}",
                    what=f'it has no text in "{language}"',
                    why="Readers of that language would not be told this fact.",
                    do="Write the missing text.",
                )


_CALL = "Call and ask, or find a page of its own that says so; then write down who, when and how."
_READ = "Read the official code, or ask a lawyer to; then write down who read it and when."
_SOURCE = "Find a source for it, or take the claim out."


def _open(where: str, what: str, do: str) -> Problem:
    why = "Readers are told that this is not confirmed."
    return Problem(where, what, why, do, Severity.open)


def _uneven(language: str, what: str) -> Problem:
    return Problem(
        where=f"wording.{language}.yaml",
        what=what,
        why="A page would show a gap or the wrong language.",
        do="Bring the files of wording to the same keys and the same {placeholders}.",
    )
