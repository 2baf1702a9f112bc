"""RDF terms as people read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import BNode, Literal

from warrantgraph.namespaces import compact

if TYPE_CHECKING:
    from rdflib.term import Node

    from warrantgraph.reports.finding import Finding

__all__ = ["about", "shorten"]


def about(finding: Finding) -> str:
    """Name node, path and value of a finding in one line; empty where it is about a file.

    >>> from rdflib import URIRef
    >>> from warrantgraph.paths import Predicate
    >>> from warrantgraph.reports import Finding, Severity
    >>> from warrantgraph.namespaces import WG
    >>> label = Predicate(URIRef("http://www.w3.org/2000/01/rdf-schema#label"))
    >>> wrong = Finding("label-case", Severity.WARNING, "lower case, please", WG.Claim, label)
    >>> about(wrong)
    'wg:Claim rdfs:label'
    """
    said = None if finding.path is None and finding.value == finding.focus_node else finding.value
    parts = (
        "" if finding.focus_node is None else shorten(finding.focus_node),
        "" if finding.path is None else str(finding.path),
        "" if said is None else shorten(said),
    )
    return " ".join(part for part in parts if part)


def shorten(term: Node) -> str:
    """Write a term with the project's prefixes, for people: the result need not be Turtle.

    >>> from rdflib import URIRef
    >>> shorten(URIRef("https://w3id.org/warrantgraph/id/claim/an-article/s4-2"))
    'claim:an-article/s4-2'
    >>> shorten(URIRef("https://example.org/"))
    '<https://example.org/>'
    >>> shorten(Literal("Putin", lang="en"))
    '"Putin"@en'
    """
    if isinstance(term, Literal):
        text, datatype = term.n3(), term.datatype
        return text if datatype is None else text.replace(f"<{datatype}>", shorten(datatype))
    if isinstance(term, BNode):
        return "a blank node"
    return compact(str(term))
