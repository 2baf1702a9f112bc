"""Which terms the competency questions use; one that no question needs must earn its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from warrantgraph.checks.terms import UNDEFINED_IN_QUERY, defined_terms, used_terms
from warrantgraph.namespaces import WG
from warrantgraph.reports import Finding, Place

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from rdflib import Graph

__all__ = ["Coverage", "term_coverage"]


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
            uses = used_terms(line)
            used |= uses.keys()
            unknown += [
                UNDEFINED_IN_QUERY.finding(WG[name], place=Place(path, number, column))
                for name, column in sorted(uses.items())
                if name not in defined
            ]
    return Coverage(tuple(sorted(used & defined)), tuple(sorted(defined - used)), tuple(unknown))
