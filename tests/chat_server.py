"""A chat endpoint that answers as a script says, over a real socket; it keeps what it was sent."""

from __future__ import annotations

import json
import select
import socket
import socketserver
import struct
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import ssl
    from collections.abc import Generator, Sequence

__all__ = ["ChatServer", "chat_server", "completion"]

RESET = struct.pack("ii", 1, 0)
"""SO_LINGER: on, no seconds; the connection is reset when it is closed."""


@dataclass
class ChatServer:
    """Where it listens, and each request: first line and headers in `heads`, JSON in `bodies`."""

    address: str
    heads: list[str] = field(default_factory=list[str])
    bodies: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])


def completion(content: object, finish: str = "stop", **message: object) -> bytes:
    """What an endpoint answers when the model wrote `content`."""
    told = {"role": "assistant", "content": content, **message}
    return json.dumps({"choices": [{"message": told, "finish_reason": finish}]}).encode()


def answer(script: dict[str, Any]) -> bytes:
    """The bytes of one answer of a script."""
    if "raw" in script:
        return script["raw"]
    if "wire" in script:
        return script["wire"].encode()
    if "body" in script:
        body = script["body"].encode() * script.get("times", 1)
    else:
        more = {"refusal": script["refusal"]} if "refusal" in script else {}
        body = completion(script.get("content"), script.get("finish", "stop"), **more)
    headers = {
        "Content-Type": "application/json",
        "Content-Length": str(len(body)),
        **script.get("headers", {}),
    }
    lines = [f"HTTP/1.1 {script.get('status', 200)} Scripted"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode() + body


@contextmanager
def chat_server(
    scripts: Sequence[dict[str, Any]], context: ssl.SSLContext | None = None
) -> Generator[ChatServer]:
    """Serve one answer per request, in order; a request too many is an answer of 418."""
    remaining = list(scripts)

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            connection: socket.socket = self.request
            try:
                if context:
                    connection = context.wrap_socket(connection, server_side=True)
                script = self.read(connection)
                connection.sendall(answer(script))
                self.end(connection, script.get("then", "close"))
            except OSError:
                return  # the client has gone
            finally:
                connection.close()

        def read(self, connection: socket.socket) -> dict[str, Any]:
            received = connection.makefile("rb")
            head = b"".join(iter(received.readline, b"\r\n")).decode()
            length = next(line for line in head.splitlines() if "content-length" in line.lower())
            body = received.read(int(length.partition(":")[2]))
            server.heads.append(head)
            server.bodies.append(json.loads(body))
            return remaining.pop(0) if remaining else {"status": 418, "body": ""}

        def end(self, connection: socket.socket, how: str) -> None:
            if how == "reset":
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
            # A client that gives up closes the connection, which makes it readable.
            elif how == "hold":
                select.select([connection], [], [], 60)
            elif how == "drip":
                while not select.select([connection], [], [], 0.02)[0]:
                    connection.sendall(b" ")

    class Listener(socketserver.ThreadingTCPServer):
        daemon_threads = True
        allow_reuse_address = True

    with Listener(("127.0.0.1", 0), Handler) as listener:
        scheme = "https" if context else "http"
        server = ChatServer(f"{scheme}://127.0.0.1:{listener.server_address[1]}/v1")
        thread = threading.Thread(target=listener.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server
        finally:
            listener.shutdown()
            thread.join()
