"""Basic graph patterns over numbers: the triples that a solution needs, one after the other."""

# rdflib's algebra carries no types of its own.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rdflib.paths import Path
from rdflib.term import Node

from warrantgraph.validation.screen.sparql.data import Bindings, Data, Names
from warrantgraph.validation.screen.sparql.paths import (
    Walk,
    compile_path,
    has_repeats,
    repeats_plainly,
)

__all__ = ["Solve", "compile_patterns"]

Solve = Callable[[Data, Bindings], Iterator[Bindings]]
"""Gives each solution that extends the bindings."""

_Triple = tuple[Node, "Path | Node", Node]


@dataclass(frozen=True, slots=True)
class _Pattern:
    """One triple pattern: its two ends, and what leads from one to the other."""

    subject: int
    value: int
    predicate: int | None
    """The place of a predicate; None where a path stands."""
    walk: Walk | None
    """How to get along a path or a known predicate."""
    repeats: bool
    plainly: bool

    def places(self) -> list[int]:
        ends = [self.subject, self.value]
        return ends if self.predicate is None else [*ends, self.predicate]

    def free(self, bound: set[int]) -> int:
        """Count the places that nothing binds."""
        return sum(place >= 0 and place not in bound for place in self.places())

    def cost(self, bound: set[int]) -> int:
        """Return a number that grows with the triples to be looked at."""
        subject, value = (end < 0 or end in bound for end in (self.subject, self.value))
        known = 0 if subject and value else 1 if subject else 3 if value else 6
        if self.predicate is None:
            return 2 * known + 1 + 2 * self.repeats
        return 2 * known + 3 * (self.predicate >= 0 and self.predicate not in bound)

    def solve(self, data: Data, bindings: Bindings) -> Iterator[Bindings]:
        if self.walk is not None:
            yield from self._ends(data, bindings, self.walk)
            return
        predicate = data.at(self.predicate or 0, bindings)
        if predicate is not None:
            yield from self._ends(data, bindings, _along(predicate))
            return
        subject = data.at(self.subject, bindings)
        index = data.index
        found = index.predicates() if subject is None else index.predicates_of(subject)
        for each in list(found):
            yield from self._ends(data, {**bindings, self.predicate or 0: each}, _along(each))

    def _ends(self, data: Data, bindings: Bindings, walk: Walk) -> Iterator[Bindings]:
        subject, value = data.at(self.subject, bindings), data.at(self.value, bindings)
        pairs = walk(data, subject, value)
        if subject is not None and value is not None:
            for _ in pairs:
                yield bindings
                return
        elif subject is not None:
            for _, last in pairs:
                yield {**bindings, self.value: last}
        elif value is not None:
            for first, _ in pairs:
                yield {**bindings, self.subject: first}
        else:
            for first, last in pairs:
                if first == last or self.subject != self.value:
                    yield {**bindings, self.subject: first, self.value: last}


def _along(predicate: int) -> Walk:
    def walk(data: Data, subject: int | None, value: int | None) -> Iterator[tuple[int, int]]:
        index = data.index
        if subject is not None:
            if value is None:
                return ((subject, each) for each in index.objects(subject, predicate))
            return iter([(subject, value)] if index.has(subject, predicate, value) else [])
        if value is not None:
            return ((each, value) for each in index.subjects(predicate, value))
        return index.pairs(predicate)

    return walk


def compile_patterns(triples: Sequence[_Triple], names: Names) -> Solve:
    """Return what solves a basic graph pattern; the order of the triples is chosen when it runs.

    Raises UndecidedError for a path that cannot be screened.
    """
    patterns = [_compile(triple, names) for triple in triples]
    variables = sorted({place for each in patterns for place in each.places() if place >= 0})
    plans: dict[tuple[int, ...], list[_Pattern]] = {}

    def solve(data: Data, bindings: Bindings) -> Iterator[Bindings]:
        bound = tuple(each for each in variables if each in bindings)
        plan = plans.get(bound)
        if plan is None:
            plan = plans[bound] = _arrange(patterns, set(bound))
        return _follow(data, bindings, plan, 0)

    return solve


def _compile(triple: _Triple, names: Names) -> _Pattern:
    subject, predicate, value = triple
    ends = names.place(subject), names.place(value)
    if isinstance(predicate, Path):
        walk = compile_path(predicate, names)
        repeats, plainly = has_repeats(predicate), repeats_plainly(predicate)
        return _Pattern(*ends, None, walk, repeats, plainly)
    place = names.place(predicate)
    walked = None if place >= 0 else compile_path(predicate, names)
    return _Pattern(*ends, place, walked, repeats=False, plainly=False)


def _follow(
    data: Data, bindings: Bindings, plan: list[_Pattern], position: int
) -> Iterator[Bindings]:
    if position == len(plan):
        yield bindings
        return
    for each in plan[position].solve(data, bindings):
        yield from _follow(data, each, plan, position + 1)


def _arrange(patterns: list[_Pattern], bound: set[int]) -> list[_Pattern]:
    """Return the patterns in the order in which they are solved."""
    if not _is_free(patterns, bound):
        return sorted(patterns, key=lambda each: each.free(bound))  # rdflib's own order
    waiting, plan, known = list(patterns), list[_Pattern](), set(bound)
    while waiting:
        best = min(waiting, key=lambda each: each.cost(known))
        waiting.remove(best)
        plan.append(best)
        known.update(place for place in best.places() if place >= 0)
    return plan


def _is_free(patterns: list[_Pattern], bound: set[int]) -> bool:
    """Whether any order gives rdflib's solutions.

    Paths that repeat may break it, for rdflib takes an end that is `0` or `""` for none, and finds
    nodes by zero steps that no triple has. An end that is also the subject of a triple is neither.
    """
    repeated = [each for each in patterns if each.repeats]
    subjects = {each.subject for each in patterns if each.predicate is not None} | bound
    return all(
        each.plainly and all(end < 0 or end in subjects for end in (each.subject, each.value))
        for each in repeated
    )
