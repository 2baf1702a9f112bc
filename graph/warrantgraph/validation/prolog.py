"""Looks at RDF/XML before it is parsed: nothing outside of it, nothing that grows, no deep nesting.

Entities that stand for a namespace are common in ontologies and stay allowed. Expat reads; it
fetches nothing, and knows where it is.
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Final
from xml.parsers import expat

from warrantgraph.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["check_xml"]

_LONGEST_ENTITY: Final = 1_000
"""Characters: an IRI fits, and a million uses of it stay bounded."""

_DEEPEST: Final = 1_000
"""Elements inside elements; the parser takes time that grows with the square of it."""

_PIECE: Final = 1 << 16


def check_xml(stream: IO[bytes], name: Path) -> None:
    """Raise InputError where the document names what is outside of it, grows or nests too deep.

    What expat cannot read is refused as well: the parser forgives mistakes, and what came behind
    one would reach it unseen.
    """
    guard = _Guard(name)
    try:
        while piece := stream.read(_PIECE):
            guard.parser.Parse(piece)
        guard.parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise InputError(
            f"not RDF/XML: {expat.ErrorString(error.code)}",
            file=name,
            line=error.lineno,
            column=error.offset + 1,
        ) from error
    except (LookupError, ValueError) as error:  # encodings that Python does not lend to expat
        raise InputError(f"not RDF/XML: {error}", file=name, line=1, column=1) from error


class _Guard:
    """Expat, and what it may not meet."""

    def __init__(self, name: Path) -> None:
        self._name = name
        self._depth = 0
        self.parser = expat.ParserCreate()
        self.parser.StartDoctypeDeclHandler = self._start_doctype
        self.parser.EntityDeclHandler = self._entity
        self.parser.StartElementHandler = self._start_element
        self.parser.EndElementHandler = self._end_element

    def _refuse(self, message: str, value: str | None = None) -> None:
        raise InputError(
            message,
            file=self._name,
            line=self.parser.CurrentLineNumber,
            column=self.parser.CurrentColumnNumber + 1,
            value=value,
        )

    def _start_doctype(
        self, _name: str, system: str | None, public: str | None, _subset: bool
    ) -> None:
        if system or public:
            self._refuse("an external DTD is refused, nothing is fetched", system or public)

    def _entity(
        self,
        name: str,
        is_parameter: bool,
        value: str | None,
        _base: str | None,
        system: str | None,
        public: str | None,
        _notation: str | None,
    ) -> None:
        if is_parameter:
            self._refuse("a parameter entity is refused, nothing is fetched", name)
        elif value is None:
            self._refuse("an external entity is refused, nothing is fetched", system or public)
        elif "&" in value or len(value) > _LONGEST_ENTITY:
            self._refuse("an entity that holds entities, or is long, is refused", name)

    def _start_element(self, _name: str, _attributes: object) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            self._refuse(f"elements are nested more than {_DEEPEST:,} deep")

    def _end_element(self, _name: str) -> None:
        self._depth -= 1
