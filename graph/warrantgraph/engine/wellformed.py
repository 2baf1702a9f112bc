r"""Sees to it that what is written as XML can be read as XML.

Oxigraph 0.5 writes every character as it is; but XML 1.0 has no way to write some (2.2), reads a
carriage return as a line feed unless it is written as a reference (2.11), and RDF/XML can write a
property only where its IRI ends in a name.

>>> import io
>>> file = io.BytesIO()
>>> WellFormed(file).write(b"<literal>one\r\ntwo</literal>")
27
>>> file.getvalue()
b'<literal>one&#13;\ntwo</literal>'
>>> ends_in_name("http://example.org/a1"), ends_in_name("http://example.org/1")
(True, False)
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from warrantgraph.errors import QueryEvaluationError

if TYPE_CHECKING:
    from typing import IO

__all__ = ["WellFormed", "ends_in_name"]

_NOT_IN_XML: Final = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
_NAME_AT_END: Final = re.compile(r"[^\W\d][\w.\-\u00b7]*\Z")


class WellFormed:
    """A file that takes XML; raises QueryEvaluationError for a character that XML has not."""

    def __init__(self, output: IO[bytes]) -> None:
        self._output = output
        self._tail = b""

    def write(self, data: bytes) -> int:
        """Take a piece, which may end within a character."""
        if _NOT_IN_XML.search(self._tail + data):
            raise QueryEvaluationError(
                "the answer holds a character that XML cannot; ask for another format"
            )
        self._tail = (self._tail + data)[-2:]
        self._output.write(data.replace(b"\r", b"&#13;"))
        return len(data)

    def flush(self) -> None:
        """Hand on what was taken."""
        self._output.flush()


def ends_in_name(iri: str) -> bool:
    """Whether the end of an IRI can name an element, so that RDF/XML can write the property."""
    return bool(_NAME_AT_END.search(iri))
