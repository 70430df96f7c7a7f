"""Logs that hold no word, address or agent of a reader (requirement P6)."""

from __future__ import annotations

import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "plain", "stream": "ext://sys.stderr"}
    },
    "loggers": {
        "uvicorn": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "uvicorn.error": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "uvicorn.access": {"handlers": [], "level": "CRITICAL", "propagate": False},
    },
}
"""The format leaves the message out on purpose: a library's message may quote what a reader sent."""


def note_error(error: BaseException) -> None:
    """Write where an error happened, and of what type, and nothing that it held."""
    moment = datetime.now(UTC).isoformat(timespec="seconds")
    places = [
        f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in traceback.extract_tb(error.__traceback__)
    ]
    print(f"{moment} ERROR {type(error).__name__} at {' < '.join(reversed(places[-8:]))}", file=sys.stderr)
