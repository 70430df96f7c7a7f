"""Where a figure was found or counted, said wherever that is not just the place that a guide is about.

A number or a study speaks of those who were counted. Law, health, advice and lines that hold in a whole country
hold in each of its towns, so a mark on them would tell nobody anything.
"""

from __future__ import annotations

from waypost.model.evidence import Claim
from waypost.model.pack import Pack
from waypost.site.words import Words

FIGURES = frozenset({"number", "study"})
"""Kinds of claims that were found or counted somewhere."""
WORLD = "world"


def elsewhere(pack: Pack, claim: Claim) -> str | None:
    """Where a figure was found or counted, if that is not just the place that the pack is about."""
    return claim.holds_in if claim.kind in FIGURES and claim.holds_in != pack.manifest.id else None


def elsewhere_words(pack: Pack, place: str, words: Words) -> str:
    """That a figure comes from elsewhere, in a sentence; a wider part of the guide's own line is named."""
    if line := words.known(f"notes.holds.{place}", ""):
        return line.format(home=_name(pack, _home(pack), words))
    return words("notes.holds.wider", place=_name(pack, place, words))


def _home(pack: Pack) -> str:
    """The state: the widest pack of the line below its root."""
    return pack.chain[1] if len(pack.chain) > 1 else pack.manifest.id


def _name(pack: Pack, place: str, words: Words) -> str:
    area = pack.places.areas.get(place)
    return words.pick(area.name if area else pack.manifest.title).text
