"""Logs that hold no word, address or agent of a reader (requirement P6)."""

from __future__ import annotations

import logging
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path

from starlette.types import ASGIApp, Receive, Scope, Send


class Wordless(logging.Formatter):
    """Says when, how bad and who, never what: a library's message may quote what a reader sent."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record, without its message and without its traceback."""
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="seconds")
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
        return f"{moment} {record.levelname} {record.name} {kind}".rstrip()


class Quiet:
    """Notes a fault once, wordlessly, and ends it: nothing above gets to print what it held."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; the page for a fault has been sent by the time an error comes up here."""
        try:
            await self.app(scope, receive, send)
        except Exception as error:
            note_error(error)


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": Wordless}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "plain", "stream": "ext://sys.stderr"}
    },
    "loggers": {
        "uvicorn": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "uvicorn.error": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "uvicorn.access": {"handlers": [], "level": "CRITICAL", "propagate": False},
    },
}
"""For uvicorn: no access log at all, errors without words."""


def note_error(error: BaseException) -> None:
    """Write where an error happened, and of what type, and nothing that it held."""
    moment = datetime.now(UTC).isoformat(timespec="seconds")
    places = [
        f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in traceback.extract_tb(error.__traceback__)
    ]
    print(f"{moment} ERROR {type(error).__name__} at {' < '.join(reversed(places[-8:]))}", file=sys.stderr)
