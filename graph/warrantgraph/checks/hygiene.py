"""The rules over triples: one SPARQL file each under `rules/`, after ROBOT's `report`.

A folder there is a gate: `labels`, `definitions`, `hygiene`. A rule's first line is
`# VIOLATION: rule in words` (or `WARNING`, `INFO`), its second `# MEND: how to mend it`. Its
SELECT returns `?entity`, `?property` and `?value`, of which the last two may be unbound. To add
a rule, add a file, and beside the others in `tests/cases/ontology-checks/` a case that it passes
and one that it fails.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from rdflib import URIRef
from rdflib.plugins.sparql import prepareQuery
from rdflib.query import ResultRow

from warrantgraph.checks.rule import Rule
from warrantgraph.errors import InputError
from warrantgraph.reports import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rdflib import Graph
    from rdflib.plugins.sparql.sparql import Query

    from warrantgraph.checks.vocabulary import Vocabulary


__all__ = ["RULES", "QueryRule", "check_hygiene", "load_rules", "run_rule"]

RULES = Path(__file__).parent / "rules"

_FIRST_LINE = re.compile(r"# (VIOLATION|WARNING|INFO): (\S.*)")
_SECOND_LINE = re.compile(r"# MEND: (\S.*)")


@dataclass(frozen=True)
class QueryRule(Rule):
    """A rule with a query that returns nothing when all is well."""

    query: Query = field(kw_only=True, repr=False)


def load_rules(folder: Path = RULES) -> tuple[QueryRule, ...]:
    """Read the rules of a folder and those below it, sorted by name.

    Raises:
        InputError: when a file does not begin with its severity, its words and how to mend.
    """
    return tuple(_load(path) for path in sorted(folder.rglob("*.rq"), key=lambda path: path.stem))


def _load(path: Path) -> QueryRule:
    text = path.read_text(encoding="utf-8")
    first, second, *_ = [*text.split("\n", 2), "", ""]
    found, mend = _FIRST_LINE.fullmatch(first), _SECOND_LINE.fullmatch(second)
    if found is None:
        hint = 'begin with "# VIOLATION: rule in words", or WARNING, or INFO'
        raise InputError("a rule needs a message", file=path, line=1, value=first, hint=hint)
    if mend is None:
        hint = 'write "# MEND: how to mend it"'
        raise InputError(
            "a rule says how to mend what it finds", file=path, line=2, value=second, hint=hint
        )
    return QueryRule(
        name=path.stem,
        label=found[2],
        mend=mend[1],
        severity=Severity(found[1].capitalize()),
        query=prepareQuery(text),
    )


def run_rule(rule: QueryRule, graph: Graph, vocabulary: Vocabulary | None = None) -> list[Finding]:
    """Run one rule; with the vocabulary at hand the findings say file, line and column."""
    findings: list[Finding] = []
    for row in graph.query(rule.query):
        if not isinstance(row, ResultRow):
            continue
        bound = row.asdict()
        entity, predicate, value = (bound.get(name) for name in ("entity", "property", "value"))
        place = vocabulary.locate(entity, predicate, value) if vocabulary else None
        step = predicate if isinstance(predicate, URIRef) else None
        findings.append(rule.finding(entity, step, value, place=place))
    return findings


def check_hygiene(rules: Iterable[QueryRule], vocabulary: Vocabulary) -> list[Finding]:
    """Run rules over the ontology, the schemes, the alignments and the shapes."""
    graph = vocabulary.everything
    return [finding for rule in rules for finding in run_rule(rule, graph, vocabulary)]
