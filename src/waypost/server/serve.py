"""Run the site: one process or several, the key made by the parent and kept in memory."""

from __future__ import annotations

import http.client
import os
import socket
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import uvicorn
from starlette.types import ASGIApp
from uvicorn.supervisors import Multiprocess

from waypost.desk.guide import Guide
from waypost.model.evidence import Problem, ProblemsFound
from waypost.server.app import make_app
from waypost.server.current import Current
from waypost.server.quiet import LOGGING
from waypost.server.seal import STEP, Seal, new_key


@dataclass(frozen=True)
class Application:
    """What each worker makes its app from; it travels to them by pickle, never by environment."""

    make: Callable[[date], Guide]
    today: Callable[[], date]
    key: bytes
    epoch: int
    public: str | None = None

    def __call__(self) -> ASGIApp:
        """Make the app in this process."""
        return make_app(Current(self.make, self.today), Seal(self.key, self.epoch), self.public)


def serve(
    make: Callable[[date], Guide],
    today: Callable[[], date],
    *,
    host: str,
    port: int,
    workers: int,
    public: str | None = None,
) -> None:
    """Serve until told to stop. Raises ProblemsFound if the address cannot be had."""
    listening = _bind(host, port)
    app = Application(make, today, new_key(), int(time.time() // STEP), public)
    config = uvicorn.Config(
        app,
        factory=True,
        log_config=LOGGING,
        access_log=False,
        server_header=False,
        date_header=False,
        workers=workers,
        lifespan="off",
        proxy_headers=False,
        timeout_graceful_shutdown=3,
    )
    bound = listening.getsockname()[1]
    threading.Thread(target=_announce, args=(host, bound), daemon=True).start()
    if workers > 1:
        Multiprocess(config, sockets=[listening]).run()
    else:
        uvicorn.Server(config).run(sockets=[listening])


def _bind(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio sends small pieces at once only on sockets that say that they are TCP; else each answer on a
    # connection that stays open waits 40 ms for the other side's acknowledgement.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise ProblemsFound([_taken(host, port, error)]) from None
    listening.set_inheritable(True)
    return listening


def _announce(host: str, port: int) -> None:
    """Print the address once somebody answers there."""
    for _ in range(600):
        try:
            asked = http.client.HTTPConnection(host, port, timeout=2)
            asked.request("GET", "/healthz")
            if asked.getresponse().status == 200:
                shown = f"[{host}]" if ":" in host else host
                print(f"Waypost is ready at http://{shown}:{port}/  (stop it with Ctrl+C)", flush=True)
                return
        except OSError:
            pass
        time.sleep(0.1)
    print("Waypost did not come up within a minute.", file=sys.stderr)


def _taken(host: str, port: int, error: OSError) -> Problem:
    return Problem(
        where=f"--host {host} --port {port}",
        what=f"this address cannot be used: {os.strerror(error.errno or 0).lower()}",
        why="Another program may be using it, perhaps another Waypost.",
        do=f"Stop that program, or choose another port, such as --port {port + 1}.",
    )


__all__ = ["Application", "serve"]
