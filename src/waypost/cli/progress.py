"""How far long work is, on standard error, where a person looks on."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from waypost.desk.account import Progress, silent

WORDS = {
    "read": "Reading",
    "compare": "Comparing",
    "write": "Taking apart",
    "store": "Storing",
    "large": "Taking in (MiB)",
}


@contextmanager
def told(wanted: bool | None) -> Iterator[Progress]:
    """A way to tell how far it is: on a terminal, or where it is wanted; else silence."""
    if wanted is False or (wanted is None and not sys.stderr.isatty()):
        yield silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bars(*columns, console=Console(stderr=True)) as bars:
        tasks: dict[str, int] = {}

        def tell(step: str, done: int, whole: int) -> None:
            task = tasks.setdefault(step, len(tasks))
            if task == len(bars.tasks):
                bars.add_task(WORDS.get(step, step), total=whole)
            bars.update(bars.task_ids[task], completed=done, total=whole)

        yield tell
