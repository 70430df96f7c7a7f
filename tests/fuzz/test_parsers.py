"""Every parser, with a million inputs that nobody meant (R13): an answer or a Problem, and never more than a moment."""

from __future__ import annotations

import contextlib
import os
import random
import sys
import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.fuzz.parsers import of_bytes, of_words
from waypost.model.evidence import ProblemsFound
from waypost.model.pack import Pack

SOAK = os.environ.get("WAYPOST_SOAK") == "1"
INPUTS = 1_000_000 if SOAK else 10_000
"""A hundredth in ordinary runs, since the whole suite has to stay short; `make soak` runs all."""
FILES = 0.03
"""The share of whole files: each takes as long as hundreds of words."""
SLOWEST = 0.05
"""Seconds of work that one input may take."""
ODD = [
    "\x00",
    "\ud800",
    "\u202e",
    "\ufeff",
    "\u0661",
    "9" * 400,
    "(" * 60,
    "a" * 300,
    "\n",
    "\t",
    "'",
    '"',
    "=",
    "-",
    "\x85",
]
ODD += [
    "\U0001f600",
    "\u0130",
    "\u00df",
    " " * 100,
    ",,,,",
    "%s",
    "../",
    "<!DOCTYPE a [",
    "&x;",
    "NaN",
    "1e999",
    "{[",
    "]]>",
]
NASTY = [text.encode("utf-8", "surrogatepass") for text in ODD] + [
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xc3",
    b"</",
    b"<Agency>",
]


def words(sample: str, chance: random.Random) -> str:
    """Words with a few things done to them that break parsers."""
    for _ in range(chance.randint(1, 3)):
        start = chance.randint(0, len(sample))
        end = min(len(sample), start + chance.choice((0, 1, 3, 12)))
        sample = sample[:start] + chance.choice((*ODD, "", sample[start:end] * 2)) + sample[end:]
    return sample


def file(sample: bytes, chance: random.Random) -> bytes:
    """The bytes of a file with a few things done to them."""
    for _ in range(chance.randint(1, 4)):
        start = chance.randint(0, len(sample))
        end = min(len(sample), start + chance.choice((0, 1, 8, 80)))
        sample = sample[:start] + chance.choice((*NASTY, b"", sample[start:end] * 2)) + sample[end:]
    return sample


def spent(work: Callable[[Any], object], given: object) -> float:
    """The seconds of work that an input takes. Only a Problem may be raised."""
    before = time.process_time()
    with contextlib.suppress(ProblemsFound):
        work(given)
    return time.process_time() - before


def test_no_input_breaks_a_parser(pack: Pack) -> None:
    """Whatever is done to hours, phones, dates, streets, queries, citations, tables, JSON and XML: no traceback."""
    chance = random.Random(13)
    small: dict[str, Any] = dict(of_words(pack))
    large: dict[str, Any] = dict(of_bytes())
    slowest: dict[str, tuple[float, Any]] = {}
    for _ in range(INPUTS):
        name = chance.choice(list(large) if chance.random() < FILES else list(small))
        work, samples = large[name] if name in large else small[name]
        change: Any = file if name in large else words
        given = change(chance.choice(samples), chance)
        took = spent(work, given)
        if took > slowest.get(name, (0.0, ""))[0]:
            slowest[name] = took, given
    # A collection of garbage may fall into one reading; a slow parser is slow each time. Only the soak times.
    for name, (took, given) in sorted(slowest.items(), key=lambda pair: -pair[1][0]):
        work = (large[name] if name in large else small[name])[0]
        least = min([took, *(spent(work, given) for _ in range(3))])
        sys.stdout.write(f"{name:<20}{1000 * least:>8.1f} ms, once {1000 * took:.1f}\n")
        assert least < SLOWEST or not SOAK, (name, given)
    assert set(slowest) == {*small, *large}


def test_a_parser_that_breaks_would_be_noticed() -> None:
    """An error that is no Problem is not passed over."""
    with pytest.raises(ZeroDivisionError):
        spent(lambda given: 1 / len(given), "")
