"""Ways to treat adult sex work in law, compared: who is criminalized, where, since when, what evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from waypost.desk.guide import Guide
from waypost.model.law import Evidence, PolicyModel, PolicyPlace
from waypost.site import address
from waypost.site.drawn import Scene, scene
from waypost.site.frame import Link
from waypost.site.page import Page
from waypost.site.pages.law import label
from waypost.site.pages.law_links import TRAIL, table_links
from waypost.site.pages.made import link, made
from waypost.site.words import Said

SIDES = ("seller", "buyer", "third_party")


@dataclass(frozen=True)
class GridRow:
    """One model in the grid: a mark and words for each side."""

    name: Said
    anchor: str
    marks: tuple[str, ...]
    texts: tuple[Said, ...]
    note: int | None


@dataclass(frozen=True)
class ShownPlace:
    """A place that follows the model."""

    place: Said
    since: str
    statute: Link | None
    detail: Said
    known: str
    note: int | None


@dataclass(frozen=True)
class ShownEvidence:
    """A finding with its limits beside it."""

    text: Said
    limits: Said | None
    label: str
    note: int | None


@dataclass(frozen=True)
class ShownModel:
    """One model in full."""

    name: Said
    anchor: str
    places: tuple[ShownPlace, ...]
    evidence_for: tuple[ShownEvidence, ...]
    evidence_against: tuple[ShownEvidence, ...]


@dataclass(frozen=True)
class Models:
    """The page."""

    grid: tuple[GridRow, ...]
    sides: tuple[str, ...]
    models: tuple[ShownModel, ...]
    links: tuple[Link, ...]


def pages(guide: Guide, language: str) -> Iterator[Page]:
    """The one page; nothing where the pack compares no models."""
    models = sorted(guide.pack.law.models.items(), key=lambda each: each[1].order)
    if not models:
        return
    at = scene(guide, language)
    content = Models(
        grid=tuple(_grid(at, f"model-{n}", model) for n, (_, model) in enumerate(models, 1)),
        sides=tuple(at.words(f"law_models.{side}") for side in SIDES),
        models=tuple(_model(at, f"model-{n}", model) for n, (_, model) in enumerate(models, 1)),
        links=table_links(at, address.law_models()),
    )
    title = at.words("law_models.title")
    yield made(at, address.law_models(), "law_models", content, title=title, trail=TRAIL)


def _grid(at: Scene, anchor: str, model: PolicyModel) -> GridRow:
    note = at.notebook.fact(model.sources, model.confidence) if model.sources else None
    texts = tuple(at.words.pick(text) for text in (model.seller, model.buyer, model.third_party))
    marks = tuple(model.criminalized.get(side, "partly") for side in SIDES)
    return GridRow(at.words.pick(model.label), anchor, marks, texts, note)


def _model(at: Scene, anchor: str, model: PolicyModel) -> ShownModel:
    return ShownModel(
        name=at.words.pick(model.label),
        anchor=anchor,
        places=tuple(_place(at, place) for place in model.places),
        evidence_for=tuple(_evidence(at, found) for found in model.evidence_for),
        evidence_against=tuple(_evidence(at, found) for found in model.evidence_against),
    )


def _place(at: Scene, place: PolicyPlace) -> ShownPlace:
    section = at.guide.pack.law.sections.get(place.section or "")
    return ShownPlace(
        place=at.words.pick(place.place),
        since=_since(at, place.since or ""),
        statute=link(at, address.section(section.slug), section.citation) if section else None,
        detail=at.words.pick(place.detail),
        known=at.words.known(f"fresh.level.{place.confidence}", ""),
        note=at.notebook.fact(place.sources, place.confidence) if place.sources else None,
    )


def _since(at: Scene, since: str) -> str:
    """A day or a month in words; a year, or other words, as they are."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", since):
        return at.words.day(date.fromisoformat(since))
    if match := re.fullmatch(r"(\d{4})-(\d{2})", since):
        return at.words("date.month", month=at.words(f"month.{int(match[2])}"), year=match[1])
    return since


def _evidence(at: Scene, found: Evidence) -> ShownEvidence:
    return ShownEvidence(
        text=at.words.pick(found.text),
        limits=at.words.pick(found.limits) or None,
        label=label(at, found.confidence),
        note=at.notebook.fact(found.sources, found.confidence) if found.sources else None,
    )
