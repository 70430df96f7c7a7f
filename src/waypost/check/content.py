"""What the packs say of themselves: facts still open, stale translations, uneven wording."""

from __future__ import annotations

import re
from collections.abc import Iterator

from waypost.desk.guide import Guide
from waypost.model.evidence import Confidence, Problem, Severity
from waypost.model.reading import Review
from waypost.site.elsewhere import FIGURES, WORLD

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
        for review in (r for r in section.read_by if not r.agrees):
            yield _otherwise(key, section.citation, review)
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


def undecided(guide: Guide) -> Iterator[Problem]:
    """A warning for each organization without a decision to list it, and each service without a term."""
    for key, organization in guide.pack.organizations.items():
        decision = organization.inclusion
        reason = guide.pack.inclusion.get(decision.reason) if decision else None
        if reason is None or not reason.listed:
            yield Problem(
                where=f"directory/{key}",
                what=f"{organization.name} does not say why it is listed",
                why="Readers and services may ask, and nobody could answer them.",
                do='Write "inclusion:" with reason, on, by and sources; the reasons stand in inclusion.yaml.',
                severity=Severity.warning,
            )
        for service in organization.services:
            if not service.kinds:
                yield Problem(
                    where=f"record {service.key}",
                    what=f"{service.name} has no term",
                    why="Nobody who looks by need finds it, and nobody who takes it over knows what it is.",
                    do='Write "kinds:" with keys of terms.yaml.',
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


def unfounded_claims(guide: Guide) -> Iterator[Problem]:
    """An error for each claim of a place that is not this one's, and for each that nothing would make wrong."""
    pack = guide.pack
    for key, claim in pack.claims.items():
        places = {*pack.chain, WORLD} if claim.kind in _ANYWHERE else set(pack.chain)
        if claim.holds_in not in places:
            yield Problem(
                where=f"claim {key}",
                what=f'it holds in "{claim.holds_in}", which a claim of the kind "{claim.kind}" may not here',
                why="What holds elsewhere would be told as if it held here.",
                do=f"Say where it holds ({', '.join(sorted(places))}), or take the claim out.",
            )
        if not (claim.wrong_if or "").strip():
            yield Problem(
                where=f"claim {key}",
                what="it does not say what would make it wrong (wrong_if)",
                why="Nobody could tell when it has stopped being so, or what to look for.",
                do='Write "wrong_if:", in a sentence: what would have to be found or changed.',
            )


_ANYWHERE = FIGURES | {"practice", "health"}
"""Kinds of claims that may come from anywhere; law, lines and contacts hold where they hold."""
_CALL = "Call and ask, or find a page of its own that says so; then write down who, when and how."
_READ = (
    "Read the official code, or ask a lawyer to; then write it into verifications.yaml (waypost check --law)."
)
_SOURCE = "Find a source for it, or take the claim out."


def _open(where: str, what: str, do: str) -> Problem:
    why = "Readers are told that this is not confirmed."
    return Problem(where, what, why, do, Severity.open)


def _otherwise(key: str, citation: str, review: Review) -> Problem:
    return Problem(
        where=f"section {key}",
        what=f"{citation}: a {review.by} read {review.read} on {review.on} and found it otherwise: "
        f"{review.found.get('en', 'not written down')}",
        why="Readers may be told something about the law that is not so.",
        do="Correct the section, then add the reading of the corrected text.",
        severity=Severity.warning,
    )


def _uneven(language: str, what: str) -> Problem:
    return Problem(
        where=f"wording.{language}.yaml",
        what=what,
        why="A page would show a gap or the wrong language.",
        do="Bring the files of wording to the same keys and the same {placeholders}.",
    )
