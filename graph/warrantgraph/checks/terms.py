"""Terms of the ontology: which it defines, and which a text of SPARQL uses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rdflib import OWL, RDF, SH, Literal, URIRef

from warrantgraph.checks.rule import Rule
from warrantgraph.namespaces import WG

if TYPE_CHECKING:
    from rdflib import Graph

    from warrantgraph.checks.vocabulary import Vocabulary
    from warrantgraph.reports import Finding

__all__ = ["UNDEFINED_IN_QUERY", "check_embedded_queries", "defined_terms", "used_terms"]

UNDEFINED_IN_QUERY = Rule(
    "undefined-term-in-query",
    "a query, in a shape or on its own, uses only terms that the ontology defines",
    "Correct the name in the query, or define the term in the ontology.",
)

_KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
_USE = re.compile(rf"(?<![\w#-])wg:(\w+)|<{re.escape(WG)}(\w+)>")


def defined_terms(ontology: Graph) -> set[str]:
    """Return the local names of the classes and properties in our namespace."""
    return {
        str(term).removeprefix(WG)
        for kind in _KINDS
        for term in ontology.subjects(RDF.type, kind)
        if isinstance(term, URIRef) and term in WG
    }


def used_terms(line: str) -> dict[str, int]:
    """Return the local names that a line of SPARQL uses, each with the column of its first use.

    A line of comment uses none.

    >>> used_terms("?claim a wg:Claim ; wg:reportsClaim+ ?original .")
    {'Claim': 10, 'reportsClaim': 21}
    """
    if line.lstrip().startswith("#"):
        return {}
    uses: dict[str, int] = {}
    for use in _USE.finditer(line):
        uses.setdefault(use[1] or use[2], use.start() + 1)
    return uses


def check_embedded_queries(vocabulary: Vocabulary) -> list[Finding]:
    """Find terms that only the SPARQL inside a shape uses, where a rule over triples is blind."""
    defined = defined_terms(vocabulary.ontology)
    findings: list[Finding] = []
    for file in vocabulary.shape_files:
        for predicate in (SH.select, SH.ask):
            for shape, query in file.graph.subject_objects(predicate):
                lines = query.splitlines() if isinstance(query, Literal) else []
                unknown = set[str]().union(*map(used_terms, lines)) - defined
                place = vocabulary.locate(shape, predicate, query)
                owner = file.graph.value(None, SH.sparql, shape) or shape
                findings += [
                    UNDEFINED_IN_QUERY.finding(owner, None, WG[name], place=place)
                    for name in sorted(unknown)
                ]
    return findings
