"""The law of Connecticut as the packs have it, and a small invented one for what they do not hold."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from waypost.model.law import Explanation, Law
from waypost.packs import load_pack
from waypost.rules.penalty import explain
from waypost.rules.penalty_words import read_situation

ROOT = Path(__file__).resolve().parents[2] / "packs"
TODAY = date(2026, 11, 22)

Asking = Callable[..., Explanation]


@cache
def connecticut() -> Law:
    """The law of the pack us-ct with what it inherits, read once."""
    return load_pack(ROOT, "us-ct").law


@pytest.fixture(scope="session")
def law() -> Law:
    """The law of the pack us-ct with what it inherits."""
    return connecticut()


@pytest.fixture(scope="session")
def ask(law: Law) -> Asking:
    """Explain a Connecticut situation given by words."""

    def asking(**words: object) -> Explanation:
        return explain(law, read_situation(law, words, TODAY, "us-ct"), TODAY)

    return asking
