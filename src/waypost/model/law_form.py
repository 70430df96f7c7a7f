"""The form of the law explorer: what may have happened to a supposed person, and what is asked then."""

from __future__ import annotations

from datetime import date

from waypost.model.evidence import Confidence, Struct, Text


class FormVariant(Struct):
    """A usual variant of a situation: facts that change the answer, or a day on which another law held."""

    text: Text
    facts: dict[str, str] = {}
    on: date | None = None


class FormSituation(Struct):
    """What happened, in one plain sentence, and the words of the vocabulary that it sets."""

    group: str
    text: Text
    facts: dict[str, str]
    variants: dict[str, FormVariant] = {}


class FormHelp(Struct):
    """Whom to ask, for what; the service is drawn from its record."""

    service: str
    text: Text


class FormFact(Struct):
    """What is known of something that no penalty answers; one that nobody found has no sources and says so."""

    text: Text
    confidence: Confidence
    sources: tuple[str, ...] = ()


class FormAside(Struct):
    """A consequence outside the sentence: a question for a lawyer, and what is known of it."""

    topic: Text
    ask: Text
    known: tuple[FormFact, ...]


class Form(Struct):
    """The form of a pack; empty where the pack has none.

    ``groups`` are the headings of the situations, in order; ``asks`` are questions for words whose own
    ``ask`` is missing; ``turns_on`` is what the maximum usually turns on; ``for_lawyer`` are questions that
    no penalty answers, with what is known of each.
    """

    groups: dict[str, Text] = {}
    situations: dict[str, FormSituation] = {}
    asks: dict[str, Text] = {}
    turns_on: tuple[FormFact, ...] = ()
    for_lawyer: tuple[FormAside, ...] = ()
    help: tuple[FormHelp, ...] = ()
