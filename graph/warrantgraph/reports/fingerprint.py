"""Gives a finding a name of its own that does not change when lines move.

It is a hash of what the finding says: the rule, the focus node, the path, the value and the kind of
constraint. File, line and message are left out, so that a file may be reordered or renamed and a
message reworded. A blank node has no name that lasts; it is told by what is said of it.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from rdflib import BNode

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rdflib import Graph
    from rdflib.term import Node

    from warrantgraph.reports.finding import Finding

__all__ = ["describe_blank_node", "with_fingerprints"]

_DEEPEST = 4
"""Blank nodes inside blank nodes that count; further ones hardly ever tell two nodes apart."""

_MOST_STATEMENTS = 100
"""Statements about a blank node that count, so that a large one does not take for ever."""

_LENGTH = 24
"""Characters of a fingerprint, before its number: 96 bits."""


def with_fingerprints(
    findings: Iterable[Finding], graph: Graph | None = None, base: str = ""
) -> list[Finding]:
    """Return the findings, in their order, each with its fingerprint.

    Findings that say the same of the same thing are numbered, so that none shares its fingerprint.
    `graph` is what they are about; without it all blank nodes look the same. IRIs that begin with
    `base`, relative ones in the files, do so on each machine with another.

    >>> from warrantgraph.reports.finding import Finding, Severity
    >>> twice = [Finding("label-case", Severity.WARNING, "lower case, please")] * 2
    >>> [found.fingerprint for found in with_fingerprints(twice)]
    ['d47e5a5275353d2db4901939:1', 'd47e5a5275353d2db4901939:2']
    """
    seen: Counter[str] = Counter()
    result: list[Finding] = []
    for finding in findings:
        parts = (
            finding.rule,
            _name(finding.focus_node, graph),
            str(finding.path or ""),
            _name(finding.value, graph),
            str(finding.constraint or ""),
            finding.message if finding.focus_node is None else "",
        )
        text = "\n".join(parts)
        if base:
            text = text.replace(base, "")
        digest = hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()
        seen[digest] += 1
        number = f"{digest[:_LENGTH]}:{seen[digest]}"
        result.append(replace(finding, fingerprint=number))
    return result


def _name(term: Node | None, graph: Graph | None) -> str:
    if term is None:
        return ""
    if not isinstance(term, BNode):
        return term.n3()
    return "[]" if graph is None else describe_blank_node(graph, term)


def describe_blank_node(graph: Graph, node: BNode, depth: int = _DEEPEST) -> str:
    """Write what is said of a blank node and by which property it is reached, always the same way.

    >>> from rdflib import Graph, URIRef
    >>> graph = Graph().parse(data='<urn:a> <urn:p> [ <urn:q> 1 , 2 ] .', format="turtle")
    >>> node = next(graph.objects(predicate=URIRef("urn:p")))
    >>> describe_blank_node(graph, node).partition("|")[2]
    '<urn:a> <urn:p>]'
    """
    said = sorted(
        f"{predicate.n3()} {_part(graph, value, depth)}"
        for predicate, value in _first(graph.predicate_objects(node))
    )
    reached = sorted(
        f"{_part(graph, subject, 0)} {predicate.n3()}"
        for subject, predicate in _first(graph.subject_predicates(node))
        if depth == _DEEPEST
    )
    return f"[{'; '.join(said)}|{'; '.join(reached)}]"


def _part(graph: Graph, term: Node, depth: int) -> str:
    if not isinstance(term, BNode):
        return term.n3()
    return "[]" if depth == 0 else describe_blank_node(graph, term, depth - 1)


def _first(pairs: Iterable[tuple[Node, Node]]) -> list[tuple[Node, Node]]:
    return [pair for _, pair in zip(range(_MOST_STATEMENTS), pairs, strict=False)]
