"""A page is a value before it is HTML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from waypost.site.notes import Note


@dataclass(frozen=True)
class Page:
    """One page in one language.

    ``title`` is the heading that the reader sees; ``neutral_title`` is what the title bar and the history
    show, and never tells. ``counterparts``: language code to the path of the same page in it. ``content``
    is the page's own value, which its ``template`` knows. ``rooted``: links start at the root, because the
    page answers at any depth (problem pages). ``notes``: the footnotes of the page, in order.
    """

    path: str
    language: str
    kind: str
    title: str
    neutral_title: str
    template: str
    content: object
    counterparts: Mapping[str, str] = field(default_factory=dict)
    trail: tuple[tuple[str, str], ...] = ()
    notes: tuple[Note, ...] = ()
    status: int = 200
    rooted: bool = False
