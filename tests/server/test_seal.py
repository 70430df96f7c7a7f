"""A reader's words are sealed so that no address shows them, and soon nobody can read them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waypost.server.seal import STEP, Seal, new_key


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        """The moment it stands at."""
        return self.now


def seal(key: bytes | None = None, clock: Clock | None = None) -> Seal:
    """A seal at the start of its line of keys."""
    clock = clock or Clock()
    return Seal(key or new_key(), int(clock.now // STEP), clock)


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)


@given(st.dictionaries(words, words, max_size=4))
def test_what_is_sealed_opens_again(form: dict[str, str]) -> None:
    """Any form comes back as it was, whatever characters it holds."""
    one = seal()
    assert one.open(one.seal(form)) == form


def test_two_workers_with_the_same_key_open_each_others_tokens() -> None:
    """A token made by one process opens in another that was given the same key."""
    key = new_key()
    assert seal(key).open(seal(key).seal({"words": "x"})) == {"words": "x"}


def test_a_token_is_never_the_same_twice() -> None:
    """The same words give another token each time, so that nobody can compare them."""
    one = seal()
    assert one.seal({"words": "x"}) != one.seal({"words": "x"})


@pytest.mark.parametrize("short", ["", "a", "pep", "where can i get tested"])
def test_length_tells_little(short: str) -> None:
    """Short queries of any length give tokens of one length."""
    one = seal()
    assert len(one.seal({"words": short})) == len(one.seal({"words": "x" * 80}))


def test_a_token_is_gone_after_half_an_hour() -> None:
    """A token opens for at least a quarter of an hour and never after half an hour."""
    clock = Clock()
    one = seal(clock=clock)
    token = one.seal({"words": "x"})
    clock.now += STEP
    assert one.open(token) == {"words": "x"}
    clock.now += STEP
    assert one.open(token) is None


def test_old_keys_are_forgotten() -> None:
    """After half an hour the process no longer holds any key that opens the old token, nor the first key."""
    clock = Clock()
    key = new_key()
    one = seal(key, clock)
    clock.now += 2 * STEP
    one.seal({})
    assert key not in one._keys.values()
    assert one.key == b""


def test_workers_step_alike() -> None:
    """Two processes that step at different moments still hold the same keys."""
    key, clock = new_key(), Clock()
    early, late = seal(key, clock), seal(key, clock)
    for _ in range(5):
        clock.now += STEP
        early.seal({})
    assert late.open(early.seal({"words": "x"})) == {"words": "x"}


@pytest.mark.parametrize("forged", ["", "x", "AAAA", "é", "A" * 400, "../../etc", "A" * 100_000])
def test_a_forged_token_opens_nothing(forged: str) -> None:
    """A token that nobody sealed is refused without an error."""
    assert seal().open(forged) is None


def test_a_damaged_token_opens_nothing() -> None:
    """One changed character makes a token worthless."""
    one = seal()
    token = one.seal({"words": "x"})
    damaged = ("B" if token[20] == "A" else "A").join([token[:20], token[21:]])
    assert one.open(damaged) is None
