"""Filters over numbers: what holds, what does not, and what the screen cannot tell."""

# rdflib's algebra carries no types of its own.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, TypeGuard

from rdflib import RDF, Variable
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Node

from warrantgraph.validation.screen.sparql import functions
from warrantgraph.validation.screen.sparql.data import (
    POSSIBLE,
    Bindings,
    Data,
    Names,
    UndecidedError,
    strip,
)
from warrantgraph.validation.screen.sparql.logic import both, either, negated, of_one, of_two
from warrantgraph.validation.screen.sparql.values import (
    Evaluate,
    Outcome,
    Value,
    by_rdflib,
    part_of,
    truth,
    variable,
)

if TYPE_CHECKING:
    from warrantgraph.validation.screen.sparql.patterns import Solve

__all__ = ["Condition", "Expressions"]

Condition = Callable[[Data, Bindings], "bool | None"]
"""Whether a solution is kept; None where the screen cannot tell."""


class Expressions:
    """Compiles the expressions of one query; `group` compiles the pattern of an `EXISTS`."""

    def __init__(self, names: Names, group: Callable[[CompValue], Solve]) -> None:
        self._names = names
        self._group = group

    def condition(self, expression: object) -> Condition:
        """Return a filter: an error fails it, and so does any part of `&&` that fails."""
        parts = [self._remembered(each) for each in _conjuncts(expression)]

        def holds(data: Data, bindings: Bindings) -> bool | None:
            known = True
            for part in parts:
                found = truth(part(data, bindings))
                if found is Outcome.UNKNOWN:
                    known = False
                elif found is not True:
                    return False
            return True if known else None

        return holds

    def value(self, expression: object) -> Evaluate:
        """Return what evaluates an expression."""
        if isinstance(expression, Variable):
            return variable(self._names.variable(expression))
        if isinstance(expression, Node):
            term = expression
            return lambda _data, _bindings: term
        if not isinstance(expression, CompValue):
            raise UndecidedError(f"not an expression: {expression!r}")
        name = expression.name
        if name == "TrueFilter":
            return lambda _data, _bindings: True
        if name in ("Builtin_EXISTS", "Builtin_NOTEXISTS"):
            return self._exists(expression)
        if name in ("ConditionalAndExpression", "ConditionalOrExpression"):
            return self._logic(expression)
        if name == "UnaryNot":
            return negated(self.value(part_of(expression, "expr")))
        if name == "RelationalExpression":
            return self._relation(expression)
        return self._function(expression)

    def _function(self, expression: CompValue) -> Evaluate:
        name, otherwise = expression.name, by_rdflib(expression, self._names)
        if name == "Builtin_BOUND":
            number = self._names.variable(_node(part_of(expression, "arg")))
            return lambda _data, bindings: number in bindings
        if name in functions.OF_ONE:
            return of_one(functions.OF_ONE[name], self.value(part_of(expression, "arg")))
        if name in functions.OF_TWO:
            first, second = (self.value(part_of(expression, each)) for each in ("arg1", "arg2"))
            return of_two(functions.OF_TWO[name], first, second)
        if name == "Builtin_REGEX":
            text = self.value(part_of(expression, "text"))
            return functions.matches(expression, text) or otherwise
        if name == "AdditiveExpression":
            signs, others = part_of(expression, "op"), part_of(expression, "other")
            steps = [
                (str(sign), self.value(each))
                for sign, each in zip(_many(signs), _many(others), strict=True)
            ]
            return functions.add(self.value(part_of(expression, "expr")), steps, otherwise)
        return otherwise

    def _relation(self, expression: CompValue) -> Evaluate:
        sign, other = str(part_of(expression, "op")), part_of(expression, "other")
        first = self.value(part_of(expression, "expr"))
        if sign in ("IN", "NOT IN"):
            return self._membership(first, [] if other == RDF.nil else _many(other), sign == "IN")
        second = self.value(other)

        def evaluate(data: Data, bindings: Bindings) -> Value:
            return functions.compare(sign, first(data, bindings), second(data, bindings))

        return evaluate

    def _membership(self, first: Evaluate, others: list[object], wanted: bool) -> Evaluate:
        members = [self.value(each) for each in others]
        terms = frozenset(each for each in others if _is_term(each))
        written_out = all(map(_is_term, others))

        def among(data: Data, bindings: Bindings) -> Value:
            value = first(data, bindings)
            if written_out:
                found = functions.one_of_terms(value, terms)
            else:
                found = functions.one_of(value, [member(data, bindings) for member in members])
            return found is wanted if isinstance(found, bool) else found

        return among

    def _logic(self, expression: CompValue) -> Evaluate:
        decisive = expression.name == "ConditionalOrExpression"
        operands = [part_of(expression, "expr"), *_many(part_of(expression, "other"))]
        variables = [self._names.variable(each) for each in operands if isinstance(each, Variable)]
        parts = [self.value(each) for each in operands]

        def evaluate(data: Data, bindings: Bindings) -> Value:
            if any(number not in bindings for number in variables):
                return Outcome.ERROR  # rdflib looks all variables up before it decides
            found = (truth(part(data, bindings)) for part in parts)
            return either(found) if decisive else both(found)

        return evaluate

    def _exists(self, expression: CompValue) -> Evaluate:
        # rdflib keeps the translated pattern beside the parsed one, as an attribute.
        group, wanted = self._group(expression.graph), expression.name == "Builtin_EXISTS"

        def evaluate(data: Data, bindings: Bindings) -> Value:
            given = strip(bindings)
            if not given:
                raise UndecidedError  # rdflib then takes bindings from elsewhere
            possible = False
            for solution in group(data, given):
                if POSSIBLE not in solution:
                    return wanted
                possible = True
            return Outcome.UNKNOWN if possible else not wanted

        return evaluate

    def _remembered(self, expression: object) -> Evaluate:
        """Return the truth of an expression; `REGEX` of one variable is asked once per term."""
        evaluate = self.value(expression)
        number = self._sole_variable(expression)
        if number is None:
            return evaluate
        own = id(evaluate)  # as the closure below holds it, no other gets its number

        def recall(data: Data, bindings: Bindings) -> Value:
            term = bindings.get(number, -1)
            if term < 0:
                return evaluate(data, bindings)
            answer = data.memory.get((own, term))
            if answer is None:
                answer = truth(evaluate(data, bindings))
                data.remember((own, term), answer)
            return answer

        return recall

    def _sole_variable(self, expression: object) -> int | None:
        while isinstance(expression, CompValue) and expression.name == "UnaryNot":
            expression = part_of(expression, "expr")
        if not isinstance(expression, CompValue) or expression.name != "Builtin_REGEX":
            return None
        text = part_of(expression, "text")
        if isinstance(text, CompValue) and text.name == "Builtin_STR":
            text = part_of(text, "arg")
        computed = [part_of(expression, each) for each in ("pattern", "flags")]
        if isinstance(text, Variable) and not any(
            isinstance(each, Variable | CompValue) for each in computed
        ):
            return self._names.variable(text)
        return None


def _conjuncts(expression: object) -> Iterable[object]:
    if isinstance(expression, CompValue) and expression.name == "ConditionalAndExpression":
        for each in (part_of(expression, "expr"), *_many(part_of(expression, "other"))):
            yield from _conjuncts(each)
    else:
        yield expression


def _many(parts: object) -> list[object]:
    return list(parts) if isinstance(parts, list) else [parts]


def _is_term(part: object) -> TypeGuard[Node]:
    return isinstance(part, Node) and not isinstance(part, Variable)


def _node(part: object) -> Node:
    if not isinstance(part, Node):
        raise UndecidedError(f"not a variable: {part!r}")
    return part
