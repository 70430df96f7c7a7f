"""The law side by side: which sections stand in which table, and ways to treat adult sex work in law."""

from __future__ import annotations

from typing import Literal

from waypost.model.evidence import Confidence, Struct, Text

Mark = Literal["yes", "partly", "no"]


class Side(Struct):
    """A column of the table of offenses: whom it is about, what protects them, which sections."""

    title: Text
    sections: tuple[str, ...]
    protects: tuple[str, ...] = ()


class Track(Struct):
    """A line of the table by year: sections, and classes of the scale as ``us-ct/felony_D``."""

    title: Text
    sections: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()


class Tables(Struct):
    """The tables of a pack, by key, in order; empty where it has none."""

    sides: dict[str, Side] = {}
    tracks: dict[str, Track] = {}


class PolicyPlace(Struct):
    """A place that follows a policy model, since when, and what its rule is."""

    place: Text
    detail: Text = {}
    since: str | None = None
    section: str | None = None
    sources: tuple[str, ...] = ()
    confidence: Confidence = Confidence.could_not_confirm


class Evidence(Struct):
    """A finding for or against a policy model, with its limits beside it."""

    text: Text
    confidence: Confidence
    limits: Text = {}
    sources: tuple[str, ...] = ()


class PolicyModel(Struct):
    """A way to treat adult sex work in law: who is criminalized, where, and the evidence on each side.

    ``criminalized`` says the same as the three texts, for a drawing: seller, buyer, third_party.
    """

    label: Text
    order: int
    seller: Text
    buyer: Text
    third_party: Text
    places: tuple[PolicyPlace, ...]
    evidence_for: tuple[Evidence, ...]
    evidence_against: tuple[Evidence, ...]
    confidence: Confidence
    sources: tuple[str, ...] = ()
    criminalized: dict[str, Mark] = {}
