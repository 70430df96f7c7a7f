"""Documents to an index of integers: every token and every need knows its documents and what it is worth.

All weighing is done here, once; whoever scores a query only adds whole numbers up, so two runtimes agree.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from waypost.model.evidence import Struct

FIELD_WEIGHTS = {"name": 240, "ask": 360, "also": 180, "body": 30}
"""What a word is worth by the field it stands in, times its rarity. ``ask``: how people put a question."""

FIRST_CALL = (100, 93, 87, 74, 70, 66, 62)
"""Fit of the services that a pack names as the first call for a need, in order."""
KIND_SHARE = 56
"""Percent of a kind's weight that a service of that kind gets without being named as a first call."""
PLACE_OF_KIND = (100, 92, 86, 82, 78)
"""Percent by where the kind stands in the service's own list: what it does first it does most."""
COMMON_SHARE = 4
"""A body word in more than one in so many documents says nothing and is left out."""
KNOWN_SHARE = 30
"""Percent of the weight of a word that the lexicon has: there the need speaks for it."""


class Document(Struct):
    """One thing to be found: ``kind`` is service, question, law or page; ``fields`` text by field name."""

    key: str
    kind: str
    fields: dict[str, tuple[str, ...]]
    kinds: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


class Index(Struct):
    """The index: ``documents`` in order of kind and key; lists of (document, impact) by token and need."""

    documents: tuple[tuple[str, str], ...]
    tokens: dict[str, tuple[tuple[int, int], ...]]
    needs: dict[str, tuple[tuple[int, int], ...]]


def build_index(
    documents: Iterable[Document],
    kinds_by_need: Mapping[str, Mapping[str, int]],
    first: Mapping[str, Sequence[str]],
    tokenize: Callable[[str], list[str]],
    known: Collection[str] = (),
) -> Index:
    """Weigh every word and every need against every document.

    ``tokenize`` folds and stems; ``known`` are stems of words that the lexicon has.
    """
    ordered = sorted(documents, key=lambda d: (d.kind, d.key))
    counts = [{name: Counter(_tokens(texts, tokenize)) for name, texts in d.fields.items()} for d in ordered]
    holders = Counter(token for fields in counts for token in {t for c in fields.values() for t in c})
    tokens: dict[str, list[tuple[int, int]]] = {}
    for number, fields in enumerate(counts):
        for token, impact in _impacts(fields, holders, len(ordered), known).items():
            tokens.setdefault(token, []).append((number, impact))
    needs: dict[str, tuple[tuple[int, int], ...]] = {}
    for key, kinds in kinds_by_need.items():
        fits = [(n, need_fit(d, key, kinds, first.get(key, ()))) for n, d in enumerate(ordered)]
        needs[key] = tuple((n, fit) for n, fit in fits if fit)
    return Index(
        documents=tuple((d.kind, d.key) for d in ordered),
        tokens={token: tuple(tokens[token]) for token in sorted(tokens)},
        needs={key: needs[key] for key in sorted(needs) if needs[key]},
    )


def need_fit(document: Document, need: str, kinds: Mapping[str, int], first: Sequence[str]) -> int:
    """How well a document meets a need, up to 100: named as a first call, or by its kinds."""
    if document.kind != "service":
        if need in document.needs:
            return 100
        return max((kinds[kind] * 7 // 10 for kind in document.needs if kind in kinds), default=0)
    if document.key in first:
        place = first.index(document.key)
        return FIRST_CALL[place] if place < len(FIRST_CALL) else 58
    return max(
        (
            kinds[kind] * KIND_SHARE // 100 * PLACE_OF_KIND[min(place, len(PLACE_OF_KIND) - 1)] // 100
            for place, kind in enumerate(document.kinds)
            if kind in kinds
        ),
        default=0,
    )


def _tokens(texts: Iterable[str], tokenize: Callable[[str], list[str]]) -> list[str]:
    return [token for text in texts for token in dict.fromkeys(tokenize(text))]


def _impacts(
    fields: dict[str, Counter[str]], holders: Counter[str], total: int, known: Collection[str]
) -> dict[str, int]:
    """What each token of one document is worth: best field, times rarity in eighths of a bit."""
    impacts: dict[str, int] = {}
    for name, counter in fields.items():
        for token in counter:
            impact = worth(name, token, holders[token], total, known)
            impacts[token] = max(impacts.get(token, 0), impact)
    return {token: impact for token, impact in impacts.items() if impact}


def worth(field: str, token: str, holders: int, total: int, known: Collection[str]) -> int:
    """What a token is worth in a field, standing in so many documents of so many."""
    if len(token) < 2 or (field == "body" and _says_nothing(token, holders, total, known)):
        return 0
    impact = FIELD_WEIGHTS[field] * _rarity(total, holders) // 8
    return impact * KNOWN_SHARE // 100 if token in known and field != "ask" else impact


def _says_nothing(token: str, holders: int, total: int, known: Collection[str]) -> bool:
    """Numbers, common words, and words of the lexicon (for which the need speaks) are not worth a place."""
    return token.isdigit() or token in known or holders * COMMON_SHARE > total


def _rarity(total: int, holders: int) -> int:
    """log2(total / holders) in eighths, by whole numbers only; at least one."""
    eighths = 1
    while total * 1000 > holders * 2 ** (eighths // 8) * _EIGHTH[eighths % 8]:
        eighths += 1
    return eighths


_EIGHTH = (1000, 1091, 1189, 1297, 1414, 1542, 1682, 1834)
