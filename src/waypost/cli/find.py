"""``waypost find``: search in one's own words; explain a search; judge the search by graded queries."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import msgspec
import typer

from waypost.bootstrap import open_guide
from waypost.cli import options, report
from waypost.desk import find as desk
from waypost.desk import find_explain
from waypost.desk.find_cases import evaluate, read_cases, report_lines
from waypost.desk.guide import Guide
from waypost.model.evidence import ProblemsFound
from waypost.model.need import Found, Wanted
from waypost.site.found import answer_paths

Words = Annotated[str, typer.Argument(help="What is needed, in your own words.", metavar="WORDS")]
Near = Annotated[str | None, typer.Option("--near", help="A town or ZIP code.", metavar="TOWN_OR_ZIP")]
Language = Annotated[str | None, typer.Option("--lang", help="The language of the answer: en or es.")]
OpenNow = Annotated[bool, typer.Option("--open-now", help="Leave out what is closed at that time.")]
At = Annotated[str | None, typer.Option("--at", help="A time, such as 2026-11-22T18:30.", metavar="ISO_TIME")]
Within = Annotated[int | None, typer.Option("--within", help="At most so many miles away.", min=1, max=100)]
Spoken = Annotated[str | None, typer.Option("--speaks", help="A language spoken there, such as es.")]
Free = Annotated[bool, typer.Option("--free", help="Free, or paid by income.")]
WalkIn = Annotated[bool, typer.Option("--walk-in", help="One can walk in.")]
NoId = Annotated[bool, typer.Option("--no-id", help="No ID is needed.")]
Confidential = Annotated[bool, typer.Option("--confidential", help="It says that it is confidential.")]
Whom = Annotated[str | None, typer.Option("--for", help="For whom, such as lgbtq_person.", metavar="TRAIT")]
Limit = Annotated[int, typer.Option("--limit", help="How many services at most.", min=1, max=100)]
Explain = Annotated[bool, typer.Option("--explain", help="Show tokens, needs, weights and scores.")]
Evaluate = Annotated[
    Path | None,
    typer.Option("--evaluate", help="Judge the search by the graded queries of a YAML file.", metavar="FILE"),
]


def find(
    words: Words = "",
    near: Near = None,
    lang: Language = None,
    open_now: OpenNow = False,
    at: At = None,
    within: Within = None,
    speaks: Spoken = None,
    free: Free = False,
    walk_in: WalkIn = False,
    no_id: NoId = False,
    confidential: Confidential = False,
    whom: Whom = None,
    limit: Limit = 10,
    as_json: options.AsJson = False,
    explain: Explain = False,
    evaluate_file: Evaluate = None,
    pack: options.Pack = None,
    database: options.Database = None,
    on: options.On = None,
) -> None:
    """Search in your own words: first calls in danger, services, and what the guide says."""
    if lang not in (None, "en", "es"):
        raise typer.BadParameter(f'"{lang}" is neither en nor es.')
    if not words.strip() and evaluate_file is None:
        raise typer.BadParameter('Say what is needed, such as "food today".')
    ticked = {"free": free, "walk_in": walk_in, "no_id": no_id, "confidential": confidential}
    wanted = Wanted(within=within, language=speaks, whom=whom, **ticked)
    asked: dict[str, Any] = {"language": lang, "near": near, "open_now": open_now, "limit": limit}
    try:
        guide = open_guide(pack, database, on)
        parts = (guide.pack, guide.directory, guide.index)
        moment = _moment(at, guide)
        if evaluate_file is not None:
            print("\n".join(report_lines(evaluate(*parts, read_cases(evaluate_file), moment))))
            return
        found = desk.find(*parts, words, at=moment, wanted=wanted, paths=answer_paths(guide.pack), **asked)
    except ProblemsFound as problems:
        report.fail(problems.problems)
    if as_json:
        print(msgspec.json.encode(found).decode())
        return
    if explain:
        print("\n".join([*find_explain.explain(*parts, words, moment, lang, near), ""]))
    print("\n".join(told(found)))


def _moment(at: str | None, guide: Guide) -> datetime:
    """The time asked for; without one, noon of the guide's day where it is not today."""
    zone = ZoneInfo(guide.pack.manifest.settings.timezone)
    if at is not None:
        try:
            moment = datetime.fromisoformat(at)
        except ValueError:
            raise typer.BadParameter(f'"{at}" is no time. Write it like 2026-11-22T18:30.') from None
        return moment if moment.tzinfo else moment.replace(tzinfo=zone)
    now = datetime.now(zone)
    return (
        now
        if now.date() == guide.on
        else datetime(guide.on.year, guide.on.month, guide.on.day, 12, tzinfo=zone)
    )


def told(found: Found) -> list[str]:
    """An answer in plain lines for a person at a terminal."""
    lines = [found.notice, ""] if found.notice else []
    for banner in found.banners:
        numbers = ", ".join(phone.number for phone in banner.phones)
        left = f" ({banner.deadline_hours} h)" if banner.deadline_hours else ""
        lines += [f"!! {banner.name}: {numbers}{left}", f"   {banner.why}"]
        lines += [f"   {text}" for text in (banner.happens, banner.silent) if text]
    for number, result in enumerate(found.results, start=1):
        if found.unsure and result.key == found.unsure[0]:
            lines.append("    Not known; ask when you call:")
        lines.append(f"{number:2}. {result.name} ({result.organization})")
        if result.phones:
            lines.append("    " + ", ".join(phone.number for phone in result.phones))
        lines += [f"    - {reason}" for reason in result.reasons]
    lines += [f"  > {answer.title}" for answer in found.answers]
    return lines or ["-"]
