"""Property paths over numbers, walked in the order in which rdflib walks them.

The order matters: rdflib's repeated paths take a literal such as `0` or `""` at one end for no end
at all. Where that would happen, the walk raises UndecidedError.
"""

# rdflib's paths carry few types of their own.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

from rdflib import URIRef
from rdflib.paths import AlternativePath, InvPath, MulPath, NegatedPath, Path, SequencePath

from warrantgraph.validation.screen.sparql.data import Data, Names, UndecidedError

if TYPE_CHECKING:
    from rdflib.term import Node

__all__ = ["Walk", "compile_path", "has_repeats", "repeats_plainly"]

Pairs = Iterator[tuple[int, int]]
Walk = Callable[[Data, int | None, int | None], Pairs]
"""Pairs of subject and object, either of which may be given."""


def compile_path(path: Path | Node, names: Names) -> Walk:
    """Return the walk along a path.

    Raises UndecidedError for a path that rdflib refuses when it walks it.
    """
    if isinstance(path, URIRef):
        return _predicate(~names.place(path))
    if isinstance(path, InvPath):
        return _inverse(compile_path(path.arg, names))
    if isinstance(path, AlternativePath):
        return _alternative([compile_path(each, names) for each in path.args])
    if isinstance(path, SequencePath):
        steps = [compile_path(each, names) for each in path.args]
        return _guarded(steps) if has_repeats(path) else _sequence(steps)
    if isinstance(path, MulPath):
        return _repeated(compile_path(path.path, names), zero=path.zero, more=path.more)
    if isinstance(path, NegatedPath) and all(isinstance(each, URIRef) for each in path.args):
        return _negated([~names.place(each) for each in path.args if isinstance(each, URIRef)])
    raise UndecidedError(f"not a path that can be screened: {path}")


def has_repeats(path: Path | Node) -> bool:
    """Whether `*`, `+` or `?` stands anywhere in a path."""
    if isinstance(path, MulPath):
        return True
    if isinstance(path, InvPath):
        return has_repeats(path.arg)
    return isinstance(path, AlternativePath | SequencePath) and any(map(has_repeats, path.args))


def repeats_plainly(path: Path | Node) -> bool:
    """Whether `*`, `+` or `?` stands once, and around the whole path."""
    while isinstance(path, InvPath):
        path = path.arg
    return isinstance(path, MulPath) and not has_repeats(path.path)


def _predicate(constant: int) -> Walk:
    def walk(data: Data, subject: int | None, value: int | None) -> Pairs:
        predicate, index = data.constants[constant], data.index
        if subject is not None:
            if value is None:
                for each in index.objects(subject, predicate):
                    yield subject, each
            elif index.has(subject, predicate, value):
                yield subject, value
        elif value is not None:
            for each in index.subjects(predicate, value):
                yield each, value
        else:
            yield from index.pairs(predicate)

    return walk


def _inverse(inner: Walk) -> Walk:
    def walk(data: Data, subject: int | None, value: int | None) -> Pairs:
        for first, last in inner(data, value, subject):
            yield last, first

    return walk


def _alternative(parts: list[Walk]) -> Walk:
    def walk(data: Data, subject: int | None, value: int | None) -> Pairs:
        return chain.from_iterable(part(data, subject, value) for part in parts)

    return walk


def _negated(constants: list[int]) -> Walk:
    def walk(data: Data, subject: int | None, value: int | None) -> Pairs:
        index = data.index
        refused = {data.constants[constant] for constant in constants}
        predicates = index.predicates() if subject is None else index.predicates_of(subject)
        for predicate in predicates:
            if predicate in refused:
                continue
            if subject is None:
                for first, last in index.pairs(predicate):
                    if value is None or last == value:
                        yield first, last
            else:
                for last in index.objects(subject, predicate):
                    if value is None or last == value:
                        yield subject, last

    return walk


def _sequence(steps: list[Walk]) -> Walk:
    """Walk steps of which none repeats: from any end, and through each node once."""
    final = len(steps) - 1

    def forward(data: Data, start: int, value: int | None) -> Iterator[int]:
        seen: list[set[int]] = [set() for _ in steps]

        def go(position: int, node: int) -> Iterator[int]:
            last = position == final
            for _, each in steps[position](data, node, value if last else None):
                if each not in seen[position]:
                    seen[position].add(each)
                    yield from (each,) if last else go(position + 1, each)

        return go(0, start)

    def backward(data: Data, value: int) -> Iterator[int]:
        seen: list[set[int]] = [set() for _ in steps]

        def go(position: int, node: int) -> Iterator[int]:
            for each, _ in steps[position](data, None, node):
                if each not in seen[position]:
                    seen[position].add(each)
                    yield from (each,) if position == 0 else go(position - 1, each)

        return go(final, value)

    def walk(data: Data, subject: int | None, value: int | None) -> Pairs:
        if subject is not None:
            for each in forward(data, subject, value):
                yield subject, each
        elif value is not None:
            for each in backward(data, value):
                yield each, value
        else:
            for start in dict.fromkeys(first for first, _ in steps[0](data, None, None)):
                for each in forward(data, start, None):
                    yield start, each

    return walk


def _guarded(steps: list[Walk]) -> Walk:
    """Walk steps of which some repeat: exactly in rdflib's order."""

    def forward(data: Data, some: list[Walk], subject: int | None, value: int | None) -> Pairs:
        if len(some) == 1:
            yield from some[0](data, subject, value)
            return
        for first, last in set(some[0](data, subject, None)):
            for _, end in forward(data, some[1:], last, value):
                yield first, end

    def walk(data: Data, subject: int | None, value: int | None) -> Pairs:
        for end in (subject, value):
            if end is not None and data.is_false(end):
                raise UndecidedError
        if subject is not None or value is None:
            yield from forward(data, steps, subject, value)
            return
        for middle, _ in set(steps[-1](data, None, value)):
            for first, _ in forward(data, steps[:-1], None, middle):
                yield first, value

    return walk


def _repeated(inner: Walk, *, zero: bool, more: bool) -> Walk:
    def reach(data: Data, start: int, *, back: bool) -> Iterator[int]:
        """Give what one or more steps lead to, each once; cycles end."""
        found: dict[int, None] = {}
        waiting, walked = [start], {start}
        while waiting:
            node = waiting.pop()
            pairs = inner(data, None, node) if back else inner(data, node, None)
            for first, last in pairs:
                each = first if back else last
                if each not in found:
                    found[each] = None
                    yield each
                    if more and each not in walked:
                        walked.add(each)
                        waiting.append(each)

    def walk(data: Data, subject: int | None, value: int | None) -> Pairs:
        for end in (subject, value):
            if end is not None and data.is_false(end):
                raise UndecidedError
        if subject is not None:
            if zero and value in (None, subject):
                yield subject, subject
            for each in reach(data, subject, back=False):
                if value is None or each == value:
                    yield subject, each
        elif value is not None:
            if zero:
                yield value, value
            for each in reach(data, value, back=True):
                yield each, value
        else:
            yield from everywhere(data)

    def everywhere(data: Data) -> Pairs:
        if zero:
            pairs = (data.index.pairs(each) for each in list(data.index.predicates()))
            for node in dict.fromkeys(chain.from_iterable(chain.from_iterable(pairs))):
                yield node, node
        for start in dict.fromkeys(first for first, _ in inner(data, None, None)):
            for each in reach(data, start, back=False):
                yield start, each

    return walk
