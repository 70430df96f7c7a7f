"""What many tests share: the real packs, a guide of a fixed day, Chromium where there is one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import settings
from playwright.sync_api import Playwright, sync_playwright

from tests.postgres import INSTALL, Cluster, binaries
from tests.records.factories import DATABASES
from waypost import bootstrap
from waypost.desk.guide import Guide
from waypost.model.pack import Pack
from waypost.packs import Loaded, load

# How long one example takes says something of the machine, and nothing of the program.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

DAY = date(2026, 11, 22)
ROOT = Path(__file__).resolve().parents[1]


@cache
def new_milford() -> Loaded:
    """New Milford's pack, read once for all tests of a process."""
    return load(ROOT / "packs", "us-ct-new-milford")


@pytest.fixture(scope="session")
def loaded() -> Loaded:
    """New Milford's pack with the marks of its files."""
    return new_milford()


@pytest.fixture(scope="session")
def pack(loaded: Loaded) -> Pack:
    """New Milford's pack."""
    return loaded.pack


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database of the session's own."""
    return f"sqlite:///{tmp_path_factory.mktemp('records') / 'records.sqlite'}"


@pytest.fixture(scope="session")
def guide(pack: Pack, database: str) -> Guide:
    """New Milford's guide as of the day on which its facts were gathered."""
    return bootstrap.guide_of(pack, database, DAY)


def skip_or_fail(reason: str) -> NoReturn:
    """Skip a test that this machine cannot run; fail where nothing may be skipped, as in CI."""
    if os.environ.get("WAYPOST_SKIP_IS_FAILURE"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def driver() -> Iterator[Playwright]:
    """What drives the browser; a second one beside it would not start."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of Chromium; without one the test is skipped, or fails where nothing may be skipped."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        skip_or_fail("Chromium is not installed: apt-get install -y --no-install-recommends chromium")
    return found


BOTH = {
    "tests.api.test_api",
    "tests.api.test_changes",
    "tests.matching.test_merges",
    "tests.records.test_canary",
    "tests.records.test_intake",
    "tests.records.test_merge",
    "tests.records.test_publish",
    "tests.records.test_rights",
}
IN_FULL = {"tests.records.test_identity", "tests.records.test_round_trip"}
if os.environ.get("WAYPOST_SOAK"):
    BOTH |= IN_FULL
"""The tests of the store and of what rests on it most: run on SQLite, and again on PostgreSQL."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Let the tests of the store run on both databases."""
    if metafunc.module.__name__ in BOTH:
        metafunc.fixturenames.append("where")
        metafunc.parametrize("where", ["sqlite", "postgresql"], indirect=True, scope="session")


@pytest.fixture(scope="session")
def where(request: pytest.FixtureRequest) -> Iterator[None]:
    """The database that a test runs on."""
    if request.param == "sqlite":
        yield
        return
    before, DATABASES.new = DATABASES.new, request.getfixturevalue("postgres").database
    yield
    DATABASES.close()
    DATABASES.new = before


@pytest.fixture(scope="session")
def programs() -> Path:
    """PostgreSQL's programs; without them the test is skipped, or fails where nothing may be skipped."""
    found = binaries()
    if not found:
        skip_or_fail(INSTALL)
    return found


@pytest.fixture(scope="session")
def postgres(programs: Path) -> Iterator[Cluster]:
    """A PostgreSQL server of the session's own."""
    cluster = Cluster(programs)
    try:
        yield cluster.make().ready()
    finally:
        cluster.throw_away()
