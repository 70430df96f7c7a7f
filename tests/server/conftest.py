"""A server's app on the real packs, asked without a network."""

from __future__ import annotations

import time
from datetime import date

import pytest
from starlette.testclient import TestClient

from waypost.desk.guide import Guide
from waypost.server import Current, Seal, make_app
from waypost.server.seal import STEP, new_key


@pytest.fixture(scope="session")
def current(guide: Guide) -> Current:
    """The edition of the guide's own day."""

    def make(day: date) -> Guide:
        return guide

    return Current(make, lambda: guide.on)


@pytest.fixture
def client(current: Current) -> TestClient:
    """Asks the app as a browser on its own pages would; errors come back as pages, not as exceptions."""
    seal = Seal(new_key(), int(time.time() // STEP))
    return TestClient(make_app(current, seal), raise_server_exceptions=False, follow_redirects=False)
