"""Who read what: a person's reading of a source, and what it closes."""

from __future__ import annotations

import hashlib
from datetime import date

from waypost.model.evidence import Confidence, Struct, Text

_LETTERS = "bcdfghjkmnpqrstvwxz23456789"
CONFIRMS = "lawyer"
"""The role whose reading of the operative text closes an open question."""


class Review(Struct):
    """Somebody read the text: their role, the day, what they read and how, what they found.

    ``read`` names the document, ``part`` the subsection. ``known_as`` is how well what we say is known
    since; ``agrees: false`` says that the text reads otherwise than we do. ``version`` is the first day of
    the version that was read (the one in force on the day of reading if left out). ``closes`` are the codes
    """

    by: str
    on: date
    read: str
    part: str | None = None
    method: str | None = None
    known_as: Confidence | None = None
    agrees: bool = True
    version: date | None = None
    closes: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    found: Text = {}
    sources: tuple[str, ...] = ()

    @property
    def confirms(self) -> bool:
        """Whether the operative text itself was read by a lawyer, and says what we say."""
        return self.agrees and self.by == CONFIRMS and self.known_as is Confidence.statute_text


class ReadEntry(Review, kw_only=True):
    """One line of ``verifications.yaml``, which is only ever added to: a reading of a claim or a section.

    ``of`` is ``claim:KEY`` or ``section:KEY``.
    """

    of: str


def question_code(key: str, question: Text) -> str:
    """The code of an open question. It changes with the question, so that an old reading closes no new one."""
    number = int.from_bytes(hashlib.sha256(f"{key} {question.get('en', '')}".encode()).digest()[:8], "big")
    letters = []
    for _ in range(6):
        number, at = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[at])
    return "".join(letters)
