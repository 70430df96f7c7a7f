"""Find among 10 thousand, 100 thousand and a million services, beside SQLite FTS5, PostgreSQL and datasette (F7, F8).

    python bench/scale.py [--write] [COUNT ...]

Each engine answers the same questions over the same services in one run, in a process of its own. Times are
milliseconds, median and 95th percentile. Memory is the highest of that process and of the servers it started.
``--write`` puts the tables and a picture into docs/.
"""

from __future__ import annotations

import multiprocessing
import os
import re
import resource
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import prepared
from engines import ASKED, ENGINES, Questions

COUNTS = (10_000, 100_000, 1_000_000)
TIMES, BEFORE, LONGEST = 100, 5, 40
KEPT = Path(tempfile.gettempdir()) / "waypost-bench"


class Figures(msgspec.Struct, frozen=True):
    """What was measured of one engine over one number of services."""

    engine: str
    count: int
    built: float
    disk: float
    memory: float
    asked: list[tuple[float, float]]
    found: float


def measure(engine: str, count: int, rows: Path, told: Any) -> None:
    """Build one engine over so many services, ask it everything, and tell what that took."""
    questions = Questions(count, TIMES + BEFORE).every()
    with tempfile.TemporaryDirectory() as name:
        start = time.perf_counter()
        made = ENGINES[engine](Path(name), rows, count)
        built = time.perf_counter() - start
        made.ready(rows, count)
        asked, found = [], 0.0
        for at, (answer, some) in enumerate(zip(made.answers(), questions, strict=True)):
            times, results = timed(answer, some)
            asked.append(times)
            if at == 0:
                found = statistics.mean(results)
        size = sum(f.stat().st_size for f in Path(name).rglob("*") if f.is_file())
        own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        memory = own + sum(map(highest, made.processes()))
        told.put(msgspec.json.encode(Figures(engine, count, built, size / 2**20, memory, asked, found)))
        made.close()


def highest(pid: int) -> float:
    """The most memory that a process ever had, in MiB, without what it shares with others."""
    status = Path(f"/proc/{pid}/status").read_text()
    most, shared = (
        int(found[1]) if (found := re.search(rf"{name}:\s+(\d+)", status)) else 0
        for name in ("VmHWM", "RssShmem")
    )
    return max(most - shared, 0) / 1024


def timed(answer: Callable[[Any], Any], questions: list[Any]) -> tuple[tuple[float, float], list[Any]]:
    """Median and 95th percentile in milliseconds, after some that are not counted; and what was answered.

    Whoever needs longer than ``LONGEST`` seconds for all is stopped once a few were answered.
    """
    taken, results = [], []
    until = time.perf_counter() + LONGEST
    for one in questions:
        start = time.perf_counter()
        results.append(answer(one))
        taken.append((time.perf_counter() - start) * 1000)
        if time.perf_counter() > until and len(taken) >= BEFORE + 10:
            break
    taken = taken[BEFORE:]
    return (statistics.median(taken), statistics.quantiles(taken, n=20)[-1]), results


def measured(count: int, rows: Path) -> list[Figures]:
    """Every engine over so many services, one after another."""
    every = []
    context = multiprocessing.get_context("spawn")
    for engine in ENGINES:
        told = context.Queue()
        process = context.Process(target=measure, args=(engine, count, rows, told))
        process.start()
        while process.is_alive() and told.empty():
            time.sleep(0.1)
        if told.empty():
            print(f"{engine}: not measured here", flush=True)
            continue
        every.append(msgspec.json.decode(told.get(), type=Figures))
        process.join()
        show(every[-1], every[0])
    return every


def show(one: Figures, ours: Figures) -> None:
    """The figures of one engine, beside ours."""
    print(
        f"{one.engine}, {one.count:,} services: built in {one.built:,.0f} s, {one.disk:,.0f} MiB on disk, "
        f"{one.memory:,.0f} MiB at most, {one.found:,.1f} found near by words"
    )
    for name, figure, own in zip(ASKED, one.asked, ours.asked, strict=True):
        ratio = f"{figure[0] / own[0]:>8.1f} x" if one is not ours else ""
        print(f"  {name:<44}{figure[0]:>10.2f}{figure[1]:>10.2f}{ratio}", flush=True)


def run(counts: list[int]) -> list[Figures]:
    """All engines over each number of services."""
    KEPT.mkdir(exist_ok=True)
    rows = prepared.write(KEPT / f"{max(counts)}.rows", max(counts))
    return [figures for count in counts for figures in measured(count, rows)]


def main() -> None:
    """The smallest number; all of them when this file is run by itself."""
    print(f"\nFind among {COUNTS[0]:,} services: milliseconds, median / 95th percentile")
    run([COUNTS[0]])


if __name__ == "__main__":
    import scale_page

    os.environ.setdefault("WAYPOST_HOME", tempfile.mkdtemp())
    words = [word for word in sys.argv[1:] if not word.startswith("--")]
    every = run([int(word) for word in words] or list(COUNTS))
    (KEPT / "figures.json").write_bytes(msgspec.json.encode(every))
    if "--write" in sys.argv:
        scale_page.write(every)
    shutil.rmtree(os.environ["WAYPOST_HOME"], ignore_errors=True)
