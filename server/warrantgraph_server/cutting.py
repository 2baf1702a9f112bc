"""Cuts a connection whose answer cannot be completed, and those whose client takes nothing."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from starlette.requests import ClientDisconnect

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["CUT", "BoundedSending", "cut"]

CUT: Final = "warrantgraph.cut"
"""Extension of the scope: a function that resets the connection at once."""


async def cut(scope: Scope) -> None:
    """Reset the connection of a request, and return once the server knows.

    Raises ClientDisconnect where the server cannot reset; it then closes the connection.
    """
    reset = scope.get("extensions", {}).get(CUT)
    if reset is None:
        raise ClientDisconnect
    reset()
    await asyncio.sleep(0)


class BoundedSending:
    """Middleware: cuts off a client that takes nothing of an answer for too long."""

    def __init__(self, app: ASGIApp, seconds: float) -> None:
        self._app = app
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_in_time(message: Message) -> None:
            try:
                async with asyncio.timeout(self._seconds):
                    await send(message)
            except TimeoutError:
                await cut(scope)
                raise ClientDisconnect from None

        await self._app(scope, receive, send_in_time)
