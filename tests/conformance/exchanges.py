"""Reads the HTTP requests that protocol tests list, and what must come back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from conformance.facts import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance.facts import Facts, Node

__all__ = ["Exchange", "Expected", "read_exchanges"]

_MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
_HT = "http://www.w3.org/2011/http#"
_CNT = "http://www.w3.org/2011/content#"

_STATUSES = {"OK": "200", "Created": "201", "NoContent": "204", "NotFound": "404"}


@dataclass(frozen=True, slots=True)
class Expected:
    """What a response must be."""

    statuses: tuple[str, ...]
    """Such as `404` or `2xx`; one of them."""

    boolean: bool | None = None
    format: str = ""
    """`boolean`, `tabular`, `RDF`, or empty where any will do."""

    location: str = ""
    """The variable that stands for the `Location` in later requests."""

    content_type: str = ""
    body: bytes | None = None

    def admits(self, status: int) -> bool:
        """Whether a status is one of the expected.

        >>> Expected(("2xx", "404")).admits(204)
        True
        """
        return any(str(status) == each or f"{status // 100}xx" == each for each in self.statuses)


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request, byte for byte, and what must come back."""

    method: str
    path: str
    headers: tuple[tuple[str, str], ...]
    body: bytes | None
    expected: Expected


def read_exchanges(facts: Facts, action: Node) -> Iterator[Exchange]:
    """Read the requests of a connection in their order."""
    for request in facts.items(facts.one(action, f"{_HT}requests")):
        response = facts.one(request, f"{_HT}resp")
        if response is None:
            raise ValueError(f"a request of {text(action)} says nothing of its response")
        yield Exchange(
            method=text(facts.one(request, f"{_HT}methodName")),
            path=text(facts.one(request, f"{_HT}absolutePath")),
            headers=tuple(_headers(facts, request)),
            body=_body(facts, request),
            expected=_expected(facts, response),
        )


def _expected(facts: Facts, response: Node) -> Expected:
    boolean = facts.one(response, f"{_MF}expectedBoolean")
    return Expected(
        statuses=tuple(_status(each) for each in facts.all(response, f"{_MF}expectedStatus")),
        boolean=None if boolean is None else text(boolean) == "true",
        format=text(facts.one(response, f"{_MF}expectedFormat")),
        location=text(facts.one(response, f"{_MF}expectedLocation")),
        content_type=dict(_headers(facts, response)).get("content-type", ""),
        body=_body(facts, response),
    )


def _status(node: Node) -> str:
    name = text(node).rpartition("#")[2]
    return name.removeprefix("StatusCode") if name.startswith("StatusCode") else _STATUSES[name]


def _headers(facts: Facts, message: Node) -> Iterator[tuple[str, str]]:
    for header in facts.items(facts.one(message, f"{_HT}headers")):
        name = text(facts.one(header, f"{_HT}fieldName"))
        yield name.lower(), text(facts.one(header, f"{_HT}fieldValue"))


def _body(facts: Facts, message: Node) -> bytes | None:
    body = facts.one(message, f"{_HT}body")
    if body is None or isinstance(body, NamedNode):
        return None
    encoding = text(facts.one(body, f"{_CNT}characterEncoding")) or "UTF-8"
    return text(facts.one(body, f"{_CNT}chars")).encode(encoding)
