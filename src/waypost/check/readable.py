"""How hard each page is to read, by its own words: grades, long sentences, medians (A9, A10, A11)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from statistics import mean, median

from waypost.check.pronounced import pronounced
from waypost.check.reading import Seen
from waypost.model.evidence import Struct
from waypost.rules import readability

FEWEST = 100
"""Pages with fewer own words are not graded: a grade of a few lines is chance."""
LONG = 25
"""A sentence of more words than this is listed."""


class PageGrade(Struct, omit_defaults=False):
    """One page: ``score`` is the Flesch-Kincaid grade in English and INFLESZ in Spanish."""

    page: str
    language: str
    words: int
    score: float
    mean_sentence: float
    long_sentences: tuple[str, ...]


class Medians(Struct, omit_defaults=False):
    """One language in whole: the median score, and the pages that miss the bound of a single page."""

    language: str
    pages: int
    score: float
    hardest: str


def grades(read: Mapping[str, Seen]) -> list[PageGrade]:
    """Every page with enough words of its own, hardest first. Raises ProblemsFound without the dictionary."""
    found = [grade for path, page in read.items() if (grade := _grade(path, page)) is not None]
    return sorted(
        found, key=lambda each: (each.language, each.score if each.language == "es" else -each.score)
    )


def medians(found: Iterable[PageGrade]) -> list[Medians]:
    """The medians of each language."""
    by_language: dict[str, list[PageGrade]] = {}
    for each in found:
        by_language.setdefault(each.language, []).append(each)
    return [
        Medians(code, len(pages), round(median(page.score for page in pages), 1), pages[0].page)
        for code, pages in by_language.items()
    ]


def _grade(path: str, page: Seen) -> PageGrade | None:
    own = page.own
    count = len(readability.words(own))
    if count < FEWEST or page.language not in _SCORES:
        return None
    sentences = readability.sentences(own, page.language)
    lengths = [len(readability.words(sentence)) for sentence in sentences]
    return PageGrade(
        page=path,
        language=page.language,
        words=count,
        score=round(_SCORES[page.language](own), 1),
        mean_sentence=round(mean(lengths), 1),
        long_sentences=tuple(s for s, length in zip(sentences, lengths, strict=True) if length > LONG),
    )


def as_table(found: Iterable[PageGrade]) -> str:
    """The grades as lines for a person, with the medians at the end."""
    pages = list(found)
    lines = [f"{'page':44} {'':2} {'words':>6} {'score':>6} {'mean':>5} {'long':>4}"]
    for each in pages:
        lines.append(
            f"{each.page:44} {each.language:2} {each.words:6} {each.score:6.1f} "
            f"{each.mean_sentence:5.1f} {len(each.long_sentences):4}"
        )
        lines += [f"    {sentence}" for sentence in each.long_sentences]
    named = {"en": "Flesch-Kincaid grade", "es": "INFLESZ"}
    lines += [
        f"{each.language}: {each.pages} pages of {FEWEST} own words or more, median {named[each.language]} "
        f"{each.score}, hardest {each.hardest}"
        for each in medians(pages)
    ]
    return "\n".join(lines)


@lru_cache(maxsize=65536)
def _syllables(word: str) -> int:
    return readability.english_syllables(word, pronounced())


def _english(text: str) -> float:
    return readability.grade(text, _syllables)


_SCORES = {"en": _english, "es": readability.inflesz}
