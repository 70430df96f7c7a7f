"""How Problems are told on the command line."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterable
from typing import NoReturn

import typer

from waypost.model.evidence import Problem

DONE, REFUSED, WRONG_WORDS, ENVIRONMENT = 0, 1, 2, 3


def words(problem: Problem) -> str:
    """One Problem as a person reads it: where, then what, why and what to do, indented."""
    lines = [f"{problem.where}  [{problem.severity}]"]
    for part in (problem.what, problem.why, problem.do):
        lines += textwrap.wrap(part, 100, initial_indent="  ", subsequent_indent="    ")
    return "\n".join(lines)


def tell(problems: Iterable[Problem]) -> None:
    """Write Problems to standard error, all of them."""
    for problem in problems:
        print(words(problem), file=sys.stderr)


def fail(problems: Iterable[Problem], code: int = REFUSED) -> NoReturn:
    """Tell Problems and leave with that exit code."""
    told = list(problems)
    tell(told)
    print(f"\n{len(told)} problem{'' if len(told) == 1 else 's'}. Nothing was changed.", file=sys.stderr)
    raise typer.Exit(code)
