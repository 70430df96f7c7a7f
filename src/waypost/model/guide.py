"""The guide: questions and their answers, routes ("where do I turn"), terms and the words of the screens."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from waypost.model.evidence import Confidence, Struct, Text


class Question(Struct):
    """One question of the guide in one language: a Markdown file with front matter.

    ``title`` is the heading; ``neutral_title`` is what a browser's title bar and history show.
    ``version`` counts changes of the English text; a translation says ``translated_from`` which one.
    ``door`` says where it is offered (``help``, ``law``, ``understand``), ``group`` under which heading of
    the list of questions, by the situation of its reader; left out, it stands under its door.
    """

    key: str
    slug: str
    order: int
    language: str
    title: str
    neutral_title: str
    summary: str
    body: str
    version: int
    file: str
    translated_from: int | None = None
    door: str = "understand"
    group: str = ""
    needs: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()


class Term(Struct):
    """One term of the taxonomy that services are classified by, with plain names for readers.

    ``taxonomy`` is ``open-eligibility`` or ``waypost``; ``code`` the identifier there.
    """

    name: Text
    taxonomy: str
    code: str | None = None
    parent: str | None = None
    group: str | None = None


class StandardTerm(Struct):
    """One term of a published taxonomy, under its code: its own name and the code of the term above it.

    ``es`` is our plain name in Spanish, where its publisher has none.
    """

    name: str
    es: str | None = None
    parent: str | None = None


class Taxonomy(Struct):
    """A published taxonomy as it stands: where it comes from, under which licence, and all of its terms."""

    name: str
    description: str
    version: str | None = None
    uri: str | None = None
    licence: str | None = None
    terms: dict[str, StandardTerm] = {}


class Group(Struct):
    """A group of terms as the "get help" door shows it: a plain-word need."""

    name: Text
    order: int
    slug: str
    hint: Text = {}


class Terms(Struct):
    """``terms.yaml``: the groups of needs and the terms under them; ``taxonomies/*.yaml``: published ones."""

    groups: dict[str, Group] = {}
    terms: dict[str, Term] = {}
    taxonomies: dict[str, Taxonomy] = {}


class Turn(Struct):
    """One situation of "where do I turn": whom to call first, what then, and what happens when one calls."""

    order: int
    when: Text
    first: tuple[str, ...]
    then: tuple[str, ...] = ()
    say: Text = {}
    happens: Text = {}
    caution: Text = {}
    urgent: bool = False
    claims: tuple[str, ...] = ()


class Deadline(Struct):
    """A time limit that matters to a reader: hours from the event."""

    hours: int
    name: Text
    source: str | None
    confidence: Confidence
    better_hours: int | None = None


class Mistake(Struct):
    """Something that other pages say, and what is so."""

    said: Text
    verdict: str
    correction: Text
    sources: tuple[str, ...]
    confidence: Confidence


class Telling(StrEnum):
    """What somebody may do with what they are told; ``unknown``: no rule was found, so ask first."""

    must = "must"
    may = "may"
    must_not = "must_not"
    unknown = "unknown"


class Cell(Struct):
    """What one listener does with one thing that is said: the answer, the claims it rests on, a note.

    ``as_of`` and ``confidence`` are those of the cell: it can be known less well than the claims under it.
    """

    answer: Telling
    as_of: date
    confidence: Confidence
    claims: tuple[str, ...] = ()
    note: Text = {}


class Listener(Struct):
    """Somebody whom a reader might tell: ``services`` and ``kinds`` (of terms) say whose pages lead here."""

    order: int
    name: Text
    cells: dict[str, Cell]
    services: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


class Saying(Struct):
    """Something that a reader might say; ``short`` stands at the head of a column."""

    order: int
    text: Text
    short: Text


class BeforeYouTell(Struct):
    """``before-you-tell.yaml``: what might be said, and who does what with it."""

    sayings: dict[str, Saying] = {}
    listeners: dict[str, Listener] = {}


class Call(Struct):
    """What happens when somebody calls a line: for each question the claims that answer it.

    Where there is none, readers are told that we do not know and that the question is on our list.
    """

    who: tuple[str, ...] = ()
    wait: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    police: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    name: tuple[str, ...] = ()
    number: tuple[str, ...] = ()
    bill: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    cost: tuple[str, ...] = ()
