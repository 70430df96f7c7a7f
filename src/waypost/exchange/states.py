"""Where the states of the United States are, roughly, and which ZIP codes are theirs."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import msgspec

from waypost.model.evidence import Struct

FILE = Path(__file__).parent / "us-states.json"
UNITED_STATES = ("us", "usa", "united states", "united states of america", "")


class State(Struct):
    """A box around a state, in degrees, and the first digits of its ZIP codes as ranges."""

    name: str
    west: float
    south: float
    east: float
    north: float
    zips: tuple[tuple[str, str], ...] = ()

    def around(self, latitude: float, longitude: float) -> bool:
        """Whether a point lies in the box."""
        return self.south <= latitude <= self.north and self.west <= longitude <= self.east

    def has_zip(self, start: str) -> bool:
        """Whether ZIP codes that start so are this state's."""
        return any(first <= start <= last for first, last in self.zips)


@cache
def states() -> dict[str, State]:
    """Every state by its two letters."""
    found = msgspec.json.decode(FILE.read_bytes())["states"]
    return msgspec.convert(found, dict[str, State])


@cache
def named() -> dict[str, str]:
    """Two letters by name, in lower case."""
    return {state.name.casefold(): letters for letters, state in states().items()}


def state_of(written: object, country: object = "") -> State | None:
    """The state of an address; None for what is not one of the United States."""
    if not isinstance(written, str) or str(country or "").strip().casefold() not in UNITED_STATES:
        return None
    letters = written.strip().upper()
    return states().get(letters) or states().get(named().get(written.strip().casefold(), ""))


def states_of_zip(code: object) -> list[str]:
    """The states whose ZIP code this could be; none where nobody knows."""
    if not isinstance(code, str) or not re.fullmatch(r"[0-9]{5}(-?[0-9]{4})?", code.strip()):
        return []
    return [letters for letters, state in states().items() if state.has_zip(code.strip()[:3])]
