"""Adding up. ``browser/score.js`` is its twin."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from waypost.search.index import Index

MOST_TEXT = 6000
"""Words alone never outweigh a need that is fully met (100 times 100)."""


def score(index: Index, needs: Mapping[str, int], tokens: Collection[str]) -> dict[int, int]:
    """The score of every document that a need or a word leads to: need weight times fit, plus words."""
    total: dict[int, int] = {}
    for need in needs:
        for document, fit in index.needs.get(need, ()):
            total[document] = total.get(document, 0) + needs[need] * fit
    text: dict[int, int] = {}
    for token in tokens:
        for document, impact in index.tokens.get(token, ()):
            text[document] = text.get(document, 0) + impact
    for document, impact in text.items():
        total[document] = total.get(document, 0) + min(impact, MOST_TEXT)
    return total
