"""The static edition, drawn and read once for all checks of whole sites."""

from __future__ import annotations

import pytest

from waypost.check import pages
from waypost.desk.guide import Guide


@pytest.fixture(scope="session")
def edition(guide: Guide) -> pages.Edition:
    """The static edition of New Milford's guide."""
    return pages.drawn(guide)
