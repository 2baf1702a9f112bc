"""One thing that was found: by a shape, by a rule or by the reasoner, all in the same frame."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from rdflib import SH, BNode, Literal, URIRef

if TYPE_CHECKING:
    from pathlib import Path

    from rdflib.term import Node

    from warrantgraph.paths import PropertyPath

__all__ = ["Finding", "Place", "Severity"]


class Severity(StrEnum):
    """How much a finding weighs, by the names that SHACL gives, the heaviest first.

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
class Place:
    """Where something stands in a file; lines and columns count from 1, columns in code points.

    Without a line, all that is known is the file. `end_column` is the column after the last one.
    """

    file: Path
    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part)


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found: which rule, about what, how bad, where, and how to mend it.

    Of a SHACL result, the terms are those of its report; a rule of another kind gives what it can.
    """

    rule: str
    """IRI of the shape, or the name of the rule, such as `label-case`."""

    severity: Severity

    message: str
    """What is wrong, in plain words."""

    focus_node: Node | None = None
    """The node that does not hold what is asked of it; None where the finding is about a file."""

    path: PropertyPath | None = None
    """What leads from the focus node to `value`; None: the node itself."""

    value: Node | None = None
    """The value that is wrong; None where one is missing or there are too many."""

    constraint: URIRef | None = None
    """The kind of constraint that failed, such as `sh:MinCountConstraintComponent`."""

    mend: str = ""
    """How to mend it, where that is not in the message already."""

    place: Place | None = None
    """The offending triple; where there is none, such as a missing one, the focus node."""

    focus_place: Place | None = None
    """The focus node, where it is a subject first."""

    quote: str | None = None
    """The words of the source that the focus node rests on, as they stand there."""

    label: str | None = None
    """What `sh:name` calls the shape, or the rule in words."""

    gate: str = ""
    """The name of the gate of `warrantgraph check` that found it; empty elsewhere."""

    fingerprint: str = ""
    """The same finding has the same one, wherever its lines move; see `reports.fingerprint`."""

    @property
    def sort_key(self) -> tuple[int | str, ...]:
        """Heaviest first, then by node, rule and value; blank nodes have no name to sort by."""
        return (
            list(Severity).index(self.severity),
            _name(self.focus_node),
            self.rule,
            self.constraint or "",
            str(self.path or ""),
            _name(self.value),
            self.message,
            str(self.place or ""),
        )


def _name(term: Node | None) -> str:
    if term is None:
        return ""
    if isinstance(term, BNode):
        return "_:"
    # An IRI is not asked for its N-Triples, which rdflib refuses to write of a malformed one.
    return term.n3() if isinstance(term, Literal) else f"<{term}>"
