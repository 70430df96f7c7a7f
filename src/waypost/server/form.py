"""Read a posted form: small, urlencoded, never from another site."""

from __future__ import annotations

from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request

MOST_BYTES = 64 * 1024
MOST_FIELDS = 60


def refuse_cross_site(request: Request) -> None:
    """Refuse a form that another site's page sent. Raises HTTPException 403.

    By ``Sec-Fetch-Site`` (decision 4): under no-referrer our own forms say ``Origin: null``. Browsers too old
    to send it are let through: no form here changes anything that lasts.
    """
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        raise HTTPException(403)


async def read_form(request: Request) -> dict[str, str]:
    """The fields of the form, the last of each name. Raises HTTPException 400, 403, 413 or 415."""
    refuse_cross_site(request)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise HTTPException(415)
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise HTTPException(413)
    try:
        pairs = parse_qsl(body.decode("utf-8", "replace"), max_num_fields=MOST_FIELDS, keep_blank_values=True)
    except ValueError:
        raise HTTPException(400) from None
    return {name: value.replace("\0", " ") for name, value in pairs}
