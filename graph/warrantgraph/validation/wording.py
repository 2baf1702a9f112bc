"""What is wrong and how to mend it, in plain words made from the parameters of a constraint."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rdflib import RDF, SH, XSD, Graph, Literal, URIRef

from warrantgraph.errors import InputError
from warrantgraph.paths import read_path
from warrantgraph.reports import shorten

if TYPE_CHECKING:
    from rdflib.term import Node

    from warrantgraph.validation.judge import Result

__all__ = ["Wording"]

_MANY: Final = 8
"""Members of a list that are written out."""

_KINDS: Final = {
    SH.BlankNode: "a blank node",
    SH.BlankNodeOrIRI: "a blank node or an IRI",
    SH.BlankNodeOrLiteral: "a blank node or a literal",
    SH.IRI: "an IRI",
    SH.IRIOrLiteral: "an IRI or a literal",
    SH.Literal: "a literal",
}

_SIMPLE: Final[dict[str, tuple[str, str, str]]] = {
    "And": ("and", "{it} does not conform to all of {given}.", "Make it conform to each."),
    "Class": ("class", "{it} is not of the type {given}.", "Give it that type, or another value."),
    "Closed": ("closed", "{path} may not be used here.", "Remove it."),
    "Datatype": ("datatype", "{it} is not a value of {given}.", "Write it as one."),
    "Disjoint": ("disjoint", "{it} is a value of {path} and of {given}.", "Remove one of the two."),
    "Equals": ("equals", "{it} is not a value of both {path} and {given}.", "Give both the same."),
    "HasValue": ("hasValue", "{path} lacks the value {given}.", "Add it."),
    "In": ("in", "{it} is none of the values that may stand here.", "Give one of {given}."),
    "LanguageIn": (
        "languageIn",
        "{it} is not in {given}.",
        "Write it in one of them, with its tag.",
    ),
    "LessThan": ("lessThan", "{it} is not less than each {given}.", "Change one of the two."),
    "LessThanOrEquals": (
        "lessThanOrEquals",
        "{it} is more than a {given}.",
        "Change one of the two.",
    ),
    "MaxExclusive": ("maxExclusive", "{it} is not less than {given}.", "Give less than {given}."),
    "MaxInclusive": ("maxInclusive", "{it} is more than {given}.", "Give {given} or less."),
    "MaxLength": ("maxLength", "{it} is too long.", "Give at most {given} characters."),
    "MinExclusive": ("minExclusive", "{it} is not more than {given}.", "Give more than {given}."),
    "MinInclusive": ("minInclusive", "{it} is less than {given}.", "Give {given} or more."),
    "MinLength": ("minLength", "{it} is too short.", "Give at least {given} characters."),
    "Node": ("node", "{it} does not conform to {given}.", "Make it conform, or give another."),
    "NodeKind": ("nodeKind", "{it} is not {given}.", "Write {given} instead."),
    "Not": ("not", "{it} conforms to {given}, which it must not.", "Change it, or give another."),
    "Or": ("or", "{it} conforms to none of {given}.", "Make it conform to one of them."),
    "Pattern": ("pattern", "{it} does not look as it must.", "Make it fit the pattern {given}."),
    "Xone": ("xone", "{it} does not conform to exactly one of {given}.", "Make it conform to one."),
}
"""By constraint component: its parameter, what is wrong, and how to mend it."""


class Wording:
    """Words for results of shapes that have none of their own."""

    def __init__(self, shapes: Graph) -> None:
        self._shapes = shapes

    def message(self, result: Result) -> str:
        """Return what is wrong, as a sentence."""
        return self._words(result)[0]

    def mend(self, result: Result) -> str:
        """Return how to mend it, as a sentence; nothing where that is not known."""
        return self._words(result)[1]

    def _words(self, result: Result) -> tuple[str, str]:
        name = str(result.component).removeprefix(str(SH)).removesuffix("ConstraintComponent")
        path = "" if result.path is None else str(result.path)
        if name in ("MinCount", "MaxCount", "QualifiedMinCount", "QualifiedMaxCount"):
            return self._count(result.shape, name, path)
        if name == "UniqueLang":
            what = f"{path} has more than one value in one language."
            return what, "Leave one in each language."
        if name not in _SIMPLE or not str(result.component).startswith(str(SH)):
            return "This breaks a rule of the shape.", ""
        parameter, message, mend = _SIMPLE[name]
        words = {
            "it": "It" if result.value is None else _capital(shorten(result.value)),
            "given": self._given(result.shape, SH[parameter]),
            "path": path or "the node",
        }
        return message.format_map(words), mend.format_map(words)

    def _count(self, shape: Node, name: str, path: str) -> tuple[str, str]:
        parameter: URIRef = SH[name[0].lower() + name[1:]]
        limit = next((str(each) for each in self._shapes.objects(shape, parameter)), "")
        values = "value" if limit == "1" else "values"
        right = ""
        if name.startswith("Qualified"):
            right = f" that conform to {self._given(shape, SH.qualifiedValueShape)}"
        if name.endswith("MinCount"):
            has = "no value" if limit == "1" else f"fewer than {limit} {values}"
            return f"{path} has {has}{right}.", f"Give at least {limit}."
        return f"{path} has more than {limit} {values}{right}.", f"Leave at most {limit}."

    def _given(self, shape: Node, parameter: URIRef) -> str:
        """Write the values of a parameter, lists by their members."""
        nodes = [
            member
            for value in self._shapes.objects(shape, parameter)
            for member in self._members(value)
        ]
        names = [self._name(node) for node in nodes]
        if len(names) > _MANY:
            names = [*names[:_MANY], f"{len(names) - _MANY} others"]
        if len(names) < 2:
            return "".join(names)
        return f"{', '.join(names[:-1])} and {names[-1]}"

    def _members(self, node: Node) -> list[Node]:
        if (node, RDF.first, None) not in self._shapes:
            return [node]
        return list(self._shapes.items(node))

    def _name(self, node: Node) -> str:
        if isinstance(node, URIRef):
            return _KINDS.get(node) or shorten(node)
        if isinstance(node, Literal) and node.datatype == XSD.integer and str(node).isdecimal():
            return str(node)
        path = self._shapes.value(node, SH.path)
        if path is not None:
            try:
                return f"what is asked of {read_path(self._shapes, path)}"
            except InputError:
                return "another shape"
        one = list(self._shapes.predicate_objects(node))
        if len(one) == 1 and isinstance(one[0][1], URIRef):
            return _KINDS.get(one[0][1]) or shorten(one[0][1])
        return shorten(node) if not one else "another shape"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:] if text.startswith("a blank") else text
