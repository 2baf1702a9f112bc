"""What a validation found: findings, and the report that holds them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from rdflib import SH, BNode, URIRef

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rdflib.term import Node

__all__ = ["Finding", "Severity", "ValidationReport"]


class Severity(StrEnum):
    """How much a finding weighs, by the names that SHACL gives.

    >>> [str(severity) for severity in Severity]
    ['Violation', 'Warning', 'Info']
    """

    VIOLATION = "Violation"
    """Something that must never be released."""

    WARNING = "Warning"
    """Something that a reviewer should look at."""

    INFO = "Info"
    """Style."""

    @property
    def iri(self) -> URIRef:
        """The IRI that SHACL gives this severity."""
        return URIRef(f"{SH}{self.value}")

    def weighs(self, least: Severity) -> bool:
        """Whether this is as heavy as `least`, or heavier.

        >>> Severity.VIOLATION.weighs(Severity.WARNING), Severity.INFO.weighs(Severity.WARNING)
        (True, False)
        """
        order = list(Severity)
        return order.index(self) <= order.index(least)

    @classmethod
    def from_iri(cls, iri: Node | None) -> Severity:
        """Return the severity that an IRI names.

        A severity of somebody's own counts as a violation, so that nothing passes unseen.
        """
        return next((severity for severity in cls if severity.iri == iri), cls.VIOLATION)


@dataclass(frozen=True, slots=True)
class Finding:
    """One result of one shape about one node."""

    focus_node: Node
    """The node that does not hold what the shape asks of it."""

    path: str | None
    """The property, or the SPARQL property path, that leads to `value`; None: the node itself."""

    value: Node | None
    """The value that is wrong; None where one is missing or there are too many."""

    shape: Node
    """The shape that says so."""

    constraint: URIRef
    """The kind of constraint that failed, such as `sh:MinCountConstraintComponent`."""

    severity: Severity
    message: str
    """What is wrong and how to mend it, in plain words."""

    @property
    def sort_key(self) -> tuple[int | str, ...]:
        """Heaviest first, then by node, shape and value; blank nodes have no name to sort by."""
        return (
            list(Severity).index(self.severity),
            _name(self.focus_node),
            _name(self.shape),
            self.constraint,
            self.path or "",
            _name(self.value),
            self.message,
        )


@dataclass(frozen=True, slots=True)
class ValidationReport:
    """All findings of one validation, always in the same order."""

    findings: tuple[Finding, ...]

    @classmethod
    def of(cls, findings: Iterable[Finding]) -> ValidationReport:
        """Return the report of these findings, sorted."""
        return cls(tuple(sorted(findings, key=lambda finding: finding.sort_key)))

    @property
    def conforms(self) -> bool:
        """Whether there is no violation; warnings and infos do not stop a release."""
        return not self.at_least(Severity.VIOLATION)

    @property
    def summary(self) -> str:
        """The counts in words.

        >>> ValidationReport.of([]).summary
        '0 violations, 0 warnings, 0 infos'
        """
        counts = ((severity.lower(), self.count(severity)) for severity in Severity)
        return ", ".join(f"{count:,} {name}{'' if count == 1 else 's'}" for name, count in counts)

    def count(self, severity: str) -> int:
        """The number of findings of exactly this severity."""
        return sum(finding.severity == severity for finding in self.findings)

    def at_least(self, severity: Severity) -> tuple[Finding, ...]:
        """Return the findings that weigh as much as `severity`, or more."""
        return tuple(finding for finding in self.findings if finding.severity.weighs(severity))

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)


def _name(term: Node | None) -> str:
    if term is None:
        return ""
    return "_:" if isinstance(term, BNode) else term.n3()
