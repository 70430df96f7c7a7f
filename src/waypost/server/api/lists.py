"""The lists of the API, and the feed of what changed."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from waypost.desk.served import Served, tag_of
from waypost.desk.served_changes import Aged, Cursor, Entry
from waypost.desk.served_lists import Wanted
from waypost.exchange.batch import Doc
from waypost.exchange.objects import NESTED
from waypost.model.evidence import ProblemsFound
from waypost.server.api.asked import Asked, RefusedError
from waypost.server.api.sending import LINES, made, sent

AT_ONCE = 100
"""How many objects are sent at a time where a list is sent without pages."""


def listed(request: Request, served: Served, object_: str, asked: Asked) -> Response:
    """One page of a list, or all of it one object a line. Raises RefusedError."""
    try:
        ids = served.wanted(object_, msgspec.convert(asked.narrowing(), Wanted))
    except ProblemsFound as found:
        told = [f"{problem.what} {problem.why} {problem.do}" for problem in found.problems]
        raise RefusedError(400, told) from None
    if asked.format == "ndjson":
        tag = tag_of(f"{served.stamp} {object_} {asked!r}".encode())
        return sent(request, lines(served, object_, ids, asked), f'"{tag}"', LINES, served.modified)
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
    return made(request, page, served.modified)


def lines(served: Served, object_: str, ids: list[str], asked: Asked) -> Iterator[bytes]:
    """The objects one a line, some at a time, so that no list has to be held whole."""
    for start in range(0, len(ids), AT_ONCE):
        some = (one(served, object_, id_, asked) for id_ in ids[start : start + AT_ONCE])
        yield b"".join(msgspec.json.encode(doc) + b"\n" for doc in some)


def one(served: Served, object_: str, id_: str, asked: Asked) -> Any:
    """One object as it was asked for."""
    if asked.minimal:
        doc = served.docs[object_, id_]
        return {field: doc[field] for field in ("id", "last_modified") if field in doc}
    if asked.full:
        return whole(served, object_, id_, asked.full_service)
    if asked.full_service:
        services = (served.whole(object_, id_) or {}).get("services")
        return {**served.brief(object_, id_), **({} if services is None else {"services": services})}
    return served.brief_bytes(object_, id_)


def whole(served: Served, object_: str, id_: str, full_service: bool | None) -> Any:
    """An object with everything nested in it; its services only in brief if they were declined in full."""
    if full_service is not False or object_ != "organization":
        found = served.body(object_, id_)
        return None if found is None else msgspec.Raw(found.bytes)
    doc = served.whole(object_, id_)
    if doc is not None and isinstance(doc.get("services"), list):
        doc = {**doc, "services": [only_single(service) for service in doc["services"]]}
    return doc


def only_single(service: Doc) -> Doc:
    """A nested service without its own lists."""
    several = {field for field, nested in NESTED["service"].items() if nested.many}
    return {field: value for field, value in service.items() if field not in several}


def changed(request: Request, served: Served, asked: Asked) -> Response:
    """What changed since a cursor, and the cursor behind that. Raises RefusedError."""
    cursor = read_cursor(served, asked.cursor) if asked.cursor is not None else served.feed.start()
    found, behind = served.feed.after(cursor, asked.per_page)
    page = {
        "size": len(found),
        "contents": [told(served, entry, asked.full) for entry in found],
        "next": written(behind),
        "more": bool(served.feed.after(behind, 1)[0]),
    }
    return made(request, page, served.modified)


def told(served: Served, entry: Entry | Aged, full: bool) -> Doc:
    """One entry of the feed as it is sent."""
    if isinstance(entry, Aged):
        there = (entry.object, entry.id) in served.docs
        moment = f"{date.fromordinal(entry.day)}T00:00:00Z"
        said: Doc = {"change": "changed" if there else "withdrawn", "at": moment}
    else:
        there = entry.change in ("created", "changed")
        said = {"change": entry.change, "at": entry.moment}
        if entry.into is not None:
            said["into"] = entry.into
    doc = {"object": entry.object, "id": entry.id, **said}
    if full and there:
        doc["record"] = whole(served, entry.object, entry.id, None)
    return doc


def written(cursor: Cursor) -> str:
    """A cursor as text that means nothing to whoever holds it."""
    return base64.urlsafe_b64encode(msgspec.json.encode(cursor)).rstrip(b"=").decode()


def read_cursor(served: Served, text: str) -> Cursor:
    """The cursor that a text stands for. Raises RefusedError."""
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        cursor = msgspec.json.decode(raw, type=Cursor)
    except (binascii.Error, ValueError, RecursionError):
        raise RefusedError(400, ["This cursor is broken. Begin without one."]) from None
    if cursor.rights != served.feed.rights:
        raise RefusedError(
            410,
            ["What may be passed on is decided differently since this cursor was given. Begin without one."],
        )
    if cursor.at > served.feed.last or min(cursor.at) < 0 or cursor.aged[0] > served.feed.today:
        raise RefusedError(400, ["This cursor is not from this guide. Begin without one."])
    return cursor
