"""Terms of the ontology: which it defines, and which a text of SPARQL uses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rdflib import OWL, RDF, SH, Literal, URIRef

from warrantgraph.checks.finding import Finding
from warrantgraph.namespaces import WG

if TYPE_CHECKING:
    from rdflib import Graph

    from warrantgraph.checks.vocabulary import Vocabulary

__all__ = ["check_embedded_queries", "defined_terms", "used_terms"]

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


def used_terms(line: str) -> set[str]:
    """Return the local names that a line of SPARQL uses; a line of comment uses none.

    >>> sorted(used_terms("?claim a wg:Claim ; wg:reportsClaim+ ?original ."))
    ['Claim', 'reportsClaim']
    """
    if line.lstrip().startswith("#"):
        return set()
    return {short or full for short, full in _USE.findall(line)}


def check_embedded_queries(vocabulary: Vocabulary) -> list[Finding]:
    """Find terms that only the SPARQL inside a shape uses, where a rule over triples is blind."""
    defined = defined_terms(vocabulary.ontology)
    message = "the ontology does not define this term"
    findings: list[Finding] = []
    for file in vocabulary.shape_files:
        for predicate in (SH.select, SH.ask):
            for shape, query in file.graph.subject_objects(predicate):
                lines = query.splitlines() if isinstance(query, Literal) else []
                unknown = set[str]().union(*map(used_terms, lines)) - defined
                place = vocabulary.locate(shape, predicate, query)
                findings += [
                    Finding("undefined-term", "error", message, "", "", f"{WG}{name}", *place)
                    for name in sorted(unknown)
                ]
    return findings
