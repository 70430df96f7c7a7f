"""Public holidays, worked out from the rules that the packs hold."""

from __future__ import annotations

from datetime import date

import pytest

from waypost.desk.guide import Guide
from waypost.model.directory import Holiday
from waypost.rules.holidays import easter, holidays_in


@pytest.mark.parametrize(
    ("day", "key"),
    [
        ("2026-01-01", "new-year"),
        ("2026-01-19", "mlk"),
        ("2026-02-12", "lincoln"),
        ("2026-02-16", "washington"),
        ("2026-04-03", "good-friday"),
        ("2026-05-25", "memorial"),
        ("2026-05-18", None),
        ("2026-06-19", "juneteenth"),
        ("2020-06-19", None),
        ("2026-07-03", "independence"),
        ("2026-07-04", "independence"),
        ("2026-07-06", None),
        ("2026-09-07", "labor"),
        ("2026-10-12", "columbus"),
        ("2026-11-11", "veterans"),
        ("2026-11-26", "thanksgiving"),
        ("2026-11-27", None),
        ("2023-01-02", "new-year"),
        ("2021-12-31", "new-year"),
        ("2028-02-11", "lincoln"),
        ("2021-12-24", "christmas"),
    ],
)
def test_holidays_of_the_packs(guide: Guide, day: str, key: str | None) -> None:
    """Fixed days, moving days, days from Easter, and the weekday on which a weekend's holiday is kept."""
    on = date.fromisoformat(day)
    assert holidays_in(guide.pack.holidays, [on.year]).get(on) == key


def test_every_holiday_has_a_source_and_both_languages(guide: Guide) -> None:
    """A holiday is a fact: it rests on a source, and readers of both languages can be told its name."""
    for rule in guide.pack.holidays.values():
        assert rule.sources
        assert set(rule.name) == {"en", "es"}


@pytest.mark.parametrize(
    "day", ["2000-04-23", "2008-03-23", "2024-03-31", "2025-04-20", "2026-04-05", "2038-04-25", "2285-03-22"]
)
def test_easter(day: str) -> None:
    """Easter, with its earliest and its latest day."""
    assert easter(int(day[:4])) == date.fromisoformat(day)


def test_rule_without_a_day_gives_none() -> None:
    """A rule that says no day adds none."""
    assert holidays_in({"odd": Holiday({"en": "Odd"}, month=5)}, [2026]) == {}
    assert list(holidays_in({"last": Holiday({"en": "L"}, month=12, weekday="thu", nth=-2)}, [2026])) == [
        date(2026, 12, 24)
    ]
