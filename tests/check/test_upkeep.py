"""What it costs to keep a guide true, counted from its cycles, for each pack apart."""

from __future__ import annotations

import dataclasses

import msgspec
import pytest

from waypost.desk import upkeep
from waypost.desk.guide import Guide
from waypost.model.evidence import Cycle


def test_each_fact_is_counted_once_and_under_its_own_pack(guide: Guide) -> None:
    """Every service, claim and section is counted once, and the town's part is not the state's."""
    parts = upkeep.upkeep(guide)
    pack = guide.pack
    facts = len(guide.directory.listings) + len(pack.claims) + len(pack.law.sections)
    assert sum(part.facts for part in parts) == facts
    assert {part.pack for part in parts} == set(pack.chain)
    sections = {part.pack: part.facts for part in parts if part.way == upkeep.LAW}
    assert pack.manifest.id not in sections
    assert sections["us-ct"] == sum(key.startswith("us-ct/") for key in pack.law.sections)
    assert sections["us"] == len(pack.law.sections) - sections["us-ct"]


def test_the_minutes_follow_from_cycle_and_minutes(guide: Guide) -> None:
    """Half the cycle costs twice the minutes; twice the minutes for a check cost twice as much."""
    once = _minutes(guide, upkeep.LAW)
    cycles = guide.pack.manifest.cycles
    short = _with(guide, cycles={**cycles, "law": Cycle(due=cycles["law"].due // 2, overdue=545)})
    assert _minutes(short, upkeep.LAW) == pytest.approx(2 * once, rel=0.01)
    minutes = guide.pack.manifest.minutes
    longer = _with(guide, minutes={**minutes, upkeep.LAW: 2 * minutes[upkeep.LAW]})
    assert _minutes(longer, upkeep.LAW) == pytest.approx(2 * once, rel=0.01)


def test_a_crisis_line_is_never_called_to_be_checked(guide: Guide) -> None:
    """A crisis line costs a page read, not a call."""
    crisis = [each for each in guide.directory.listings if each.service.cycle == "crisis"]
    directory = msgspec.structs.replace(guide.directory, listings=tuple(crisis))
    ways = {part.way for part in upkeep.upkeep(dataclasses.replace(guide, directory=directory))}
    assert crisis
    assert upkeep.CALL not in ways


def test_the_words_name_the_whole_and_the_own_part(guide: Guide) -> None:
    """The line for a person says the sum, and what of it falls to the town."""
    parts = upkeep.upkeep(guide)
    said = upkeep.as_lines(guide, parts)
    assert f"about {sum(part.minutes for part in parts):.0f} minutes a month" in said
    assert f"{upkeep.own_minutes(guide, parts):.0f} of them fall to us-ct-new-milford" in said


def test_a_way_without_minutes_is_found(guide: Guide) -> None:
    """A table of minutes that lacks a way of checking, or names one that is none, is an error for each."""
    assert list(upkeep.untimed(guide)) == []
    wrong = {**guide.pack.manifest.minutes, "séance": 3}
    del wrong[upkeep.CALL]
    assert len(list(upkeep.untimed(_with(guide, minutes=wrong)))) == 2


def _minutes(guide: Guide, way: str) -> float:
    return sum(part.minutes for part in upkeep.upkeep(guide) if part.way == way)


def _with(guide: Guide, **changes: object) -> Guide:
    manifest = msgspec.structs.replace(guide.pack.manifest, **changes)
    return dataclasses.replace(guide, pack=msgspec.structs.replace(guide.pack, manifest=manifest))
