"""Words that the packs say to avoid (``words-to-avoid.yaml``), found in our own text of the finished pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from waypost.check.reading import Seen
from waypost.desk.guide import Guide
from waypost.model.evidence import Problem, Severity
from waypost.model.pack import Avoid
from waypost.site.page import Page

_NOT_OURS = frozenset({"source", "sources", "source_kind"})
"""Pages that are made of the titles of others."""


def avoided(guide: Guide, pages: Mapping[str, Page], read: Mapping[str, Seen]) -> Iterator[Problem]:
    """A warning for each word to avoid in our own text of a page; an error where it is a slur."""
    looked_for = {code: _pattern(words) for code, words in guide.pack.avoid.items() if words}
    for path, page in pages.items():
        if page.language not in looked_for or page.kind in _NOT_OURS:
            continue
        pattern, words = looked_for[page.language], guide.pack.avoid[page.language]
        own = read[path].own
        for match in pattern.finditer(own):
            word = next(key for key, at in zip(words, match.groups(), strict=True) if at is not None)
            if page.kind not in words[word].spared:
                yield _said(path, word, words[word], _around(own, match))


def _pattern(words: Mapping[str, Avoid]) -> re.Pattern[str]:
    any_end = r"\w*"
    each = [f"({re.escape(word.removesuffix('*'))}{any_end if word.endswith('*') else ''})" for word in words]
    return re.compile(rf"\b(?:{'|'.join(each)})\b", re.I)


def _around(text: str, match: re.Match[str]) -> str:
    line_from = text.rfind("\n", 0, match.start()) + 1
    line_to = text.find("\n", match.end())
    end = len(text) if line_to < 0 else line_to
    return text[max(line_from, match.start() - 60) : min(end, match.end() + 60)]


def _said(where: str, word: str, avoid: Avoid, around: str) -> Problem:
    return Problem(
        where=where,
        what=f'"{around}" uses "{word}", which words-to-avoid.yaml lists',
        why=avoid.why,
        do=f"Say instead: {avoid.instead}.",
        severity=Severity.error if avoid.slur else Severity.warning,
    )
