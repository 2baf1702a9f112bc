"""Runs queries in processes that can be killed, so that no query can hurt what serves it.

```
server process                        keeper                      worker (one query at a time)
scheduling -> pool -> Worker  ----->  loads the data, forks  -->  limits, evaluator, AnswerWriter
     ^          (asyncio)             one thread, no query        \\
     +------------------------ frames over a socket ---------------+
```

`frames` and `messages` are what travels; `limits` bounds a worker; `opening` says how a dataset
is opened; `fairness` is the queue, `scheduling` decides which query runs when. Needs `fork`, so
Linux or macOS; the bound on memory is Linux's.
"""

from warrantgraph.engine.workers.coding import CODINGS
from warrantgraph.engine.workers.fairness import RETRY_SECONDS
from warrantgraph.engine.workers.launching import KeeperProcess
from warrantgraph.engine.workers.messages import AnswerLimits, Request
from warrantgraph.engine.workers.opening import (
    EngineKind,
    OpeningPlan,
    available_memory,
    plan_opening,
)
from warrantgraph.engine.workers.pool import WorkerPool
from warrantgraph.engine.workers.running import RunningAnswer
from warrantgraph.engine.workers.scheduling import Lanes, Scheduler

__all__ = [
    "CODINGS",
    "RETRY_SECONDS",
    "AnswerLimits",
    "EngineKind",
    "KeeperProcess",
    "Lanes",
    "OpeningPlan",
    "Request",
    "RunningAnswer",
    "Scheduler",
    "WorkerPool",
    "available_memory",
    "plan_opening",
]
