"""Group graph patterns over numbers: rdflib's evaluation of its algebra, step for step.

What a group sees of the bindings around it, and what a filter may see, follows rdflib and not the
standard: the screen foretells rdflib.
"""

# rdflib's algebra carries no types of its own.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from warrantgraph.validation.screen.sparql.conditions import Expressions
from warrantgraph.validation.screen.sparql.data import POSSIBLE, Names, UndecidedError, strip
from warrantgraph.validation.screen.sparql.patterns import Solve, compile_patterns
from warrantgraph.validation.screen.sparql.values import Outcome, as_node

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rdflib.plugins.sparql.parserutils import CompValue
    from rdflib.term import Node

    from warrantgraph.validation.screen.sparql.data import Bindings, Data

__all__ = ["Groups"]


class Groups:
    """Compiles the groups of one query; `given` are the variables bound before it starts."""

    def __init__(self, names: Names, given: Iterable[int]) -> None:
        self._names = names
        self._given = frozenset(given)
        self._expressions = Expressions(names, self.compile)
        self._kinds: dict[str, Callable[[CompValue], Solve]] = {
            "BGP": self._patterns,
            "Distinct": self._inner,
            "Extend": self._extend,
            "Filter": self._filter,
            "Join": self._join,
            "LeftJoin": self._left_join,
            "OrderBy": self._inner,
            "Project": self._project,
            "Reduced": self._inner,
            "ToMultiSet": self._inner,
            "Union": self._union,
        }

    def compile(self, part: CompValue) -> Solve:
        """Return what solves a part of the algebra.

        Raises UndecidedError for what is not foretold: aggregates, slices, `MINUS`, `GRAPH`, ...
        """
        name = getattr(part, "name", "")  # rdflib has an empty `VALUES` as a bare list
        compile_part = self._kinds.get(name)
        if compile_part is None:
            raise UndecidedError(f"not screened: {name}")
        return compile_part(part)

    def _inner(self, part: CompValue) -> Solve:
        return self.compile(part.p)

    def _patterns(self, part: CompValue) -> Solve:
        return compile_patterns(part.triples, self._names)

    def _numbers(self, variables: Iterable[Node] | None) -> frozenset[int]:
        return frozenset(self._names.variable(each) for each in variables or ())

    def _project(self, part: CompValue) -> Solve:
        inner = self.compile(part.p)
        kept = self._numbers(part.PV) | self._given | {POSSIBLE}

        def solve(data: Data, bindings: Bindings) -> Iterator[Bindings]:
            for each in inner(data, bindings):
                yield {key: value for key, value in each.items() if key in kept}

        return solve

    def _union(self, part: CompValue) -> Solve:
        first, second = self.compile(part.p1), self.compile(part.p2)

        def solve(data: Data, bindings: Bindings) -> Iterator[Bindings]:
            return chain(first(data, bindings), second(data, bindings))

        return solve

    def _join(self, part: CompValue) -> Solve:
        first, second = self.compile(part.p1), self.compile(part.p2)

        def lazily(data: Data, bindings: Bindings) -> Iterator[Bindings]:
            for each in first(data, bindings):
                for found in second(data, each or bindings):
                    yield {**found, **each}

        if part.lazy or (part.p1.name == "BGP" and not part.p1.triples):
            return lazily

        def solve(data: Data, bindings: Bindings) -> Iterator[Bindings]:
            others: list[Bindings] | None = None
            for each in first(data, bindings):
                if others is None:
                    others = list(second(data, bindings))
                for found in others:
                    if all(found.get(key, value) == value for key, value in each.items()):
                        yield {**each, **found}

        return solve

    def _filter(self, part: CompValue) -> Solve:
        inner, holds = self.compile(part.p), self._expressions.condition(part.expr)
        kept = self._numbers(part._vars) | self._given | {POSSIBLE}
        isolated = not part.no_isolated_scope

        def solve(data: Data, bindings: Bindings) -> Iterator[Bindings]:
            for each in inner(data, bindings):
                verdict = holds(data, _forget(each, bindings, kept) if isolated else each)
                if verdict is None:
                    yield {**each, POSSIBLE: 1}
                elif verdict:
                    yield each

        return solve

    def _extend(self, part: CompValue) -> Solve:
        inner, evaluate = self.compile(part.p), self._expressions.value(part.expr)
        number = self._names.variable(part.var)
        kept = self._numbers(part._vars) | self._given | {POSSIBLE}

        def solve(data: Data, bindings: Bindings) -> Iterator[Bindings]:
            for each in inner(data, bindings):
                value = evaluate(data, _forget(each, bindings, kept))
                if value is Outcome.UNKNOWN:
                    raise UndecidedError
                if isinstance(value, Outcome):
                    yield each
                else:
                    yield {**each, number: data.intern(as_node(value))}

        return solve

    def _left_join(self, part: CompValue) -> Solve:
        first, second = self.compile(part.p1), self.compile(part.p2)
        holds = self._expressions.condition(part.expr)
        kept, given = self._given | {POSSIBLE}, self._given
        known = None if part.p1._vars is None else self._numbers(part.p1._vars)

        def alone(data: Data, bindings: Bindings, each: Bindings) -> bool | None:
            """Whether the left side has no match either without what is bound around it."""
            if known is None:
                return True
            seen = {key: value for key, value in each.items() if key in known} or dict(bindings)
            seen.update((key, value) for key, value in each.items() if key in given)
            answer: bool | None = True
            for found in second(data, strip(seen)):
                verdict = holds(data, found)
                if verdict and POSSIBLE not in found:
                    return False
                if verdict is not False:
                    answer = None
            return answer

        def solve(data: Data, bindings: Bindings) -> Iterator[Bindings]:
            for each in first(data, bindings):
                matched: bool | None = False
                for found in second(data, strip(each or bindings)):
                    verdict = holds(data, _forget(found, bindings, kept))
                    if verdict is False:
                        continue
                    if verdict is None or POSSIBLE in found:
                        matched = matched or None
                        yield {**found, **each, POSSIBLE: 1}
                    else:
                        matched = True
                        yield {**found, **each}
                if matched:
                    continue
                lonely = alone(data, bindings, each)
                if lonely is not False:
                    yield {**each, POSSIBLE: 1} if matched is None or lonely is None else each

        return solve


def _forget(solution: Bindings, before: Bindings, kept: frozenset[int]) -> Bindings:
    """Return a solution without what was bound before, save what is kept."""
    if all(key in kept for key in before):
        return solution
    return {key: value for key, value in solution.items() if key in kept or key not in before}
