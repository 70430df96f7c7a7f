"""YAML is read strictly, as text, and never answers with a traceback."""

from __future__ import annotations

import os

from hypothesis import given, settings
from hypothesis import strategies as st

from waypost.packs.read import Mark, read_yaml

EXAMPLES = 100_000 if os.environ.get("WAYPOST_SOAK") else 1_000


def test_every_scalar_is_text() -> None:
    """ZIP codes keep their zero and NO stays a word: nothing is a number, a boolean or a date."""
    tree, problems = read_yaml("zip: 06776\nstate: NO\nday: 2026-11-22\nyes: on\nnone: null\n", "f")
    assert not problems
    assert tree.value == {"zip": "06776", "state": "NO", "day": "2026-11-22", "yes": "on", "none": "null"}


def test_each_value_knows_its_line() -> None:
    """The mark of a value, or of the nearest one around it, gives file and line."""
    tree, _ = read_yaml("a:\n  b: 1\n  c:\n  - x\n  - y\n", "f")
    assert tree.mark(("a", "b")) == Mark("f", 2)
    assert tree.mark(("a", "c", "1")) == Mark("f", 5)
    assert tree.mark(("a", "nowhere", "deep")) == Mark("f", 1)


def test_a_key_that_stands_twice_is_told() -> None:
    """A duplicate key is a Problem on its own line, and the first value stands."""
    tree, (problem,) = read_yaml("a: 1\nb: 2\na: 3\n", "f")
    assert problem.where == "f, line 3"
    assert tree.value["a"] == "1"


def test_an_alias_is_told_and_cannot_grow() -> None:
    """A value that stands for another by alias is a Problem, so that ten lines cannot become millions."""
    bomb = "a: &a [x, x]\n" + "".join(
        f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    _, problems = read_yaml(bomb, "f")
    assert problems
    assert all("alias" in p.what for p in problems)


def test_a_circle_is_told() -> None:
    """A list that holds itself is a Problem, not an endless loop."""
    _, problems = read_yaml("a: &a [*a]\n", "f")
    assert len(problems) == 1


def test_absurd_depth_is_told() -> None:
    """Thousands of nested brackets are a Problem, not a crash."""
    _, problems = read_yaml("[" * 100_000, "f")
    assert problems


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.text(st.sampled_from("ab: -[]{}&*#'\"|>\n\t?!%@`,0é\0"), max_size=60))
def test_r13_no_text_raises(text: str) -> None:
    """R13: whatever the text, reading gives a tree or Problems, and raises nothing."""
    tree, problems = read_yaml(text, "f")
    assert tree.value is not None
    assert all(p.where and p.what and p.why and p.do for p in problems)
