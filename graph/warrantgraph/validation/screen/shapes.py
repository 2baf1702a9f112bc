"""Constraints that compare properties, name values, or ask for other shapes (SHACL, 4.5 to 4.8)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rdflib import RDF, RDFS, SH, Literal, URIRef

from warrantgraph.validation.screen.literals import less
from warrantgraph.validation.screen.values import each_value
from warrantgraph.validation.screen.verdict import (
    Check,
    Constraint,
    Verdict,
    all_of,
    maybe,
    surely,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from rdflib.term import Node

    from warrantgraph.validation.screen.compiling import Compiling

__all__ = ["SHAPE_CONSTRAINTS"]


# ---- other properties of the focus node


def _pairs(
    parameter: URIRef, holds: Callable[[Compiling, Collection[int], Collection[int]], Verdict]
) -> Callable[[Compiling], Constraint]:
    def read(shape: Compiling) -> Constraint:
        index = shape.index
        others = shape.objects(parameter)
        if not all(isinstance(other, URIRef) for other in others):
            return maybe
        if shape.path is None and parameter in (SH.lessThan, SH.lessThanOrEquals):
            return maybe
        numbers = [index.id_of(other) for other in others]

        def check(focus: int, values: Collection[int]) -> Verdict:
            return all_of(
                holds(shape, values, () if number is None else index.objects(focus, number))
                for number in numbers
            )

        return check

    return read


def _equal(_: Compiling, values: Collection[int], others: Collection[int]) -> Verdict:
    return set(values) == set(others)


def _disjoint(_: Compiling, values: Collection[int], others: Collection[int]) -> Verdict:
    return set(values).isdisjoint(others)


def _less(or_equal: bool) -> Callable[[Compiling, Collection[int], Collection[int]], Verdict]:
    def holds(shape: Compiling, values: Collection[int], others: Collection[int]) -> Verdict:
        index = shape.index
        if any(map(index.is_blank, values)) or any(map(index.is_blank, others)):
            return None
        right = [index.term(other) for other in others]
        return all_of(
            less(index.term(value), other, or_equal=or_equal) for value in values for other in right
        )

    return holds


# ---- values that are named


def _has_value(shape: Compiling) -> Constraint:
    wanted = [shape.index.id_of(value) for value in shape.objects(SH.hasValue)]
    if None in wanted:
        return lambda _focus, _values: False
    return lambda _, values: all(value in values for value in wanted)


def _in(shape: Compiling) -> Constraint:
    members = shape.members(shape.only(SH["in"]))
    if members is None:
        return maybe
    allowed = {shape.index.id_of(member) for member in members}
    return each_value(lambda value: value in allowed)


def _closed(shape: Compiling) -> Constraint:
    closed = shape.only(SH.closed)
    if not isinstance(closed, Literal) or not isinstance(closed.value, bool):
        return maybe
    if not closed.value:
        return surely
    index = shape.index
    allowed: set[Node] = set()
    for ignored in shape.objects(SH.ignoredProperties):
        members = shape.members(ignored)
        if members is None:
            return maybe
        allowed.update(members)
    for node in shape.objects(SH.property):
        path = shape.path_of(node)
        if path is None:
            return maybe
        allowed.add(path)
    numbers = {index.id_of(each) for each in allowed}
    type_id, resource = index.id_of(RDF.type), index.id_of(RDFS.Resource)

    def holds(value: int) -> Verdict:
        return all(
            predicate in numbers
            or (predicate == type_id and set(index.objects(value, predicate)) == {resource})
            for predicate in index.predicates_of(value)
        )

    return each_value(holds)


# ---- other shapes


def _not(shape: Compiling) -> Constraint:
    checks = shape.checks(shape.objects(SH["not"]))
    if checks is None:
        return maybe

    def holds(value: int) -> Verdict:
        verdicts = [check(value) for check in checks]
        return None if None in verdicts else not any(verdicts)

    return each_value(holds)


def _logical(
    parameter: URIRef, right: Callable[[list[Verdict]], bool]
) -> Callable[[Compiling], Constraint]:
    def read(shape: Compiling) -> Constraint:
        lists: list[list[Check]] = []
        for node in shape.objects(parameter):
            members = shape.members(node)
            if not members:
                return maybe
            # pySHACL counts a shape that is listed twice once, except in sh:xone.
            listed = members if parameter == SH.xone else list(dict.fromkeys(members))
            checks = shape.checks(listed)
            if checks is None:
                return maybe
            lists.append(checks)

        def holds(value: int) -> Verdict:
            result = True
            for checks in lists:
                verdicts = [check(value) for check in checks]
                if None in verdicts:
                    return None
                result = result and right(verdicts)
            return result

        return each_value(holds)

    return read


def _other_shapes(parameter: URIRef, of_properties: bool) -> Callable[[Compiling], Constraint]:
    def read(shape: Compiling) -> Constraint:
        nodes = shape.objects(parameter)
        if any((shape.path_of(node) is not None) != of_properties for node in nodes):
            return maybe
        checks = shape.checks(nodes)
        if checks is None:
            return maybe
        if len(checks) == 1:
            return each_value(checks[0])
        return each_value(lambda value: all_of(check(value) for check in checks))

    return read


def _qualified(shape: Compiling) -> Constraint:
    limits = [_limits(shape, each) for each in (SH.qualifiedMinCount, SH.qualifiedMaxCount)]
    least, most = limits
    wanted = shape.objects(SH.qualifiedValueShape)
    if shape.path is None or not wanted or None in limits or not any(limits):
        return maybe
    disjoint = any(
        isinstance(each, Literal) and each.value is True
        for each in shape.objects(SH.qualifiedValueShapesDisjoint)
    )
    counted: list[Callable[[Collection[int]], int | None]] = []
    for each in wanted:
        siblings = shape.siblings(each) if disjoint else []
        checks = shape.checks([each, *siblings])
        if checks is None:
            return maybe
        counted.append(_counting(*checks))

    def check(_: int, values: Collection[int]) -> Verdict:
        counts = [count(values) for count in counted]
        if None in counts:
            return None
        return all(
            all(count >= number for number in least or ())
            and all(count <= number for number in most or ())
            for count in counts
            if count is not None
        )

    return check


def _counting(conforms: Check, *siblings: Check) -> Callable[[Collection[int]], int | None]:
    """Return what counts the values that conform to a shape and to none of its siblings."""

    def count(values: Collection[int]) -> int | None:
        number = 0
        for value in values:
            verdicts = [conforms(value)]
            if verdicts[0]:
                verdicts += [sibling(value) for sibling in siblings]
            if None in verdicts:
                return None
            number += verdicts[0] is True and not any(verdicts[1:])
        return number

    return count


def _limits(shape: Compiling, parameter: URIRef) -> list[int] | None:
    """Return the only limit, or none; None: pySHACL refuses what is given."""
    numbers = [v.value for v in shape.objects(parameter) if isinstance(v, Literal)]
    given = len(shape.objects(parameter))
    right = len(numbers) == given <= 1 and all(type(n) is int and n >= 0 for n in numbers)
    return numbers if right else None


SHAPE_CONSTRAINTS: Final[dict[URIRef, Callable[[Compiling], Constraint]]] = {
    SH["and"]: _logical(SH["and"], all),
    SH.closed: _closed,
    SH.disjoint: _pairs(SH.disjoint, _disjoint),
    SH.equals: _pairs(SH.equals, _equal),
    SH.hasValue: _has_value,
    SH["in"]: _in,
    SH.lessThan: _pairs(SH.lessThan, _less(or_equal=False)),
    SH.lessThanOrEquals: _pairs(SH.lessThanOrEquals, _less(or_equal=True)),
    SH.node: _other_shapes(SH.node, of_properties=False),
    SH["not"]: _not,
    SH["or"]: _logical(SH["or"], any),
    SH.property: _other_shapes(SH.property, of_properties=True),
    SH.qualifiedMaxCount: _qualified,
    SH.qualifiedMinCount: _qualified,
    SH.qualifiedValueShape: _qualified,
    SH.qualifiedValueShapesDisjoint: _qualified,
    SH.xone: _logical(SH.xone, lambda verdicts: sum(map(bool, verdicts)) == 1),
}
"""How the check of each parameter is made."""
