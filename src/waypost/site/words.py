"""The words of the screens: looked up by key, with dates and lists said as the language says them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from waypost.model.evidence import Text


@dataclass(frozen=True)
class Said:
    """Words for a reader, and the language that they are really in."""

    text: str
    language: str

    def __bool__(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True)
class Words:
    """The words of one language. Calling it with a key gives the line, its placeholders filled."""

    language: str
    lines: Mapping[str, str]

    def __call__(self, key: str, /, **values: object) -> str:
        """The line of that key. Raises KeyError where the pack has no such line."""
        return self.lines[key].format(**values) if values else self.lines[key]

    def known(self, key: str, fallback: str) -> str:
        """The line of that key, or the fallback: for words that data brings, such as a kind of phone."""
        return self.lines.get(key, fallback)

    def count(self, key: str, number: int) -> str:
        """A line that counts: ``key.one`` for one, ``key.many`` for none and for more."""
        return self(f"{key}.{'one' if number == 1 else 'many'}", count=number)

    def day(self, on: date) -> str:
        """A date in words: November 22, 2026."""
        return self("date.day", day=on.day, month=self(f"month.{on.month}"), year=on.year)

    def about(self, on: date) -> str:
        """A date as precisely as the first of a month or year lets one believe it is known."""
        if on.day == 1 and on.month == 1:
            return str(on.year)
        if on.day == 1:
            return self("date.month", month=self(f"month.{on.month}"), year=on.year)
        return self.day(on)

    def dated(self, own: str) -> Said:
        """The date of a document, which packs write in English in the document's own way ("undated", "about 2019").

        It is said in the reader's language if that language knows each of its words, else left as it is.
        """
        if self.language == "en":
            return Said(own, "en")
        known, found = self._phrases
        if not known or re.search(r"[A-Za-z]", re.sub(found, "", own)):
            return Said(own, "en")
        return Said(re.sub(found, lambda phrase: self(known[phrase[1]]), own), self.language)

    @cached_property
    def _phrases(self) -> tuple[dict[str, str], str]:
        """The words of dates of documents with their keys, and a pattern that finds any of them, longest first."""
        start = "source.dated."
        known = {key[len(start) :].replace("_", " "): key for key in self.lines if key.startswith(start)}
        phrases = "|".join(sorted(map(re.escape, known), key=len, reverse=True))
        return known, rf"\b({phrases})\b\.?"

    def tongue(self, code: str) -> str:
        """The name of a language in this one; a word that is no code stands for itself."""
        return self.known(f"language.{code}", code)

    def listed(self, parts: Iterable[str]) -> str:
        """Several words as one phrase: "a, b and c"."""
        said = [part for part in parts if part]
        if len(said) < 2:
            return "".join(said)
        return self("list.and", start=", ".join(said[:-1]), last=said[-1])

    def pick(self, text: Text) -> Said:
        """The reader's language where there is one, else English, else any; and which it is."""
        for code in (self.language, "en", *sorted(text)):
            if text.get(code):
                return Said(text[code], code)
        return Said("", self.language)
