"""Several servers on one database: what one takes in, the others serve; what is shown goes on when it is away."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.api.asking import api, take
from tests.api.test_changes import doc, follow, now, uid
from tests.postgres import Cluster
from tests.records.factories import NOON, pack
from waypost.store import Store, StoreError, feed, open, records
from waypost.store.records import Change

ORGANIZATION = f"/api/hsds/organizations/{uid(1, 1)}"
LOOK_AGAIN = 0.3
KEPT = ("fsync=off", "synchronous_commit=on")
"""What is acknowledged outlives the server, though not the machine: that is not cut off here."""

LONGEST_WAIT = 5.0


def node(url: str, look_again: float = LOOK_AGAIN) -> tuple[Store, TestClient]:
    """One server with its own connections and its own records in memory."""
    held = open(url, clock=lambda: NOON)
    return held, TestClient(api(held, pack(), look_again=look_again), follow_redirects=False)


@pytest.fixture
def two(postgres: Cluster) -> Iterator[list[tuple[Store, TestClient]]]:
    """Two servers on one database."""
    url = postgres.database()
    nodes = [node(url), node(url)]
    yield nodes
    for held, _ in nodes:
        held.close()


def within(seconds: float, what: Any) -> bool:
    """Whether something comes true in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if what():
            return True
        time.sleep(0.02)
    return False


def test_what_one_node_takes_in_another_serves(two: list[tuple[Store, TestClient]]) -> None:
    """A change through one server is served by the other once it has looked again, and told in its feed."""
    (first, ask), (_, other) = two
    take(first, doc(1))
    replica: dict[tuple[str, str], Any] = {}
    cursor = follow(other, None, replica)
    assert other.get(ORGANIZATION).status_code == 200
    take(first, {**doc(1), "name": "Another name"})
    assert within(LOOK_AGAIN + 2, lambda: other.get(ORGANIZATION).json()["name"] == "Another name")
    follow(other, cursor, replica)
    assert replica["organization", uid(1, 1)]["name"] == "Another name"
    assert within(LOOK_AGAIN + 2, lambda: now(ask) == now(other) == replica)


def test_a_node_goes_on_while_the_database_is_away(programs: Path) -> None:
    """A server whose database is cut off goes on serving what it has, and serves what is new once it is back."""
    cluster = Cluster(programs, settings=KEPT)
    try:
        held, ask = node(cluster.make().database(), look_again=0)
        take(held, doc(1))
        assert ask.get(ORGANIZATION).status_code == 200
        cluster.cut_off()
        assert ask.get(ORGANIZATION).json()["name"] == "Center 1"
        with pytest.raises(StoreError):
            take(held, doc(2))
        cluster.start()
        take(held, {**doc(1), "name": "Another name"})
        assert ask.get(ORGANIZATION).json()["name"] == "Another name"
        held.close()
    finally:
        cluster.throw_away()


@pytest.mark.skipif(not os.environ.get("WAYPOST_SOAK"), reason="a quarter of a minute long: make soak")
def test_failover_loses_nothing_acknowledged(programs: Path) -> None:
    """The primary is killed while it is written to: its standby takes over with every acknowledged change.

    Readers are answered throughout, from a server that names both hosts and is never restarted.
    """
    primary, standby = Cluster(programs, settings=KEPT), Cluster(programs, settings=KEPT)
    try:
        database = primary.make().database().rsplit("/", 1)[1]
        standby.copy_of(primary)
        primary.sql("ALTER SYSTEM SET synchronous_standby_names = 'standby'")
        primary.sql("SELECT pg_reload_conf()")
        hosts = "&".join(f"host=127.0.0.1:{one.port}" for one in (primary, standby))
        held, ask = node(f"postgresql+psycopg://waypost@/{database}?{hosts}")
        take(held, doc(1))
        acknowledged: list[int] = []
        answers: list[tuple[int, float]] = []
        stop = threading.Event()
        writer = threading.Thread(target=write_until, args=(held, stop, acknowledged))
        reader = threading.Thread(target=read_until, args=(ask, stop, answers))
        writer.start()
        reader.start()
        assert within(20, lambda: len(acknowledged) >= 50)
        primary.kill()
        before = len(acknowledged)
        standby.promote()
        assert within(30, lambda: len(acknowledged) >= before + 50)
        read = len(answers)
        assert within(30, lambda: len(answers) >= read + 50)
        stop.set()
        writer.join()
        reader.join()
        with held.read() as connection:
            there = {int(one.id) for one in feed.lines(connection) if one.object == "count"}
        assert set(acknowledged) <= there
        assert {status for status, _ in answers} == {200}
        assert max(waited for _, waited in answers) < LONGEST_WAIT
        held.close()
    finally:
        primary.throw_away()
        standby.throw_away()


def write_until(held: Store, stop: threading.Event, acknowledged: list[int]) -> None:
    """Write one line after another, each until it is acknowledged."""
    number = 0
    while not stop.is_set():
        number += 1
        line = Change("count", str(number), "taken", "a", "2026-11-22T12:00:00Z", 1)
        try:
            with held.write() as connection:
                records.tell(connection, [line])
        except StoreError:
            time.sleep(0.05)
        else:
            acknowledged.append(number)


def read_until(ask: TestClient, stop: threading.Event, answers: list[tuple[int, float]]) -> None:
    """Ask for one record again and again; how it was answered, and after how many seconds."""
    while not stop.is_set():
        start = time.monotonic()
        status = ask.get(ORGANIZATION).status_code
        answers.append((status, time.monotonic() - start))
        time.sleep(0.01)
