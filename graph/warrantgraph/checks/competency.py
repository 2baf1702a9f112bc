"""Which terms the competency questions use; one that no question needs must earn its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from warrantgraph.checks.finding import Finding
from warrantgraph.checks.terms import defined_terms, used_terms
from warrantgraph.namespaces import WG

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from rdflib import Graph

__all__ = ["Coverage", "term_coverage"]

_UNKNOWN = "the ontology does not define this term"


@dataclass(frozen=True)
class Coverage:
    """Terms of the ontology, told apart by whether a question uses them."""

    used: tuple[str, ...]
    unused: tuple[str, ...]
    unknown: tuple[Finding, ...]
    """Terms that a question uses and the ontology does not define."""

    @property
    def share(self) -> float:
        """Used terms among all terms, from 0 to 1."""
        total = len(self.used) + len(self.unused)
        return len(self.used) / total if total else 1.0


def term_coverage(ontology: Graph, questions: Iterable[Path]) -> Coverage:
    """Compare the terms of the ontology with those in the questions' files."""
    defined = defined_terms(ontology)
    used: set[str] = set()
    unknown: list[Finding] = []
    for path in sorted(questions):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            names = used_terms(line)
            used |= names
            unknown += [
                Finding("undefined-term", "error", _UNKNOWN, f"{WG}{name}", file=path, line=number)
                for name in sorted(names - defined)
            ]
    return Coverage(tuple(sorted(used & defined)), tuple(sorted(defined - used)), tuple(unknown))
