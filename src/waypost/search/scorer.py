"""Adding up. ``browser/score.js`` is its twin."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from waypost.search.index import Index

MOST_TEXT = 6000
"""Words alone never outweigh a need that is fully met (100 times 100)."""
MOST_ASKED = 30000
ASKED_NEED = 16
"""Of questions and law many share a need, and a few words set them apart: there words count for more, needs for less."""
SHORTEST_START = 4
MOST_STARTED = 8
STARTED = 60
"""Percent for a word that only begins like the one typed ("greenw" for "greenwoods")."""


def score(index: Index, needs: Mapping[str, int], tokens: Collection[str]) -> dict[int, int]:
    """The score of every document that a need or a word leads to: need weight times fit, plus words."""
    total: dict[int, int] = {}
    for need in needs:
        for document, fit in index.needs.get(need, ()):
            share = 100 if _is_service(index, document) else ASKED_NEED
            total[document] = total.get(document, 0) + needs[need] * fit * share // 100
    text: dict[int, int] = {}
    for token in tokens:
        for document, impact in impacts(index, token).items():
            text[document] = text.get(document, 0) + impact
    for document, impact in text.items():
        most = MOST_TEXT if _is_service(index, document) else MOST_ASKED
        total[document] = total.get(document, 0) + min(impact, most)
    return total


def _is_service(index: Index, document: int) -> bool:
    return index.documents[document][0] == "service"


def impacts(index: Index, token: str) -> dict[int, int]:
    """What a word is worth in each document; a word that nothing has counts for those it begins."""
    if token in index.tokens or len(token) < SHORTEST_START:
        return dict(index.tokens.get(token, ()))
    impacts: dict[int, int] = {}
    for started in sorted(word for word in index.tokens if word.startswith(token))[:MOST_STARTED]:
        for document, impact in index.tokens[started]:
            impacts[document] = max(impacts.get(document, 0), impact * STARTED // 100)
    return impacts
