"""What a server keeps of its readers (requirement P6): a real process, its logs, its database, its files."""

from __future__ import annotations

import http.client
import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

MARKED = "zebrafinch"
AGENT = "MarkedBrowser"
READER = "127.0.0.77"
"""The reader's own address: it differs from the server's, so that each place where it stands is a trace."""

FORM = {"content-type": "application/x-www-form-urlencoded", "user-agent": AGENT}


def traces(folder: Path, marks: tuple[str, ...] = (MARKED, AGENT, READER)) -> list[str]:
    """Every file below a folder in which a mark stands, in UTF-8 or UTF-16."""
    found = []
    for path in folder.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            found += [
                f"{path.name}: {mark}"
                for mark in marks
                if mark.encode() in data or mark.encode("utf-16-le") in data
            ]
    return found


def asked(port: int, method: str, path: str, body: bytes = b"", **headers: str) -> http.client.HTTPResponse:
    """One request from the reader's own address."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=20, source_address=(READER, 0))
    line.request(method, path, body or None, {**FORM, **headers})
    answer = line.getresponse()
    answer.read()
    line.close()
    return answer


def provoke(port: int) -> set[int]:
    """Twenty requests that go wrong, each with the mark; returns their statuses."""
    statuses = set()
    for turn in range(4):
        wrong = [
            asked(port, "GET", f"/{MARKED}/{turn}"),
            asked(port, "DELETE", f"/?q={MARKED}"),
            asked(port, "POST", "/find/", b"words=" + MARKED.encode() + b"x" * 90_000),
            asked(port, "POST", "/find/", MARKED.encode(), **{"content-type": "application/json"}),
            asked(port, "GET", f"/r/{MARKED}"),
        ]
        statuses |= {answer.status for answer in wrong}
    return statuses


def test_p6_a_hundred_searches_and_twenty_faults_leave_no_trace(tmp_path: Path) -> None:
    """P6: no word, address or browser of a reader in any log, database, backup or file of the server."""
    environment = {**os.environ, "WAYPOST_HOME": str(tmp_path / "home"), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "waypost", "serve", "--port", "0"]
    with (
        (tmp_path / "told").open("w+b") as told,
        (tmp_path / "faults").open("wb") as faults,
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=faults) as server,
    ):
        try:
            assert server.stdout is not None
            line = server.stdout.readline()
            found = re.search(rb":(\d+)/", line)
            assert found, line
            port = int(found[1])
            for number in range(100):
                body = urlencode({"words": f"food {MARKED} {number}", "near": MARKED}).encode()
                place = asked(port, "POST", "/find/", body).headers["location"]
                assert MARKED not in place
                if number % 10 == 0:
                    assert asked(port, "GET", place).status == 200
            assert provoke(port) == {404, 405, 410, 413, 415}
        finally:
            server.terminate()
            told.write(line + server.stdout.read() if server.stdout else b"")
    with (
        closing(sqlite3.connect(tmp_path / "home" / "records.sqlite")) as records,
        closing(sqlite3.connect(tmp_path / "backup.sqlite")) as backup,
    ):
        records.backup(backup)
    assert (tmp_path / "backup.sqlite").stat().st_size > 100_000
    assert traces(tmp_path) == []


def test_p6_a_trace_would_be_found(tmp_path: Path) -> None:
    """P6: a word in a log, planted, is found; the test above can fail."""
    (tmp_path / "access.log").write_text(f"GET /?q={MARKED} 200")
    assert traces(tmp_path) == [f"access.log: {MARKED}"]
