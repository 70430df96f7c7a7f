"""The HSDS API over a real socket: records by id and in lists, beside a fixed answer, and search beside datasette.

The fixed answer has as many bytes and stands on the same server. datasette serves the same records, with its full
text; it comes from the second environment (`make bench` makes it).
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import intake as records

SERVICES = 10_000
SECONDS, ROUNDS, CONNECTIONS = 0.7, 7, 16
ROOT = Path(__file__).resolve().parents[1]
DATASETTE = ROOT / ".venv-workshop" / "bin" / "datasette"
FIXED = """
import sys, uvicorn
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route
async def fixed(request):
    return Response(b"x" * int(request.path_params["size"]), media_type="application/json")
app = Starlette(routes=[Route("/{size:int}", fixed)])
uvicorn.run(app, port=int(sys.argv[1]), access_log=False, log_level="warning", server_header=False, date_header=False)
"""


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as at:
        at.bind(("127.0.0.1", 0))
        return int(at.getsockname()[1])


@contextmanager
def running(command: list[str], port: int, **environment: str) -> Iterator[int]:
    """A server, from when it takes connections until the end."""
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, env={**os.environ, **environment}, stdout=quiet, stderr=quiet)
    try:
        for _ in range(1200):
            with socket.socket() as at:
                if at.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        _settled(process.pid)
        yield port
    finally:
        process.terminate()
        process.wait()


def _settled(pid: int) -> None:
    """Wait until a server that has just started has done what it does beside answering."""
    stat = Path(f"/proc/{pid}/stat")
    for _ in range(300 if stat.exists() else 0):
        before = sum(map(int, stat.read_text().split()[13:15]))
        time.sleep(1)
        if sum(map(int, stat.read_text().split()[13:15])) - before < 5:
            return


async def _one(port: int, paths: list[str], until: float) -> tuple[int, int]:
    """How many answers one connection got, and the bytes of the last."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    count = size = 0
    while time.perf_counter() < until:
        path = paths[count % len(paths)]
        writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        head = await reader.readuntil(b"\r\n\r\n")
        if b" 200 " not in head.split(b"\r\n", 1)[0]:
            raise SystemExit(f"{path}: {head[:40]!r}")
        size = await _body(reader, head.lower())
        count += 1
    writer.close()
    return count, size


async def _body(reader: asyncio.StreamReader, head: bytes) -> int:
    """Read what follows a head, in one piece or in chunks: how many bytes that was."""
    for said in head.split(b"\r\n"):
        if said.startswith(b"content-length:"):
            return len(await reader.readexactly(int(said.split(b":")[1])))
    size = 0
    while chunk := int(await reader.readline(), 16):
        size += len(await reader.readexactly(chunk))
        await reader.readline()
    await reader.readline()
    return size


def rate(port: int, paths: list[str]) -> tuple[float, int]:
    """Answers a second over some connections that stay open, and the bytes of one."""

    async def all_() -> list[tuple[int, int]]:
        until = time.perf_counter() + SECONDS
        return await asyncio.gather(*(_one(port, paths[n:] + paths[:n], until) for n in range(CONNECTIONS)))

    told = asyncio.run(all_())
    return sum(count for count, _ in told) / SECONDS, told[0][1]


def table_of(path: Path) -> None:
    """The same services as one table with full text, as datasette searches it."""
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE services (id TEXT PRIMARY KEY, name TEXT, description TEXT, doc TEXT)")
        rows = ((s["id"], s["name"], s["description"], json.dumps(s)) for s in records.services(SERVICES))
        db.executemany("INSERT INTO services VALUES (?, ?, ?, ?)", rows)
        db.execute("CREATE VIRTUAL TABLE services_fts USING fts5(name, description, content=services)")
        db.execute("INSERT INTO services_fts(services_fts) VALUES ('rebuild')")


def line(name: str, per_second: float, share: str) -> None:
    """One row."""
    print(f"{name:<46}{per_second:>10,.0f} /s  {share}")


def main() -> None:
    """Print the table."""
    print(f"\nThe API over {SERVICES:,} services, {CONNECTIONS} connections, answers a second")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        records.SERVICES = SERVICES
        path = records.write_json(folder)
        home = {"WAYPOST_HOME": str(folder / "home")}
        waypost = [sys.executable, "-m", "waypost"]
        subprocess.run([*waypost, "import", str(path), "--source", "bench"], env={**os.environ, **home}, check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
        ids = [service["id"] for service in records.services(500)]
        searched = [f"search={n}" for n in range(100, 200)]
        asked = {
            "by id": [f"/api/hsds/services/{id_}" for id_ in ids],
            "list of 10": [f"/api/hsds/services?per_page=10&page={n}" for n in range(1, 200)],
            "list of 100": [f"/api/hsds/services?per_page=100&page={n}" for n in range(1, 90)],
            "search, first 10": [f"/api/hsds/services?per_page=10&{q}" for q in searched],
        }
        ours, fixed, code = free_port(), free_port(), folder / "fixed.py"
        code.write_text(FIXED)
        serve = [*waypost, "serve", "--port", str(ours)]
        with (
            running(serve, ours, **home),
            running([sys.executable, str(code), str(fixed)], fixed),
        ):
            for what, paths in asked.items():
                size = rate(ours, paths)[1]
                per_second, ceiling, share = beside(ours, paths, fixed, [f"/{size}"])
                told = f"{share:.2f} of a fixed answer of {size:,} bytes ({ceiling:,.0f} /s)"
                line(what, per_second, told)
            beside_datasette(folder, ours, asked, ids, searched)


def beside(ours: int, paths: list[str], other: int, others: list[str]) -> tuple[float, float, float]:
    """Answers a second of two servers, asked in turns, and the middle one of the shares of all turns."""
    pairs = [(rate(ours, paths)[0], rate(other, others)[0]) for _ in range(ROUNDS)]
    middle = statistics.median
    return middle(a for a, _ in pairs), middle(b for _, b in pairs), middle(a / b for a, b in pairs)


def beside_datasette(
    folder: Path, ours: int, asked: dict[str, list[str]], ids: list[str], searched: list[str]
) -> None:
    """The same questions to datasette, if it is there."""
    if not DATASETTE.exists():
        print("datasette is not here: make bench brings it")
        return
    table_of(folder / "town.db")
    port = free_port()
    with running([str(DATASETTE), "serve", str(folder / "town.db"), "--port", str(port)], port):
        theirs = {
            "by id": [f"/town/services/{id_}.json?_shape=objects" for id_ in ids],
            "list of 10": ["/town/services.json?_size=10&_shape=objects"],
            "search, first 10": [f"/town/services.json?_size=10&_shape=objects&_{q}" for q in searched],
        }
        for what, paths in theirs.items():
            _, per_second, times = beside(ours, asked[what], port, paths)
            line(f"datasette, {what}", per_second, f"Waypost answers {times:.1f} times as many")


if __name__ == "__main__":
    main()
