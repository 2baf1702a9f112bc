"""Results as findings: with a rule that has a name, and words that need no SHACL to be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rdflib import RDF, SH, BNode, Graph, Literal, URIRef

from warrantgraph.errors import InputError
from warrantgraph.namespaces import compact
from warrantgraph.paths import read_path
from warrantgraph.reports import Finding, Severity
from warrantgraph.validation.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rdflib.term import Node

    from warrantgraph.validation.judge import Result

__all__ = ["Findings"]

_TARGETS: Final = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)
_LISTS: Final = (SH["and"], SH["or"], SH.xone)
_SHAPES: Final = (SH.property, SH.node, SH["not"], SH.qualifiedValueShape)


class Findings:
    """Makes findings of the results of one shapes graph."""

    def __init__(self, shapes: Graph) -> None:
        self._shapes = shapes
        self._wording = Wording(shapes)
        self._rules: dict[Node, str] = {}

    def finding(self, result: Result) -> Finding:
        """Return what a result says, in plain words where the shape has none of its own."""
        message, mend = self._own_words(result), ""
        if not message:
            message, mend = self._wording.message(result), self._wording.mend(result)
        for detail in result.details:
            message = f"{message} {self.finding(detail).message}"
        names = self._texts(self._shapes.objects(result.shape, SH.name))
        return Finding(
            rule=self.rule(result.shape),
            severity=Severity.from_iri(result.severity),
            message=message,
            focus_node=result.focus,
            path=result.path,
            value=result.value,
            constraint=URIRef(str(result.component)),
            mend=mend,
            label=names or None,
        )

    def _own_words(self, result: Result) -> str:
        """Return what the shape's author wrote; nothing where the words would be pySHACL's."""
        speakers = [result.shape] if result.source is None else [result.shape, result.source]
        authored = any((speaker, SH.message, None) in self._shapes for speaker in speakers)
        return self._texts(result.messages) if authored else ""

    @staticmethod
    def _texts(nodes: Iterable[Node]) -> str:
        """Return the texts in English, or in no language; else in whatever they are written."""
        texts = [node for node in nodes if isinstance(node, Literal)]
        english = [t for t in texts if t.language is None or t.language.startswith("en")]
        return " ".join(sorted({str(text) for text in english or texts}))

    def rule(self, shape: Node) -> str:
        """Return the IRI of a shape.

        A shape without one is named after the nearest shape that has one and uses it, and how it
        does so: `https://…#Person/property(ex:name)`, `https://…#Person/or(2)`. A shape that none
        uses is named after its targets: `shape of ex:Person`.
        """
        if shape not in self._rules:
            self._rules[shape] = self._rule(shape, frozenset())
        return self._rules[shape]

    def _rule(self, shape: Node, seen: frozenset[Node]) -> str:
        if isinstance(shape, URIRef):
            return str(shape)
        names = sorted(
            f"{self._rule(user, seen | {shape})}/{how}"
            for user, how in self._users(shape)
            if user not in seen | {shape}
        )
        if names:
            return names[0]
        targets = sorted(
            compact(str(target)) if isinstance(target, URIRef) else str(target)
            for predicate in _TARGETS
            for target in self._shapes.objects(shape, predicate)
        )
        return f"shape of {', '.join(targets)}" if targets else "shape without a name"

    def _users(self, shape: Node) -> Iterable[tuple[Node, str]]:
        for parameter in _SHAPES:
            for user in self._shapes.subjects(parameter, shape):
                path = self._path(shape)
                yield user, f"{parameter.fragment}({path})" if path else parameter.fragment
        for cell in self._shapes.subjects(RDF.first, shape):
            head, position = self._head(cell)
            for parameter in _LISTS:
                for user in self._shapes.subjects(parameter, head):
                    yield user, f"{parameter.fragment}({position})"

    def _path(self, shape: Node) -> str:
        node = self._shapes.value(shape, SH.path)
        try:
            return "" if node is None else str(read_path(self._shapes, node))
        except InputError:
            return ""

    def _head(self, cell: Node) -> tuple[Node, int]:
        """Return the first cell of the list that a cell is in, and the cell's position."""
        position, seen = 1, {cell}
        while True:
            before = self._shapes.value(predicate=RDF.rest, object=cell)
            if before is None or before in seen or not isinstance(before, BNode):
                return cell, position
            seen.add(before)
            cell, position = before, position + 1
