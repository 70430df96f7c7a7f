"""Miles between two points on the earth. ``browser/distance.js`` is its twin."""

from __future__ import annotations

from math import asin, cos, floor, radians, sin, sqrt

EARTH_MILES = 3958.7613


def tenths_of_miles(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> int:
    """The great-circle distance in whole tenths of a mile, halves rounded up: alike in both runtimes."""
    north, other_north = radians(latitude), radians(other_latitude)
    half = (
        sin((other_north - north) / 2) ** 2
        + cos(north) * cos(other_north) * sin(radians(other_longitude - longitude) / 2) ** 2
    )
    return floor(2 * EARTH_MILES * asin(min(1.0, sqrt(half))) * 10 + 0.5)
