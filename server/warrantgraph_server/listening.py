"""The HTTP connections: uvicorn with bounds on what a client may cost.

Uvicorn waits for the head of a request for ever, tells a malformed one in plain text, and closes a
connection whose answer failed so that a client of HTTP/1.0 takes the rest for all. Here a request
has its time, a malformed one is told in a problem document, and a failed answer resets the
connection.
"""

from __future__ import annotations

import json
import resource
import socket
import struct
import sys
from contextlib import suppress
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

import h11
import uvicorn
from fastapi.responses import JSONResponse
from uvicorn.protocols.http.h11_impl import H11Protocol

from warrantgraph_server.cutting import CUT

if TYPE_CHECKING:
    import asyncio

    from fastapi import FastAPI
    from starlette.types import ASGIApp, Receive, Scope, Send

    from warrantgraph_server.settings import Settings

__all__ = ["raise_descriptor_limit", "uvicorn_server"]


_PROBLEM: Final = "application/problem+json"
_CLOSE: Final = {"Connection": "close"}
_LONGEST_HEAD: Final = 64 * 1024
_RESET_ON_CLOSE: Final = struct.pack("ii", 1, 0)
_SECONDS_IDLE: Final = 5
_DESCRIPTORS_BESIDE: Final = 1000


def raise_descriptor_limit(settings: Settings) -> None:
    """Let this process open what its connections and workers need, as far as the system allows."""
    needed = 2 * settings.connections + _DESCRIPTORS_BESIDE
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < needed:
        wanted = needed if hard == resource.RLIM_INFINITY else min(needed, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))


def uvicorn_server(app: FastAPI, settings: Settings) -> uvicorn.Server:
    """The server, ready to run on a socket."""
    protocol = partial(
        _BoundedProtocol,
        most_connections=settings.connections,
        seconds=settings.request_timeout,
        seconds_to_send=settings.send_timeout,
    )
    config = uvicorn.Config(
        app,
        http=protocol,  # type: ignore[arg-type]  # any factory will do
        ws="none",
        log_level="critical",
        access_log=False,
        server_header=False,
        # Left to itself, uvicorn believes whatever any process of this machine says of its client.
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=list(settings.trusted_proxies),
        h11_max_incomplete_event_size=_LONGEST_HEAD,
        timeout_keep_alive=_SECONDS_IDLE,
        timeout_graceful_shutdown=int(settings.grace) or 1,
    )
    return uvicorn.Server(config)


class _BoundedProtocol(H11Protocol):
    """One connection of a client."""

    def __init__(
        self,
        *arguments: Any,  # noqa: ANN401 - uvicorn's own
        most_connections: int,
        seconds: float,
        seconds_to_send: float,
        **named: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*arguments, **named)
        self._most_connections = most_connections
        self._seconds = seconds
        self._seconds_to_send = seconds_to_send
        self._timed: object = None
        self._timer: asyncio.TimerHandle | None = None
        self.app = self._guard(self.app)

    def _guard(self, app: ASGIApp) -> ASGIApp:
        """Hand the application the means to cut, and no request that is not as it should be."""

        async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
            wrong = _what_is_wrong(scope)
            if wrong:
                document = _problem(*wrong)
                refusal = JSONResponse(document, document["status"], _CLOSE, _PROBLEM)
                await refusal(scope, receive, send)
                return
            scope.setdefault("extensions", {})[CUT] = self._reset
            await app(scope, receive, send)

        return guarded

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        connection = transport.get_extra_info("socket")
        if connection.family != socket.AF_UNIX:
            # asyncio does so only for a socket made with its protocol named; without it, a head
            # and a short body wait 40 ms for each other.
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if len(self.connections) > self._most_connections:
            self._reset()
        else:
            self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        self._unwatch()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._watch()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._watch()
        if self.transport.get_write_buffer_size():
            self.loop.call_later(self._seconds_to_send, self._drop_unread)

    def _drop_unread(self) -> None:
        """End a connection whose client still has not taken the end of its answer."""
        if self.transport.get_write_buffer_size() and self.cycle.response_complete:
            self._reset()

    def _watch(self) -> None:
        """Give each part of a request its time, from its first byte on."""
        state = self.conn.their_state
        is_body = state is h11.SEND_BODY
        is_first = getattr(self, "cycle", None) is None
        is_head = state is h11.IDLE and (is_first or bool(self.conn.trailing_data[0]))
        if not (is_head or is_body) or self.transport.is_closing():
            self._unwatch()
        elif self._timed is not state:
            self._unwatch()
            self._timed = state
            self._timer = self.loop.call_later(self._seconds, self._too_slow)

    def _unwatch(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self._timed = None

    def _too_slow(self) -> None:
        if self.conn.our_state is h11.IDLE:
            self._refuse(HTTPStatus.REQUEST_TIMEOUT, "the request did not arrive in time")
        else:
            self._reset()

    def send_400_response(self, msg: str) -> None:
        """Tell what is wrong with a request that is not HTTP."""
        error = sys.exc_info()[1]
        hint = getattr(error, "error_status_hint", HTTPStatus.BAD_REQUEST)
        reason = str(error or msg).partition(": ")[0]  # the rest is the client's own bytes
        self._refuse(HTTPStatus(hint), f"the request is not HTTP: {reason}")

    def _refuse(self, status: HTTPStatus, detail: str) -> None:
        body = json.dumps(_problem(status, detail)).encode()
        headers = [
            ("content-type", _PROBLEM),
            ("content-length", str(len(body))),
            ("access-control-allow-origin", "*"),
            ("connection", "close"),
        ]
        try:
            pieces = [
                self.conn.send(
                    h11.Response(status_code=status, headers=headers, reason=status.phrase)
                ),
                self.conn.send(h11.Data(data=body)),
                self.conn.send(h11.EndOfMessage()),
            ]
        except h11.LocalProtocolError:  # in the middle of another answer
            self._reset()
            return
        self.transport.write(b"".join(piece or b"" for piece in pieces))
        self.transport.close()

    def _reset(self) -> None:
        """End the connection so that no client can take what it has for all."""
        connection = self.transport.get_extra_info("socket")
        with suppress(OSError):  # it is closed already
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
        self.transport.abort()


def _what_is_wrong(scope: Scope) -> tuple[HTTPStatus, str] | None:
    """Why a request that h11 took is not taken: its head is too long, or it has two lengths.

    h11 lets chunks win over a length; a proxy that decides otherwise would take the rest of the
    body for another request (RFC 9112, 6.1). And it bounds only a head that is not there yet.
    """
    headers = scope["headers"]
    if {b"content-length", b"transfer-encoding"} <= {name for name, _ in headers}:
        return HTTPStatus.BAD_REQUEST, "the request has a length and chunks"
    head = len(scope["raw_path"]) + len(scope["query_string"])
    head += sum(len(name) + len(value) for name, value in headers)
    if head > _LONGEST_HEAD:
        status = HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
        return status, f"the head of a request may have {_LONGEST_HEAD:,} bytes; POST a long query"
    return None


def _problem(status: HTTPStatus, detail: str) -> dict[str, Any]:
    """A problem document (RFC 9457) of a kind that has no page of its own."""
    return {
        "type": "about:blank",
        "title": status.phrase,
        "status": int(status),
        "detail": detail,
    }
