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
    parser = expat.ParserCreate()
    depth = 0

    def refuse(message: str, value: str | None = None, hint: str | None = None) -> None:
        raise InputError(
            message,
            file=name,
            line=parser.CurrentLineNumber,
            column=parser.CurrentColumnNumber + 1,
            value=value,
            hint=hint,
        )

    def start_doctype(_name: str, system: str | None, public: str | None, _subset: bool) -> None:
        if system or public:
            refuse("an external DTD is refused, nothing is fetched", system or public)

    def entity(
        name: str,
        is_parameter: bool,
        value: str | None,
        _base: str | None,
        system: str | None,
        public: str | None,
        _notation: str | None,
    ) -> None:
        if is_parameter:
            refuse("a parameter entity is refused, nothing is fetched", name)
        elif value is None:
            refuse("an external entity is refused, nothing is fetched", system or public)
        elif "&" in value or len(value) > _LONGEST_ENTITY:
            refuse("an entity that holds entities, or is long, is refused", name)

    def start_element(_name: str, _attributes: object) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            refuse(f"elements are nested more than {_DEEPEST:,} deep")

    def end_element(_name: str) -> None:
        nonlocal depth
        depth -= 1

    parser.StartDoctypeDeclHandler = start_doctype
    parser.EntityDeclHandler = entity
    parser.StartElementHandler = start_element
    parser.EndElementHandler = end_element
    try:
        while piece := stream.read(_PIECE):
            parser.Parse(piece)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise InputError(
            f"not RDF/XML: {expat.ErrorString(error.code)}",
            file=name,
            line=error.lineno,
            column=error.offset + 1,
        ) from error
    except (LookupError, ValueError) as error:  # encodings that Python does not lend to expat
        raise InputError(f"not RDF/XML: {error}", file=name, line=1, column=1) from error
