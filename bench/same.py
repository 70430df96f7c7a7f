"""Same record? Precision and recall on pairs of real records that a person labelled, and how long a look takes."""

from __future__ import annotations

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.matching.labelled import Score, scores


def main() -> None:
    """Print the table."""
    start = time.perf_counter()
    found = scores()
    took = time.perf_counter() - start
    print(
        f"\n{'same record?':<30}{'pairs':>7}{'right':>7}{'wrong':>7}{'missed':>8}{'precision':>11}{'recall':>8}"
    )
    for name, score in found.items():
        print(line(name, score))
    print(f"all pairs judged in {took * 1000:.0f} ms")


def line(name: str, score: Score) -> str:
    """One row of the table."""
    return (
        f"{name:<30}{score.pairs:>7}{score.right:>7}{score.wrong:>7}{score.missed:>8}"
        f"{score.precision:>11.3f}{score.recall:>8.3f}"
    )


if __name__ == "__main__":
    main()
