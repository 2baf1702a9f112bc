"""Tells a wrong answer from a right one whose literals are written otherwise.

SPARQL compares results by their terms, and so does the driver; this only helps to say why a case
failed, and keeps a reason that claims it honest.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, Triple

from conformance.results import Graph, Solutions

if TYPE_CHECKING:
    from conformance.facts import Node
    from conformance.results import Result

__all__ = ["with_one_form"]

_XSD = "http://www.w3.org/2001/XMLSchema#"
_FLOATS: Final = (f"{_XSD}double", f"{_XSD}float")
_DECIMALS: Final = (f"{_XSD}decimal", f"{_XSD}integer")
_TIMES: Final = (f"{_XSD}dateTime", f"{_XSD}date", f"{_XSD}time")
_BOOLEANS: Final = {"1": "true", "0": "false"}


def with_one_form(result: Result) -> Result:
    """The same result with one form for each value of a datatype."""
    if isinstance(result, Solutions):
        rows = tuple({name: _term(cell) for name, cell in row.items()} for row in result.rows)
        return Solutions(result.variables, rows, result.is_ordered)
    if isinstance(result, Graph):
        return Graph(frozenset(_triple(triple) for triple in result.triples))
    return result


def _triple(triple: Triple) -> Triple:
    return Triple(triple.subject, triple.predicate, _term(triple.object))


def _term(term: Node) -> Node:
    if isinstance(term, Triple):
        return _triple(term)
    if not isinstance(term, Literal):
        return term
    datatype = term.datatype.value
    return (
        Literal(_form(term.value, datatype), datatype=NamedNode(datatype))
        if (datatype.startswith(_XSD))
        else term
    )


def _form(written: str, datatype: str) -> str:
    """One form for a value; what is no value keeps its own.

    >>> _form("01.50", f"{_XSD}decimal"), _form("x", f"{_XSD}integer"), _form("1", f"{_XSD}string")
    ('1.5', 'x', '1')
    """
    if datatype == f"{_XSD}boolean":
        return _BOOLEANS.get(written, written)
    if datatype in _TIMES and written.endswith("+00:00"):
        return written.removesuffix("+00:00") + "Z"
    try:
        if datatype in _FLOATS:
            return repr(float(written))
        if datatype in _DECIMALS:
            return f"{Decimal(written).normalize():f}"
    except (ArithmeticError, ValueError):
        return written
    return written
