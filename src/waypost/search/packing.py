"""Text that repeats its words, packed far smaller than gzip does it. ``browser/unpack.js`` opens it.

The pages load their lexicon over a phone's network. Each word is guessed from the words before it (prediction by
partial matching) and a range coder writes what the guess leaves open; a word that is new is spelled in the same
way, letter by letter. Whole numbers only, so that two runtimes count alike. Six bits go into each letter of the
result: gzip finds nothing more in it, and adds nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
MOST = 1 << 15
"""Counts of words go no further: the coder has 16 bits for them."""
MOST_SEEN = 255
LONGEST = 5
"""Letters that the next one is guessed from."""
MARKS = " |\n\0"
"""What stands between words; the last ends the text."""
LETTERS = "".join(map(chr, range(33, 127))) + "\n"
"""What a word is spelled with; the last ends it."""
_PAIR = re.compile(r"([^ |\n\0]*)([ |\n\0])")
_LOW, _HIGH, _ALL = 1 << 16, 1 << 24, (1 << 32) - 1


class Writer:
    """A range coder that carries nothing over (Subbotin's), 32 bits wide."""

    def __init__(self) -> None:
        self.low, self.range, self.octets = 0, _ALL, bytearray()

    def write(self, before: int, count: int, total: int) -> None:
        """Write one symbol: ``count`` of ``total``, with ``before`` of them ahead of it."""
        self.range //= total
        self.low = (self.low + before * self.range) & _ALL
        self.range *= count
        while True:
            if (self.low ^ (self.low + self.range)) & ~(_HIGH - 1):
                if self.range >= _LOW:
                    return
                self.range = -self.low & (_LOW - 1)
            self._shift()

    def _shift(self) -> None:
        self.octets.append(self.low >> 24)
        self.low = (self.low << 8) & _ALL
        self.range = (self.range << 8) & _ALL

    def text(self) -> str:
        """All that was written, six bits a letter."""
        for _ in range(4):
            self._shift()
        bits = int.from_bytes(self.octets + bytes(-len(self.octets) % 3), "big")
        letters = (len(self.octets) + 2) // 3 * 4
        return "".join(ALPHABET[bits >> 6 * place & 63] for place in range(letters - 1, -1, -1))


class Guess:
    """How often each symbol followed each context. The longest context that knows a symbol writes it."""

    def __init__(self, alphabet: str = "") -> None:
        self.seen: dict[str, dict[str, int]] = {"": dict.fromkeys(alphabet, 1)}

    def write(self, writer: Writer, symbol: str, contexts: Sequence[str]) -> bool:
        """Write a symbol, or leave it to the caller where no context knows it. Learns it either way."""
        out: set[str] = set()
        asked: list[dict[str, int]] = []
        known = False
        for context in contexts:
            counts = self.seen.setdefault(context, {})
            asked.append(counts)
            left = [(other, count) for other, count in counts.items() if other not in out]
            total = sum(count for _, count in left) + len(left)
            known = symbol in counts
            if known:
                ahead = [other for other, _ in left].index(symbol)
                writer.write(sum(count for _, count in left[:ahead]), counts[symbol], total)
                break
            if left:
                writer.write(total - len(left), len(left), total)
            out.update(counts)
        for counts in asked:
            counts[symbol] = min(counts.get(symbol, 0) + 1, MOST_SEEN)
        return known


class Words:
    """How often each word stood anywhere, in a tree of sums (Fenwick's): a number a word, 0 for a new one."""

    def __init__(self) -> None:
        self.sums = [0] * MOST
        self.numbers: dict[str, int] = {}
        self.total = 0
        self._add(0)

    def write(self, writer: Writer, word: str) -> bool:
        """Write a word by its number; a new one as 0, to be spelled by the caller."""
        number = self.numbers.get(word, 0)
        before = self._before(number)
        writer.write(before, self._before(number + 1) - before, self.total)
        self._add(number)
        if not number:
            self.numbers[word] = len(self.numbers) + 1
            self._add(self.numbers[word])
        return number > 0

    def _before(self, number: int) -> int:
        found = 0
        while number:
            found += self.sums[number]
            number &= number - 1
        return found

    def _add(self, number: int) -> None:
        if self.total >= MOST:
            return
        self.total += 1
        number += 1
        while number < MOST:
            self.sums[number] += 1
            number += number & -number


@lru_cache(maxsize=4)
def packed(text: str) -> str:
    """A text of blocks as letters of ``ALPHABET``: words between spaces, bars and line ends.

    A block begins after an empty line; the second word of its first line is its key, by which words that
    stood in it before are guessed.
    """
    writer, words, anywhere = Writer(), Guess(), Words()
    marks, letters = Guess(MARKS), Guess(LETTERS)
    mark, last, older, first, block = "\n", "", "", "", ""
    for word, following in _PAIR.findall(text + MARKS[-1]):
        head = first if mark == "\n" else last
        bar = "|" if mark == "|" else ""
        contexts = (f"{mark}{head} {older}", f"{mark}{head}", f";{bar}{block}")
        if not words.write(writer, word, contexts) and not anywhere.write(writer, word):
            _spell(writer, letters, word, head)
        marks.write(writer, following, (mark + word, "1" if word else "0", ""))
        if mark == "\n":
            first = word
        if not word:
            block = ""
        elif not block and mark == " ":
            block = word
        mark, last, older = following, word, last
    return writer.text()


def _spell(writer: Writer, letters: Guess, word: str, beside: str) -> None:
    """Write a new word letter by letter: guessed from the word beside it, then from the letters before."""
    spelled = "\n"
    for place, letter in enumerate(word + LETTERS[-1]):
        contexts = [spelled[-length:] for length in range(min(len(spelled), LONGEST), 0, -1)]
        if place < len(beside) and spelled[1:] == beside[:place]:
            contexts.insert(0, f"|{min(place, 3)}{beside[place]}")
        if not letters.write(writer, letter, (*contexts, "")):
            raise ValueError(f"a word to be packed has a letter that is not plain: {word}")
        spelled += letter
