"""Judging find by graded queries and by the packs' own cases, so that anybody can improve the lexicon."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from math import log2
from pathlib import Path

import msgspec
import yaml

from waypost.desk.find import FindIndex, find
from waypost.model.directory import Directory
from waypost.model.evidence import Problem, ProblemsFound, Struct
from waypost.model.need import FindCase, Found
from waypost.model.pack import Pack

OLD_NAMES = {"child": "child_harmed"}
"""Names of danger signs in older case files."""


class Score(Struct, omit_defaults=False):
    """How one case came out. ``ndcg`` and ``success`` are None where no service is to be found."""

    case: FindCase
    found: Found
    ndcg: float | None
    success: bool | None
    missed: tuple[str, ...]
    alarms: tuple[str, ...]
    doors: bool
    solicited: bool | None
    wrong: tuple[str, ...]
    answered: bool


def read_cases(path: Path) -> list[FindCase]:
    """The cases of a YAML file: a list, or a mapping with ``queries``."""
    data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
    rows = data["queries"] if isinstance(data, dict) and "queries" in data else data
    cases = []
    for row in rows:
        plain = {key: value for key, value in row.items() if value != "null"}
        for name in ("danger", "danger_allowed", "never"):
            if name in plain:
                plain[name] = [OLD_NAMES.get(sign, sign) for sign in plain[name]]
        try:
            cases.append(msgspec.convert(plain, FindCase, strict=False))
        except msgspec.ValidationError as error:
            raise ProblemsFound([_unreadable(path, row, str(error))]) from None
    return cases


def evaluate(
    pack: Pack, directory: Directory, index: FindIndex, cases: Iterable[FindCase], at: datetime
) -> list[Score]:
    """Ask every case and compare."""
    return [judge(case, find(pack, directory, index, case.query, at=at)) for case in cases]


def judge(case: FindCase, found: Found) -> Score:
    """Compare one answer with what its case expects."""
    keys = [result.key for result in found.results]
    shown = [banner.key for banner in found.banners]
    graded = any(grade == 3 for grade in case.grades.values())
    solicits = case.seeking if case.seeking is not None else "solicit" in case.tags
    allowed = {*case.danger, *case.danger_allowed}
    alarms = [sign for sign in found.danger if sign in case.never or (case.grades and not allowed)]
    return Score(
        case=case,
        found=found,
        ndcg=ndcg(keys, case.grades) if graded and not solicits else None,
        success=any(case.grades.get(key) == 3 for key in keys[:3]) if graded and not solicits else None,
        missed=tuple(sign for sign in case.danger if sign not in found.danger),
        alarms=tuple(alarms),
        doors=all(key in shown or key in keys[:3] for key in case.banner_first)
        and (not case.banner_any or any(key in shown for key in case.banner_any) or not case.danger),
        solicited=(found.seeking and not keys) == solicits if solicits or case.seeking is not None else None,
        wrong=tuple(key for key in keys if case.grades.get(key) == 0),
        answered=not case.answers or any(answer.key in case.answers for answer in found.answers),
    )


def ndcg(keys: Sequence[str], grades: dict[str, int], top: int = 3) -> float:
    """Normalised discounted cumulative gain of the first results, with gain 2**grade - 1."""
    gain = sum((2 ** grades.get(key, 0) - 1) / log2(place + 2) for place, key in enumerate(keys[:top]))
    best = sum(
        (2**grade - 1) / log2(p + 2) for p, grade in enumerate(sorted(grades.values(), reverse=True)[:top])
    )
    return gain / best if best else 1.0


def run_cases(pack: Pack, directory: Directory, index: FindIndex, at: datetime) -> list[Problem]:
    """Every case of a pack that does not come out, as a Problem."""
    problems: list[Problem] = []
    for stem, cases in pack.lexicon.cases.items():
        for score in evaluate(pack, directory, index, cases, at):
            wrong = failures(score)
            if wrong:
                problems.append(
                    Problem(
                        where=f"cases/{stem}.yaml",
                        what=f'"{score.case.query}": {"; ".join(wrong)}',
                        why="Somebody who types this would not find, or would be alarmed for nothing.",
                        do="Add the words to needs.yaml or dangers.yaml, or correct the case.",
                    )
                )
    return problems


def failures(score: Score) -> list[str]:
    """What is wrong with one score, in words."""
    lines = []
    if score.missed:
        lines.append(f"danger not seen: {', '.join(score.missed)}")
    if score.alarms:
        lines.append(f"false alarm: {', '.join(score.alarms)}")
    if not score.doors:
        lines.append("the first door is missing")
    if score.solicited is False:
        lines.append("refused although it asks for help" if score.found.seeking else "a provider is shown")
    if score.success is False:
        lines.append(
            f"no right answer in the first three: {', '.join(r.key for r in score.found.results[:3])}"
        )
    if not score.answered:
        lines.append(f"no such answer: {', '.join(answer.key for answer in score.found.answers) or 'none'}")
    if score.wrong:
        lines.append(f"must not be offered: {', '.join(score.wrong)}")
    return lines


def report_lines(scores: Sequence[Score]) -> list[str]:
    """The figures per language, then the failures."""
    lines = []
    for language in sorted({score.case.lang for score in scores}):
        part = [score for score in scores if score.case.lang == language]
        graded = [score.ndcg for score in part if score.ndcg is not None]
        successes = [score.success for score in part if score.success is not None]
        danger = [score for score in part if score.case.danger]
        calm = [score for score in part if not score.case.danger and not score.case.danger_allowed]
        solicited = [score for score in part if score.solicited is not None]
        lines.append(
            f"{language}: {len(part)} queries"
            f"  nDCG@3 {_mean(graded)}  success@3 {_mean([float(s) for s in successes])}"
            f"  danger recall {_mean([float(not s.missed and s.doors) for s in danger])} of {len(danger)}"
            f"  false alarms {_mean([float(bool(s.alarms)) for s in calm])} of {len(calm)}"
            f"  solicitation {_mean([float(bool(s.solicited)) for s in solicited])} of {len(solicited)}"
            f"  language {_mean([float(s.found.query_language in (language, 'mixed')) for s in part])}"
        )
    for score in scores:
        for failure in failures(score):
            lines.append(f"  {score.case.id or ''} {score.case.query}: {failure}")
    return lines


def _mean(values: Sequence[float]) -> str:
    return f"{sum(values) / len(values):.3f}" if values else "-"


def _unreadable(path: Path, row: object, detail: str) -> Problem:
    return Problem(
        where=str(path),
        what=f"a case cannot be read: {detail}",
        why="It would judge nothing.",
        do=f"Compare it with the cases of a pack: {str(row)[:80]}",
    )
