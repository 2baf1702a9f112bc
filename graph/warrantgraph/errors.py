"""Everything that can go wrong, in one tree.

```
WarrantgraphError
├── InputError                 something a person wrote is wrong: file, line, column, value
│   ├── MissingFileError       a file that must be there is not
│   ├── InputTooLargeError     it is larger than what is read
│   ├── TurtleSyntaxError      the file is not Turtle
│   ├── MetadataError          source.toml lacks a key, or a value is not of its type
│   ├── UnknownTermError       a term or concept that nothing defines
│   ├── QuoteNotFoundError     the words are not in the article
│   ├── AmbiguousQuoteError    the words are in the article more than once
│   ├── DateError              a date that is not EDTF
│   ├── ExtractionError        nothing can be extracted from an article, or no model be asked
│   ├── IdentifierError        an external identifier that the authority file does not verify
│   └── CurationError          the curated format is used wrongly
├── ValidationFailedError      the graph breaks a shape or a check
├── ReasonerError              HermiT or Java could not do its work
├── ReleaseError               a release cannot be read or written
├── WorkStoppedError           work in a process of its own did not end well
│   ├── TimeLimitError         it did not end in its time
│   ├── MemoryLimitError       it needed more memory than it may have
│   └── WorkCrashedError       its process ended
└── QueryError                 a query cannot be answered
    ├── QuerySyntaxError       it is not SPARQL: line, column
    ├── ServiceRefusedError    it asks for SERVICE
    ├── NotAcceptableError     no asked-for format fits its form
    ├── AnswerTooLargeError    its answer exceeds a limit that the operator set
    ├── QueryTooDeepError      it is nested or chained deeper than the engine can follow
    ├── QueryTimeoutError      it did not end in its time
    ├── QueryMemoryError       it needed more memory than a query may have
    ├── BusyError              too many queries wait already
    └── QueryEvaluationError   it failed while it ran
```

None of them knows of exit codes or HTTP: each edge (`warrantgraph.cli`, the server)
translates them in one table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from pathlib import Path

    from warrantgraph.turtle import Place

__all__ = [
    "AmbiguousQuoteError",
    "AnswerTooLargeError",
    "BusyError",
    "CurationError",
    "DateError",
    "ExtractionError",
    "IdentifierError",
    "InputError",
    "InputTooLargeError",
    "MemoryLimitError",
    "MetadataError",
    "MissingFileError",
    "NotAcceptableError",
    "QueryError",
    "QueryEvaluationError",
    "QueryMemoryError",
    "QuerySyntaxError",
    "QueryTimeoutError",
    "QueryTooDeepError",
    "QuoteNotFoundError",
    "ReasonerError",
    "ReleaseError",
    "ServiceRefusedError",
    "TimeLimitError",
    "TurtleSyntaxError",
    "UnknownTermError",
    "ValidationFailedError",
    "WarrantgraphError",
    "WorkCrashedError",
    "WorkStoppedError",
]


class WarrantgraphError(Exception):
    """Base of every error that warrantgraph raises on purpose."""


class InputError(WarrantgraphError):
    """Something a person wrote is wrong; says where, what, and how to mend it.

    >>> from pathlib import Path
    >>> str(InputError("not a date", file=Path("a.ttl"), line=3, value="May", hint="use EDTF"))
    'a.ttl:3: not a date: "May" (use EDTF)'
    """

    def __init__(
        self,
        message: str,
        *,
        file: Path | None = None,
        line: int | None = None,
        column: int | None = None,
        value: str | None = None,
        hint: str | None = None,
    ) -> None:
        self.message = message
        self.file = file
        self.line = line
        self.column = column
        self.value = value
        self.hint = hint
        place = ":".join(str(part) for part in (file, line, column) if part is not None)
        text = f"{place}: {message}" if place else message
        if value is not None:
            text += f': "{value}"'
        if hint is not None:
            text += f" ({hint})"
        super().__init__(text)

    def at(self, place: Place) -> Self:
        """The same error, saying where."""
        return type(self)(self.message, **place, value=self.value, hint=self.hint)


class MissingFileError(InputError):
    """A file that must be there is not."""


class InputTooLargeError(InputError):
    """There is more of it than is read."""


class TurtleSyntaxError(InputError):
    """The file is not Turtle."""


class MetadataError(InputError):
    """`source.toml` lacks a key, or a value is not of its type."""


class UnknownTermError(InputError):
    """A term or concept that neither the ontology, the authority nor the source defines."""


class QuoteNotFoundError(InputError):
    """The quoted words are not in the article."""


class AmbiguousQuoteError(InputError):
    """The quoted words are in the article more than once."""


class DateError(InputError):
    """A date that is not in the Extended Date/Time Format (EDTF)."""


class IdentifierError(InputError):
    """An external identifier that the authority file does not list as verified."""


class CurationError(InputError):
    """The curated format is used wrongly."""


class ExtractionError(InputError):
    """An article that nothing can be extracted from, or a model that cannot be asked."""


class ValidationFailedError(WarrantgraphError):
    """The graph breaks a shape or a check; the findings say which."""


class ReasonerError(WarrantgraphError):
    """HermiT or Java could not do its work."""


class ReleaseError(WarrantgraphError):
    """A release cannot be read or written."""


class WorkStoppedError(WarrantgraphError):
    """Work in a process of its own did not end well; `step` is what it was at, if it said so."""

    def __init__(self, message: str, step: str = "") -> None:
        self.step = step
        super().__init__(f"{message}, while {step}" if step else message)


class TimeLimitError(WorkStoppedError):
    """The work did not end in the seconds that it had."""

    def __init__(self, seconds: float, step: str = "") -> None:
        self.seconds = seconds
        super().__init__(f"stopped after {seconds:g} s, the time it had", step)


class MemoryLimitError(WorkStoppedError):
    """The work needed more memory than it may have, in bytes; None: than there is."""

    def __init__(self, memory: int | None, step: str = "") -> None:
        self.memory = memory
        bound = "there is" if memory is None else f"it may have, {memory / (1 << 20):,.0f} MiB"
        super().__init__(f"more memory was needed than {bound}", step)


class WorkCrashedError(WorkStoppedError):
    """The process that did the work ended before the work was done."""

    def __init__(self, reason: str, step: str = "") -> None:
        self.reason = reason
        super().__init__(f"the work failed: {reason}", step)


class QueryError(WarrantgraphError):
    """A query cannot be answered."""


class QuerySyntaxError(QueryError):
    """The text is not SPARQL; `line` and `column` count from 1, in code points."""

    def __init__(self, message: str, *, line: int | None = None, column: int | None = None) -> None:
        self.message = message
        self.line = line
        self.column = column
        place = f" at line {line} column {column}" if line is not None else ""
        super().__init__(f"Syntax error{place}: {message}")


class ServiceRefusedError(QueryError):
    """The query asks for SERVICE, which would reach out of this machine.

    `endpoint` is the IRI it wants to reach, None where the text does not name one.
    """

    def __init__(self, *, line: int, column: int, endpoint: str | None = None) -> None:
        self.line = line
        self.column = column
        self.endpoint = endpoint
        whom = f"<{endpoint}>" if endpoint else "an endpoint that the query does not name"
        super().__init__(
            f"SERVICE at line {line} column {column} is refused: queries may not reach {whom}"
        )


class NotAcceptableError(QueryError):
    """None of the formats asked for can carry what this form of query returns."""


class AnswerTooLargeError(QueryError):
    """The answer has more rows or bytes than the operator allows."""


class QueryTooDeepError(QueryError):
    """The query is nested or chained deeper than the engine can follow."""


class QueryTimeoutError(QueryError):
    """The query did not end in its time; `seconds` is what it had."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(f"The query was stopped after {seconds:g} s, the time it had")


class QueryMemoryError(QueryError):
    """The query needed more memory than a query may have."""


class BusyError(QueryError):
    """Too many queries wait already; ask again after `retry_after` seconds."""

    def __init__(self, message: str, *, retry_after: int) -> None:
        self.retry_after = retry_after
        super().__init__(message)


class QueryEvaluationError(QueryError):
    """The query failed while it ran."""
