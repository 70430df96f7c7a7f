"""Learn from made-up sentences what words add to a danger sign: writes packs/us/learned.yaml.

    make learn                          after adding sentences or cases, or changing groups or patterns
    .venv-workshop/bin/python bench/learn.py --judge      how well it does on sentences that it did not learn from

It learns from the packs' cases and from ``bench/voices/*.yaml``, by scikit-learn's logistic regression with a penalty
that leaves only the worths that matter; then whole numbers. Same sentences, same file. Nothing is learned from
readers, and what is installed to learn is not needed to read.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from waypost import bootstrap
from waypost.model.need import DANGERS, FindCase, Learned
from waypost.model.pack import Pack
from waypost.rules.learned import MIDDLE, closed, make_learner
from waypost.rules.need import ALARM, SEEKING, make_reader
from waypost.rules.need_words import fold

VOICES = Path(__file__).parent / "voices"
BITS = 15
SCALE = 4
"""Whole numbers for one step of log odds."""
LOOSENESS = 0.7
"""The inverse of the penalty: more of it, more worths and more bytes."""
ALARMS, NEAR, HIDES, SHOWS, FREES = 6, 14, -12, 4, -1
PASSES, WRONG = 10, 2.5
"""A case of the packs that comes out wrong counts so much more in the next pass: they must all come out."""
HELD_OUT = ("-2.", "-5.", "-8.", "-11.")
SIGNS = tuple(sorted(DANGERS))


@dataclass(frozen=True)
class Sentences:
    """What is learned from: sentences, the places that their words name, and how much each counts."""

    cases: Sequence[FindCase]
    places: csr_matrix
    counts: np.ndarray


def main() -> None:
    """Learn and write the file; or learn from some and judge by the others."""
    pack = bootstrap.read_pack(None)
    cases = [case for some in pack.lexicon.cases.values() for case in some]
    voices = {path.name: msgspec.yaml.decode(path.read_bytes(), type=list[FindCase]) for path in _files()}
    voices["asked"] = [
        FindCase(query=phrase, lang=language, danger_allowed=DANGERS, seeking=False)
        for texts in pack.questions.values()
        for language, question in texts.items()
        for phrase in question.ask
    ]
    if "--judge" in sys.argv:
        held = {name for name in voices if any(mark in name for mark in HELD_OUT)}
        learned = learn(pack, cases, [c for name in voices if name not in held for c in voices[name]])
        judge(pack, learned, [c for name in sorted(held) for c in voices[name]])
        return
    learned = learn(pack, cases, [c for some in voices.values() for c in some])
    Path("packs/us/learned.yaml").write_text(written(learned), "utf-8")
    print(sum(len(letters) for letters in learned.worths.values()), "letters")


def _files() -> Iterator[Path]:
    yield from sorted(VOICES.glob("*.yaml"))


def learn(pack: Pack, cases: Sequence[FindCase], voices: Sequence[FindCase]) -> Learned:
    """The worths that these sentences teach."""
    some = [*cases, *voices]
    reader = make_reader(
        msgspec.structs.replace(pack.lexicon, learned=Learned(BITS, 999, 0, -999, 999, -999)), pack.places
    )
    blank = make_learner(Learned(bits=BITS), reader.book)
    rows = [sorted(blank.places(reader.book.correct(fold(case.query))[0])) for case in some]
    starts = np.cumsum([0, *map(len, rows)])
    where = np.concatenate([np.array(row, dtype=int) for row in rows])
    places = csr_matrix((np.ones(len(where)), where, starts), shape=(len(rows), 1 << BITS))
    counts = np.ones(len(rows))
    for _ in range(PASSES):
        learned = fitted(Sentences(some, places, counts))
        for at in wrong(pack, learned, cases):
            counts[at] *= WRONG
    for at in wrong(pack, learned, cases):
        print(f"does not come out: {cases[at].query}")
    return learned


def fitted(sentences: Sentences) -> Learned:
    """One pass over all sums."""
    bases, worths = {}, {}
    for name in (ALARM, SEEKING, *SIGNS):
        bases[name], worths[name] = whole_numbers(sentences, name)
    packed = {name: closed(worth) for name, worth in worths.items()}
    return Learned(BITS, ALARMS, NEAR, HIDES, SHOWS, FREES, bases, packed)


def whole_numbers(sentences: Sentences, name: str) -> tuple[int, dict[int, int]]:
    """Where a sum begins, and the worth of each place that matters to it."""
    told = [truth(case, name) for case in sentences.cases]
    kept = [at for at, each in enumerate(told) if each is not None]
    model = LogisticRegression(
        C=LOOSENESS, l1_ratio=1, solver="liblinear", max_iter=200, random_state=20261123
    )
    model.fit(sentences.places[kept], [bool(told[at]) for at in kept], sentences.counts[kept])
    found = {
        int(place): max(-MIDDLE, min(MIDDLE - 1, round(float(model.coef_[0][place]) * SCALE)))
        for place in np.flatnonzero(model.coef_[0])
    }
    return round(float(model.intercept_[0]) * SCALE), {at: worth for at, worth in found.items() if worth}


def truth(case: FindCase, name: str) -> bool | None:
    """What a sentence says of a sum; None where it says nothing. Signs are told apart among dangers only."""
    if name == SEEKING:
        return case.seeking if case.seeking is not None else "solicit" in case.tags
    if name == ALARM:
        return True if case.danger else None if case.danger_allowed else False
    if name in case.danger:
        return True
    return None if name in case.danger_allowed or not case.danger else False


def wrong(pack: Pack, learned: Learned, cases: Sequence[FindCase]) -> list[int]:
    """Which cases do not come out as they say."""
    reader = make_reader(msgspec.structs.replace(pack.lexicon, learned=learned), pack.places)
    found = []
    for at, case in enumerate(cases):
        need = reader.understand(case.query)
        seen = set(need.dangers)
        missed = set(case.danger) - seen or seen & set(case.never)
        sought = "solicit" in case.tags if case.seeking is None else case.seeking
        if missed or (sought != need.seeking and (sought or case.seeking is not None)):
            found.append(at)
    return found


def judge(pack: Pack, learned: Learned, cases: Sequence[FindCase]) -> None:
    """Print what is seen, in vain and not at all, by language, for several thresholds."""
    for alarms in (ALARMS - 4, ALARMS, ALARMS + 4):
        changed = msgspec.structs.replace(learned, alarms=alarms)
        reader = make_reader(msgspec.structs.replace(pack.lexicon, learned=changed), pack.places)
        table: dict[tuple[str, str], list[tuple[bool, ...]]] = {}
        for case in cases:
            need = reader.understand(case.query)
            kind = "danger" if case.danger else "sought" if case.seeking else "calm"
            if kind == "calm" and case.danger_allowed:
                continue
            seen = (bool(set(need.dangers) & set(case.danger)), bool(need.dangers), need.seeking)
            table.setdefault((kind, case.lang), []).append(seen)
        print(f"shown from {alarms}:")
        for (kind, language), seen_in in sorted(table.items()):
            right, alarm, sought = (100 * sum(each) / len(seen_in) for each in zip(*seen_in, strict=True))
            print(
                f"  {kind:7}{language} {len(seen_in):5}  sign {right:5.1f} %  any {alarm:5.1f} %  sought {sought:5.1f} %"
            )


def written(learned: Learned) -> str:
    """The file, as packs hold it."""
    plain: Mapping[str, int] = {
        name: getattr(learned, name) for name in ("bits", "alarms", "near", "hides", "shows", "frees")
    }
    lines = [
        "# Made by bench/learn.py from the cases of the packs and bench/voices: do not edit. What words add to a",
        "# danger sign, to the guess that there is any (`danger`) and that sex is sought (`seeking`); how it is read",
        "# stands in rules/learned.py.",
        "learned:",
        *(f"  {name}: {value}" for name, value in plain.items()),
        f"  base: {{{', '.join(f'{sign}: {base}' for sign, base in learned.base.items())}}}",
        "  worths:",
        *(f'    {sign}: "{letters}"' for sign, letters in learned.worths.items()),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
