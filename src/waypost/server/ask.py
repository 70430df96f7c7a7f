"""The routes of the law explorer: a posted form, sealed, leads to its answer; no address holds a word."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from waypost.server.current import Body, Current
from waypost.server.form import read_form
from waypost.server.seal import Seal
from waypost.site import address
from waypost.site.pages import ask_page
from waypost.site.pages.ask_law_read import kept

Endpoint = Callable[[Request], Awaitable[Response]]
Send = Callable[[Request, Body, str], Response]
_KIND = "law"
"""Marks the tokens of this form, so that one of another form does not open here."""


def ask_routes(current: Current, seal: Seal, languages: Sequence[str], send: Send) -> list[Route]:
    """The form and its answers in each language. ``send`` answers with a body as the browser can take it."""
    routes = []
    for language in languages:
        at = address.localized("/", language)[:-1]
        answer = _answer(current, seal, language, send)
        routes += [
            Route(f"{at}{address.ask()}", _take(current, seal, language), methods=["POST"]),
            Route(f"{at}{address.law_result('{token}')}", answer, methods=["GET"]),
            Route(f"{at}{address.law_result('{token}')}/", answer, methods=["GET"]),
        ]
    return routes


def _take(current: Current, seal: Seal, language: str) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        form = await read_form(request)
        if not current.edition().guide.pack.law.form.situations:
            raise HTTPException(404)
        token = seal.seal({**kept(form), "": _KIND})
        return RedirectResponse(address.localized(address.law_result(token), language), 303)

    return endpoint


def _answer(current: Current, seal: Seal, language: str, send: Send) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        token = request.path_params["token"]
        form = seal.open(token)
        if form is None or form.pop("", None) != _KIND:
            raise HTTPException(410)
        edition = current.edition()

        def draw() -> Body:
            return Body.of(edition.draw(ask_page(edition.guide, form, language, token)))

        return send(request, await run_in_threadpool(draw), "text/html")

    return endpoint
