"""Does a service fit the person? Three values: yes, no, unknown; unknown is never no."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

from waypost.model.directory import Service

Fit = Literal["yes", "no", "unknown"]


def fit(service: Service, age: int | None, for_whom: Collection[str]) -> Fit:
    """Say whether a service takes a person of that age, or of those groups.

    "no" only where the record itself says so: an age limit that is passed, or a group in ``not_for``.
    """
    if age is not None:
        if service.minimum_age is not None and age < service.minimum_age:
            return "no"
        if service.maximum_age is not None and age > service.maximum_age:
            return "no"
    if any(group in service.not_for for group in for_whom):
        return "no"
    if any(group in service.for_whom for group in for_whom):
        return "yes"
    if age is not None and (service.minimum_age is not None or service.maximum_age is not None):
        return "yes"
    return "unknown"
