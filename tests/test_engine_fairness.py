"""The queue in front of the workers: bounded, and fair to each client."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from warrantgraph.engine.workers.fairness import FairQueue
from warrantgraph.errors import BusyError

if TYPE_CHECKING:
    from collections.abc import Coroutine


async def waiting(queue: FairQueue, *clients: str) -> list[asyncio.Task[None]]:
    """Let these clients ask in this order; tasks that end when each has its slot."""
    tasks: list[asyncio.Task[None]] = []
    for client in clients:
        tasks.append(asyncio.create_task(queue.acquire(client)))
        await asyncio.sleep(0)
    return tasks


async def served(queue: FairQueue, tasks: dict[str, asyncio.Task[None]]) -> list[str]:
    """In which order tasks get their slot, when each gives it back at once; "a" holds one."""
    order: list[str] = []
    queue.release("a")
    while len(order) < len(tasks):
        await asyncio.sleep(0)
        for name, task in tasks.items():
            if task.done() and name not in order:
                order.append(name)
                queue.release(name[0])
    return order


def run(work: Coroutine[Any, Any, None]) -> None:
    asyncio.run(work)


def test_one_client_after_another_gets_its_turn() -> None:
    async def work() -> None:
        queue = FairQueue(slots=1, places=10)
        await queue.acquire("a")
        names = ["a1", "a2", "a3", "b1", "c1", "b2"]
        tasks = dict(zip(names, await waiting(queue, *(n[0] for n in names)), strict=True))
        assert await served(queue, tasks) == ["a1", "b1", "c1", "a2", "b2", "a3"]
        assert (queue.held, queue.waiting) == (0, 0)

    run(work())


def test_one_client_never_holds_all_slots() -> None:
    async def work() -> None:
        queue = FairQueue(slots=4, places=10)
        held = [queue.try_acquire("a") for _ in range(4)]
        assert held == [True, True, True, False]
        assert queue.try_acquire("b")
        assert not queue.try_acquire("b")

    run(work())


def test_nobody_overtakes_who_may_go_on() -> None:
    async def work() -> None:
        queue = FairQueue(slots=1, places=10)
        await queue.acquire("a")
        (b,) = await waiting(queue, "b")
        queue.release("a")
        assert not queue.try_acquire("c")
        await b

    run(work())


def test_a_full_queue_refuses_and_says_when_to_come_again() -> None:
    async def work() -> None:
        queue = FairQueue(slots=1, places=2)
        await queue.acquire("a")
        tasks = await waiting(queue, "b", "c")
        with pytest.raises(BusyError, match="2 queries wait already") as busy:
            await queue.acquire("d")
        assert busy.value.retry_after > 0
        assert [task.done() for task in tasks] == [False, False]
        for task in tasks:
            task.cancel()

    run(work())


def test_in_a_full_queue_the_greediest_makes_room() -> None:
    async def work() -> None:
        queue = FairQueue(slots=1, places=3)
        await queue.acquire("a")
        first, second, third = await waiting(queue, "a", "a", "a")
        (other,) = await waiting(queue, "b")
        with pytest.raises(BusyError):
            await third
        assert not any(task.done() for task in (first, second, other))
        for task in (first, second, other):
            task.cancel()

    run(work())


def test_waiting_has_an_end() -> None:
    async def work() -> None:
        queue = FairQueue(slots=1, places=2)
        await queue.acquire("a")
        with pytest.raises(BusyError, match=r"waited 0\.01 s in vain"):
            await queue.acquire("b", seconds=0.01)
        queue.release("a")
        assert queue.try_acquire("c")

    run(work())


def test_who_leaves_gives_the_place_and_the_slot_back() -> None:
    async def work() -> None:
        queue = FairQueue(slots=1, places=2)
        await queue.acquire("a")
        leaving, staying = await waiting(queue, "b", "c")
        queue.release("a")  # the slot is b's from here on
        leaving.cancel()
        await staying
        assert (queue.held, queue.waiting) == (1, 0)

    run(work())
