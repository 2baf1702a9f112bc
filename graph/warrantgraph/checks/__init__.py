"""Checks of the vocabulary, the sources and data, beside what shapes say of data.

`list_gates` names them in the order in which the command `warrantgraph check` runs them: labels,
definitions, hygiene, layout, use, guilt words, quotes, and what reasoners say. Each reports in the
frame of `warrantgraph.reports`: a summary that says whether it passed, failed or did not run, and
findings.
"""

from warrantgraph.checks.competency import Coverage, term_coverage
from warrantgraph.checks.gate import Gate, GateResult, Subjects
from warrantgraph.checks.gates import list_gates
from warrantgraph.checks.guilt import find_guilt
from warrantgraph.checks.hygiene import QueryRule, load_rules, run_rule
from warrantgraph.checks.layout import check_layout
from warrantgraph.checks.rule import Examined, Rule
from warrantgraph.checks.vocabulary import Vocabulary, read_vocabulary

__all__ = [
    "Coverage",
    "Examined",
    "Gate",
    "GateResult",
    "QueryRule",
    "Rule",
    "Subjects",
    "Vocabulary",
    "check_layout",
    "find_guilt",
    "list_gates",
    "load_rules",
    "read_vocabulary",
    "run_rule",
    "term_coverage",
]
