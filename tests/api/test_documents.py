"""What is written of the API is what it does."""

from __future__ import annotations

import re
from pathlib import Path

from waypost.server.api.asked import TITLES
from waypost.server.api.describe import describe
from waypost.server.api.table import PARAMETERS

SAID = (Path(__file__).parents[2] / "docs" / "api.md").read_text("utf-8")


def test_each_address_parameter_and_status_is_written_down() -> None:
    """docs/api.md names every address, every parameter and every status, and no parameter that there is not."""
    rows = [line for line in SAID.splitlines() if line.startswith("| ")]
    first = [row.split("|")[1] for row in rows]
    addresses = {a for cell in first for a in re.findall(r"`/api/hsds(/[\w.]*)`", cell)}
    assert addresses == {p for p in describe([])["paths"] if "{" not in p}
    named = {p for cell in first if "/api" not in cell for p in re.findall(r"`(\w+)`", cell)}
    assert named == set(PARAMETERS)
    statuses = {int(n) for cell in first for n in re.findall(r"\b\d{3}\b", cell)}
    assert statuses == {200, 304, 308, *TITLES}
