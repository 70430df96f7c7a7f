"""Strict headers on every answer, error pages included (requirement P7)."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class StrictHeaders:
    """Adds the headers to every answer of the app, whoever made it."""

    def __init__(self, app: ASGIApp, headers: Mapping[str, str]):
        self.app = app
        self.raw = [(name.lower().encode(), value.encode()) for name, value in headers.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and complete the answer's headers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def complete(message: Message) -> None:
            if message["type"] == "http.response.start":
                said = {name.lower() for name, _ in message["headers"]}
                message["headers"] = [
                    *message["headers"],
                    *(pair for pair in self.raw if pair[0] not in said),
                ]
            await send(message)

        await self.app(scope, receive, complete)
