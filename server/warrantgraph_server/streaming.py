"""Runs queries for requests and sends their answers: whole, or the connection is cut."""

from __future__ import annotations

import asyncio
import json
from contextlib import ExitStack, suppress
from functools import partial
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING, Any, Final, Self, TypeVar

from anyio import CapacityLimiter, to_thread
from fastapi.responses import Response, StreamingResponse
from starlette.background import BackgroundTask
from starlette.requests import ClientDisconnect

from warrantgraph.engine import ANY_FORMAT, QueryDataset
from warrantgraph.engine.workers import (
    CODINGS,
    RETRY_SECONDS,
    AnswerLimits,
    Request,
    RunningAnswer,
)
from warrantgraph.errors import (
    AnswerTooLargeError,
    BusyError,
    QueryTimeoutError,
    WarrantgraphError,
)
from warrantgraph_server.codings import wanted_codings
from warrantgraph_server.cutting import cut

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
    from types import TracebackType

    from fastapi import Request as HttpRequest
    from starlette.types import Receive, Scope, Send

    from warrantgraph.engine import AnswerFormats
    from warrantgraph_server.observation import QueryObserver
    from warrantgraph_server.serving import Serving

__all__ = ["QueryAnswer", "QueryRunner", "Rows", "respond", "while_there"]

T = TypeVar("T")

VERSION_HEADER: Final = "Data-Version"
"""Names the release that an answer is from."""

_MOST_IN_MEMORY: Final = 1 << 20
_MOST_GATHERED: Final = 1 << 30

Rows = list[dict[str, dict[str, str]]]
"""The bindings of the JSON results format."""


class QueryAnswer:
    """An answer for one request. Close it, or use it in a `with`: that ends its work."""

    def __init__(self, running: RunningAnswer, version: str, held: ExitStack) -> None:
        self.running = running
        self.version = version
        self._held = held

    def chunks(self) -> AsyncIterator[bytes]:
        """The pieces of the answer; raises what went wrong."""
        return self.running.pieces()

    def close(self, failure: BaseException | None = None) -> None:
        """End the work behind the answer, and note what became of it."""
        kind = type(failure) if failure else None
        self._held.__exit__(kind, failure, failure.__traceback__ if failure else None)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close(error)


class QueryRunner:
    """Evaluates queries on the edition that is served when they come."""

    def __init__(self, serving: Serving, observer: QueryObserver) -> None:
        self._serving = serving
        self._observer = observer
        settings = serving.settings
        self._seconds = settings.timeout
        self._limits = AnswerLimits(settings.max_rows, settings.max_bytes)
        self._one = CapacityLimiter(1)

    async def evaluate(
        self,
        request: HttpRequest,
        query: str,
        dataset: QueryDataset | None = None,
        formats: AnswerFormats = ANY_FORMAT,
        *,
        seconds: float | None = None,
        encoded: bool = False,
        limited: bool = False,
    ) -> QueryAnswer:
        """Evaluate a query until its answer has begun, for as long as the client is there.

        `seconds` lowers the time it has; with `encoded` the answer may be compressed, as the
        request has it; with `limited` it may not exceed the limits of the operator, who means
        queries and not pages. Raises what `warrantgraph.engine.workers.Scheduler.evaluate`
        does, and ClientDisconnect.
        """
        accepted = request.headers.get("accept-encoding") if encoded else None
        client = request.client.host if request.client else ""
        asked = Request(
            query,
            dataset or QueryDataset(),
            formats,
            codings=wanted_codings(accepted, CODINGS),
            limits=self._limits if limited else AnswerLimits(),
            seconds=min(seconds or self._seconds, self._seconds),
        )
        with ExitStack() as held:
            edition = held.enter_context(self._serving.edition)
            observed = held.enter_context(self._observer.begin(query, edition.version, client))
            work = edition.scheduler.evaluate(asked, client)
            running = await while_there(request.receive, work, RunningAnswer.close)
            observed.answer = running
            held.callback(running.close)
            return QueryAnswer(running, edition.version, held.pop_all())

    async def aside(self, work: Callable[[], T]) -> T:
        """Do work of many milliseconds beside the event loop, one piece at a time."""
        return await to_thread.run_sync(work, limiter=self._one)

    async def select(self, request: HttpRequest, query: str) -> Rows:
        """The rows of a SELECT of our own, for a page."""
        with await self.evaluate(request, query) as answer:
            body = await while_there(request.receive, answer.running.read())
            rows: Rows = json.loads(body)["results"]["bindings"]
            return rows


async def while_there(
    receive: Receive, work: Coroutine[Any, Any, T], undo: Callable[[T], object] = bool
) -> T:
    """Do work for a client; when it leaves, stop and raise ClientDisconnect.

    `undo` gives back what the work still came to where it ended in the moment it was stopped.
    """
    working = asyncio.ensure_future(work)
    leaving = asyncio.create_task(_departure(receive))
    try:
        await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            return working.result()
        raise ClientDisconnect
    except asyncio.CancelledError:  # by uvicorn, when the grace of the end is over
        raise BusyError("the server is ending", retry_after=RETRY_SECONDS) from None
    finally:
        leaving.cancel()
        if not working.done():
            working.cancel()
            with suppress(asyncio.CancelledError, WarrantgraphError):
                undo(await working)


async def _departure(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def respond(
    request: HttpRequest, answer: QueryAnswer, headers: Mapping[str, str]
) -> Response:
    """The response that sends an answer, all of it or with a cut.

    A client of HTTP/1.0 learns the end of a stream from the end of the connection, and some take
    a reset for one. So it is told the length: the answer is gathered first. Raises what goes wrong
    meanwhile, and AnswerTooLargeError where it cannot be gathered.
    """
    headers = {**headers, VERSION_HEADER: answer.version}
    if request.scope["http_version"] != "1.0" or answer.running.whole is not None:
        return _AnswerResponse(answer, headers)
    file = await while_there(request.receive, _gathered(answer), lambda file: file.close())
    headers["Content-Length"] = str(file.tell())
    if coding := answer.running.head.coding:
        headers["Content-Encoding"] = coding
    file.seek(0)
    pieces = iter(partial(file.read, _MOST_IN_MEMORY), b"")
    return StreamingResponse(pieces, headers=headers, background=BackgroundTask(file.close))


async def _gathered(answer: QueryAnswer) -> IO[bytes]:
    file: IO[bytes] = SpooledTemporaryFile(_MOST_IN_MEMORY)  # noqa: SIM115 - closed when sent
    try:
        with answer:
            async for piece in answer.running.pieces():
                file.write(piece)
                if file.tell() > _MOST_GATHERED:
                    raise AnswerTooLargeError(
                        f"an answer of over {_MOST_GATHERED:,} bytes needs HTTP/1.1; "
                        "this is HTTP/1.0"
                    )
    except BaseException:
        file.close()
        raise
    return file


class _AnswerResponse(Response):
    """Sends an answer and closes it."""

    def __init__(self, answer: QueryAnswer, headers: Mapping[str, str]) -> None:
        super().__init__(headers=dict(headers))
        del self.headers["content-length"]
        self._answer = answer
        coding = answer.running.head.coding
        if coding:
            self.headers["content-encoding"] = coding
        self._whole = answer.running.whole
        if self._whole is not None:
            self.headers["content-length"] = str(len(self._whole))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it; the answer is closed at the end, whatever happens."""
        running = self._answer.running
        with self._answer:
            start = {"type": "http.response.start", "status": 200, "headers": self.raw_headers}
            if self._whole is not None or scope["method"] == "HEAD":
                await send(start)
                await send({"type": "http.response.body", "body": self._whole or b""})
                return
            leaving = asyncio.create_task(_departure(receive))
            sending = asyncio.create_task(self._send_pieces(start, send))
            try:
                await asyncio.wait({leaving, sending}, return_when=asyncio.FIRST_COMPLETED)
                if not sending.done():
                    raise ClientDisconnect
                sending.result()
            except (WarrantgraphError, TimeoutError, ClientDisconnect) as failure:
                late = isinstance(failure, TimeoutError)
                self._answer.close(QueryTimeoutError(running.seconds) if late else failure)
                await cut(scope)
            finally:
                leaving.cancel()
                sending.cancel()

    async def _send_pieces(self, start: Mapping[str, Any], send: Send) -> None:
        await send(start)  # type: ignore[arg-type]  # a message is a mutable mapping; no matter
        running = self._answer.running
        async with asyncio.timeout_at(running.deadline) as bound:
            async for piece in running.pieces():
                if running.end:
                    bound.reschedule(None)
                await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b""})
