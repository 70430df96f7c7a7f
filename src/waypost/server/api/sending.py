"""How an answer of the API is sent: under its tag and date, and only as far as the asker lacks and takes it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from waypost.server.api.asked import RefusedError

JSON = "application/json"
LINES = "application/x-ndjson"
PROBLEM = "application/problem+json"


def made(request: Request, value: Any, modified: datetime | None = None) -> Response:
    """A value as JSON."""
    body = msgspec.json.encode(value)
    return sent(request, body, tagged(body), JSON, modified)


def sent(
    request: Request, body: bytes | Iterable[bytes], tag: str, kind: str, modified: datetime | None = None
) -> Response:
    """The body under its strong tag; nothing of it where the asker has it already. Raises RefusedError for 406."""
    if not takes(request.headers.get("accept"), kind):
        raise RefusedError(406, [f"This answer is {kind}, and the request takes something else only."])
    headers = {"ETag": tag, **dated(modified)}
    reading = request.method != "POST"
    if reading and known(
        request.headers.get("if-none-match"), request.headers.get("if-modified-since"), tag, modified
    ):
        return Response(status_code=304, headers=headers)
    if isinstance(body, bytes):
        return Response(body, media_type=kind, headers=headers)
    if request.method == "HEAD":
        return Response(media_type=kind, headers=headers)
    return StreamingResponse(body, media_type=kind, headers=headers)


def tagged(body: bytes) -> str:
    """The strong tag of a body."""
    return f'"{hashlib.blake2b(body, digest_size=16).hexdigest()}"'


def dated(modified: datetime | None) -> dict[str, str]:
    """The header that says when the records last changed."""
    if modified is None:
        return {}
    return {"Last-Modified": format_datetime(modified.astimezone(UTC).replace(microsecond=0), usegmt=True)}


def known(tags: str | None, since: str | None, tag: str, modified: datetime | None) -> bool:
    """Whether the asker has this already: by its tags or, only where it gave none, by its date."""
    if tags is not None:
        said = [one.strip().removeprefix("W/") for one in tags.split(",")]
        return tag in said or "*" in said
    if since is None or modified is None:
        return False
    try:
        moment = parsedate_to_datetime(since)
    except (ValueError, TypeError, IndexError, OverflowError):
        return False
    return modified.replace(microsecond=0) <= (moment if moment.tzinfo else moment.replace(tzinfo=UTC))


def takes(accept: str | None, kind: str) -> bool:
    """Whether an Accept header takes a kind: the most exact of its ranges decides."""
    if not accept or not accept.strip():
        return True
    found = {}
    for one in accept.lower().split(","):
        name, *parameters = (part.strip() for part in one.split(";"))
        found[name] = not any(p.replace(" ", "") in NOTHING for p in parameters)
    for name in (kind, f"{kind.partition('/')[0]}/*", "*/*"):
        if name in found:
            return found[name]
    return False


NOTHING = ("q=0", "q=0.0", "q=0.00", "q=0.000")
