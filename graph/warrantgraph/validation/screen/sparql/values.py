"""Expressions of SPARQL over numbers: what is frequent here, all else by rdflib's own functions.

A value is a term, or plain Python for a term that was computed and has not been needed yet: `str`
for a plain literal, `int` for an integer, `bool` for a boolean.
"""

# rdflib's algebra carries no types of its own.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from rdflib import XSD, Literal, Variable
from rdflib.plugins.sparql.operators import EBV
from rdflib.plugins.sparql.parserutils import CompValue, Expr
from rdflib.plugins.sparql.sparql import SPARQLError
from rdflib.term import Node

from warrantgraph.validation.screen.sparql.data import Bindings, Data, Names, UndecidedError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Evaluate", "Outcome", "Value", "as_node", "by_rdflib", "part_of", "truth", "variable"]


class Outcome(Enum):
    """What is no value."""

    ERROR = auto()
    """An expression that rdflib answers with an error."""
    UNBOUND = auto()
    """A variable that stands for nothing; rdflib gives up the expression around it at once."""
    UNKNOWN = auto()
    """What the screen cannot tell."""


Value = Node | str | int | bool | Outcome
Evaluate = Callable[[Data, Bindings], Value]

_CASTS: Final = frozenset(
    {XSD.boolean, XSD.dateTime, XSD.decimal, XSD.double, XSD.float, XSD.integer, XSD.string}
)
_OPERATORS: Final = frozenset(
    {
        "AdditiveExpression",
        "ConditionalAndExpression",
        "ConditionalOrExpression",
        "MultiplicativeExpression",
        "RelationalExpression",
        "UnaryMinus",
        "UnaryNot",
        "UnaryPlus",
    }
)
_NAMES: Final = (
    "ABS BOUND CEIL COALESCE CONCAT CONTAINS DATATYPE DAY ENCODE_FOR_URI FLOOR HOURS IF isBLANK"
    " isIRI isLITERAL isNUMERIC isURI LANG LANGMATCHES LCASE MD5 MINUTES MONTH REGEX REPLACE"
    " ROUND sameTerm SECONDS SHA1 SHA256 SHA384 SHA512 STR STRAFTER STRBEFORE STRENDS STRLEN"
    " STRSTARTS SUBSTR TIMEZONE TZ UCASE YEAR"
)
"""Functions that need their arguments alone: no graph, clock, chance or settings of rdflib's."""

_FUNCTIONS: Final = frozenset(f"Builtin_{name}" for name in _NAMES.split())


def part_of(expression: CompValue, name: str) -> object:
    """Return a part of an expression as it was parsed; None where there is none."""
    return dict.get(expression, name)


def as_node(value: Node | str | int) -> Node:
    """Return the term that a value is.

    >>> as_node(2)
    rdflib.term.Literal('2', datatype=rdflib.term.URIRef('http://www.w3.org/2001/XMLSchema#integer'))
    """
    return value if isinstance(value, Node) else Literal(value)


def truth(value: Value) -> bool | Outcome:
    """Return the effective boolean value, as rdflib finds it (SPARQL 1.1, section 17.2.2).

    Raises UndecidedError where rdflib would fail.
    """
    if isinstance(value, bool | Outcome):
        return value
    if not isinstance(value, Literal):
        return Outcome.ERROR if isinstance(value, Node) else bool(value)
    try:
        return bool(EBV(value))
    except SPARQLError:
        return Outcome.ERROR
    except Exception as error:  # of Python's own types; rdflib would let it pass
        raise UndecidedError from error


def variable(number: int) -> Evaluate:
    """Return what looks a variable up."""

    def evaluate(data: Data, bindings: Bindings) -> Value:
        found = bindings.get(number)
        return Outcome.UNBOUND if found is None else data.term(found)

    return evaluate


def by_rdflib(expression: CompValue, names: Names) -> Evaluate:
    """Return what lets rdflib evaluate an expression; unknown where it takes more than values."""
    parts = list(_parts(expression))
    if not all(map(_is_self_contained, parts)):
        return lambda _data, _bindings: Outcome.UNKNOWN
    variables = {each: names.variable(each) for each in parts if isinstance(each, Variable)}

    def evaluate(data: Data, bindings: Bindings) -> Value:
        context = {
            each: data.term(bindings[number])
            for each, number in variables.items()
            if number in bindings
        }
        try:
            found = expression.eval(context)
        except Exception as error:  # whatever Python's functions raise; rdflib would let it pass
            raise UndecidedError from error
        if isinstance(found, SPARQLError):
            return Outcome.ERROR
        return found if isinstance(found, Node) else Outcome.UNKNOWN

    return evaluate


def _parts(expression: object) -> Iterator[object]:
    """Give an expression and all that is in it."""
    yield expression
    if isinstance(expression, CompValue):
        for name in expression:
            if name != "_vars":
                yield from _parts(part_of(expression, name))
    elif isinstance(expression, list | tuple):
        for each in expression:
            yield from _parts(each)


def _is_self_contained(part: object) -> bool:
    if not isinstance(part, CompValue):
        return True
    if part.name == "Function":
        return isinstance(part, Expr) and part_of(part, "iri") in _CASTS
    return isinstance(part, Expr) and (part.name in _FUNCTIONS or part.name in _OPERATORS)
