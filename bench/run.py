"""Measure what matters, side by side in one run, and print ratios: machines differ, ratios less so.

    make bench

Nothing here passes or fails: it shows.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from zoneinfo import ZoneInfo

from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

from waypost import bootstrap
from waypost.build import build
from waypost.desk.find import find
from waypost.desk.law import answer
from waypost.server import Current, Seal, make_app
from waypost.server.seal import new_key

DAY = date(2026, 11, 22)
TOPICS = ("find", "intake", "law", "same", "api", "scale")
"""Modules beside this one, each with a table of its own."""


def timed(work: Callable[[], object], times: int) -> list[float]:
    """Milliseconds of each of ``times`` runs, after one run that is not counted."""
    work()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return taken


def line(name: str, taken: list[float], beside: str = "") -> None:
    """One row: median and 95th percentile in milliseconds."""
    p95 = statistics.quantiles(taken, n=20)[-1] if len(taken) > 1 else taken[0]
    print(f"{name:<46}{statistics.median(taken):>10.3f}{p95:>10.3f}  {beside}")


async def _ask(app: Starlette, path: str) -> bytes:
    body = b""

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, object]) -> None:
        nonlocal body
        body += message.get("body", b"")

    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [],
        "scheme": "http",
        "server": ("127.0.0.1", 80),
        "http_version": "1.1",
        "root_path": "",
    }
    await app(scope, receive, send)
    return body


def pages(guide) -> None:
    """A page of the guide beside a fixed answer of the same size on the same server."""
    app = make_app(Current(lambda day: guide, lambda: guide.on), Seal(new_key(), 0))
    size = len(asyncio.run(_ask(app, "/")))

    async def fixed_answer(request: object) -> Response:
        return Response(b"x" * size, media_type="text/html")

    fixed = Starlette(routes=[Route("/", fixed_answer)])

    def many(target: Starlette) -> list[float]:
        async def run() -> list[float]:
            taken = []
            for _ in range(2000):
                start = time.perf_counter()
                await _ask(target, "/")
                taken.append((time.perf_counter() - start) * 1000)
            return taken

        return asyncio.run(run())

    ours, theirs = many(app), many(fixed)
    line(f"fixed answer of {size:,} bytes", theirs)
    line(
        "home page",
        ours,
        f"{statistics.median(theirs) / statistics.median(ours):.2f} of the fixed answer's rate",
    )


def main() -> None:
    """Print the table."""
    print(f"{'':<46}{'median ms':>10}{'p95 ms':>10}")
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/records.sqlite"
        line("read and check the packs", timed(lambda: bootstrap.read_loaded(None), 3))
        line("recall the packs: not a byte changed", timed(lambda: bootstrap.read_pack(None), 5))
        pack = bootstrap.read_pack(None)
        start = time.perf_counter()
        guide = bootstrap.guide_of(pack, url, DAY)
        line("first guide: schema, records, index", [(time.perf_counter() - start) * 1000])
        line("guide again: nothing changed", timed(lambda: bootstrap.guide_of(pack, url, DAY), 3))
        line("static edition", timed(lambda: build(guide, Path(folder) / "out"), 2))
        pages(guide)
        at = datetime(2026, 11, 22, 14, 0, tzinfo=ZoneInfo("America/New_York"))
        options = {"language": None, "near": None, "at": at, "open_now": False, "limit": 10}
        for words in ("where can i get tested no insurance", "necesito un lugar seguro esta noche"):
            line(
                f"find: {words}",
                timed(lambda w=words: find(pack, guide.directory, guide.index, w, **options), 50),
            )
        seller = {"jurisdiction": "us-ct", "date": "2025-06-10", "role": "buyer", "age": 45, "other_age": 28}
        line("law ask: a buyer", timed(lambda: answer(pack.law, seller, DAY), 200))
    for topic in TOPICS:
        import_module(topic).main()


if __name__ == "__main__":
    main()
