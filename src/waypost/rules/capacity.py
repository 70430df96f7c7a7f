"""How long a count of free beds or places may be shown: it was true at one hour, and soon no longer is."""

from __future__ import annotations

from datetime import datetime, timedelta

from waypost.model.directory import Capacity


def current_until(capacity: Capacity, default_hours: int) -> datetime:
    """The moment from which a count is no longer shown; ``site/script/2-stale.js`` obeys the same."""
    hours = default_hours if capacity.hours is None else capacity.hours
    return capacity.at + timedelta(hours=hours)
