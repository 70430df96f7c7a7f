"""The HSDS API: records for programs, read by id and in lists, from any page of anybody's."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from waypost.desk.served import Served, Wanted
from waypost.server.api.asked import Asked, RefusedError, read
from waypost.server.api.describe import describe
from waypost.server.api.table import TABLE
from waypost.server.current import Current, Edition

AT = "/api/hsds/"
OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Cache-Control": "no-cache",
}
PROFILE = "https://docs.openreferral.org/en/v3.2.3/hsds/"


class Api:
    """Answers below ``/api/hsds/``. It reads what the day's edition may give away and nothing else."""

    def __init__(self, current: Current):
        self.current = current
        self.at_hand: tuple[Edition, Served] | None = None

    def served(self) -> Served:
        """The records of today's edition, made once for it."""
        edition = self.current.edition()
        if self.at_hand is None or self.at_hand[0] is not edition:
            self.at_hand = (edition, edition.guide.served())
        return self.at_hand[1]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; what is wrong with it is told as problem+json."""
        request = Request(scope, receive)
        try:
            answer = await self.answer(request)
        except RefusedError as refused:
            answer = refused.response()
        for name, value in OPEN.items():
            answer.headers[name] = value
        await answer(scope, receive, send)

    async def answer(self, request: Request) -> Response:
        """The answer to one request. Raises RefusedError."""
        name, _, id_ = request.url.path.removeprefix(AT).partition("/")
        methods = ("GET", "HEAD", "POST") if name in TABLE and not id_ else ("GET", "HEAD")
        if name not in (*TABLE, "", "openapi.json") or (id_ and name not in TABLE):
            raise RefusedError(404, ["There is nothing at this address of the API."])
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=preflight(methods))
        if request.method not in methods:
            raise RefusedError(
                405, ["This address does not take that method."], {"Allow": ", ".join(methods)}
            )
        if not name:
            return made(request, about(request))
        if name == "openapi.json":
            return made(request, describe())
        served = await run_in_threadpool(self.served)
        object_ = TABLE[name].object
        if id_:
            await read(request, ())
            if (doc := served.whole(object_, id_)) is None:
                raise RefusedError(404, ["There is no record of that id."])
            return made(request, doc)
        asked = await read(request, TABLE[name].parameters)
        return await run_in_threadpool(listed, request, served, object_, asked)


def listed(request: Request, served: Served, object_: str, asked: Asked) -> Response:
    """One page of a list, or all of it one object a line."""
    ids = served.wanted(object_, msgspec.convert(asked.narrowing(), Wanted))
    if asked.format == "ndjson":
        lines = [msgspec.json.encode(one(served, object_, i, asked)) + b"\n" for i in ids]
        return sent(request, b"".join(lines), "application/x-ndjson")
    pages = max(1, -(-len(ids) // asked.per_page))
    start = (asked.page - 1) * asked.per_page
    here = ids[start : start + asked.per_page]
    page = {
        "total_items": len(ids),
        "total_pages": pages,
        "page_number": asked.page,
        "size": len(here),
        "first_page": asked.page == 1,
        "last_page": asked.page >= pages,
        "empty": not here,
        "contents": [one(served, object_, id_, asked) for id_ in here],
    }
    return made(request, page)


def one(served: Served, object_: str, id_: str, asked: Asked) -> Any:
    """One object as the list was asked to hold it."""
    if asked.minimal:
        doc = served.docs[object_, id_]
        return {field: doc[field] for field in ("id", "last_modified") if field in doc}
    return served.whole(object_, id_) if asked.full else served.brief(object_, id_)


def about(request: Request) -> dict[str, str]:
    """What this API is."""
    return {
        "version": "3.2",
        "profile": PROFILE,
        "openapi_url": f"{request.url.scheme}://{request.url.netloc}{AT}openapi.json",
    }


def made(request: Request, value: Any) -> Response:
    """A value as JSON."""
    return sent(request, msgspec.json.encode(value), "application/json")


def sent(request: Request, body: bytes, kind: str) -> Response:
    """The body under its strong tag; nothing of it where the asker has it already."""
    tag = f'"{hashlib.blake2b(body, digest_size=16).hexdigest()}"'
    said = [t.strip().removeprefix("W/") for t in request.headers.get("if-none-match", "").split(",")]
    if request.method != "POST" and (tag in said or "*" in said):
        return Response(status_code=304, headers={"ETag": tag})
    return Response(body, media_type=kind, headers={"ETag": tag})


def preflight(methods: tuple[str, ...]) -> dict[str, str]:
    """What a browser asks before it lets another site's page ask us."""
    allowed = {"Access-Control-Allow-Methods": ", ".join(methods), "Allow": ", ".join((*methods, "OPTIONS"))}
    return {**allowed, "Access-Control-Allow-Headers": "Content-Type, If-None-Match"}


__all__ = ["Api"]
