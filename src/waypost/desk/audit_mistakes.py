"""Known mistakes of other pages, found again by their figures and words."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from waypost.desk.audit_known import Finding
from waypost.desk.guide import Guide
from waypost.model.guide import Mistake
from waypost.rules.audit_text import Sentence

_JUDGED = frozenset({"wrong", "outdated", "misleading", "unverifiable", "not_found"})
_DRAWN = re.compile(r"\{([a-z-]+):([^}]+)\}")
_DENIES = re.compile(r"\b(?:no|not|never|nobody|none|nunca|nadie|ningun[oa]?|ningún|ni|sin)\b|n['’]t\b", re.I)
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_STEM = 5
_SHORT = 3
_SHARE = 0.75
_LITTLE_ELSE = 0.5
"""The sentence says little else: at least this share of its own words."""
_ENOUGH = 3
_UNTOLD = (
    "the and for are was can that this with from means says called bring brings los las del que por una para con son "
    "está trae puede these those which their there here into"
)
_LITTLE = frozenset(_UNTOLD.split())


@dataclass(frozen=True)
class _Said:
    key: str
    mistake: Mistake
    stems: frozenset[str]
    letters: frozenset[str]
    figures: frozenset[str]
    denies: bool


class MistakeJudge:
    """Finds sentences that say what ``mistakes.yaml`` corrects."""

    def __init__(self, guide: Guide) -> None:
        self._guide = guide
        self._said = [
            _Said(key, mistake, _stems(text), _letters(text), _figures(text), bool(_DENIES.search(text)))
            for key, mistake in guide.pack.mistakes.items()
            if mistake.verdict in _JUDGED
            for text in mistake.said.values()
        ]

    def judge(self, sentence: Sentence) -> Finding | None:
        """The known mistake that a sentence repeats, the closest one first."""
        mine, figures = _stems(sentence.text), _figures(sentence.text)
        denies, letters = bool(_DENIES.search(sentence.text)), _letters(sentence.text)
        best: tuple[float, _Said] | None = None
        for said in self._said:
            both = len(said.stems & mine)
            shared = both / max(1, len(said.stems))
            same = (
                said.figures <= figures and said.denies == denies and said.letters in (frozenset(), letters)
            )
            enough = len(said.stems) >= _ENOUGH and shared >= _SHARE and both >= _LITTLE_ELSE * len(mine)
            if same and enough and (best is None or shared > best[0]):
                best = (shared, said)
        if best is None:
            return None
        said = best[1]
        correction = _DRAWN.sub(self._drawn, said.mistake.correction.get("en", ""))
        return Finding(
            sentence.line, "mistake", sentence.text, "differs", f"{said.mistake.verdict}: {correction}",
            f"mistake {said.key}", said.mistake.sources, str(self._guide.on), sentence.text,
        )  # fmt: skip

    def _drawn(self, match: re.Match[str]) -> str:
        """The words that a page would draw here, as far as they fit on one line."""
        law = self._guide.pack.law.sections
        listing = self._guide.directory.get(match[2])
        drawn: dict[str, Callable[[], str]] = {
            "section": lambda: law[match[2]].citation,
            "max-term": lambda: f"the term of {law[match[2]].citation}",
            "fine": lambda: f"the fine of {law[match[2]].citation}",
            "service": lambda: listing.service.name if listing else match[2],
            "phone": lambda: listing.service.phones[0].number if listing and listing.service.phones else "",
        }
        known = match[1] in ("service", "phone") or match[2] in law
        return drawn[match[1]]() if match[1] in drawn and known else f"({match[2]})"


def _stems(text: str) -> frozenset[str]:
    words = (word for word in re.findall(r"[^\W\d_]+", text.casefold()) if len(word) >= _SHORT)
    return frozenset(word[:_STEM] for word in words if word not in _LITTLE)


def _letters(text: str) -> frozenset[str]:
    """The letters of the classes that a text names."""
    return frozenset(
        letter
        for named in re.findall(r"\bcla(?:ss|se)s? ([A-E](?:(?:,| or| and| o| y|/) ?[A-E])*)\b", text)
        for letter in re.findall(r"[A-E]", named)
    )


def _figures(text: str) -> frozenset[str]:
    return frozenset(figure.replace(",", "") for figure in _FIGURE.findall(text))
