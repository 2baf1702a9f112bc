"""The operators and functions that shapes ask most, without rdflib's detours.

Each does what the function of the same name in `rdflib.plugins.sparql.operators` does.
"""

# rdflib's algebra carries no types of its own.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

import operator
import re
from typing import TYPE_CHECKING, Final

from rdflib import RDF, XSD, BNode, Literal, URIRef
from rdflib.plugins.sparql.datatypes import XSD_DTs
from rdflib.term import Node

from warrantgraph.validation.screen.sparql.data import Bindings, Data, UndecidedError
from warrantgraph.validation.screen.sparql.values import (
    Evaluate,
    Outcome,
    Value,
    as_node,
    part_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from rdflib.plugins.sparql.parserutils import CompValue

__all__ = ["OF_ONE", "OF_TWO", "add", "compare", "matches", "one_of", "one_of_terms"]

_WHOLE_NAMES: Final = (
    "byte int integer long negativeInteger nonNegativeInteger nonPositiveInteger"
    " positiveInteger short unsignedByte unsignedInt unsignedLong unsignedShort"
)
_WHOLE: Final = frozenset(XSD[name] for name in _WHOLE_NAMES.split())
"""Integers of all kinds; what is added of them is an `xsd:integer`."""
_STRING: Final = XSD.string
_LANG_STRING: Final = RDF.langString
_FLAGS: Final = {"i": re.IGNORECASE, "s": re.DOTALL, "m": re.MULTILINE}


def _string(value: Value) -> str | None:
    """Return a plain or `xsd:string` literal as it is; None for all else."""
    if type(value) is str:
        return value
    if isinstance(value, Literal) and (not value.datatype or value.datatype == _STRING):
        return value
    return None


def _language(text: str) -> str | None:
    return text.language if isinstance(text, Literal) else None


def _str(value: Value) -> Value:
    if isinstance(value, bool):
        return str(value).lower()
    return value if isinstance(value, Outcome) else str(value)


def _strlen(value: Value) -> Value:
    text = _string(value)
    return Outcome.ERROR if text is None else len(text)


def _lang(value: Value) -> Value:
    if isinstance(value, Literal):
        return value.language or ""
    return Outcome.ERROR if isinstance(value, Node | Outcome) else ""


def _datatype(value: Value) -> Value:
    if isinstance(value, Outcome):
        return Outcome.ERROR
    node = as_node(value)
    if not isinstance(node, Literal):
        return Outcome.ERROR
    if node.language:
        return _LANG_STRING
    return node.datatype or _STRING


def _texts(test: Callable[[str, str], bool]) -> Callable[[Value, Value], Value]:
    """Return a test of two texts whose languages must go together."""

    def call(value: Value, other: Value) -> Value:
        first, second = _string(value), _string(other)
        if first is None or second is None:
            return Outcome.ERROR
        language = _language(second)
        if language and _language(first) != language:
            return Outcome.ERROR
        return test(first, second)

    return call


def _same_term(value: Value, other: Value) -> Value:
    if isinstance(value, Outcome) or isinstance(other, Outcome):
        return False  # rdflib compares the error itself
    return as_node(value) == as_node(other)


OF_ONE: Final[dict[str, Callable[[Value], Value]]] = {
    "Builtin_DATATYPE": _datatype,
    "Builtin_LANG": _lang,
    "Builtin_STR": _str,
    "Builtin_STRLEN": _strlen,
    "Builtin_isBLANK": lambda value: isinstance(value, BNode),
    "Builtin_isIRI": lambda value: isinstance(value, URIRef),
    "Builtin_isLITERAL": lambda value: not isinstance(value, BNode | URIRef | Outcome),
    "Builtin_isURI": lambda value: isinstance(value, URIRef),
}
"""Functions of one value; none gets an unbound or unknown one."""

OF_TWO: Final[dict[str, Callable[[Value, Value], Value]]] = {
    "Builtin_CONTAINS": _texts(lambda text, part: part in text),
    "Builtin_STRENDS": _texts(lambda text, part: text.endswith(part)),
    "Builtin_STRSTARTS": _texts(lambda text, part: text.startswith(part)),
    "Builtin_sameTerm": _same_term,
}
"""Functions of two values; none gets an unbound or unknown one."""


def matches(expression: CompValue, text: Evaluate) -> Evaluate | None:
    """Return `REGEX` with a pattern that is written out; None for one that is computed."""
    pattern, flags = part_of(expression, "pattern"), part_of(expression, "flags")
    if not isinstance(pattern, Literal) or _string(pattern) is None:
        return None
    if flags is not None and not isinstance(flags, Literal):
        return None
    asked = 0
    for flag in flags or "":
        asked |= _FLAGS.get(flag, 0)
    try:
        search = re.compile(str(pattern), asked).search
    except (re.error, OverflowError, Warning):
        return None

    def evaluate(data: Data, bindings: Bindings) -> Value:
        value = text(data, bindings)
        if value is Outcome.UNKNOWN:
            return value
        found = _string(value)
        return Outcome.ERROR if found is None else search(found) is not None

    return evaluate


def _whole(value: Value) -> int | None:
    """Return the number of an integer that is well written; None for all else."""
    if type(value) is int:
        return value
    if isinstance(value, Literal) and value.datatype in _WHOLE and not value.ill_typed:
        number = value.value
        return number if type(number) is int else None
    return None


def add(first: Evaluate, steps: list[tuple[str, Evaluate]], otherwise: Evaluate) -> Evaluate:
    """Return a sum or difference; `otherwise` computes what is not all integers."""

    def evaluate(data: Data, bindings: Bindings) -> Value:
        total = _whole(first(data, bindings))
        if total is None:
            return otherwise(data, bindings)
        for sign, step in steps:
            number = _whole(step(data, bindings))
            if number is None:
                return otherwise(data, bindings)
            total = total + number if sign == "+" else total - number
        return total

    return evaluate


_ORDERS: Final[dict[str, Callable[[int, int], bool]]] = {
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
    ">": operator.gt,
    ">=": operator.ge,
}

_COMPARISONS: Final[dict[str, Callable[[Node, Node], object]]] = {
    "!=": lambda value, other: value.neq(other),  # type: ignore[attr-defined]
    "<": lambda value, other: value.__lt__(other),  # type: ignore[operator]
    "<=": lambda value, other: value.__le__(other),  # type: ignore[operator]
    "=": lambda value, other: value.eq(other),  # type: ignore[attr-defined]
    ">": lambda value, other: value.__gt__(other),  # type: ignore[operator]
    ">=": lambda value, other: value.__ge__(other),  # type: ignore[operator]
}


def _is_foreign(literal: Literal) -> bool:
    """Whether a literal has a datatype that rdflib does not order."""
    return literal.datatype is not None and literal.datatype not in XSD_DTs


def compare(sign: str, value: Value, other: Value) -> Value:
    """Compare two values as rdflib does: by its literals' own notion of order and equality."""
    if isinstance(value, Outcome) or isinstance(other, Outcome):
        unknown = value is Outcome.UNKNOWN or other is Outcome.UNKNOWN
        return Outcome.UNKNOWN if unknown else Outcome.ERROR
    if type(value) is int and type(other) is int:
        return _ORDERS[sign](value, other)
    first, second = as_node(value), as_node(other)
    orders = sign not in ("=", "!=")
    if not isinstance(first, Literal) or not isinstance(second, Literal):
        if orders:
            return Outcome.ERROR
        same = type(first) is type(second) and str(first) == str(second)
        return same if sign == "=" else not same
    if orders and _is_foreign(first) and _is_foreign(second):
        return Outcome.ERROR
    try:
        found = _COMPARISONS[sign](first, second)
    except TypeError:
        return Outcome.ERROR
    except Exception as error:  # of Python's dates and durations; rdflib would let it pass
        raise UndecidedError from error
    if found is NotImplemented:
        return Outcome.ERROR
    return found if isinstance(found, bool) else Outcome.UNKNOWN


def one_of(value: Value, others: list[Value]) -> Value:
    """Whether a value is among others, as terms; rdflib takes an error for one more term."""
    strange = [each for each in (value, *others) if isinstance(each, Outcome)]
    for outcome, found in (Outcome.UNBOUND, Outcome.ERROR), (Outcome.UNKNOWN, Outcome.UNKNOWN):
        if outcome in strange:
            return found
    if isinstance(value, Outcome):
        return False
    node = as_node(value)
    return any(node == as_node(each) for each in others if not isinstance(each, Outcome))


def one_of_terms(value: Value, terms: frozenset[Node]) -> Value:
    """Whether a value is one of some terms that are written out."""
    if isinstance(value, Outcome):
        return one_of(value, [])
    return as_node(value) in terms
