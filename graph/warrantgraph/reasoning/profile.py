"""Is the ontology OWL 2 DL? Asked of OWL API's own `OWL2DLProfile`.

It catches what a reasoner silently drops: a name that is class and datatype or object and
data property at once, a transitive property in a place for simple ones, undeclared terms.
It lets `xsd:date` pass; `hermit` catches that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from warrantgraph.reasoning.java import find_java
from warrantgraph.reasoning.wording import Axiom, shorten
from warrantgraph.reasoning.worker import Task, run_task

if TYPE_CHECKING:
    from rdflib import Graph

__all__ = ["TIME_LIMIT", "ProfileReport", "Violation", "check_profile"]

TIME_LIMIT = 60.0
"""Seconds that the check may take; the present ontology takes two."""


@dataclass(frozen=True, order=True)
class Violation:
    """One place where the ontology is not OWL 2 DL."""

    axiom: Axiom
    reason: str


@dataclass(frozen=True)
class ProfileReport:
    """What the checker found, or why it did not run."""

    outcome: Literal["conforms", "violates", "not-run"]
    violations: tuple[Violation, ...] = ()
    axioms: int = 0
    """How many logical axioms were looked at: zero would mean that nothing was checked."""
    reason: str | None = None
    """Why the checker did not run."""


def check_profile(graph: Graph, seconds: float = TIME_LIMIT) -> ProfileReport:
    """Check the graph, read as one ontology, against OWL 2 DL.

    Raises:
        ReasonerError: when OWL API cannot read the graph or does not finish in time.
    """
    java = find_java()
    if isinstance(java, str):
        return ProfileReport("not-run", reason=java)
    request = {"task": "profile", "java": str(java.executable), "jar": str(java.hermit_jar)}
    answer = run_task(Task("owlapi_worker", "the OWL 2 DL check", request, seconds), graph)
    violations = tuple(
        sorted(Violation(Axiom.of(axiom), shorten(why)) for axiom, why in answer["violations"])
    )
    return ProfileReport("violates" if violations else "conforms", violations, answer["axioms"])
