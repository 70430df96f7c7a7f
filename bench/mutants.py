"""How many of the small changes that `make mutants` made were noticed, file by file."""

from __future__ import annotations

import json
import sys
from pathlib import Path

KILLED_BY_TIME = {24, 36, -24, 152, 255}
LEAST = 90


def main() -> None:
    """Print the score of each file, and leave with 1 where the whole is under 90 percent."""
    noticed = made = 0
    for path in sorted(Path("mutants/src/waypost/rules").glob("penalty*.py.meta")):
        codes = [
            code for code in json.loads(path.read_text())["exit_code_by_key"].values() if code is not None
        ]
        killed = sum(code in {1, 3} | KILLED_BY_TIME for code in codes)
        noticed, made = noticed + killed, made + len(codes)
        print(
            f"{path.name.removesuffix('.meta'):<24}{killed:>6} of {len(codes):>5}{killed / len(codes):>8.1%}"
        )
    print(f"{'all':<24}{noticed:>6} of {made:>5}{noticed / made:>8.1%}")
    sys.exit(noticed * 100 < LEAST * made)


if __name__ == "__main__":
    main()
