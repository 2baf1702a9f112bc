"""Media types: of what is sent to be validated, and of the reports about it.

>>> read_upload_type("Text/Turtle; charset=UTF-8")
UploadType(media_type='text/turtle', syntax='turtle', boundary=None)
>>> read_upload_type("application/json") is None
True
"""

from __future__ import annotations

from dataclasses import dataclass
from email.message import Message
from typing import Final

__all__ = [
    "EXTENSIONS",
    "MULTIPART",
    "REPORT_TYPES",
    "SYNTAXES",
    "UploadType",
    "read_upload_type",
    "syntax_of_name",
]

SYNTAXES: Final = {
    "text/turtle": "turtle",
    "application/trig": "trig",
    "application/n-triples": "ntriples",
    "application/n-quads": "nquads",
    "application/rdf+xml": "rdfxml",
    "application/ld+json": "jsonld",
}
"""The syntaxes of RDF that are read, by media type."""

EXTENSIONS: Final = {
    "turtle": "ttl",
    "trig": "trig",
    "ntriples": "nt",
    "nquads": "nq",
    "rdfxml": "rdf",
    "jsonld": "jsonld",
}
"""How the name of a file in each syntax ends."""

MULTIPART: Final = "multipart/form-data"
"""Several files in one body (RFC 7578)."""

REPORT_TYPES: Final = {
    "text/turtle": "turtle",
    "application/ld+json": "turtle",
    "application/n-triples": "turtle",
    "application/rdf+xml": "turtle",
    "application/json": "json",
}
"""The formats of a report by media type, the preferred one first; RDF is written from Turtle."""

_CHARSETS: Final = ("utf-8", "utf8", "us-ascii")
_LONGEST_BOUNDARY: Final = 70
"""RFC 2046, 5.1.1."""


@dataclass(frozen=True, slots=True)
class UploadType:
    """What a body is: RDF in a syntax, or several files behind a boundary."""

    media_type: str
    syntax: str | None = None
    boundary: str | None = None


def read_upload_type(content_type: str) -> UploadType | None:
    """Read the header `Content-Type`; None where it is nothing that can be validated.

    Everything is read as UTF-8, so that another charset is none of ours; where the XML of a file
    declares another, its parser says so.
    """
    header = Message()
    header["Content-Type"] = content_type.replace("\n", " ").replace("\r", " ")
    media_type = content_type.partition(";")[0].strip().lower()
    if str(header.get_param("charset", "utf-8")).lower() not in _CHARSETS:
        return None
    if media_type == MULTIPART:
        boundary = header.get_boundary()
        fits = boundary and boundary.isascii() and len(boundary) <= _LONGEST_BOUNDARY
        return UploadType(media_type, boundary=boundary) if fits else None
    syntax = SYNTAXES.get(media_type)
    return UploadType(media_type, syntax) if syntax else None


def syntax_of_name(name: str) -> str | None:
    """The syntax that a file's name says it is in.

    >>> syntax_of_name("claims.TTL"), syntax_of_name("claims")
    ('turtle', None)
    """
    extension = name.rpartition(".")[2].lower()
    return next((syntax for syntax, each in EXTENSIONS.items() if each == extension), None)
