"""Why is a graph inconsistent? The few axioms that contradict each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warrantgraph.reasoning.java import find_java
from warrantgraph.reasoning.wording import Axiom
from warrantgraph.reasoning.worker import Task, run_task

if TYPE_CHECKING:
    from rdflib import Graph

__all__ = ["TIME_LIMIT", "explain_inconsistency"]

TIME_LIMIT = 120.0
"""Seconds that the search may take; a contradiction in the first article takes a few."""


def explain_inconsistency(graph: Graph, seconds: float = TIME_LIMIT) -> tuple[Axiom, ...]:
    """Return a smallest set of axioms that cannot all be true, sorted by their text.

    Empty when the graph is consistent, or when Java is missing. There may be other
    contradictions beside the one named.

    Raises:
        ReasonerError: when OWL API cannot read the graph or the search takes too long.
    """
    java = find_java()
    if isinstance(java, str):
        return ()
    request = {"task": "explain", "java": str(java.executable), "jar": str(java.hermit_jar)}
    answer = run_task(
        Task("owlapi_worker", "the search for a contradiction", request, seconds), graph
    )
    return tuple(sorted(Axiom.of(axiom) for axiom in answer["axioms"]))
