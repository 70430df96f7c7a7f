"""What made-up sentences teach beside the patterns: whole numbers for words and pairs of words, summed.

``browser/learned.js`` is its twin. A word stands for its stem, for each group that has it and, so that misspelled
and unknown words say something too, for each four letters in a row of its stem; what it adds to a sum lies at a
place that a hash of it names. The numbers are learned by ``bench/learn.py``, never at run time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from waypost.model.need import Learned
from waypost.rules.need_words import WordBook, stem

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
MOST_WORDS = 40
WINDOW = 3
LETTERS_IN_A_ROW = 4
"""How far apart two words of a pair may stand."""
MIDDLE = 32
"""The letter of a worth of 0."""
_ALL = (1 << 32) - 1


@dataclass(frozen=True)
class Learner:
    """The worths opened, and the groups' classes in a word book. Made once by ``make_learner``."""

    learned: Learned
    book: WordBook
    groups: dict[int, int]
    worths: dict[int, dict[str, int]]

    def sums(self, tokens: list[str]) -> dict[str, int]:
        """What the words add up to for each sign."""
        sums = dict(self.learned.base)
        for place in self.places(tokens):
            for sign, worth in self.worths.get(place, {}).items():
                sums[sign] += worth
        return sums

    def places(self, tokens: list[str]) -> set[int]:
        """The places that the words and their pairs name, each once."""
        shift = 32 - self.learned.bits
        words = [self._names(token) for token in tokens[:MOST_WORDS]]
        found = {_spread(part) >> shift for token in tokens[:MOST_WORDS] for part in _parts(token)}
        for at, names in enumerate(words):
            for name in names:
                found.add(_spread(name) >> shift)
                for others in words[at + 1 : at + 1 + WINDOW]:
                    found.update(_spread(name * 31 + other) >> shift for other in others)
        return found

    def _names(self, token: str) -> list[int]:
        plain = hashed(_root(token))
        return [plain, *(self.groups[c] for c in self.book.classes_of(token) if c in self.groups)]


def _root(token: str) -> str:
    return "#" if token.isdigit() else stem(token)


def _parts(token: str) -> list[int]:
    """Each four letters in a row of a word between marks for its beginning and end."""
    word = f"_{_root(token)}_"
    return [hashed("~" + word[at : at + LETTERS_IN_A_ROW]) for at in range(len(word) - LETTERS_IN_A_ROW + 1)]


def make_learner(learned: Learned, book: WordBook) -> Learner:
    """Open the worths. Every group of the book becomes a class of its own."""
    groups = {book.class_of(f"@{name}"): hashed(f"@{name}") for name in sorted(book.groups)}
    worths: dict[int, dict[str, int]] = {}
    for sign, letters in learned.worths.items():
        for place, worth in opened(letters).items():
            worths.setdefault(place, {})[sign] = worth
    return Learner(learned, book, groups, worths)


def hashed(text: str) -> int:
    """FNV-1a of plain letters, 32 bits."""
    value = 0x811C9DC5
    for letter in text:
        value = ((value ^ ord(letter)) * 0x01000193) & _ALL
    return value


def _spread(value: int) -> int:
    return (value & _ALL) * 0x9E3779B1 & _ALL


def opened(letters: str) -> dict[int, int]:
    """Worths by place: steps as letters, the last letter a step that lands nowhere; then a worth for each."""
    steps, _, worths = letters.partition(".")
    places, last = [], 0
    for letter in steps:
        step = LETTERS.index(letter)
        last += step
        if step < len(LETTERS) - 1:
            places.append(last)
    return {place: LETTERS.index(letter) - MIDDLE for place, letter in zip(places, worths, strict=True)}


def closed(worths: Mapping[int, int]) -> str:
    """The inverse of ``opened``."""
    most = len(LETTERS) - 1
    steps, last = "", 0
    for place in sorted(worths):
        nowhere, step = divmod(place - last, most)
        steps += LETTERS[most] * nowhere + LETTERS[step]
        last = place
    return steps + "." + "".join(LETTERS[worths[place] + MIDDLE] for place in sorted(worths))
