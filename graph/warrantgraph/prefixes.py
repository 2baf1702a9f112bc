"""Which prefixes a text of triples needs, and in which order it declares them."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

import pyoxigraph

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["namespace", "sort_prefixes", "used_prefixes"]

_TYPE = pyoxigraph.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_STRING = "http://www.w3.org/2001/XMLSchema#string"


def sort_prefixes(text: bytes) -> bytes:
    r"""Sort the declarations at the head of Turtle or TriG, which Oxigraph orders by length.

    >>> sort_prefixes(b"@prefix b: <b:> .\n@prefix a: <a:> .\nb:x a a:y .\n").splitlines()[0]
    b'@prefix a: <a:> .'
    """
    lines = text.splitlines(keepends=True)
    head = list(takewhile(lambda line: line.startswith(b"@prefix "), lines))
    return b"".join(sorted(head)) + text[sum(map(len, head)) :]


def used_prefixes(
    triples: Iterable[pyoxigraph.Triple], prefixes: Mapping[str, str]
) -> dict[str, str]:
    """The prefixes that shorten at least one IRI of the triples.

    >>> from pyoxigraph import Literal, NamedNode, Triple
    >>> XSD = "http://www.w3.org/2001/XMLSchema#"
    >>> node = NamedNode("http://example.org/a")
    >>> used_prefixes([Triple(node, node, Literal(1))], {"xsd": XSD, "ex": "http://example.com/"})
    {'xsd': 'http://www.w3.org/2001/XMLSchema#'}
    """
    folders = {namespace(iri) for triple in triples for iri in _iris(triple)}
    return {
        prefix: base
        for prefix, base in prefixes.items()
        if any(folder.startswith(base) for folder in folders)
    }


def namespace(iri: str) -> str:
    """An IRI up to its last slash or hash.

    >>> namespace("http://www.w3.org/ns/prov#Agent")
    'http://www.w3.org/ns/prov#'
    """
    return iri[: max(iri.rfind("/"), iri.rfind("#")) + 1]


def _iris(triple: pyoxigraph.Triple) -> Iterable[str]:
    for term in triple:
        if isinstance(term, pyoxigraph.NamedNode):
            if term != _TYPE:  # written `a`
                yield term.value
        elif isinstance(term, pyoxigraph.Literal):
            if not term.language and term.datatype.value != _STRING:
                yield term.datatype.value
        elif isinstance(term, pyoxigraph.Triple):
            yield from _iris(term)
