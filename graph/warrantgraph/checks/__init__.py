"""Checks of the vocabulary itself: hygiene, guilt words, layout, use, and what reasoners say.

Each check returns `Finding`s. `gates` names the checks in the order in which the command
`warrantgraph check` runs them, and says of each whether it passed, failed or did not run.
"""

from warrantgraph.checks.competency import Coverage, term_coverage
from warrantgraph.checks.finding import Finding
from warrantgraph.checks.gates import Gate, GateResult, list_gates
from warrantgraph.checks.guilt import find_guilt
from warrantgraph.checks.hygiene import Rule, load_rules, run_rule
from warrantgraph.checks.layout import check_layout
from warrantgraph.checks.vocabulary import Vocabulary, read_vocabulary

__all__ = [
    "Coverage",
    "Finding",
    "Gate",
    "GateResult",
    "Rule",
    "Vocabulary",
    "check_layout",
    "find_guilt",
    "list_gates",
    "load_rules",
    "read_vocabulary",
    "run_rule",
    "term_coverage",
]
