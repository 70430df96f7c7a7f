"""What other pages get wrong, and what is so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from waypost.desk.guide import Guide
from waypost.site import address
from waypost.site.drawn import draw, scene
from waypost.site.page import Page
from waypost.site.pages.made import HOME, made
from waypost.site.words import Said


@dataclass(frozen=True)
class ShownMistake:
    """One thing that is said elsewhere, our verdict, and what is so."""

    said: Said
    verdict: str
    correction: str


@dataclass(frozen=True)
class Mistakes:
    """All of them."""

    mistakes: tuple[ShownMistake, ...]


def pages(guide: Guide, language: str) -> Iterator[Page]:
    """The one page."""
    at = scene(guide, language)
    shown = []
    for mistake in guide.pack.mistakes.values():
        correction = draw(at.words.pick(mistake.correction).text, at)
        number = at.notebook.fact(mistake.sources, mistake.confidence)
        verdict = at.words.known(f"verdict.{mistake.verdict}", mistake.verdict)
        shown.append(
            ShownMistake(at.words.pick(mistake.said), verdict, f"{correction}[{number}](#note-{number})")
        )
    title = at.words("mistakes.title")
    yield made(at, address.mistakes(), "mistakes", Mistakes(tuple(shown)), title=title, trail=[HOME])
