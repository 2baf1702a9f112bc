"""Tells whether two results are the same, whatever their blank nodes are called.

Literals are compared by their form: `1` is not `01`, and not `1.0`.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from conformance.results import Graph, Solutions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from conformance.facts import Node
    from conformance.results import Result

__all__ = ["difference", "is_isomorphic"]

_Row = tuple["Node | None", ...]
_Match = dict[str, str]
_ROUNDS = 4
_TRIPLE = NamedNode("urn:x-conformance:triple")
"""Stands before the three parts of a triple term, which would else be those of the row."""

_SHOWN = 3


def difference(
    expected: Result, actual: Result, *, is_ordered: bool = False, is_lax: bool = False
) -> str:
    """What is wrong with an actual result, in words; empty when nothing is.

    With `is_lax`, the actual rows may be fewer than the expected, as `REDUCED` allows, but every
    different one must be there.
    """
    if isinstance(expected, bool) or isinstance(actual, bool):
        return "" if expected is actual else f"expected {_kind(expected)}, got {_kind(actual)}"
    if isinstance(expected, Graph) or isinstance(actual, Graph):
        if not (isinstance(expected, Graph) and isinstance(actual, Graph)):
            return f"expected {_kind(expected)}, got {_kind(actual)}"
        return _compare([*_triples(expected)], [*_triples(actual)])
    if set(expected.variables) != set(actual.variables):
        names = [" ".join(sorted(each.variables)) for each in (expected, actual)]
        return f"expected the variables {names[0]}, got {names[1]}"
    is_ordered = is_ordered or expected.is_ordered
    rows, others = (
        [*_rows(each, expected.variables, is_numbered=is_ordered)] for each in (expected, actual)
    )
    if is_lax and len(others) <= len(rows):
        rows, others = list(dict.fromkeys(rows)), list(dict.fromkeys(others))
    return _compare(rows, others)


def _kind(result: Result) -> str:
    if isinstance(result, bool):
        return str(result).lower()
    return "a graph" if isinstance(result, Graph) else "solutions"


def _triples(graph: Graph) -> Iterator[_Row]:
    return ((each.subject, each.predicate, each.object) for each in graph.triples)


def _rows(solutions: Solutions, names: Sequence[str], *, is_numbered: bool) -> Iterator[_Row]:
    for number, row in enumerate(solutions.rows):
        cells = tuple(row.get(name) for name in names)
        yield (*cells, Literal(number)) if is_numbered else cells


def _compare(expected: list[_Row], actual: list[_Row]) -> str:
    if is_isomorphic(expected, actual):
        return ""
    counts = f"{len(expected)} expected, {len(actual)} got"
    wanted, found = (Counter(_colours(rows, {})) for rows in (expected, actual))
    missing = [_show(row) for row in expected if wanted[_colour(row, {})] > found[_colour(row, {})]]
    added = [_show(row) for row in actual if found[_colour(row, {})] > wanted[_colour(row, {})]]
    if not missing and not added:
        return f"{counts}; blank nodes are connected otherwise"
    return f"{counts}; missing {_some(missing)}; not expected {_some(added)}"


def _some(rows: list[str]) -> str:
    more = f" and {len(rows) - _SHOWN} more" if len(rows) > _SHOWN else ""
    return " , ".join(sorted(rows)[:_SHOWN]) + more if rows else "none"


def _show(row: _Row) -> str:
    return "(" + " ".join("UNDEF" if cell is None else str(cell) for cell in row) + ")"


def is_isomorphic(left: Sequence[_Row], right: Sequence[_Row]) -> bool:
    """Whether a one-to-one renaming of blank nodes makes one multiset of rows the other.

    >>> a, b = BlankNode("a"), BlankNode("b")
    >>> is_isomorphic([(a, b), (b, a)], [(b, a), (a, b)]), is_isomorphic([(a, b)], [(a, a)])
    (True, False)
    """
    if len(left) != len(right):
        return False
    of_left, of_right = _refine(left), _refine(right)
    coloured: dict[int, list[_Row]] = {}
    for row in right:
        coloured.setdefault(_colour(row, of_right), []).append(row)
    if Counter(_colours(left, of_left)) != Counter(_colours(right, of_right)):
        return False
    ordered = sorted(left, key=lambda row: len(coloured[_colour(row, of_left)]))
    return _search([(row, coloured[_colour(row, of_left)]) for row in ordered])


def _refine(rows: Sequence[_Row]) -> dict[str, int]:
    """A colour for each blank node: equal for nodes that nothing near them tells apart."""
    colours: dict[str, int] = {}
    for _ in range(_ROUNDS):
        seen: dict[str, list[int]] = {}
        for row in rows:
            for place, cell in enumerate(row):
                for label in _labels(cell):
                    marked = _colour(row, {**colours, label: -1})
                    seen.setdefault(label, []).append(hash((place, marked)))
        colours = {label: hash(tuple(sorted(hashes))) for label, hashes in seen.items()}
    return colours


def _search(rows: list[tuple[_Row, list[_Row]]]) -> bool:
    """Match rows one after the other, going back where a renaming leads nowhere."""
    there: _Match = {}
    back: _Match = {}
    used: set[int] = set()
    tried = [iter(candidates) for _, candidates in rows[:1]]
    undo: list[tuple[int, list[tuple[str, str]]]] = []
    while tried:
        row = rows[len(tried) - 1][0]
        for candidate in tried[-1]:
            added = None if id(candidate) in used else _bind(row, candidate, there, back)
            if added is None:
                continue
            used.add(id(candidate))
            undo.append((id(candidate), added))
            if len(tried) == len(rows):
                return True
            tried.append(iter(rows[len(tried)][1]))
            break
        else:
            tried.pop()
            if undo:
                taken, added = undo.pop()
                used.discard(taken)
                _forget(added, there, back)
    return not rows


def _bind(row: _Row, other: _Row, there: _Match, back: _Match) -> list[tuple[str, str]] | None:
    """Extend the renaming so that it makes one row the other; None, and no change, if none does."""
    added: list[tuple[str, str]] = []
    pairs = zip(_parts(row), _parts(other), strict=False)
    for cell, to in pairs:
        if isinstance(cell, BlankNode) and isinstance(to, BlankNode):
            if cell.value not in there and to.value not in back:
                there[cell.value], back[to.value] = to.value, cell.value
                added.append((cell.value, to.value))
            if there.get(cell.value) == to.value and back.get(to.value) == cell.value:
                continue
        elif cell == to:
            continue
        _forget(added, there, back)
        return None
    return added


def _forget(added: list[tuple[str, str]], there: _Match, back: _Match) -> None:
    for label, to in added:
        del there[label], back[to]


def _parts(row: Sequence[Node | None]) -> Iterator[Node | None]:
    for cell in row:
        if isinstance(cell, Triple):
            yield _TRIPLE
            yield from _parts((cell.subject, cell.predicate, cell.object))
        else:
            yield cell


def _labels(cell: Node | None) -> set[str]:
    return {part.value for part in _parts((cell,)) if isinstance(part, BlankNode)}


def _colours(rows: Sequence[_Row], colours: dict[str, int]) -> Iterator[int]:
    return (_colour(row, colours) for row in rows)


def _colour(row: _Row, colours: dict[str, int]) -> int:
    parts = [
        colours.get(part.value, 0) if isinstance(part, BlankNode) else str(part)
        for part in _parts(row)
    ]
    return hash(tuple(parts))
