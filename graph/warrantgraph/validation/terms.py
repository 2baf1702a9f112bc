"""RDF terms and SHACL paths as people read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import RDF, SH, BNode, Literal, URIRef
from rdflib.collection import Collection

from warrantgraph.namespaces import compact

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

__all__ = ["path_text", "shorten"]

_SUFFIXES = {SH.zeroOrMorePath: "*", SH.oneOrMorePath: "+", SH.zeroOrOnePath: "?"}


def shorten(term: Node) -> str:
    """Write a term with the project's prefixes, for people: the result need not be Turtle.

    >>> shorten(URIRef("https://w3id.org/warrantgraph/id/claim/an-article/s4-2"))
    'claim:an-article/s4-2'
    >>> shorten(URIRef("https://example.org/"))
    '<https://example.org/>'
    >>> shorten(Literal("Putin", lang="en"))
    '"Putin"@en'
    """
    if isinstance(term, Literal):
        text, datatype = term.n3(), term.datatype
        return text if datatype is None else text.replace(datatype.n3(), shorten(datatype))
    if isinstance(term, BNode):
        return "a blank node"
    return compact(str(term))


def path_text(graph: Graph, path: Node) -> str:
    """Write a SHACL path (section 2.3.1 of SHACL) as a SPARQL property path.

    >>> from rdflib import Graph
    >>> graph = Graph().parse(format="turtle", data='''
    ...     @prefix sh: <http://www.w3.org/ns/shacl#> .
    ...     @prefix wg: <https://w3id.org/warrantgraph/ontology#> .
    ...     <urn:x> sh:path ( [ sh:inversePath wg:allegesConduct ] wg:assertedBy ) .''')
    >>> path_text(graph, graph.value(URIRef("urn:x"), SH.path))
    '^wg:allegesConduct/wg:assertedBy'
    """
    if isinstance(path, URIRef):
        return shorten(path)
    if (path, RDF.first, None) in graph:
        return "/".join(_step(graph, step) for step in Collection(graph, path))
    alternatives = graph.value(path, SH.alternativePath)
    if alternatives is not None:
        return "|".join(_step(graph, step) for step in Collection(graph, alternatives))
    inverse = graph.value(path, SH.inversePath)
    if inverse is not None:
        return f"^{_step(graph, inverse)}"
    for predicate, suffix in _SUFFIXES.items():
        inner = graph.value(path, predicate)
        if inner is not None:
            return f"{_step(graph, inner)}{suffix}"
    return path.n3()


def _step(graph: Graph, path: Node) -> str:
    """Write a path inside another, in brackets where it is not a single step."""
    text = path_text(graph, path)
    return (
        f"({text})"
        if any(sign in text for sign in "/|*+?") and not isinstance(path, URIRef)
        else text
    )
