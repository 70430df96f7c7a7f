"""The law as dated facts: sections, their versions, the penalty scale, situations and explanations."""

from __future__ import annotations

from waypost.model.evidence import Struct


class Law(Struct):
    """The law of a pack, merged: empty where no law pack covers the place."""
