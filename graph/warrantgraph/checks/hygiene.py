"""The hygiene rules: one SPARQL file each under `rules/`, after ROBOT's `report`.

A rule's first line is `# ERROR: message` or `# WARN: message`. Its SELECT returns `?entity`,
`?property` and `?value`, of which the last two may be unbound. To add a rule, add a file, and
beside the others in `tests/cases/ontology-checks/` a case that it passes and one that it fails.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from rdflib.plugins.sparql import prepareQuery
from rdflib.query import ResultRow

from warrantgraph.checks.finding import Finding, Severity
from warrantgraph.checks.terms import check_embedded_queries
from warrantgraph.checks.vocabulary import Place, Vocabulary
from warrantgraph.errors import InputError

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.plugins.sparql.sparql import Query
    from rdflib.term import Node


__all__ = ["RULES", "Rule", "check_hygiene", "load_rules", "run_rule"]

RULES = Path(__file__).parent / "rules"

_FIRST_LINE = re.compile(r"# (ERROR|WARN): (\S.*)")
_SEVERITIES: dict[str, Severity] = {"ERROR": "error", "WARN": "warning"}


@dataclass(frozen=True)
class Rule:
    """A query that returns nothing when all is well."""

    name: str
    severity: Literal["error", "warning"]
    message: str
    query: Query


def load_rules(folder: Path = RULES) -> tuple[Rule, ...]:
    """Read the rules, sorted by name.

    Raises:
        InputError: when a file does not begin with its severity and message.
    """
    return tuple(_load(path) for path in sorted(folder.glob("*.rq")))


def _load(path: Path) -> Rule:
    text = path.read_text(encoding="utf-8")
    first = text.partition("\n")[0]
    found = _FIRST_LINE.fullmatch(first)
    if found is None:
        hint = 'begin with "# ERROR: message" or "# WARN: message"'
        raise InputError("a rule needs a message", file=path, line=1, value=first, hint=hint)
    return Rule(path.stem, _SEVERITIES[found[1]], found[2], prepareQuery(text))


def run_rule(rule: Rule, graph: Graph, vocabulary: Vocabulary | None = None) -> list[Finding]:
    """Run one rule; with the vocabulary at hand the findings say file, line and column."""
    findings: list[Finding] = []
    for row in graph.query(rule.query):
        if not isinstance(row, ResultRow):
            continue
        bound = row.asdict()
        nodes: list[Node | None] = [bound.get(name) for name in ("entity", "property", "value")]
        entity, predicate, value = ("" if node is None else str(node) for node in nodes)
        place = vocabulary.locate(*nodes) if vocabulary else Place()
        findings.append(
            Finding(rule.name, rule.severity, rule.message, entity, predicate, value, *place)
        )
    return findings


def check_hygiene(vocabulary: Vocabulary) -> list[Finding]:
    """Run every rule over the ontology, the schemes, the alignments and the shapes."""
    graph = vocabulary.everything
    found = [finding for rule in load_rules() for finding in run_rule(rule, graph, vocabulary)]
    return found + check_embedded_queries(vocabulary)
