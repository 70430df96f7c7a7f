"""The routes: pages as bytes, the search form by sealed token, assets, and a page for every error."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from waypost.desk.find import find
from waypost.desk.find_wanted import read_wanted
from waypost.server.api import AT as API
from waypost.server.api import Api
from waypost.server.ask import ask_routes
from waypost.server.current import Body, Current, Edition
from waypost.server.form import read_form
from waypost.server.headers import StrictHeaders
from waypost.server.keep import keep_routes
from waypost.server.quiet import Quiet
from waypost.server.seal import Seal
from waypost.site import address
from waypost.site.found import answer_paths
from waypost.site.headers import HEADERS
from waypost.site.pages import kept_page, problem_page, results_page

Endpoint = Callable[[Request], Awaitable[Response]]
_LONGEST_WORDS = 500
_KINDS = {
    "html": "text/html",
    "css": "text/css",
    "js": "text/javascript",
    "svg": "image/svg+xml",
    "ico": "image/x-icon",
    "png": "image/png",
}


def make_app(current: Current, seal: Seal, public: str | None = None) -> ASGIApp:
    """The site of one guide. ``seal`` holds the key shared by all workers, ``public`` is the site's address.

    The headers stand outermost, because the framework answers faults outside its own middleware.
    """
    site = _Site(current, seal)
    routes: list[BaseRoute] = [
        Route("/healthz", site.health, methods=["GET"]),
        Route("/assets/{name}", site.asset, methods=["GET"]),
    ]
    languages = current.edition().guide.pack.manifest.languages
    for language in languages:
        at = address.localized("/", language)
        routes += [
            Route(f"{at}find/", site.take_words(language), methods=["POST"]),
            Route(f"{at}r/{{token}}", site.answer_words(language), methods=["GET"]),
            Route(f"{at}r/{{token}}/", site.answer_words(language), methods=["GET"]),
        ]
    routes += keep_routes(languages)
    routes += ask_routes(current, seal, languages, _send)
    routes.append(Route("/{path:path}", site.page, methods=["GET"]))
    app = Starlette(routes=routes, exception_handlers={HTTPException: site.problem, Exception: site.fault})
    return Quiet(StrictHeaders(_Fork(Api(current, public), app), HEADERS))


class _Fork:
    """Leads programs to the API before the routes of the pages are looked at."""

    def __init__(self, api: Api, pages: ASGIApp):
        self.api = api
        self.pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on to the one or the other."""
        path = scope.get("path", "")
        here = scope["type"] == "http" and (path.startswith(API) or path == API[:-1])
        await (self.api if here else self.pages)(scope, receive, send)


class _Site:
    def __init__(self, current: Current, seal: Seal):
        self.current = current
        self.seal = seal

    async def health(self, request: Request) -> Response:
        """Alive, and for which day."""
        return PlainTextResponse(f"ok {self.current.edition().guide.on}\n")

    async def asset(self, request: Request) -> Response:
        """A style, script or data file; its name holds its hash, yet no-store keeps it off the device."""
        name = request.path_params["name"]
        found = self.current.edition().asset(name)
        if found is None:
            raise HTTPException(404)
        return _send(request, found, _KINDS.get(name.rpartition(".")[2], "application/octet-stream"))

    async def page(self, request: Request) -> Response:
        """A page of the guide; an address without its last slash leads to the one with it."""
        path = request.url.path
        edition = self.current.kept()
        if edition is None:
            edition = await run_in_threadpool(self.current.edition)
        body = edition.kept(path) or await run_in_threadpool(edition.page, path)
        if body is not None:
            return _send(request, body, "text/html")
        if not path.endswith("/") and f"{path}/" in edition.pages:
            return RedirectResponse(f"{path}/", 308)
        raise HTTPException(404)

    def take_words(self, language: str) -> Endpoint:
        """Seal the posted form and lead to its answer, so that Back works and no address holds a word."""

        async def endpoint(request: Request) -> Response:
            form = await read_form(request)
            form["words"] = form.get("words", "")[:_LONGEST_WORDS]
            token = self.seal.seal(form)
            return RedirectResponse(address.localized(f"/r/{token}", language), 303)

        return endpoint

    def answer_words(self, language: str) -> Endpoint:
        """Open the token and answer; one that is past its time leads to a page that says so."""

        async def endpoint(request: Request) -> Response:
            token = request.path_params["token"]
            form = self.seal.open(token)
            if form is None or "words" not in form:
                raise HTTPException(410)
            edition = self.current.edition()
            drawn = await run_in_threadpool(_answer, edition, form, language, token)
            return _send(request, Body.of(drawn), "text/html")

        return endpoint

    async def problem(self, request: Request, error: Exception) -> Response:
        """The page for 400, 403, 404, 405, 410, 413 and 415, in the language of the address."""
        status = error.status_code if isinstance(error, HTTPException) else 500
        headers = dict(error.headers or {}) if isinstance(error, HTTPException) else {}
        edition = self.current.edition()
        said = address.language_of(request.url.path)
        language = said if said in edition.guide.pack.manifest.languages else address.DEFAULT_LANGUAGE
        page = problem_page(edition.guide, language, status)
        return Response(edition.draw(page), status, headers, media_type="text/html")

    async def fault(self, request: Request, error: Exception) -> Response:
        """The page for 500; the error goes on upward to where it is noted without words."""
        return await self.problem(request, error)


def _send(request: Request, body: Body, kind: str) -> Response:
    """The body as the browser can take it, compressed where it may be."""
    headers = {"Vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(body.gzipped, headers={**headers, "Content-Encoding": "gzip"}, media_type=kind)
    return Response(body.plain, headers=headers, media_type=kind)


def _answer(edition: Edition, form: dict[str, str], language: str, token: str) -> bytes:
    guide = edition.guide
    options: dict[str, Any] = {
        "language": language,
        "near": form.get("near") or None,
        "at": datetime.now(ZoneInfo(guide.pack.manifest.settings.timezone)),
        "wanted": read_wanted(form, guide.pack),
        "limit": 20,
        "paths": answer_paths(guide.pack),
    }
    if any(name.startswith("k-") for name in form):
        return edition.draw(kept_page(guide, language, {**form, "token": token}))
    found = find(guide.pack, guide.directory, guide.index, form["words"], **options)
    return edition.draw(results_page(guide, found, language, {**form, "token": token}))
