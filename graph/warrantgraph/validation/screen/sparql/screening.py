"""One query, compiled: whether a focus node may have a result."""

# rdflib's algebra carries no types of its own.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from rdflib import Variable

from warrantgraph.validation.screen.sparql.data import Data, Names, Triples, UndecidedError
from warrantgraph.validation.screen.sparql.groups import Groups
from warrantgraph.validation.screen.sparql.text import parse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rdflib.plugins.sparql.parserutils import CompValue

    from warrantgraph.paths import PropertyPath

__all__ = ["Screen", "compile_query"]

Screen = Callable[[Triples, int], bool]
"""False where a focus node surely has no result."""

_TRANSPARENT: Final = frozenset({"Distinct", "Extend", "OrderBy", "Project", "Reduced"})
"""What changes rows, and never whether there is one."""


def compile_query(text: str, prefixes: Mapping[str, str], path: PropertyPath | None) -> Screen:
    """Return the screen of a `sh:select`, of a shape with this path.

    A query that cannot be screened gets one that never rules anything out; nothing is raised.

    >>> compile_query("SELECT $this { $this <urn:p> ?value } OFFSET 1", {}, None)(None, 0)
    True
    """
    try:
        parsed = parse(text, prefixes, path)
        names = Names()
        this = names.variable(Variable("this"))
        given = [this] if parsed.binds_this else []
        solve = Groups(names, given).compile(_pattern(parsed.algebra.p))
    except UndecidedError:
        return lambda _triples, _focus: True
    seen: list[Data] = []

    def screen(triples: Triples, focus: int) -> bool:
        if not seen or seen[0].index is not triples:
            seen[:] = [Data(triples, names.constants)]
        data = seen[0]
        try:
            data.begin()
            bindings = {this: focus} if given else {}
            return any(True for _ in solve(data, bindings))
        except (UndecidedError, RecursionError):
            return True

    return screen


def _pattern(part: CompValue) -> CompValue:
    """Return what has a solution where the query has a row."""
    while part.name in _TRANSPARENT or (
        part.name == "Slice" and part.start == 0 and part.length != 0
    ):
        part = part.p
    return part
