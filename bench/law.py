"""An answer of the law, beside openfisca-core computing a tax of its country template, in one run.

Both are asked anew each time: a situation is read and answered; a simulation is built and one rule computed.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from waypost import bootstrap
from waypost.desk.law import answer

DAY = date(2026, 11, 22)
WORKSHOP = Path(__file__).parents[1] / ".venv-workshop/bin/python"
SITUATIONS = {
    "a buyer": {"role": "buyer", "age": 45, "other_age": 28, "act": "completed", "value": "money"},
    "a seller of 17": {"role": "seller", "age": 17, "act": "offer", "value": "money"},
    "vacatur": {"question": "vacatur", "convicted_of": "class A misdemeanor", "because_trafficked": True},
}
BESIDE = """
import json, time
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_country_template import CountryTaxBenefitSystem
system = CountryTaxBenefitSystem()
case = {"persons": {"one": {"salary": {"2017-01": 3000}, "social_security_contribution": {"2017-01": None}}},
        "households": {"home": {"adults": ["one"]}}}
taken = []
for _ in range(201):
    start = time.perf_counter()
    simulation = SimulationBuilder().build_from_entities(system, case)
    simulation.calculate("social_security_contribution", "2017-01")
    taken.append((time.perf_counter() - start) * 1000)
print(json.dumps(taken[1:]))
"""


def _timed(work: Callable[[], object], times: int = 200) -> list[float]:
    work()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return taken


def main() -> None:
    """Print the table; without the workshop, only our half of it."""
    law = bootstrap.read_pack(None).law
    ours: list[float] = []
    for name, words in SITUATIONS.items():
        raw = {"jurisdiction": "us-ct", "date": "2025-06-10", **words}
        taken = _timed(lambda raw=raw: answer(law, raw, DAY))
        ours += taken
        _line(f"law ask: {name}", taken)
    if not WORKSHOP.exists():
        print("openfisca-core: not installed here (make .venv-workshop/.ready)")
        return
    run = subprocess.run([str(WORKSHOP), "-c", BESIDE], capture_output=True, text=True, check=False)
    if run.returncode:
        print(f"openfisca-core: did not run: {run.stderr.strip().splitlines()[-1:]}")
        return
    beside: list[float] = json.loads(run.stdout)
    _line("openfisca-core: a tax with its scale", beside)
    print(f"{'ratio, theirs to ours':<46}{statistics.median(beside) / statistics.median(ours):>10.2f}")


def _line(name: str, taken: list[float]) -> None:
    print(f"{name:<46}{statistics.median(taken):>10.3f}{statistics.quantiles(taken, n=20)[-1]:>10.3f}")


if __name__ == "__main__":
    main()
