"""Run the packs' own expectations of the law, and say which of them do not hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from waypost.model.evidence import Problem, ProblemsFound
from waypost.model.law import Case, Law
from waypost.rules.penalty import explain
from waypost.rules.penalty_sound import unsound
from waypost.rules.penalty_words import read_situation


def run_cases(law: Law) -> list[Problem]:
    """Every Problem of a law: what is not sound in its files, and each case that does not hold."""
    problems = list(unsound(law))
    for stem, cases in law.cases.items():
        for case in cases:
            problems += [_failed(stem, case, complaint) for complaint in run_case(law, case)]
    return problems


def run_case(law: Law, case: Case) -> Iterator[str]:
    """What is wrong with the answer to one case; nothing if it holds."""
    try:
        explanation = explain(law, read_situation(law, case.situation, case.asked_on), case.asked_on)
    except ProblemsFound as found:
        told = " ".join(f"{p.what} {p.do}" for p in found.problems)
        if case.error is None or case.error not in told:
            yield f"it was refused: {told}"
        return
    if case.error is not None:
        yield f'it should be refused with "{case.error}", but was answered'
    answer = msgspec.to_builtins(explanation)
    yield from _differences(case.expect, answer, "the answer")
    yield from _held(case.never, answer)
    if case.only is not None:
        sections = {finding["section"].split("@")[0] for finding in answer["findings"]}
        if sections != set(case.only):
            yield f"the findings are of {sorted(sections)}, not of {sorted(case.only)}"


def _held(never: dict[str, Any], answer: dict[str, Any]) -> Iterator[str]:
    """Each entry that the answer must not have, and has."""
    for key, unwanted in never.items():
        given = answer[key] if isinstance(answer[key], list | tuple) else [answer[key]]
        for entry in unwanted if isinstance(unwanted, list) else [unwanted]:
            if any(_same(entry, one, key) for one in given):
                yield f"{key} holds {entry!r}, which it must not"


def _differences(expected: Any, given: Any, where: str) -> Iterator[str]:
    """Each expected key or entry that the answer does not have."""
    for key, wanted in expected.items():
        if key not in given:
            yield f"{where} has no {key}"
        elif isinstance(wanted, list):
            missing = [entry for entry in wanted if not any(_same(entry, one, key) for one in given[key])]
            yield from (f"{where}: {key} lacks {entry!r}; it has {_short(given[key])}" for entry in missing)
        elif not _same(wanted, given[key], key):
            yield f"{where}: {key} is {_short(given[key])}, not {wanted!r}"


def _same(wanted: Any, given: Any, key: str) -> bool:
    """Whether a value is the one expected: mappings by the keys expected, words by what they hold."""
    if isinstance(wanted, dict):
        return isinstance(given, dict) and not any(True for _ in _differences(wanted, given, key))
    if isinstance(given, dict):
        return any(str(wanted).lower() in str(text).lower() for text in given.values())
    text = "null" if given is None else str(given).lower() if isinstance(given, bool) else str(given)
    if key == "section" and "@" not in str(wanted):
        text = text.split("@")[0]
    return str(wanted) == text


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 300 else text[:297] + "..."


def _failed(stem: str, case: Case, complaint: str) -> Problem:
    return Problem(
        where=f"packs/{stem.replace('/', '/law/cases/')}.yaml",
        what=f'"{case.name}": {complaint}',
        why="A lawyer or steward wrote down what the answer must be, and it is another.",
        do="Correct the section, or the case if the law is otherwise; say in either what it rests on.",
    )
