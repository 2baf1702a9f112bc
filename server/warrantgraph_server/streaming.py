"""Runs queries off the event loop and streams their answers; an answer is whole or cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anyio import CapacityLimiter, to_thread
from fastapi.responses import Response, StreamingResponse

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from fastapi import Request

    from warrantgraph.engine import Answer, AnswerFormats, Engine, QueryDataset

__all__ = ["QueryRunner", "stream"]


class QueryRunner:
    """Evaluates queries in threads of their own, so that they cannot starve anything else."""

    def __init__(self, engine: Engine, concurrent: int) -> None:
        self._engine = engine
        self._limiter = CapacityLimiter(concurrent)

    async def evaluate(
        self, query: str, dataset: QueryDataset | None, formats: AnswerFormats
    ) -> Answer:
        """Evaluate a query until its first bytes; raises what the engine raises."""
        return await to_thread.run_sync(
            lambda: self._engine.evaluate(query, dataset=dataset, formats=formats),
            limiter=self._limiter,
        )

    async def chunks(self, answer: Answer) -> AsyncIterator[bytes]:
        """Yield the answer; a failure is raised, a client that leaves ends the work."""
        try:
            # A generator cannot let StopIteration through: the end is told by None.
            while chunk := await to_thread.run_sync(
                next, answer.chunks, None, limiter=self._limiter, abandon_on_cancel=True
            ):
                yield chunk
        finally:
            answer.close()


def stream(
    request: Request, runner: QueryRunner, answer: Answer, headers: Mapping[str, str]
) -> Response:
    """Answer with 200 and the chunks. Raising in the middle makes the server cut the connection."""
    if request.method == "HEAD":
        answer.close()
        return StreamingResponse(iter(()), headers=dict(headers))
    return StreamingResponse(runner.chunks(answer), headers=dict(headers))
