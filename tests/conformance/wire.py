"""Sends a request as it is written, and nothing that the test does not say."""

from __future__ import annotations

from http.client import HTTPConnection
from typing import NamedTuple
from urllib.parse import urlsplit

__all__ = ["Received", "exchange_bytes"]

_TIMEOUT = 60.0


class Received(NamedTuple):
    """A response; names of headers are in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        """The media type without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip()


def exchange_bytes(
    address: str,
    method: str,
    path: str,
    headers: tuple[tuple[str, str], ...] = (),
    body: bytes | None = None,
) -> Received:
    """Send one request over a connection of its own; follows no redirect."""
    host = urlsplit(address).netloc
    connection = HTTPConnection(host, timeout=_TIMEOUT)
    try:
        connection.putrequest(method, path, skip_accept_encoding=True)
        for name, value in headers:
            connection.putheader(name, value)
        if body is not None:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        response = connection.getresponse()
        received = {name.lower(): value for name, value in response.getheaders()}
        return Received(response.status, received, response.read())
    finally:
        connection.close()
