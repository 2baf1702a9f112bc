"""Sends the query of a case, and judges what comes back: evaluation, syntax, result formats."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Final
from zlib import crc32

from conformance.comparison import difference
from conformance.forms import with_one_form
from conformance.outcome import Verdict, failed, passed
from conformance.results import FORMATS, Graph, read_result
from conformance.serving import ENDPOINT

if TYPE_CHECKING:
    import httpx

    from conformance.manifest import Case
    from conformance.results import Result

__all__ = ["judge_evaluation", "judge_syntax", "query_of", "send"]

_HAS_BASE: Final = re.compile(rb"^\s*BASE\s*<|[\n>]\s*BASE\s*<", re.IGNORECASE)
_ORDER: Final = re.compile(r"\bORDER\s+BY\b[^{}]*$", re.IGNORECASE)
_TABLE, _GRAPH = "srj", "ttl"


def query_of(case: Case) -> bytes:
    """The query as it is sent.

    Where it declares no base, the IRI of its file is it: RFC 3986, 5.1.3, which an endpoint that
    is sent the text alone cannot know.
    """
    if case.request is None:
        raise ValueError(f"{case.key} has no query")
    content = case.request.path.read_bytes()
    return (
        content
        if _HAS_BASE.search(content)
        else b"BASE <%s>\n" % case.request.iri.encode() + content
    )


def send(client: httpx.Client, case: Case, accept: str) -> httpx.Response:
    """Send a query in one of the three ways of the protocol (2.1), which a case always keeps."""
    query = query_of(case).decode()
    headers = {"Accept": accept}
    way = crc32(case.key.encode()) % 3
    if way == 0:
        return client.get(ENDPOINT, params={"query": query}, headers=headers)
    if way == 1:
        return client.post(ENDPOINT, data={"query": query}, headers=headers)
    headers["Content-Type"] = "application/sparql-query"
    return client.post(ENDPOINT, content=query, headers=headers)


def judge_evaluation(client: httpx.Client, case: Case) -> Verdict:
    """Compare the answer with the expected result, in the same format where a client may ask."""
    if case.result is None or case.request is None:
        raise ValueError(f"{case.key} has no query or no result")
    extension = case.result.path.suffix.removeprefix(".")
    expected = read_result(case.result.path.read_bytes(), extension, case.result.iri)
    if isinstance(expected, Graph):
        asked = extension if extension in FORMATS else _GRAPH
    else:  # a result set in RDF is the suite's own way to write one
        asked = extension if extension in ("srx", "srj", "csv", "tsv") else _TABLE
    response = send(client, case, FORMATS[asked])
    if response.status_code != HTTPStatus.OK:
        return failed(_refusal(response))
    media_type = response.headers["content-type"].partition(";")[0]
    if media_type != FORMATS[asked]:
        return failed(f"asked for {FORMATS[asked]}, got {media_type}")
    try:
        actual = read_result(response.content, asked, case.result.iri)
    except (ValueError, SyntaxError) as error:
        return failed(f"the answer is not {FORMATS[asked]}: {error}")
    return _judge(case, expected, actual)


def _judge(case: Case, expected: Result, actual: Result) -> Verdict:
    ordered = bool(_ORDER.search(query_of(case).decode()))
    wrong = difference(expected, actual, is_ordered=ordered, is_lax=case.is_lax)
    if not wrong:
        return passed()
    left = difference(
        with_one_form(expected), with_one_form(actual), is_ordered=ordered, is_lax=case.is_lax
    )
    return failed(wrong, by_form_alone=not left)


def judge_syntax(client: httpx.Client, case: Case) -> Verdict:
    """A query must be answered, or refused as malformed (SPARQL 1.1 Protocol, 2.1.6)."""
    response = send(client, case, "*/*")
    if case.kind == "PositiveSyntaxTest":
        return passed() if response.status_code == HTTPStatus.OK else failed(_refusal(response))
    if response.status_code == HTTPStatus.BAD_REQUEST:
        return passed()
    return failed(f"expected a refusal with 400, got {response.status_code}")


def _refusal(response: httpx.Response) -> str:
    if response.headers.get("content-type") != "application/problem+json":
        return f"{response.status_code}"
    return f"{response.status_code}: {response.json()['detail']}"
