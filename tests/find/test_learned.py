"""What is learned from the cases: opened as it was closed, summed as it says."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from waypost.desk.guide import Guide
from waypost.model.need import Learned
from waypost.rules.learned import closed, hashed, make_learner, opened
from waypost.rules.need_words import WordBook, fold


@given(st.dictionaries(st.integers(0, 2**13 - 1), st.integers(-32, 31), max_size=60))
def test_worths_are_opened_as_they_were_closed(worths: dict[int, int]) -> None:
    """Any worths at any places come back the same."""
    assert opened(closed(worths)) == worths


def test_a_word_adds_its_worth_once_and_a_group_counts_for_its_words() -> None:
    """A word of a group adds the worth of the group, however often it stands there."""
    bits = 13
    place = (hashed("@family") * 0x9E3779B1 & 0xFFFFFFFF) >> 32 - bits
    learned = Learned(bits=bits, base={"dv": -3}, worths={"dv": closed({place: 5})})
    learner = make_learner(learned, WordBook({"family": ("mother", "father")}))
    assert learner.sums(["stone"]) == {"dv": -3}
    assert learner.sums(["mother", "father"]) == {"dv": 2}


def test_unseen_words_of_danger_are_understood(guide: Guide) -> None:
    """Without any pattern, the learned sums alone see most of the cases of danger and few of the calm ones."""
    reader = guide.index.reader
    cases = [c for some in guide.pack.lexicon.cases.values() for c in some][::7]
    seen: dict[bool, list[bool]] = {True: [], False: []}
    for case in cases:
        sums = reader.learner.sums(reader.book.correct(fold(case.query))[0])
        found = {
            sign for sign in guide.pack.lexicon.dangers if sums[sign] >= guide.pack.lexicon.learned.shows
        }
        if case.danger:
            seen[True].append(bool(found & set(case.danger)))
        elif not case.danger_allowed:
            seen[False].append(bool(found))
    assert sum(seen[True]) >= 0.8 * len(seen[True])
    assert sum(seen[False]) <= 0.08 * len(seen[False])
