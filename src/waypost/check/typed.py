"""Facts that were typed where they should be drawn: in questions, routes, words of the screens and claims (T1).

A phone, an address or a fine that stands in the text itself stays behind when its record or section changes.
Claims are where a figure or the class of an offense may be said first, with a source; but contacts, hours,
fines and citations are never theirs. What others say may be quoted, in quotation marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from waypost.desk.guide import Guide
from waypost.model.evidence import Problem
from waypost.site.drawn import FOOTNOTE, REFERENCE

_STREET = "Street|St|Road|Rd|Avenue|Ave|Lane|Drive|Boulevard|Blvd|Highway|Hwy|Place|Plaza|Turnpike"
_LENGTH = r"(?:\d+|an?|one|two|three|five|ten|twenty|un|uno|dos|tres|cinco|diez|veinte)"
_KINDS = {
    "phone": (r"(?<![\d-])(?:1[-. ])?\(?\d{3}\)?[-. ]\d{3}[-. ][\dA-Z]{4}(?![\d-])|\b1?-?8\d\d-[A-Z]{3}[A-Z-]+", True),
    "address": (rf"\b\d{{1,5}} (?:[A-Z][\w.’']+ ){{1,3}}(?:{_STREET})\b|(?<![\d,.$-])0\d{{4}}(?![\d-])", True),
    "hours": (r"(?<![\d:])\d{1,2}(?::\d{2})?\s?(?:[ap]\.\s?m\b|[ap]m\b)|(?<![\d:])\d{1,2}:\d{2}(?![\d:])|\b24/7\b", True),
    "fine": (r"\$ ?\d[\d,]*", True),
    "citation": (r"§ ?\d|\b\d+[a-z]-\d+[a-z]?\b", True),
    "penalty": (
        rf"(?i:\b{_LENGTH} (?:years?|months?|days?) (?:in|of) (?:prison|jail)\b"
        rf"|\b{_LENGTH} (?:años?|meses|días) (?:de|en) (?:la )?(?:cárcel|prisión)\b)"
        r"|\b[Cc]lass [A-E] (?:felony|misdemeanor)\b|\bde clase [A-E]\b",
        False,
    ),
}  # fmt: skip
"""By kind: what such a fact looks like, and whether a claim may not say it either."""
_QUOTED = re.compile(r'"[^"\n]*"|“[^”\n]*”|«[^»\n]*»')


def typed(guide: Guide) -> Iterator[Problem]:
    """An error for each phone, address, hour, fine, citation and penalty that running text says by itself."""
    patterns = {kind: (re.compile(pattern), claims) for kind, (pattern, claims) in _KINDS.items()}
    for where, text, is_claim in texts(guide):
        said = _QUOTED.sub(" ", plain(text))
        for kind, (pattern, of_claims) in patterns.items():
            if of_claims or not is_claim:
                yield from (_typed(where, kind, match, said) for match in pattern.finditer(said))


def texts(guide: Guide) -> Iterator[tuple[str, str, bool]]:
    """Every running text: where it stands, its words, whether it is a claim's."""
    pack = guide.pack
    for by_language in pack.questions.values():
        for question in by_language.values():
            yield f"{question.file}, its head", f"{question.title}\n{question.summary}", False
            for number, line in enumerate(question.body.splitlines(), 1):
                yield f"{question.file}, line {number} of its text", line, False
    for key, turn in pack.routes.items():
        for part in (turn.when, turn.say, turn.happens, turn.caution):
            yield from ((f"routes.yaml, {key}, {code}", text, False) for code, text in part.items())
    for code, lines in pack.wording.items():
        yield from ((f"wording.{code}.yaml, {key}", text, False) for key, text in lines.items())
    for key, claim in pack.claims.items():
        yield from ((f"claim {key}, {code}", text, True) for code, text in claim.text.items())


def plain(text: str) -> str:
    """A text without what it draws."""
    return FOOTNOTE.sub("", REFERENCE.sub("", text))


def _typed(where: str, kind: str, match: re.Match[str], text: str) -> Problem:
    around = " ".join(text[max(match.start() - 40, 0) : match.end() + 20].split())
    return Problem(
        where=where,
        what=f'the {kind} "{match[0].strip()}" is typed, in "{around}"',
        why="When its record or section changes, this line would stay behind.",
        do="Draw it: {phone:KEY}, {service:KEY}, {section:KEY}, {max-term:KEY}, {fine:KEY}; what others say is quoted.",
    )
