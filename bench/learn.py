"""Learn from the packs' cases what words add to a danger sign: writes packs/us/learned.yaml.

Run it after adding cases or changing groups: ``python bench/learn.py``. It is logistic regression, a sign at a time,
with a penalty that leaves only the worths that matter; then whole numbers. Same cases, same file.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from waypost import bootstrap
from waypost.model.need import DANGERS, FindCase, Learned
from waypost.model.pack import Pack
from waypost.rules.learned import MIDDLE, Learner, closed, make_learner
from waypost.rules.need import Reader, make_reader
from waypost.rules.need_words import fold

SEEKING = "seeking"
SIGNS = (*DANGERS, SEEKING)
BITS = 13
SCALE = 4
"""Whole numbers for one step of log odds."""
ROUNDS = 10
STEP = 0.3
PENALTY = 0.32
FOUND, ELSEWHERE = 3.0, 0.1
"""How much a case that has the sign counts, and one that has another sign and may have this one too."""
WRONG = 2.5
PASSES = 2
SHOWS, HIDES, FREES = 4, -20, -14
LEAN = 2
"""When in doubt, show: what is added to every sign of danger."""

Row = tuple[list[int], float, float, bool]


def main() -> None:
    """Learn from every case and write the file."""
    pack = bootstrap.read_pack(None)
    cases = [case for some in pack.lexicon.cases.values() for case in some]
    learned = learn(pack, cases)
    Path("packs/us/learned.yaml").write_text(written(learned), "utf-8")
    print(
        sum(letters.count(".") + len(letters.partition(".")[2]) for letters in learned.worths.values()),
        "worths",
    )


def learn(pack: Pack, cases: Sequence[FindCase], penalty: float = PENALTY) -> Learned:
    """The worths that these cases teach."""
    unlearned = msgspec.structs.replace(pack.lexicon, learned=Learned(hides=-1000, frees=-1000, shows=1000))
    reader = make_reader(unlearned, pack.places)
    blank = make_learner(Learned(bits=BITS), reader.book)
    rows = [
        (tokens_of(reader.book.correct(fold(c.query))[0], blank), wanted(c), read_by_patterns(reader, c))
        for c in cases
    ]
    bases, worths = {}, {}
    for sign in SIGNS:
        base, whole = whole_numbers(
            [(x, *y[sign], sign in seen) for x, y, seen in rows if sign in y], sign, penalty
        )
        bases[sign], worths[sign] = base, closed(whole)
    return Learned(bits=BITS, shows=SHOWS, hides=HIDES, frees=FREES, base=bases, worths=worths)


def whole_numbers(rows: Sequence[Row], sign: str, penalty: float) -> tuple[int, dict[int, int]]:
    """The worths of one sign. What comes out wrong counts more in the next pass."""
    more = [WRONG if seen != bool(truth) else 1.0 for _, truth, _, seen in rows]
    base, whole = 0, dict[int, int]()
    for _ in range(PASSES):
        start, worth = regression(
            [(x, y, n * m) for (x, y, n, _), m in zip(rows, more, strict=True)], penalty
        )
        base = round(start * SCALE) + (LEAN if sign != SEEKING else -LEAN)
        found = {place: max(-MIDDLE, min(MIDDLE - 1, round(w * SCALE))) for place, w in worth.items()}
        whole = {place: w for place, w in found.items() if w}
        for at, (places, truth, _, seen) in enumerate(rows):
            total = base + sum(whole.get(place, 0) for place in places)
            right = (
                (total > (FREES if sign == SEEKING else HIDES) if seen else total >= SHOWS)
                if truth
                else (total <= HIDES if seen else total < SHOWS)
            )
            more[at] *= 1.0 if right else WRONG
    return base, whole


def tokens_of(tokens: list[str], blank: Learner) -> list[int]:
    """The places that a query names, in order."""
    return sorted(blank.places(tokens))


def read_by_patterns(reader: Reader, case: FindCase) -> set[str]:
    """The signs that the patterns alone see."""
    need = reader.understand(case.query)
    return {*need.dangers, *([SEEKING] if need.seeking else [])}


def wanted(case: FindCase) -> dict[str, tuple[float, float]]:
    """For each sign that a case says something of: 1 or 0, and how much it counts."""
    told: dict[str, tuple[float, float]] = {}
    for sign in DANGERS:
        if sign in case.danger:
            told[sign] = (1.0, FOUND)
        elif sign not in case.danger_allowed:
            told[sign] = (0.0, 1.0 if sign in case.never or not case.danger else ELSEWHERE)
    seeks = case.seeking if case.seeking is not None else "solicit" in case.tags
    told[SEEKING] = (1.0, FOUND) if seeks else (0.0, 1.0)
    return told


def regression(
    rows: Iterable[tuple[list[int], float, float]], penalty: float
) -> tuple[float, dict[int, float]]:
    """Adaptive steps, then after each round every worth shrinks towards nothing."""
    some, chance = list(rows), random.Random(20261123)
    base, slope, worth, steep = -2.0, 1.0, {}, {}
    for _ in range(ROUNDS):
        chance.shuffle(some)
        for places, truth, count in some:
            z = base + sum(worth.get(place, 0.0) for place in places)
            error = count * (truth - 1 / (1 + math.exp(-max(-30.0, min(30.0, z)))))
            if abs(error) < 0.02:
                continue
            square = error * error
            slope += square
            base += STEP * error / math.sqrt(slope)
            for place in places:
                steep[place] = steep.get(place, 1.0) + square
                worth[place] = worth.get(place, 0.0) + STEP * error / math.sqrt(steep[place])
        worth = {
            place: math.copysign(abs(w) - penalty / math.sqrt(steep[place]), w)
            for place, w in worth.items()
            if abs(w) > penalty / math.sqrt(steep[place])
        }
    return base, worth


def written(learned: Learned) -> str:
    """The file, as packs hold it."""
    lines = [
        "# Made by bench/learn.py from the cases of the packs: do not edit. What words add to a danger sign, and to",
        "# the guess that sex is sought (`seeking`); how it is read stands in rules/learned.py.",
        "learned:",
        f"  bits: {learned.bits}",
        f"  shows: {learned.shows}",
        f"  hides: {learned.hides}",
        f"  frees: {learned.frees}",
        f"  base: {{{', '.join(f'{sign}: {base}' for sign, base in learned.base.items())}}}",
        "  worths:",
        *(f'    {sign}: "{letters}"' for sign, letters in learned.worths.items()),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
