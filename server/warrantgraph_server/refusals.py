"""Why the server itself refuses a request; `problem_table` says what a client is told."""

from __future__ import annotations

__all__ = [
    "GraphStoreError",
    "MalformedRequestError",
    "RequestTooLongError",
    "UnknownResourceError",
    "UnsupportedMediaTypeError",
    "UnsupportedUploadError",
    "ValidationRequestError",
]


class GraphStoreError(Exception):
    """The request does not follow the SPARQL 1.1 Graph Store HTTP Protocol."""


class MalformedRequestError(Exception):
    """The request does not follow the SPARQL 1.1 Protocol."""


class RequestTooLongError(Exception):
    """The request holds more than the server reads."""


class UnknownResourceError(Exception):
    """There is nothing of this name."""


class UnsupportedMediaTypeError(Exception):
    """The body is of a type that the endpoint does not read."""


class UnsupportedUploadError(Exception):
    """The body is of a type that is not validated."""


class ValidationRequestError(Exception):
    """The parameters of a validation are not as they should be."""
