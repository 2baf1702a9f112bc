"""What became of each query and each validation: a line in the log, and what `/metrics` shows.

The text of a query is somebody's business; the log holds its hash, and the text only when asked.
Of what is validated it holds the size.
"""

from __future__ import annotations

import json
import logging
import sys
import time
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final, Self

from prometheus_client import CollectorRegistry, Counter, Histogram

from warrantgraph_server.problems import problem_of

if TYPE_CHECKING:
    from types import TracebackType
    from typing import TextIO

    from warrantgraph.engine.workers import RunningAnswer
    from warrantgraph.validators import ValidatedUpload

__all__ = ["ObservedQuery", "ObservedValidation", "QueryObserver"]

_log = logging.getLogger(__name__)

_BUCKETS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
_STANDARD_OUTPUT: Final = "-"
_LEFT: Final = "client-left"


class QueryObserver:
    """Writes the log and keeps the counts."""

    def __init__(self, log: str | None, *, with_text: bool) -> None:
        """Open the log; raises OSError where that cannot be written."""
        self._log: TextIO | None = None
        if log == _STANDARD_OUTPUT:
            self._log = sys.stdout
        elif log:
            try:
                self._log = open(log, "a", encoding="utf-8")  # noqa: SIM115 - as long as we run
            except OSError as error:
                reason = (error.strerror or str(error)).lower()
                message = f"cannot write to {log}: {reason}; choose another with --query-log"
                raise OSError(message) from error
        self._with_text = with_text
        self.registry = CollectorRegistry()
        self._queries = Counter(
            "warrantgraph_queries", "Queries by outcome", ["outcome"], registry=self.registry
        )
        self._seconds = Histogram(
            "warrantgraph_query_seconds",
            "Time from a query's arrival to the last byte of its answer",
            buckets=_BUCKETS,
            registry=self.registry,
        )
        self._validations = Counter(
            "warrantgraph_validations",
            "Validations by outcome",
            ["outcome"],
            registry=self.registry,
        )
        self._validation_seconds = Histogram(
            "warrantgraph_validation_seconds",
            "Time from an upload's arrival to the last byte of its report",
            buckets=_BUCKETS,
            registry=self.registry,
        )

    def begin(self, query: str, version: str, client: str) -> ObservedQuery:
        """Observe a query from here on; use the result in a `with`."""
        return ObservedQuery(self, query, version, client)

    def begin_validation(self, client: str) -> ObservedValidation:
        """Observe a validation from here on; use the result in a `with`."""
        return ObservedValidation(self, client)

    def record_validation(self, seconds: float, outcome: str, entry: dict[str, Any]) -> None:
        """Count a validation that has ended, and write it down."""
        self._validations.labels(outcome).inc()
        self._validation_seconds.observe(seconds)
        self._write({"upload": entry.pop("upload")}, seconds, outcome, entry)

    def record(self, query: str, seconds: float, outcome: str, entry: dict[str, Any]) -> None:
        """Count a query that has ended, and write it down."""
        self._queries.labels(outcome).inc()
        self._seconds.observe(seconds)
        name = sha256(query.encode(errors="surrogatepass")).hexdigest()[:16]
        text = {"text": query} if self._with_text else {}
        self._write({"query": name}, seconds, outcome, {**entry, **text})

    def _write(
        self, what: dict[str, Any], seconds: float, outcome: str, entry: dict[str, Any]
    ) -> None:
        if self._log is None:
            return
        entry = {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            **what,
            "seconds": round(seconds, 6),
            "outcome": outcome,
            **entry,
        }
        try:
            self._log.write(json.dumps(entry) + "\n")
            self._log.flush()
        except OSError as error:  # an answer is not lost because its line is
            _log.error("the query log cannot be written: %s", error)

    def close(self) -> None:
        """Close the log."""
        if self._log not in (None, sys.stdout):
            self._log.close()


class ObservedQuery:
    """A query under way. At the end of the `with` its outcome is recorded."""

    def __init__(self, observer: QueryObserver, query: str, version: str, client: str) -> None:
        self._observer = observer
        self._query = query
        self._version = version
        self._client = client
        self._begun = time.monotonic()
        self.answer: RunningAnswer | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        end = self.answer.end if self.answer else None
        outcome = _outcome(error, complete=end is not None)
        entry = {
            "rows": end.rows if end else None,
            "bytes": end.size if end else None,
            "version": self._version,
            "client": self._client,
        }
        seconds = time.monotonic() - self._begun
        self._observer.record(self._query, seconds, outcome, entry)


class ObservedValidation:
    """A validation under way. At the end of the `with` its outcome is recorded."""

    def __init__(self, observer: QueryObserver, client: str) -> None:
        self._observer = observer
        self._client = client
        self._begun = time.monotonic()
        self.upload: int | None = None
        """Bytes that were sent; None until all have come."""
        self.report: ValidatedUpload | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        report = self.report
        entry = {
            "upload": self.upload,
            "findings": report.head.findings if report else None,
            "bytes": len(report.content) if report else None,
            "client": self._client,
        }
        outcome = _outcome(error, complete=report is not None)
        self._observer.record_validation(time.monotonic() - self._begun, outcome, entry)


def _outcome(error: BaseException | None, *, complete: bool) -> str:
    """How work ended: `ok`, the name of a problem, or that the client left."""
    if isinstance(error, Exception) and type(error).__name__ != "ClientDisconnect":
        return problem_of(error).name
    return "ok" if complete and error is None else _LEFT
