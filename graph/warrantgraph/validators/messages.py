"""What the server asks of a validation worker, and what it learns before the report, as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Final

from warrantgraph.validators.media import UploadType

__all__ = ["TOO_DEEP", "ReportHead", "ValidationRequest"]

TOO_DEEP: Final = "nested or chained deeper than the libraries can follow"


@dataclass(frozen=True, slots=True)
class ValidationRequest:
    """What an upload is, and the report that is wanted; the bytes follow in a frame of their own.

    `coding` is the content coding of the upload, `codings` are those that the report may be in;
    `longest` bounds the upload, in bytes, once it is unpacked; `seconds` is the time there is.
    """

    upload: UploadType
    report_type: str = "text/turtle"
    coding: str | None = None
    codings: tuple[str, ...] = ()
    name: str | None = None
    """What the report calls the file; None: a name by its syntax."""

    ontology: bool = True
    """Whether our ontology and schemes, and what follows by them, are added to the data."""

    limit: int | None = 100
    """How many findings of each shape the report lists; None: all."""

    longest: int = 1 << 24
    seconds: float = 60.0

    def encode(self) -> bytes:
        """The request as a worker reads it."""
        return json.dumps(asdict(self)).encode()

    @staticmethod
    def decode(payload: bytes) -> ValidationRequest:
        """Read what `encode` wrote."""
        table = json.loads(payload)
        table["upload"] = UploadType(**table["upload"])
        table["codings"] = tuple(table["codings"])
        return ValidationRequest(**table)


@dataclass(frozen=True, slots=True)
class ReportHead:
    """The outcome in short, and the content coding that the report is in."""

    conforms: bool
    counts: dict[str, int] = field(default_factory=dict[str, int])
    """Findings by severity, listed or not: violations, warnings, infos."""

    triples: int = 0
    coding: str | None = None

    @property
    def findings(self) -> int:
        """How many findings there are, listed or not."""
        return sum(self.counts.values())

    def encode(self) -> bytes:
        """The head as the server reads it."""
        return json.dumps(asdict(self)).encode()

    @staticmethod
    def decode(payload: bytes) -> ReportHead:
        """Read what `encode` wrote."""
        return ReportHead(**json.loads(payload))
