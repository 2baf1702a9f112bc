"""RDF terms on their way between pyoxigraph, which parses, and rdflib, in which findings speak."""

from __future__ import annotations

import pyoxigraph as ox
from rdflib import XSD, BNode, Literal, URIRef

from warrantgraph.errors import InputError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from rdflib.term import Node

__all__ = ["OxTerm", "as_oxigraph", "as_rdflib"]

OxTerm = ox.NamedNode | ox.BlankNode | ox.Literal
"""What a triple of RDF 1.1 is made of, as pyoxigraph has it."""

_STRING = str(XSD.string)


def as_rdflib(term: OxTerm | ox.Triple, *, scope: str = "") -> URIRef | BNode | Literal:
    """Return pyoxigraph's term as rdflib's; `scope` keeps blank nodes of several files apart.

    Raises InputError for what RDF 1.2 adds: triple terms, and literals with a direction.

    >>> as_rdflib(ox.Literal("01", datatype=ox.NamedNode(f"{XSD}integer"))).n3()
    '"01"^^<http://www.w3.org/2001/XMLSchema#integer>'
    """
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(scope + term.value)
    if isinstance(term, ox.Triple):
        raise InputError("triple terms (RDF 1.2) cannot be validated", value=str(term))
    if term.language:
        if term.direction is not None:
            what = "literals with a direction (RDF 1.2) cannot be validated"
            raise InputError(what, value=str(term))
        return Literal(term.value, lang=term.language)
    datatype = term.datatype.value
    return Literal(
        term.value, datatype=None if datatype == _STRING else URIRef(datatype), normalize=False
    )


def as_oxigraph(node: Node) -> OxTerm | None:
    """Return rdflib's term as pyoxigraph's, or None where it has no such term.

    That is so of what RDF does not know, such as an IRI with a space in it, and of a literal
    that names `xsd:string`: rdflib keeps it apart from the plain one, which RDF does not.

    >>> as_oxigraph(Literal("Haag", lang="nl"))
    <Literal value=Haag language=nl>
    >>> as_oxigraph(URIRef("two words")), as_oxigraph(Literal("a", datatype=XSD.string))
    (None, None)
    """
    try:
        if isinstance(node, URIRef):
            return ox.NamedNode(str(node))
        if isinstance(node, BNode):
            return ox.BlankNode(str(node))
        if not isinstance(node, Literal) or (node.datatype == XSD.string and not node.language):
            return None
        if node.language:
            return ox.Literal(str(node), language=node.language)
        datatype = None if node.datatype is None else ox.NamedNode(str(node.datatype))
        return ox.Literal(str(node), datatype=datatype)
    except ValueError:
        return None
