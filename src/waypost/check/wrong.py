"""What other pages get wrong stands nowhere as fact: only on the page that corrects it (T6)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from waypost.check.reading import Seen
from waypost.check.tokens import Token, tokens
from waypost.desk.guide import Guide
from waypost.model.evidence import Problem
from waypost.site.page import Page

_JUDGED = frozenset({"wrong", "outdated", "misleading", "unverifiable", "not_found"})
_SHORT = 4
"""Words shorter than this say nothing of a sentence's subject."""
_SPARED = 7
"""A sentence repeats a wrong claim if it holds its figures and all but one in so many of its words."""
_ALIKE = 0.7
"""And it says little else: more than this share of both sentences' words are the same."""
_END = re.compile(r"(?<=[.!?]) ")
_DENIES = re.compile(r"\b(?:no|not|never|nobody|none|nunca|nadie|ningun[oa]?|ningún|ni|sin)\b|n['’]t\b", re.I)


@dataclass(frozen=True)
class _Said:
    key: str
    words: frozenset[str]
    figures: frozenset[Token]
    denies: bool


def repeated(guide: Guide, pages: Mapping[str, Page], read: Mapping[str, Seen]) -> Iterator[Problem]:
    """An error for each sentence that says what a checked claim was judged not to be."""
    judged = {code: _judged(guide, code) for code in guide.pack.manifest.languages}
    # What stands around every page is the same on each: it is asked once.
    known: dict[tuple[str, str], list[str]] = {}
    for path, page in pages.items():
        if page.kind == "mistakes":
            continue
        for block in read[path].blocks:
            for sentence in _END.split(block.text):
                asked = (page.language, sentence)
                if asked not in known:
                    known[asked] = [
                        said.key for said in judged.get(page.language, ()) if _repeats(sentence, said)
                    ]
                yield from (_repeated(path, sentence, key) for key in known[asked])


def _judged(guide: Guide, language: str) -> list[_Said]:
    return [
        _Said(key, _words(text), frozenset(tokens(text)), bool(_DENIES.search(text)))
        for key, mistake in guide.pack.mistakes.items()
        if mistake.verdict in _JUDGED and (text := mistake.said.get(language))
    ]


@lru_cache(maxsize=65536)
def _words(text: str) -> frozenset[str]:
    classes = re.findall(r"\bcla(?:ss|se) ([A-E])\b", text)
    said = (word for word in re.findall(r"\w+", text.casefold()) if len(word) >= _SHORT)
    return frozenset([*said, *classes])


def _repeats(sentence: str, said: _Said) -> bool:
    mine = _words(sentence)
    shared = mine & said.words
    if len(shared) < len(said.words) - len(said.words) // _SPARED or len(shared) <= _ALIKE * len(
        mine | said.words
    ):
        return False
    if {word for word in said.words if len(word) == 1} - mine or not said.figures <= set(tokens(sentence)):
        return False
    return bool(_DENIES.search(sentence)) == said.denies


def _repeated(where: str, sentence: str, key: str) -> Problem:
    return Problem(
        where=where,
        what=f'"{sentence[:200]}" says what mistakes.yaml, {key}, calls wrong',
        why="This guide would pass on an error that it corrects elsewhere.",
        do="Say what is so, with its claim, or correct the entry in mistakes.yaml.",
    )
