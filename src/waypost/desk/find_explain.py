"""What find makes of a query, for stewards: every step with its numbers, in tables that add up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from waypost.desk.find import FindIndex, holidays_near
from waypost.desk.find_place import nearby
from waypost.desk.find_rank import Moment, Ranked, ranked
from waypost.model.directory import Directory
from waypost.model.need import Need
from waypost.model.pack import Pack
from waypost.search import score
from waypost.search.scorer import MOST_TEXT, impacts

MOST_ROWS = 12


def explain(
    pack: Pack,
    directory: Directory,
    index: FindIndex,
    words: str,
    at: datetime,
    language: str | None = None,
    near: str | None = None,
) -> list[str]:
    """The words as they were read, then each service's points and each answer's, in the order of find."""
    need = index.reader.understand(words, language)
    here = nearby(near, need, pack.places)
    points = score(index.index, need.needs, need.tokens)
    when = Moment(at.astimezone(ZoneInfo(pack.manifest.settings.timezone)), holidays_near(pack, at))
    listed = ranked(pack, directory, index.index, need, points, here.town, when)
    numbers = {document: number for number, document in enumerate(index.index.documents)}
    rows = [_service(index, need, numbers["service", one.listing.key], one) for one in listed[:MOST_ROWS]]
    answers = sorted(
        (-total, index.index.documents[number][1], number)
        for number, total in points.items()
        if index.index.documents[number][0] != "service"
    )
    said = [_answer(index, need, number, -total) for total, _, number in answers[:MOST_ROWS]]
    return [
        *_read(need, here.town),
        "",
        *_table(("service", "needs", "words", "times", "points", "made of"), rows),
        "",
        *_table(("answer", "needs", "words", "points", "made of"), said),
    ]


def _read(need: Need, town: str | None) -> list[str]:
    """What the words were taken for."""
    when = [
        f"{name} {value}"
        for name in ("days", "weekday", "hour")
        if (value := getattr(need, name)) is not None
    ]
    rows = {
        "language": need.language or "not known",
        "place": town or need.elsewhere or "not known",
        "time": ", ".join([*(["now"] if need.now else []), *when]) or "not said",
        "hours ago": "not said" if need.hours_ago is None else str(need.hours_ago),
        "corrected": ", ".join(f"{old} -> {new}" for old, new in need.corrected.items()) or "nothing",
        "tokens": " ".join(need.tokens) or "none",
        "person": ", ".join((*need.traits, *([f"age {need.age}"] if need.age else []))) or "not said",
        "danger": ", ".join(need.dangers) or "none",
        "seeks sex": "yes: no service is shown" if need.seeking else "no",
    }
    weights = sorted(need.needs.items(), key=lambda pair: (-pair[1], pair[0]))
    rows["needs"] = ", ".join(f"{key} {weight}" for key, weight in weights) or "none"
    return [f"{name:<10}{value}" for name, value in rows.items()]


def _service(index: FindIndex, need: Need, number: int, one: Ranked) -> tuple[str, ...]:
    by_need, by_word, made = _made_of(index, need, number)
    times = " ".join(f"{name} {percent}%" for name, percent in one.parts if percent != 100) or "-"
    return one.listing.key, str(by_need), str(by_word), times, str(one.points), made


def _answer(index: FindIndex, need: Need, number: int, total: int) -> tuple[str, ...]:
    by_need, by_word, made = _made_of(index, need, number)
    return index.index.documents[number][1], str(by_need), str(by_word), str(total), made


def _made_of(index: FindIndex, need: Need, number: int) -> tuple[int, int, str]:
    """Points by needs, points by words, and each part: weight times fit, or the word's impact."""
    needs, parts = 0, []
    for key, weight in need.needs.items():
        fit = dict(index.index.needs.get(key, ())).get(number, 0)
        if fit:
            needs += weight * fit
            parts.append((weight * fit, f"{key} {weight}x{fit}"))
    words = 0
    for token in need.tokens:
        impact = impacts(index.index, token).get(number, 0)
        if impact:
            words += impact
            parts.append((impact, f'"{token}" {impact}'))
    return needs, min(words, MOST_TEXT), ", ".join(part for _, part in sorted(parts, reverse=True))


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows under their heads, in columns as wide as they need."""
    if not rows:
        return [f"no {head[0]}"]
    widths = [max(len(row[i]) for row in (head, *rows)) for i in range(len(head))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in (head, *rows)
    ]
