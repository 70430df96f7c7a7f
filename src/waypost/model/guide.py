"""The guide: questions and their answers, routes ("where do I turn"), terms and the words of the screens."""

from __future__ import annotations

from waypost.model.evidence import Confidence, Struct, Text


class Question(Struct):
    """One question of the guide in one language: a Markdown file with front matter.

    ``title`` is the heading; ``neutral_title`` is what a browser's title bar and history show.
    ``version`` counts changes of the English text; a translation says ``translated_from`` which one.
    ``doors`` says where it is offered (``help``, ``law``, ``understand``).
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
    """One term of a published taxonomy, under its code: its own name and the code of the term above it."""

    name: str
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
