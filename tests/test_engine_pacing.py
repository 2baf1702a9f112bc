"""Long answers give way to short queries, and to nothing else."""

from __future__ import annotations

import asyncio
import time

from warrantgraph.engine.workers.pacing import Pacing

PIECES = 5


async def turns(pacing: Pacing) -> float:
    begun = time.monotonic()
    await asyncio.gather(*(pacing.turn() for _ in range(PIECES)))
    return time.monotonic() - begun


def test_with_short_queries_the_pieces_of_all_answers_go_one_by_one() -> None:
    async def work() -> float:
        pacing = Pacing()
        pacing.take_care()
        return await turns(pacing)

    assert asyncio.run(work()) >= 0.002 * (PIECES - 1)


def test_without_them_no_piece_waits_for_another() -> None:
    async def work() -> list[str]:
        order: list[str] = []

        async def piece() -> None:
            await Pacing().turn()
            order.append("piece")

        async def other() -> None:
            order.append("other")

        await asyncio.gather(piece(), other())
        return order

    assert asyncio.run(work()) == ["piece", "other"]
