"""One piece of work in several processes, which share what was made before they parted."""

from __future__ import annotations

import gc
import os
import pickle
from typing import TYPE_CHECKING, Generic, TypeVar

from warrantgraph.engine.workers.limits import die_with
from warrantgraph.errors import WarrantgraphError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import BinaryIO

__all__ = ["in_processes"]

_Item = TypeVar("_Item")
_Outcome = tuple[list[_Item] | None, Exception | None]


def in_processes(work: Callable[[int, int], Iterable[_Item]], parts: int) -> list[_Item]:
    """Call `work(part, parts)` for each part, in processes of their own; return all they give.

    They are forked, so that nothing is copied or sent to them; where the system cannot fork, all
    is done here. The order is that of the parts. Not where threads run.

    Raises what the work of the first part raises that raises anything.

    >>> in_processes(lambda part, parts: [part * 10, parts], 2)
    [0, 2, 10, 2]
    """
    if parts == 1 or not hasattr(os, "fork"):
        return [item for part in range(parts) for item in work(part, parts)]
    gc.collect()
    gc.freeze()  # or the first collection in a child touches, and so copies, every object
    try:
        children = [_Child(work, part, parts) for part in range(1, parts)]
        outcomes = [_outcome(work, 0, parts), *(child.outcome() for child in children)]
    finally:
        gc.unfreeze()
    for _, error in outcomes:
        if error is not None:
            raise error
    return [item for items, _ in outcomes for item in items or ()]


def _outcome(work: Callable[[int, int], Iterable[_Item]], part: int, parts: int) -> _Outcome[_Item]:
    try:
        return list(work(part, parts)), None
    except Exception as error:
        return None, error


class _Child(Generic[_Item]):
    """A process that does one part and writes what came of it into a pipe."""

    def __init__(self, work: Callable[[int, int], Iterable[_Item]], part: int, parts: int) -> None:
        reading, writing = os.pipe()
        parent = os.getpid()
        self._process = os.fork()
        if self._process == 0:
            die_with(parent)
            os.close(reading)
            with os.fdopen(writing, "wb") as stream:
                _send(stream, _outcome(work, part, parts))
            os._exit(0)  # nothing of the parent's is flushed or cleaned up here
        os.close(writing)
        self._stream = os.fdopen(reading, "rb")

    def outcome(self) -> _Outcome[_Item]:
        """Return what came of it."""
        with self._stream as stream:
            content = stream.read()
        _, status = os.waitpid(self._process, 0)
        if status != 0 or not content:
            reason = os.waitstatus_to_exitcode(status)
            return None, WarrantgraphError(f"a process of the validation ended with {reason}")
        return pickle.loads(content)  # type: ignore[no-any-return]  # noqa: S301 - of our own child


def _send(stream: BinaryIO, outcome: _Outcome[_Item]) -> None:
    try:
        pickle.dump(outcome, stream, pickle.HIGHEST_PROTOCOL)
    except Exception as error:  # what cannot be pickled is said in words
        pickle.dump((None, WarrantgraphError(f"{type(error).__name__}: {error}")), stream)
