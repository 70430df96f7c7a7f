"""The guide on paper: a sheet of numbers, a card for a wallet, a booklet. Values here, ink in ``press/``."""

from __future__ import annotations

from waypost.paper.ink import PAPERS, Kind, PressMissing, make

__all__ = ["PAPERS", "Kind", "PressMissing", "make"]
