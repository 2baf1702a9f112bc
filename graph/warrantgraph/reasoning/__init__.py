"""What follows from the ontology, and whether it can be true at all.

`inference` materialises the entailments that queries need and is part of every build. The
others need Java and serve the gates: `hermit` asks whether a graph is consistent, `profile`
whether the ontology is OWL 2 DL, `explanation` why a graph is inconsistent.

Java never runs in this process: a worker process of its own loads it, within a time limit.
"""

from warrantgraph.reasoning.explanation import explain_inconsistency
from warrantgraph.reasoning.hermit import (
    ConsistencyReport,
    Obstacle,
    check_consistency,
    find_obstacles,
)
from warrantgraph.reasoning.inference import infer
from warrantgraph.reasoning.profile import ProfileReport, Violation, check_profile
from warrantgraph.reasoning.wording import Axiom

__all__ = [
    "Axiom",
    "ConsistencyReport",
    "Obstacle",
    "ProfileReport",
    "Violation",
    "check_consistency",
    "check_profile",
    "explain_inconsistency",
    "find_obstacles",
    "infer",
]
