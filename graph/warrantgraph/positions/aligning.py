"""pyoxigraph's triples beside the places where they are written, as long as the two agree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from warrantgraph.positions.lines import scan_lines, statement_at
from warrantgraph.positions.scope import Scope
from warrantgraph.positions.turtle import TurtleScanner

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from warrantgraph.positions.written import Statement, Term

__all__ = ["LINE_FORMATS", "PLACED_FORMATS", "AlignedReader", "find_statements"]

PLACED_FORMATS: Final = (
    ox.RdfFormat.N_QUADS,
    ox.RdfFormat.N_TRIPLES,
    ox.RdfFormat.TRIG,
    ox.RdfFormat.TURTLE,
)
"""The formats of which lines and columns are known; of others, only the file."""

LINE_FORMATS: Final = (ox.RdfFormat.N_QUADS, ox.RdfFormat.N_TRIPLES)
"""The formats in which a statement is a line."""


class AlignedReader:
    """A text that is parsed beside its places, once: quads, each with where it is written.

    From the first doubt on, there is None instead of a place.

    >>> reader = AlignedReader("<x:s> <x:p> 1, 2 .", ox.RdfFormat.TURTLE)
    >>> [(quad.object.value, written[2][:2]) for quad, written in reader]
    [('1', (12, 13)), ('2', (15, 16))]
    """

    def __init__(self, text: str, rdf_format: ox.RdfFormat, base: str | None = None) -> None:
        self._scope, self._statements = _scan(text, rdf_format, base)
        self._quads = ox.parse(input=text, format=rdf_format, base_iri=base)

    @property
    def prefixes(self) -> Mapping[str, str]:
        """The prefixes that have been declared so far."""
        return self._quads.prefixes

    @property
    def rebased_at(self) -> int | None:
        """The offset of the first base that the text declares, as far as it has been read."""
        return self._scope.rebased_at

    def __iter__(self) -> Iterator[tuple[ox.Quad, Statement | None]]:
        """Yield each quad; raises SyntaxError, pyoxigraph's, where the text is wrong."""
        nodes = _Nodes()
        trusted = True
        for quad in self._quads:
            written = next(self._statements, None) if trusted else None
            if written and not (_agree(self._scope, written, quad) and nodes.agree(written, quad)):
                written = None
            trusted = written is not None
            yield quad, written


def find_statements(
    text: str,
    rdf_format: ox.RdfFormat,
    base: str | None,
    wanted: Mapping[int, ox.Quad],
    node_numbers: Mapping[ox.BlankNode, int],
) -> dict[int, Statement]:
    """Return where some quads are written, by the keys that name them in `wanted`.

    A key is the quad's number in pyoxigraph's order; in a format of lines, the offset at which
    the statement begins, as `scan_statements` gives it. `node_numbers` counts the blank nodes by
    first appearance, where they were counted. Where a single quad does not agree with the text,
    nothing is returned: no place rather than a wrong one.
    """
    if rdf_format in LINE_FORMATS:
        return _find_lines(text, wanted)
    scope, statements = _scan(text, rdf_format, base)
    found: dict[int, Statement] = {}
    numbers: dict[int | str, int] = {}
    last = max(wanted, default=-1)
    for number, statement in enumerate(statements):
        if number > last:
            break
        for _, _, node in (statement[0], statement[2]):
            if node is not None and node not in numbers:
                numbers[node] = len(numbers)
        if number in wanted:
            quad = wanted[number]
            if not _agree(scope, statement, quad) or not _same_nodes(
                statement, quad, numbers, node_numbers
            ):
                return {}
            found[number] = statement
    return found if len(found) == len(wanted) else {}


def _find_lines(text: str, wanted: Mapping[int, ox.Quad]) -> dict[int, Statement]:
    scope = Scope(text)
    found: dict[int, Statement] = {}
    for offset, quad in wanted.items():
        statement = statement_at(text, offset)
        if statement is None or not _agree(scope, statement, quad):
            return {}
        found[offset] = statement
    return found


def _scan(
    text: str, rdf_format: ox.RdfFormat, base: str | None
) -> tuple[Scope, Iterator[Statement]]:
    if rdf_format in LINE_FORMATS:
        return Scope(text), scan_lines(text)
    if rdf_format in PLACED_FORMATS:
        scanner = TurtleScanner(text, base)
        return scanner.scope, iter(scanner)
    return Scope(text), iter(())


def _agree(scope: Scope, written: Statement, quad: ox.Quad) -> bool:
    subject, predicate, value = written
    return (
        scope.agrees(subject, quad.subject)
        and scope.agrees(predicate, quad.predicate, as_predicate=True)
        and scope.agrees(value, quad.object)
    )


def _same_nodes(
    written: Statement,
    quad: ox.Quad,
    numbers: Mapping[int | str, int],
    node_numbers: Mapping[ox.BlankNode, int],
) -> bool:
    """Whether the blank nodes of a quad are the ones that are written, as far as counted."""
    for (_, _, node), term in ((written[0], quad.subject), (written[2], quad.object)):
        if isinstance(term, ox.BlankNode):
            if node is None or node_numbers.get(term, numbers[node]) != numbers[node]:
                return False
        elif node is not None:
            return False
    return True


class _Nodes:
    """Which blank node of the text is which of pyoxigraph's: one each, for the whole text."""

    def __init__(self) -> None:
        self._terms: dict[int | str, ox.BlankNode] = {}
        self._written: dict[ox.BlankNode, int | str] = {}

    def agree(self, written: Statement, quad: ox.Quad) -> bool:
        return self._is(written[0], quad.subject) and self._is(written[2], quad.object)

    def _is(self, written: Term, term: object) -> bool:
        node = written[2]
        if not isinstance(term, ox.BlankNode) or node is None:
            return node is None and not isinstance(term, ox.BlankNode)
        return (
            self._terms.setdefault(node, term) == term
            and self._written.setdefault(term, node) == node
        )
