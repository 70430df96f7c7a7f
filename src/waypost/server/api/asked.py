"""Reading what was asked: from the address or, so that nothing stands in it, from the body."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from waypost.model.evidence import Struct
from waypost.server.api.table import FARTHEST, MOST, PARAMETERS

LARGEST = 16_384
TITLES = {
    400: "Bad request",
    404: "Not found",
    405: "Method not allowed",
    406: "Not acceptable",
    410: "Gone",
    413: "Too large",
    415: "Not read",
    500: "Fault",
    503: "Not available",
}


class RefusedError(Exception):
    """A request that cannot be answered: its status and everything that is wrong with it."""

    def __init__(self, status: int, wrong: list[str], headers: Mapping[str, str] | None = None):
        super().__init__(status)
        self.status, self.wrong, self.headers = status, wrong, dict(headers or {})

    def response(self) -> Response:
        """The problem as RFC 9457 has it."""
        told = {"type": "about:blank", "title": TITLES[self.status], "status": self.status}
        body = msgspec.json.encode({**told, "detail": " ".join(self.wrong), "errors": self.wrong})
        return Response(body, self.status, self.headers, media_type="application/problem+json")


class Asked(Struct):
    """The parameters of a list."""

    page: int = 1
    per_page: int = 50
    format: str = "json"
    minimal: bool = False
    full: bool = False
    full_service: bool | None = None
    cursor: str | None = None
    narrows: tuple[tuple[str, Any], ...] = ()

    def narrowing(self) -> dict[str, Any]:
        """What narrows the list, by name."""
        return dict(self.narrows)


SHAPE = ("page", "per_page", "format", "minimal", "full", "full_service", "cursor")


async def read(request: Request, known: tuple[str, ...]) -> Asked:
    """The parameters, all of them looked at before any is refused. Raises RefusedError."""
    pairs = request.query_params.multi_items()
    if request.method == "POST":
        pairs += await body_of(request)
    wrong, found = [], {}
    for name, text in pairs:
        if name not in known:
            wrong.append(
                f"A parameter was given that this address does not know; it knows: {', '.join(known) or 'none'}."
            )
        elif name in found:
            wrong.append(f"{name} was given twice.")
        else:
            try:
                found[name] = value(PARAMETERS[name].kind, text)
            except ValueError as error:
                wrong.append(f"{name} {error}.")
    if "proximity" in found and "postcode" not in found:
        wrong.append("proximity needs a postcode to be near to.")
    if wrong:
        raise RefusedError(400, list(dict.fromkeys(wrong)))
    narrows = tuple((name, said) for name, said in found.items() if name not in SHAPE)
    return Asked(**{name: found[name] for name in SHAPE if name in found}, narrows=narrows)


def value(kind: str, text: str) -> Any:
    """A parameter's value. Raises ValueError with what it must be."""
    if kind == "yes":
        if text not in ("true", "false"):
            raise ValueError("is true or false")
        return text == "true"
    if kind in ("number", "size"):
        most = MOST if kind == "size" else FARTHEST
        if not (text.isascii() and text.isdigit() and len(text) < 10 and 0 < int(text) <= most):
            raise ValueError(f"is a whole number from 1 to {most}")
        return int(text)
    if kind == "postcode" and not re.fullmatch(r"[0-9]{5}(-[0-9]{4})?", text):
        raise ValueError("is a postal code of five digits, or of five and four")
    if kind == "format" and text not in ("json", "ndjson"):
        raise ValueError("is json or ndjson")
    if kind == "moment":
        return moment(text)
    return text


LEAP = re.compile(r":60(?=[.,Zz+-]|$)")
"""A leap second, which the clock of this program does not know."""


def moment(text: str) -> datetime:
    """A date or moment, in UTC where it names no zone. Raises ValueError."""
    try:
        found = datetime.fromisoformat(LEAP.sub(":59", text))
    except ValueError:
        raise ValueError("is a date or a moment, as in ISO 8601") from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


async def body_of(request: Request) -> list[tuple[str, str]]:
    """The parameters in a body: a JSON object or a form. Raises RefusedError."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            raise RefusedError(413, [f"A body is at most {LARGEST} bytes."])
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if not body:
        return []
    if kind == "application/x-www-form-urlencoded":
        return parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)
    if kind != "application/json":
        raise RefusedError(415, ["A body is application/json or application/x-www-form-urlencoded."])
    try:
        said = msgspec.json.decode(body, type=dict[str, str | int | float | bool])
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        raise RefusedError(400, ["The body is not a JSON object of parameters."]) from None
    # In JSON 2.0 is the same number as 2.
    said = {n: int(v) if isinstance(v, float) and v.is_integer() else v for n, v in said.items()}
    wrong = [f"{n} is another kind of value in JSON." for n, v in said.items() if not of_kind(n, v)]
    if wrong:
        raise RefusedError(400, wrong)
    return [(n, str(v).lower() if isinstance(v, bool) else str(v)) for n, v in said.items()]


def of_kind(name: str, said: str | float | bool) -> bool:
    """Whether a value in JSON is of its parameter's kind; of an unknown name more is told later."""
    if name not in PARAMETERS:
        return True
    kind = PARAMETERS[name].kind
    return type(said) is {"yes": bool, "number": int, "size": int}.get(kind, str)
