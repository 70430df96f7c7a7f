"""Miles between two points on the earth. ``browser/distance.js`` is its twin."""

from __future__ import annotations

from math import asin, cos, floor, radians, sin, sqrt

EARTH_MILES = 3958.7613
METERS_IN_A_MILE = 1609.344


def tenths_of_miles(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> int:
    """The great-circle distance in whole tenths of a mile, halves rounded up: alike in both runtimes."""
    return floor(miles(latitude, longitude, other_latitude, other_longitude) * 10 + 0.5)


def meters(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """The great-circle distance in meters."""
    return miles(latitude, longitude, other_latitude, other_longitude) * METERS_IN_A_MILE


def miles(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """The great-circle distance in miles."""
    north, other_north = radians(latitude), radians(other_latitude)
    half = (
        sin((other_north - north) / 2) ** 2
        + cos(north) * cos(other_north) * sin(radians(other_longitude - longitude) / 2) ** 2
    )
    return 2 * EARTH_MILES * asin(min(1.0, sqrt(half)))
