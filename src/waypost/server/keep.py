"""The copy on a reader's own device: the script that keeps it, and the answer that removes it (requirement P19)."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from waypost.site import address
from waypost.site.bundle import keeper

_MAY_FETCH_HERE = "default-src 'none'; connect-src 'self'"
"""A service worker lives under its own policy: it asks this site for pages, and nobody for anything else."""


def keep_routes(languages: Iterable[str]) -> list[Route]:
    """The routes of the copy. Whether one is there, no server knows."""
    removals = [address.localized(address.keep_remove(), language) for language in languages]
    return [
        Route(address.keep_worker(), _keeper, methods=["GET"]),
        *(Route(path, _remove, methods=["POST"]) for path in removals),
    ]


async def _keeper(request: Request) -> Response:
    headers = {"Content-Security-Policy": _MAY_FETCH_HERE}
    return Response(keeper(), headers=headers, media_type="text/javascript")


async def _remove(request: Request) -> Response:
    """Have the browser drop everything of this site, script or not, and lead back to the page."""
    back = address.localized(address.keep(), address.language_of(request.url.path))
    return RedirectResponse(back, 303, {"Clear-Site-Data": '"cache", "storage"'})
