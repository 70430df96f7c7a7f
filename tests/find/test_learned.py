"""What is learned from the cases: opened as it was closed, summed as it says."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from waypost.desk.guide import Guide
from waypost.model.need import DangerSign, Learned, Lexicon
from waypost.model.place import Places
from waypost.rules.learned import closed, hashed, make_learner, opened
from waypost.rules.need import make_reader
from waypost.rules.need_words import WordBook


@given(st.dictionaries(st.integers(0, 2**13 - 1), st.integers(-32, 31), max_size=60))
def test_worths_are_opened_as_they_were_closed(worths: dict[int, int]) -> None:
    """Any worths at any places come back the same."""
    assert opened(closed(worths)) == worths


def test_a_word_adds_its_worth_once_and_a_group_counts_for_its_words() -> None:
    """A word of a group adds the worth of the group, however often it stands there."""
    bits = 15
    place = (hashed("@family") * 0x9E3779B1 & 0xFFFFFFFF) >> 32 - bits
    learned = Learned(bits=bits, base={"dv": -3}, worths={"dv": closed({place: 5})})
    learner = make_learner(learned, WordBook({"family": ("mother", "father")}))
    assert learner.sums(["stone"]) == {"dv": -3}
    assert learner.sums(["mother", "father"]) == {"dv": 2}


def test_unseen_words_of_danger_are_understood(guide: Guide) -> None:
    """Without any pattern, the learned sums alone tell most of the cases of danger from the calm ones, and the sign."""
    learned = guide.pack.lexicon.learned
    reader = make_reader(
        Lexicon(
            groups=guide.pack.lexicon.groups,
            dangers={key: DangerSign(name={}, words={}, why={}) for key in guide.pack.lexicon.dangers},
            learned=learned,
        ),
        guide.pack.places,
    )
    cases = [c for some in guide.pack.lexicon.cases.values() for c in some][::7]
    seen: dict[bool, list[bool]] = {True: [], False: []}
    for case in cases:
        found = set(reader.understand(case.query).dangers)
        if case.danger:
            seen[True].append(bool(found & set(case.danger)))
        elif not case.danger_allowed:
            seen[False].append(bool(found))
    assert sum(seen[True]) >= 0.65 * len(seen[True])
    assert sum(seen[False]) <= 0.05 * len(seen[False])


def test_the_likeliest_sign_is_shown_where_any_danger_is(guide: Guide) -> None:
    """The sum of danger alone decides whether a banner stands there; the signs' sums decide which."""
    base = {"danger": -3, "dv": 0, "suicide": -5, "overdose": -40, "seeking": -20}
    place = (hashed("@family") * 0x9E3779B1 & 0xFFFFFFFF) >> 32 - 13
    learned = Learned(bits=13, alarms=1, near=6, base=base, worths={"danger": closed({place: 9})})
    signs = {key: DangerSign(name={}, words={}, why={}) for key in ("dv", "overdose", "suicide")}
    reader = make_reader(Lexicon(groups={"family": ("mother",)}, dangers=signs, learned=learned), Places())
    assert reader.understand("stone").dangers == ()
    assert set(reader.understand("mother").dangers) == {"dv", "suicide"}
