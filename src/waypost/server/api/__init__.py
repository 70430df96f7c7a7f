"""The HSDS API: records for programs, read by id, in lists and as a feed, from any page of anybody's."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import datetime
from functools import cache, lru_cache
from typing import Any
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from waypost.desk.served import Body, Served
from waypost.exchange import profile
from waypost.server.api.asked import RefusedError, read
from waypost.server.api.describe import describe
from waypost.server.api.lists import changed, listed, whole
from waypost.server.api.sending import JSON, dated, known, made, sent, tagged, takes
from waypost.server.api.table import CHANGES, TABLE
from waypost.server.current import Current, Edition
from waypost.store import StoreError

AT = "/api/hsds/"
OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Last-Modified, Location",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Cache-Control": "no-cache",
}
RAW = [(name.lower().encode(), value.encode()) for name, value in OPEN.items()]
LOOK_AGAIN = 1.0
"""After how many seconds the database is asked whether it has changed."""

LISTS = ("GET", "HEAD", "POST")
READS = ("GET", "HEAD")


class Api:
    """Answers below ``/api/hsds/``. It reads what the day's edition may give away and nothing else.

    ``public`` is the address by which the site is known, such as ``https://example.org``.
    """

    def __init__(self, current: Current, public: str | None = None, look_again: float = LOOK_AGAIN):
        self.current = current
        self.public = public
        self.look_again = look_again
        self.at_hand: tuple[Edition, Served] | None = None
        self.until = 0.0

    def ready(self) -> Served | None:
        """The records at hand if they are today's and were compared with the database just now."""
        if self.at_hand is None or time.monotonic() >= self.until:
            return None
        edition, served = self.at_hand
        return served if edition is self.current.kept() else None

    def served(self) -> Served:
        """The records as they are now. Raises RefusedError if there are none and the database is away."""
        edition = self.current.edition()
        try:
            found = edition.guide.served()
        except StoreError:
            raise RefusedError(503, ["The records cannot be read just now. Ask again soon."]) from None
        self.at_hand, self.until = (edition, found), time.monotonic() + self.look_again
        return found

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; what is wrong with it is told as problem+json."""
        if found := self.quickly(scope):
            await at_once(scope, send, *found)
            return
        request = Request(scope, receive)
        try:
            answer = await self.answer(request)
        except RefusedError as refused:
            answer = refused.response()
        except Exception:
            await opened(
                RefusedError(500, ["Something is wrong here, and not with what was asked."]).response()
            )(scope, receive, send)
            raise
        await opened(answer)(scope, receive, send)

    def quickly(self, scope: Scope) -> tuple[Body, Served] | None:
        """The object that is asked for by id and nothing else, if the records are at hand."""
        if scope["method"] != "GET" or scope["query_string"]:
            return None
        name, _, id_ = scope["path"][len(AT) :].partition("/")
        listing = TABLE.get(name)
        if listing is None or not id_ or (served := self.ready()) is None:
            return None
        body = served.body(listing.object, id_)
        return None if body is None else (body, served)

    async def answer(self, request: Request) -> Response:
        """The answer to one request. Raises RefusedError."""
        path = request.scope["path"]
        name, slash, id_ = path.removeprefix(AT).partition("/")
        methods = methods_of(path)
        if methods is None:
            raise RefusedError(404, ["There is nothing at this address of the API."])
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=preflight(methods))
        if request.method not in methods:
            allow = {"Allow": ", ".join((*methods, "OPTIONS"))}
            raise RefusedError(405, ["This address does not take that method."], allow)
        if path == AT[:-1] or (slash and not id_):
            return led_on(request, AT if path == AT[:-1] else f"{AT}{name}")
        if name in ("", "openapi.json", "profile"):
            await read(request, ())
        if not name:
            return made(request, self.about(request))
        if name == "profile":
            return of_profile(request, id_ or "profile.json")
        served = self.ready()
        if served is None:
            served = await run_in_threadpool(self.served)
        if name == "openapi.json":
            return made(request, describe(sorted(served.reach.codes)))
        if name == "changes":
            return await run_in_threadpool(changed, request, served, await read(request, CHANGES))
        if id_:
            return await one(request, served, name, id_)
        asked = await read(request, TABLE[name].parameters)
        return await run_in_threadpool(listed, request, served, TABLE[name].object, asked)

    def about(self, request: Request) -> dict[str, str]:
        """What this API is. Its address comes from the settings, else from the socket: never from the asker."""
        address = self.public or self.listening(request.scope)
        return {
            "version": "3.2",
            "profile": f"{address}{AT}profile",
            "openapi_url": f"{address}{AT}openapi.json",
            "description": "Records of services that help, from what their sources let be passed on.",
        }

    def listening(self, scope: Scope) -> str:
        """The address at which this server itself listens."""
        host, port = scope.get("server") or ("localhost", None)
        shown = f"[{host}]" if ":" in host else host
        return f"{scope['scheme']}://{shown}{f':{port}' if port not in (None, 80, 443) else ''}"


def methods_of(path: str) -> tuple[str, ...] | None:
    """The methods that an address takes; None where nothing is."""
    if path == AT[:-1]:
        return LISTS
    name, _, id_ = path.removeprefix(AT).partition("/")
    if name in TABLE or name == "changes":
        if id_ and name == "changes":
            return None
        return READS if id_ else LISTS
    if name == "profile":
        return READS if not id_ or id_ in profile_files() else None
    return READS if name in ("", "openapi.json") and not id_ else None


async def one(request: Request, served: Served, name: str, id_: str) -> Response:
    """One object by its id, or where it stands now. Raises RefusedError."""
    listing = TABLE[name]
    asked = await read(request, listing.one)
    body = served.body(listing.object, id_)
    if body is None:
        standing = served.standing(listing.object, id_)
        if standing is None:
            raise RefusedError(404, ["There is no record of that id."])
        return led_on(request, f"{AT}{name}/{quote(standing, safe='')}")
    if asked.full_service is False:
        return made(request, whole(served, listing.object, id_, False), served.modified)
    return sent(request, body.bytes, body.tag, JSON, served.modified)


async def at_once(scope: Scope, send: Send, body: Body, served: Served) -> None:
    """An object that is at hand, sent without anything between."""
    said = {name: value.decode("latin-1") for name, value in scope["headers"] if name in LOOKED_AT}
    if not takes(said.get(b"accept"), JSON):
        refused = RefusedError(406, [f"This answer is {JSON}, and the request takes something else only."])
        await opened(refused.response())(scope, nothing, send)
        return
    same = known(said.get(b"if-none-match"), said.get(b"if-modified-since"), body.tag, served.modified)
    headers = [*RAW, (b"etag", body.tag.encode()), (b"last-modified", last_modified(served.modified))]
    if not same:
        headers += [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body.bytes))]
    await send({"type": "http.response.start", "status": 304 if same else 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if same else body.bytes})


@lru_cache(8)
def last_modified(moment: datetime) -> bytes:
    """The date of the records as a header has it."""
    return dated(moment)["Last-Modified"].encode()


LOOKED_AT = (b"accept", b"if-none-match", b"if-modified-since")


async def nothing() -> dict[str, Any]:
    """No body: what is answered at once is not read."""
    return {"type": "http.disconnect"}


def led_on(request: Request, to: str) -> Response:
    """The way to another address of ours, with what was asked."""
    query = request.scope["query_string"].decode("latin-1")
    return Response(status_code=308, headers={"Location": f"{to}?{query}" if query else to})


def of_profile(request: Request, name: str) -> Response:
    """One file of our profile."""
    return sent(request, profile_files()[name][0], profile_files()[name][1], JSON)


@cache
def profile_files() -> Mapping[str, tuple[bytes, str]]:
    """The files of our profile by name, each with its tag."""
    return {name: (body, tagged(body)) for name, body in profile.files().items()}


def opened(answer: Response) -> Response:
    """The answer as any site's page may read it."""
    for name, value in OPEN.items():
        answer.headers[name] = value
    return answer


def preflight(methods: tuple[str, ...]) -> dict[str, str]:
    """What a browser asks before it lets another site's page ask us."""
    allowed = {"Access-Control-Allow-Methods": ", ".join(methods), "Allow": ", ".join((*methods, "OPTIONS"))}
    known_headers = "Accept, Content-Type, If-Modified-Since, If-None-Match"
    return {**allowed, "Access-Control-Allow-Headers": known_headers}


__all__ = ["Api"]
