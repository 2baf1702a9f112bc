"""RDF terms as people read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import BNode, Literal

from warrantgraph.namespaces import compact

if TYPE_CHECKING:
    from rdflib.term import Node

__all__ = ["shorten"]


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
