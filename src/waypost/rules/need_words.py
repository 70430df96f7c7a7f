"""Words of a query: folding, stemming, patterns and misspellings. ``browser/words.js`` is its twin.

Everything here is small and fully specified, because a page in a browser must read the same words in the
same way; the two share test vectors (tests/find). No table of a language is needed to run it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

LONGEST_QUERY = 1000
MOST_TOKENS = 120
MOST_CORRECTED = 8

_DOTTED = re.compile(r"(?<![0-9])([0-9])[-.]([0-9])[-.]([0-9])(?![0-9])")
_APOSTROPHE_D = re.compile(r"['’‘`´]d(?![a-z0-9])")
_APOSTROPHE = re.compile(r"['’‘`´]")
_REPEATED = re.compile(r"([a-z])\1{2,}")
_TOKEN = re.compile(r"[a-z0-9]+")


def fold(words: str) -> list[str]:
    """Split words into lower-case tokens without accents: "¿Dónde está mi mamá?" -> donde esta mi mama.

    An apostrophe joins ("can't" is "cant"), except before a lone d ("od'd" is "od d", not "odd").
    Three or more of one letter become one; "2-1-1" becomes "211".
    """
    text = words[:LONGEST_QUERY].lower()
    if not text.isascii():
        text = unicodedata.normalize("NFD", words[:LONGEST_QUERY]).lower()
        text = "".join(c for c in text if not "̀" <= c <= "ͯ")
    if "-" in text or "." in text:
        text = _DOTTED.sub(r"\1\2\3", text)
    if not text.isascii() or "'" in text or "`" in text:
        text = _APOSTROPHE.sub("", _APOSTROPHE_D.sub(" d", text))
    return _TOKEN.findall(_REPEATED.sub(r"\1", text))[:MOST_TOKENS]


def stem(token: str) -> str:
    """Cut the plain endings of English and Spanish, alike for both: plurals, -ing, -ed, final vowel."""
    if len(token) < 4 or not token.isalpha():
        return token
    if token.endswith("ies") and len(token) >= 6:
        token = token[:-2]
    elif token.endswith("s") and not token.endswith(("ss", "us", "is")):
        token = token[:-1]
    if token.endswith("ing") and len(token) >= 7:
        token = _undouble(token[:-3])
    elif token.endswith("ed") and len(token) >= 6:
        token = _undouble(token[:-2])
    if len(token) >= 5 and token[-1] in "aeo":
        token = token[:-1]
    return token[:-1] + "i" if token.endswith("y") else token


def _undouble(token: str) -> str:
    return token[:-1] if token[-1] == token[-2] and token[-1] not in "ls" else token


def edit_distance(one: str, other: str, most: int) -> int:
    """Optimal string alignment distance, or ``most + 1`` where it is larger."""
    return OSA.distance(one, other, score_cutoff=most)


@dataclass(frozen=True)
class Pattern:
    """One line of words: class numbers, or ``-n`` for a gap of up to n words; percent of full weight."""

    elements: tuple[int, ...]
    percent: int
    label: str


@dataclass(frozen=True)
class Match:
    """A pattern that was read in the query, from token ``start`` to ``end`` inclusive."""

    label: str
    percent: int
    start: int
    end: int


@dataclass
class WordBook:
    """Patterns compiled for reading: every element is a class of words, found by form, stem or prefix.

    Filled by ``add``; then only read.
    """

    groups: dict[str, tuple[str, ...]]
    classes: dict[str, int] = field(default_factory=dict)
    exact: dict[str, list[int]] = field(default_factory=dict)
    stems: dict[str, list[int]] = field(default_factory=dict)
    prefixes: dict[str, list[int]] = field(default_factory=dict)
    patterns: dict[int, list[Pattern]] = field(default_factory=dict)
    forms: set[str] = field(default_factory=set)
    known: set[str] = field(default_factory=set)
    numbers: list[int] = field(default_factory=list)

    def add(self, label: str, lines: Iterable[str]) -> None:
        """Compile the lines of one need, sign or trait under its label."""
        for line in lines:
            elements: list[int] = []
            percent = 100
            for element in line.split():
                if element.startswith("=") and element[1:].isdigit():
                    percent = int(element[1:])
                elif element.startswith("_"):
                    elements.append(-int(element[1:]))
                else:
                    elements.append(self.class_of(element))
            self.patterns.setdefault(elements[0], []).append(Pattern(tuple(elements), percent, label))

    def know(self, words: Iterable[str]) -> None:
        """Words that are spelled right although no pattern has them."""
        self.known.update(words)

    def class_of(self, element: str) -> int:
        """The number of an element's class; a new one is made."""
        if element in self.classes:
            return self.classes[element]
        number = self.classes[element] = len(self.classes)
        for word in self._words_of(element):
            if word == "#":
                self.numbers.append(number)
                continue
            folded = "".join(fold(word))
            if word.endswith("*"):
                self.prefixes.setdefault(folded, []).append(number)
            elif word.endswith("!"):
                self.exact.setdefault(folded, []).append(number)
            else:
                self.stems.setdefault(stem(folded), []).append(number)
            self.forms.add(folded)
        return number

    def _words_of(self, element: str) -> list[str]:
        words: list[str] = []
        for word in element.split("|"):
            words.extend(self._words_of("|".join(self.groups[word[1:]])) if word.startswith("@") else [word])
        return words

    def classes_of(self, token: str) -> list[int]:
        """The classes that a token belongs to."""
        found = [*self.exact.get(token, ()), *self.stems.get(stem(token), ())]
        for length in range(1, len(token) + 1):
            found.extend(self.prefixes.get(token[:length], ()))
        if token.isdigit():
            found.extend(self.numbers)
        return found

    def correct(self, tokens: list[str]) -> tuple[list[str], dict[str, str]]:
        """Replace misspelled words by the nearest word that the book has; say which."""
        corrected: dict[str, str] = {}
        vocabulary: list[str] | None = None
        for token in tokens:
            if (
                len(token) < 5
                or not token.isalpha()
                or token in corrected
                or len(corrected) >= MOST_CORRECTED
            ):
                continue
            if token in self.known or self.classes_of(token):
                continue
            vocabulary = vocabulary or sorted(word for word in self.forms | self.known if len(word) >= 4)
            nearest = _nearest(token, vocabulary)
            if nearest:
                corrected[token] = nearest
        return [corrected.get(token, token) for token in tokens], corrected

    def read(self, tokens: list[str]) -> list[Match]:
        """Every pattern that stands in the tokens, in order; of one pattern, one match for each start."""
        classes = [set(self.classes_of(token)) for token in tokens]
        matches: list[Match] = []
        for start, here in enumerate(classes):
            for number in sorted(here):
                for pattern in self.patterns.get(number, ()):
                    end = _end_of(pattern.elements, 1, start + 1, classes)
                    if end >= 0:
                        matches.append(Match(pattern.label, pattern.percent, start, end))
        return sorted(matches, key=lambda m: (m.start, m.end, m.label, m.percent))


def _end_of(elements: tuple[int, ...], element: int, at: int, classes: list[set[int]]) -> int:
    """Where the rest of a pattern ends if it can be read from token ``at``; -1 if it cannot."""
    if element == len(elements):
        return at - 1
    wanted = elements[element]
    if wanted >= 0:
        if at < len(classes) and wanted in classes[at]:
            return _end_of(elements, element + 1, at + 1, classes)
        return -1
    for skipped in range(-wanted + 1):
        end = _end_of(elements, element + 1, at + skipped, classes)
        if end >= 0:
            return end
    return -1


def _nearest(token: str, vocabulary: list[str]) -> str | None:
    """The nearest word by distance, then by alphabet: one edit up to seven letters, two above.

    Two edits count only for words that begin alike.
    """
    best, best_distance = None, 3
    most = 1 if len(token) < 8 else 2
    for word in vocabulary:
        if abs(len(word) - len(token)) > most:
            continue
        distance = edit_distance(token, word, most)
        if distance > most or distance >= best_distance or (distance == 2 and word[0] != token[0]):
            continue
        best, best_distance = word, distance
    return best
