"""The few quads of a file that speak of certain nodes, found without keeping the others."""

from __future__ import annotations

import io
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from warrantgraph.positions import LINE_FORMATS, scan_statements

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Mapping, Set

    OxTerm = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

__all__ = ["Skimmed", "skim"]

_BATCH = 10_000


class Skimmed(NamedTuple):
    """A quad of a file, and its terms as findings name them."""

    key: int
    """What `positions.find_statements` finds it by."""
    quad: ox.Quad
    subject: OxTerm
    value: OxTerm
    node_numbers: Mapping[ox.BlankNode, int]
    """The blank nodes of the quad by first appearance in the file, where they were counted."""


def skim(
    content: bytes,
    rdf_format: ox.RdfFormat,
    base: str | None,
    nodes: Set[OxTerm],
    blank: Mapping[int, ox.BlankNode],
) -> Iterator[Skimmed]:
    """Yield the quads whose subject or object is one of `nodes`, in the order of the file.

    `blank` says which of `nodes` is which blank node of this file: they count by first
    appearance, subject before object. Without it they are not counted.

    Raises SyntaxError, pyoxigraph's, or UnicodeDecodeError where the file is wrong; in a format
    of lines, only where that is seen on the way.
    """
    if rdf_format in LINE_FORMATS:
        return _skim_lines(content.decode(), nodes, blank)
    return _skim_parsed(content, rdf_format, base, nodes, blank)


def _skim_parsed(
    content: bytes,
    rdf_format: ox.RdfFormat,
    base: str | None,
    nodes: Set[OxTerm],
    blank: Mapping[int, ox.BlankNode],
) -> Iterator[Skimmed]:
    names = _Names(blank)
    quads = ox.parse(input=io.BytesIO(content), format=rdf_format, base_iri=base)
    for key, quad in enumerate(quads):
        subject: OxTerm = quad.subject
        value: OxTerm = quad.object
        if blank:
            subject, value = names.of(subject), names.of(value)
        if subject in nodes or value in nodes:
            yield Skimmed(key, quad, subject, value, names.numbers(quad))


class _Names:
    """The names that findings give to the blank nodes of a file, which counts them."""

    def __init__(self, blank: Mapping[int, ox.BlankNode]) -> None:
        self._blank = blank
        self._numbers: dict[ox.BlankNode, int] = {}

    def of(self, term: OxTerm) -> OxTerm:
        if not isinstance(term, ox.BlankNode):
            return term
        number = self._numbers.setdefault(term, len(self._numbers))
        return self._blank.get(number, term)

    def numbers(self, quad: ox.Quad) -> dict[ox.BlankNode, int]:
        terms = (quad.subject, quad.object)
        return {
            term: self._numbers[term]
            for term in terms
            if isinstance(term, ox.BlankNode) and term in self._numbers
        }


def _skim_lines(
    text: str, nodes: Set[OxTerm], blank: Mapping[int, ox.BlankNode]
) -> Iterator[Skimmed]:
    """Pick the lines that may be meant by their looks, and have pyoxigraph read only those."""
    lines = _Lines(text, nodes, blank)
    candidates = iter(lines)
    while batch := list(islice(candidates, _BATCH)):
        read = "\n".join(text[match.start(1) : match.end()] for match in batch)
        for match, quad in zip(
            batch, ox.parse(input=read, format=ox.RdfFormat.N_QUADS), strict=True
        ):
            subject, value = lines.name(quad.subject), lines.name(quad.object)
            if subject in nodes or value in nodes:
                yield Skimmed(match.start(), quad, subject, value, {})


class _Lines:
    """The lines of a text whose subject or object looks like one of the nodes."""

    def __init__(self, text: str, nodes: Set[OxTerm], blank: Mapping[int, ox.BlankNode]) -> None:
        self._text = text
        self._blank = blank
        self._looks = {f"<{node.value}>" for node in nodes if isinstance(node, ox.NamedNode)}
        self._strings = {f'"{node.value}"' for node in nodes if isinstance(node, ox.Literal)}
        self._labels: dict[str, int] = {}
        self._names: dict[OxTerm, OxTerm] = {}

    def name(self, term: OxTerm) -> OxTerm:
        return self._names.get(term, term)

    def __iter__(self) -> Iterator[re.Match[str]]:
        looks, strings, blank = self._looks, self._strings, self._blank
        escaped = "\\u" in self._text or "\\U" in self._text
        for match in scan_statements(self._text):
            subject, value = match.group(1, 3)
            if blank:
                self._count(subject)
                self._count(value)
            if (
                subject in looks
                or value in looks
                or (strings and value[0] == '"' and self._may_be_string(value))
                or (escaped and "\\" in match[0])
            ):
                yield match

    def _may_be_string(self, value: str) -> bool:
        return "\\" in value or value[: value.rindex('"') + 1] in self._strings

    def _count(self, label: str) -> None:
        if label[0] != "_" or label in self._labels:
            return
        name = self._blank.get(len(self._labels))
        self._labels[label] = len(self._labels)
        if name is not None:
            self._names[ox.BlankNode(label[2:])] = name
            self._looks.add(label)
