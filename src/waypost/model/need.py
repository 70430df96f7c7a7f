"""What a reader asked for, taken apart, and the lexicon that takes it apart."""

from __future__ import annotations

from waypost.model.evidence import Struct


class Lexicon(Struct):
    """``needs.yaml`` and ``dangers.yaml`` merged: words to needs, words to danger signs."""
