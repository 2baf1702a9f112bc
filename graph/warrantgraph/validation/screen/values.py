"""Constraints on each value node by itself, and on how many there are (SHACL, sections 4.1 to 4.4).

Each function reads the parameters of one kind of constraint from a shape, and returns its check;
`maybe` where pySHACL may refuse them or read them otherwise.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rdflib import RDF, RDFS, SH, XSD, Literal, URIRef

from warrantgraph.validation.screen.literals import compare, has_datatype, whole_number
from warrantgraph.validation.screen.paths import descendants
from warrantgraph.validation.screen.verdict import Constraint, Verdict, maybe, surely

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from warrantgraph.validation.screen.compiling import Compiling

__all__ = ["VALUE_CONSTRAINTS"]


def each_value(holds: Callable[[int], Verdict]) -> Constraint:
    """Return the constraint that `holds` is true of every value node."""

    def check(_: int, values: Collection[int]) -> Verdict:
        result: Verdict = True
        for value in values:
            verdict = holds(value)
            if verdict is not True:
                if verdict is None:
                    return None
                result = False
        return result

    return check


def _class(shape: Compiling) -> Constraint:
    index = shape.index
    type_id, subclass = index.id_of(RDF.type), index.id_of(RDFS.subClassOf)
    wanted: list[set[int]] = []
    for each in shape.objects(SH["class"]):
        number = index.id_of(each)
        wanted.append(set() if number is None else descendants(index, number, subclass))
    if type_id is None:
        return each_value(lambda _: False)
    if len(wanted) == 1:
        (only,) = wanted
        return each_value(lambda value: not only.isdisjoint(index.objects(value, type_id)))
    return each_value(
        lambda value: all(not kinds.isdisjoint(index.objects(value, type_id)) for kinds in wanted)
    )


def _datatype(shape: Compiling) -> Constraint:
    index, rule = shape.index, shape.only(SH.datatype)
    if not isinstance(rule, URIRef):
        return maybe
    return each_value(lambda value: has_datatype(index, value, rule))


_KINDS: Final = {
    SH.BlankNode: (True, False, False),
    SH.BlankNodeOrIRI: (True, True, False),
    SH.BlankNodeOrLiteral: (True, False, True),
    SH.IRI: (False, True, False),
    SH.IRIOrLiteral: (False, True, True),
    SH.Literal: (False, False, True),
}


def _node_kind(shape: Compiling) -> Constraint:
    index, kind = shape.index, shape.only(SH.nodeKind)
    if not isinstance(kind, URIRef) or kind not in _KINDS:
        return maybe
    blank, iri, literal = _KINDS[kind]
    return each_value(
        lambda value: (
            (iri and index.is_iri(value))
            or (literal and index.is_literal(value))
            or (blank and index.is_blank(value))
        )
    )


def _count(parameter: URIRef) -> Callable[[Compiling], Constraint]:
    def read(shape: Compiling) -> Constraint:
        limit = shape.only(parameter)
        number = whole_number(limit)
        whole = isinstance(limit, Literal) and limit.datatype == XSD.integer
        if shape.path is None or number is None or not whole:
            return maybe
        if parameter == SH.minCount:
            return lambda _, values: len(values) >= number
        return lambda _, values: len(values) <= number

    return read


def _range(parameter: URIRef, wanted: tuple[int, ...]) -> Callable[[Compiling], Constraint]:
    def read(shape: Compiling) -> Constraint:
        index = shape.index
        bounds: list[Literal] = []
        for bound in shape.objects(parameter):
            if not isinstance(bound, Literal):
                return maybe
            bounds.append(bound)

        def holds(value: int) -> Verdict:
            term = index.term(value)
            if not isinstance(term, Literal):
                return False
            try:
                return all(compare(term, bound) in wanted for bound in bounds)
            except Exception:  # whatever rdflib raises, pySHACL meets it too
                return None

        return each_value(holds)

    return read


def _length(parameter: URIRef) -> Callable[[Compiling], Constraint]:
    def read(shape: Compiling) -> Constraint:
        index, number = shape.index, whole_number(shape.only(parameter))
        if number is None:
            return maybe
        if parameter == SH.maxLength:
            return each_value(
                lambda value: not index.is_blank(value) and len(index.text(value)) <= number
            )
        if number == 0:
            return surely
        return each_value(
            lambda value: not index.is_blank(value) and len(index.text(value)) >= number
        )

    return read


def _pattern(shape: Compiling) -> Constraint:
    index = shape.index
    patterns = shape.objects(SH.pattern)
    given_flags = shape.objects(SH.flags)
    if len(given_flags) > 1:
        return maybe
    flags = 0
    searches: list[Callable[[str], re.Match[str] | None]] = []
    for each in given_flags:
        if not isinstance(each, Literal):
            return maybe
        text = str(each.value).lower()
        flags = (re.I if "i" in text else 0) | (re.M if "m" in text else 0)
    for pattern in patterns:
        if not isinstance(pattern, Literal) or not isinstance(pattern.value, str):
            return maybe
        try:
            searches.append(re.compile(str(pattern), flags).search)
        except re.error:
            return maybe
    return each_value(
        lambda value: (
            not index.is_blank(value)
            and all(search(index.text(value)) is not None for search in searches)
        )
    )


def _language_in(shape: Compiling) -> Constraint:
    index, members = shape.index, shape.members(shape.only(SH.languageIn))
    if members is None:
        return maybe
    wanted: set[str] = set()
    for member in members:
        if not isinstance(member, Literal) or not isinstance(member.value, str):
            return maybe
        wanted.add(member.value.lower())

    def holds(value: int) -> Verdict:
        language = index.language(value)
        return bool(language) and (
            "*" in wanted or language in wanted or language.partition("-")[0] in wanted
        )

    return each_value(holds)


def _unique_language(shape: Compiling) -> Constraint:
    index, wanted = shape.index, shape.only(SH.uniqueLang)
    if shape.path is None or not isinstance(wanted, Literal) or not isinstance(wanted.value, bool):
        return maybe
    if not wanted.value:
        return surely

    def check(_: int, values: Collection[int]) -> Verdict:
        languages = [language for language in map(index.language, values) if language]
        return len(languages) == len(set(languages))

    return check


VALUE_CONSTRAINTS: Final[dict[URIRef, Callable[[Compiling], Constraint]]] = {
    SH["class"]: _class,
    SH.datatype: _datatype,
    SH.languageIn: _language_in,
    SH.maxCount: _count(SH.maxCount),
    SH.maxExclusive: _range(SH.maxExclusive, (-1,)),
    SH.maxInclusive: _range(SH.maxInclusive, (-1, 0)),
    SH.maxLength: _length(SH.maxLength),
    SH.minCount: _count(SH.minCount),
    SH.minExclusive: _range(SH.minExclusive, (1,)),
    SH.minInclusive: _range(SH.minInclusive, (0, 1)),
    SH.minLength: _length(SH.minLength),
    SH.nodeKind: _node_kind,
    SH.pattern: _pattern,
    SH.uniqueLang: _unique_language,
}
"""How the check of each parameter is made."""
