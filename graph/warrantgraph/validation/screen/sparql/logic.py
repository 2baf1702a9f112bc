"""How truth, errors and what is unknown go together in SPARQL, as rdflib has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warrantgraph.validation.screen.sparql.values import Evaluate, Outcome, Value, truth

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from warrantgraph.validation.screen.sparql.data import Bindings, Data

__all__ = ["both", "either", "negated", "of_one", "of_two"]


def negated(evaluate: Evaluate) -> Evaluate:
    """Return `!`."""

    def call(data: Data, bindings: Bindings) -> Value:
        found = truth(evaluate(data, bindings))
        if isinstance(found, bool):
            return not found
        return Outcome.UNKNOWN if found is Outcome.UNKNOWN else Outcome.ERROR

    return call


def of_one(function: Callable[[Value], Value], argument: Evaluate) -> Evaluate:
    """Return a function of one value, which gets none that is unbound or unknown."""

    def call(data: Data, bindings: Bindings) -> Value:
        value = argument(data, bindings)
        if value is Outcome.UNKNOWN:
            return value
        return Outcome.ERROR if value is Outcome.UNBOUND else function(value)

    return call


def of_two(
    function: Callable[[Value, Value], Value], first: Evaluate, second: Evaluate
) -> Evaluate:
    """Return a function of two values, which gets none that is unbound or unknown."""

    def call(data: Data, bindings: Bindings) -> Value:
        values = first(data, bindings), second(data, bindings)
        if any(value is Outcome.UNBOUND for value in values):
            return Outcome.ERROR
        unknown = any(value is Outcome.UNKNOWN for value in values)
        return Outcome.UNKNOWN if unknown else function(*values)

    return call


def either(found: Iterable[bool | Outcome]) -> Value:
    """Return `||`: the first that is true decides, and an error is forgotten only then."""
    answer: Value = False
    for each in found:
        if each is True:
            return True
        if isinstance(each, Outcome) and answer is not Outcome.UNKNOWN:
            answer = Outcome.UNKNOWN if each is Outcome.UNKNOWN else Outcome.ERROR
    return answer


def both(found: Iterable[bool | Outcome]) -> Value:
    """Return `&&`: the first that is not true decides, even where a later one is false."""
    for each in found:
        if each is not True:
            return each
    return True
