"""Adding up. ``browser/score.js`` is its twin."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from waypost.search.index import Index

MOST_TEXT = 6000
"""Words alone never outweigh a need that is fully met (100 times 100)."""
SHORTEST_START = 4
MOST_STARTED = 8
STARTED = 60
"""Percent for a word that only begins like the one typed ("greenw" for "greenwoods")."""


def score(index: Index, needs: Mapping[str, int], tokens: Collection[str]) -> dict[int, int]:
    """The score of every document that a need or a word leads to: need weight times fit, plus words."""
    total: dict[int, int] = {}
    for need in needs:
        for document, fit in index.needs.get(need, ()):
            total[document] = total.get(document, 0) + needs[need] * fit
    text: dict[int, int] = {}
    for token in tokens:
        for document, impact in impacts(index, token).items():
            text[document] = text.get(document, 0) + impact
    for document, impact in text.items():
        total[document] = total.get(document, 0) + min(impact, MOST_TEXT)
    return total


def impacts(index: Index, token: str) -> dict[int, int]:
    """What a word is worth in each document; a word that nothing has counts for those it begins."""
    if token in index.tokens or len(token) < SHORTEST_START:
        return dict(index.tokens.get(token, ()))
    impacts: dict[int, int] = {}
    for started in sorted(word for word in index.tokens if word.startswith(token))[:MOST_STARTED]:
        for document, impact in index.tokens[started]:
            impacts[document] = max(impacts.get(document, 0), impact * STARTED // 100)
    return impacts
