"""Prefixes and base of a text at one point of it, and what a term written there means.

pyoxigraph itself says what an IRI or a literal means, so that there are no two opinions on
escapes, relative IRIs and datatypes; only what is equal at sight is not asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from warrantgraph.positions.lexing import TAGGED, TOKEN

if TYPE_CHECKING:
    from warrantgraph.positions.written import Term

    OxTerm = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

__all__ = ["Scope"]

_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_STRING: Final = ox.NamedNode("http://www.w3.org/2001/XMLSchema#string")
_LONG_QUOTES: Final = ('"""', "'''")
_CELL: Final = (_RDF + "first", _RDF + "rest")


class Scope:
    """What the prefixes of a text mean; a declaration is resolved only when it is asked for."""

    def __init__(self, text: str, base: str | None = None) -> None:
        self._text = text
        self._base = base
        self.rebased_at: int | None = None
        """The offset of the first base that the text declares."""
        self._prefixes: dict[str, tuple[str, str | None]] = {}

    def bind(self, prefix: Term, namespace: Term) -> None:
        """Declare a prefix, as from here on."""
        name = self._text[prefix[0] : prefix[1]]
        self._prefixes[name[:-1]] = (self._text[namespace[0] : namespace[1]], self._base)

    def rebase(self, base: Term) -> None:
        """Declare a base, as from here on; one that pyoxigraph refuses is no base."""
        if self.rebased_at is None:
            self.rebased_at = base[0]
        meant = _meaning(self._text[base[0] : base[1]], self._base)
        self._base = meant.value if isinstance(meant, ox.NamedNode) else None

    def agrees(self, written: Term, term: OxTerm, *, as_predicate: bool = False) -> bool:
        """Whether what is written means this term; of brackets, whether they can.

        >>> scope = Scope("e: <http://e/> e:x")
        >>> scope.bind((0, 2, None), (3, 14, None))
        >>> scope.agrees((15, 18, None), ox.NamedNode("http://e/x"))
        True
        >>> scope.agrees((15, 18, None), ox.NamedNode("http://e/y"))
        False
        """
        start, end, _ = written
        text = self._text[start:end]
        if isinstance(term, ox.NamedNode):
            return self._names(text, term.value, as_predicate=as_predicate)
        if isinstance(term, ox.BlankNode):
            return text in ("[", "(") or text == f"_:{term.value}"
        if isinstance(term, ox.Triple):
            return False
        plain = text[0] in "\"'" and text[0] == text[-1] and text[:3] not in _LONG_QUOTES
        if plain and "\\" not in text:
            return term.datatype == _STRING and text[1:-1] == term.value
        return self._means(text) == term

    def _names(self, text: str, iri: str, *, as_predicate: bool) -> bool:
        if text[0] == "<":
            return text[1:-1] == iri or self._means(text) == ox.NamedNode(iri)
        if as_predicate and text in ("a", "("):
            return iri in _CELL if text == "(" else iri == _RDF + "type"
        if text[-1] == ")":
            return iri == _RDF + "nil"
        prefix, colon, local = text.partition(":")
        if not colon:
            return False
        namespace = self._prefixes.get(prefix, ("", None))[0]
        return iri == namespace[1:-1] + local or self._means(text) == ox.NamedNode(iri)

    def _means(self, text: str) -> OxTerm | None:
        """Ask pyoxigraph, with the one prefix that the text uses."""
        prefix, colon, _ = _name_in(text).partition(":")
        if not colon:
            return _meaning(text, self._base)
        if prefix not in self._prefixes:
            return None
        namespace, base = self._prefixes[prefix]
        meant = _meaning(namespace, base)
        if not isinstance(meant, ox.NamedNode):
            return None
        return _meaning(text, self._base, f"@prefix {prefix}: <{meant.value}> . ")


def _name_in(text: str) -> str:
    """Return the prefixed name that a term is, or that is its datatype; else nothing."""
    if text[0] == "<" or text[-1] in ">\"'":
        return ""
    if text[0] not in "\"'":
        return text
    token = TOKEN.match(text)
    suffix = token[TAGGED] if token is not None and token.lastindex == TAGGED else ""
    return suffix.split()[-1].rpartition("^")[2] if "^" in suffix else ""


def _meaning(text: str, base: str | None, prologue: str = "") -> OxTerm | None:
    """Return the term that a piece of Turtle means, or None where it means none."""
    statement = f"{prologue}<x:> <x:> {text} ."
    try:
        quad = next(ox.parse(input=statement, format=ox.RdfFormat.TURTLE, base_iri=base), None)
    except (SyntaxError, ValueError):
        return None
    return None if quad is None else quad.object
