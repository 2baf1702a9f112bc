"""What pySHACL thinks of a literal: its datatype, and whether it is less than another."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from rdflib import RDF, RDFS, XSD, Literal, URIRef

if TYPE_CHECKING:
    from rdflib.term import Node

    from warrantgraph.validation.index import TripleIndex

__all__ = ["WHOLE_NUMBERS", "compare", "has_datatype", "less", "whole_number"]

WHOLE_NUMBERS: Final = frozenset(
    {
        XSD.integer,
        XSD.int,
        XSD.long,
        XSD.nonNegativeInteger,
        XSD.positiveInteger,
        XSD.short,
        XSD.unsignedByte,
        XSD.unsignedInt,
        XSD.unsignedLong,
        XSD.unsignedShort,
    }
)
"""Datatypes of a length that pySHACL accepts."""

_PYTHON: Final[dict[URIRef, type | tuple[type, ...]]] = {
    RDF.langString: (str, bytes),
    XSD.boolean: bool,
    XSD.date: datetime.date,
    XSD.dateTime: datetime.datetime,
    XSD.decimal: Decimal,
    XSD.float: float,
    XSD.integer: int,
    XSD.string: (str, bytes),
    XSD.time: datetime.time,
}
"""What the value of a literal must be; other datatypes are believed."""

_SHORT_INTEGER: Final = re.compile(r"[+-]?[0-9]{1,18}")
_INTEGER: Final = str(XSD.integer)
_STRING: Final = str(XSD.string)


def whole_number(value: Node | None) -> int | None:
    """Return the number that a parameter such as `sh:minLength` is; None: pySHACL refuses it."""
    if not isinstance(value, Literal) or value.ill_typed or value.datatype not in WHOLE_NUMBERS:
        return None
    number = value.value
    return number if isinstance(number, int) and number >= 0 else None


def has_datatype(index: TripleIndex, number: int, rule: URIRef) -> bool:
    """Whether pySHACL accepts a term as a well-formed literal of a datatype."""
    if not index.is_literal(number):
        return False
    language, datatype = index.language(number), index.datatype(number)
    if language:
        return rule in (RDF.langString, RDFS.Literal)
    if datatype == _STRING and rule == XSD.string:
        return True
    if datatype != str(rule):
        plain = datatype == _STRING and _literal(index, number).datatype is None
        return rule == RDFS.Literal or (rule == RDFS.Datatype and not plain)
    if datatype == _INTEGER and _SHORT_INTEGER.fullmatch(index.text(number)):
        return True
    literal = _literal(index, number)
    return not literal.ill_typed and isinstance(literal.value, _PYTHON.get(rule, object))


def _literal(index: TripleIndex, number: int) -> Literal:
    term = index.term(number)
    assert isinstance(term, Literal)  # noqa: S101
    return term


def compare(value: Literal, other: Literal) -> int | None:
    """Return -1, 0 or 1 as pySHACL orders them; None where it cannot."""
    if isinstance(value.value, str) != isinstance(other.value, str):
        return None
    try:
        if value.eq(other):
            return 0
        if type(value.value) in (datetime.datetime, datetime.time):
            if value.value == other.value:
                return 0
            return 1 if value.value > other.value else -1
        return 1 if value > other else -1
    except (TypeError, NotImplementedError):
        return None


def less(value: object, other: object, *, or_equal: bool) -> bool | None:
    """Whether one value node is less than another; None where pySHACL may refuse to say.

    IRIs and strings are compared as text, other literals as rdflib does.
    """
    left, right = _comparable(value), _comparable(other)
    if left is None or right is None:
        return None
    if (type(left) is str) != (type(right) is str):
        return False
    try:
        return bool(left <= right if or_equal else left < right)
    except Exception:
        return None


def _comparable(term: object) -> str | Literal | None:
    if isinstance(term, URIRef):
        return str(term)
    if isinstance(term, Literal):
        return term.value if isinstance(term.value, str) else term
    return None
