"""The page's own rule of hours and the server's say the same, for made-up hours and for every past mistake."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.find.made_hours import HOLIDAYS, random_hours, starts
from tests.find.test_hours import MISTAKES, at
from waypost.model.directory import Hours
from waypost.rules.hours import open_at, opens_next, unsure_at

SCRIPT = (files("waypost.rules") / "browser" / "hours.js").read_text("utf-8")
ASK = """vectors => vectors.map(([hours, at, holidays]) => {
  const moment = new Date(at), args = [hours, moment, holidays];
  return [Waypost.openAt(...args), Waypost.opensNext(...args), Waypost.unsureAt(...args)];
})"""


def made(count: int) -> list[tuple[Hours, datetime]]:
    """Made-up hours, each with a moment near a change of the clock, the end of a month or a holiday."""
    found: list[tuple[Hours, datetime]] = []

    @settings(max_examples=count, derandomize=True, database=None, deadline=None)
    @given(random_hours(), starts, st.integers(0, 3 * 24 * 60))
    def collect(hours: Hours, first: date, minute: int) -> None:
        midnight = datetime(first.year, first.month, first.day, tzinfo=ZoneInfo(hours.timezone))
        found.append((hours, midnight.astimezone(UTC) + timedelta(minutes=minute)))

    collect()
    return found


def answered_by_page(vectors: list[Any], request: pytest.FixtureRequest) -> Any:
    """What the page's script says of each vector: run by node where there is one, else by Chromium."""
    node = shutil.which("node")
    if node:
        program = f"{SCRIPT}\nconst told = ({ASK})(JSON.parse(require('fs').readFileSync(0)));"
        program += "\nconsole.log(JSON.stringify(told));"
        done = subprocess.run(
            [node, "-e", program], input=json.dumps(vectors), capture_output=True, text=True, check=True
        )
        return json.loads(done.stdout)
    driver = request.getfixturevalue("driver")
    path = request.getfixturevalue("chromium")
    browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
    tab = browser.new_page()
    tab.evaluate("text => { (0, eval)(text); }", SCRIPT)
    told = tab.evaluate(ASK, vectors)
    browser.close()
    return told


def test_page_and_server_agree_on_hours(request: pytest.FixtureRequest) -> None:
    """State, next opening and doubt are the same for 600 made-up hours and each mistake of the field."""
    asked = made(600) + [(hours, at(moment)) for hours, moment, _ in MISTAKES.values()]
    holidays = sorted(day.isoformat() for day in HOLIDAYS)
    vectors = [[msgspec.to_builtins(hours), moment.isoformat(), holidays] for hours, moment in asked]
    wanted = [
        [rule(hours, moment, HOLIDAYS) for rule in (open_at, opens_next, unsure_at)]
        for hours, moment in asked
    ]
    told = answered_by_page(vectors, request)
    assert [t for t, w, v in zip(told, wanted, vectors, strict=True) if t != w] == []
    states = {state for state, _, _ in wanted}
    assert states == {"open", "closed", "unknown"}
    assert any(following for _, following, _ in wanted)
    assert any(doubt for _, _, doubt in wanted)
