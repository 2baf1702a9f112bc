"""Judges W3C's tests of the SPARQL 1.1 Graph Store Protocol against a store that is only read.

A test writes, then reads what it wrote. Here each write must be refused; then the server is started
over the data that the write would have left, and the reads that follow it are judged. So what can
be read is tested, and the test as a whole does not apply.
"""

from __future__ import annotations

from email.parser import BytesParser
from http import HTTPStatus
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, urlsplit

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Quad, Triple

from conformance.comparison import difference
from conformance.outcome import Verdict, failed, inapplicable, passed
from conformance.refusals import is_refusal
from conformance.results import Graph
from conformance.serving import GRAPH_STORE, serving_file
from conformance.wire import exchange_bytes

if TYPE_CHECKING:
    from conformance.exchanges import Exchange, Expected
    from conformance.manifest import Case
    from conformance.wire import Received

__all__ = ["WRITES_REFUSED", "judge_graph_store"]

DIRECT: Final = "the graph store is asked for graphs by ?graph=: checked that it refuses the writes"
WRITES_REFUSED: Final = (
    "the graph store is read-only: checked that it refuses the writes, and reads what they "
    "would have left"
)

_PLACEHOLDER = "/gsp"
_HOST = "http://www.example"
_CREATED = f"{_HOST}{_PLACEHOLDER}/created"
_READS = ("GET", "HEAD")

_Name = NamedNode | DefaultGraph
_State = dict[_Name, list[Triple]]


def judge_graph_store(address: str, case: Case) -> Verdict:
    """Send the writes of a case to a server, and its reads to one for each state of the graphs."""
    state: _State = {}
    is_direct = any(each.path.startswith(f"{_PLACEHOLDER}/") for each in case.exchanges)
    for is_reading, group in groupby(case.exchanges, key=lambda each: each.method in _READS):
        exchanges = list(group)
        if not is_reading:
            wrong = _write(address, state, exchanges)
        else:
            wrong = "" if is_direct else _read(state, exchanges)
        if wrong:
            return failed(wrong)
    if is_direct:
        return inapplicable(DIRECT)
    has_writes = any(each.method not in _READS for each in case.exchanges)
    return inapplicable(WRITES_REFUSED) if has_writes else passed()


def _write(address: str, state: _State, exchanges: list[Exchange]) -> str:
    for exchange in exchanges:
        status = _send(address, exchange).status
        if not is_refusal(status):
            return f"{exchange.method} must be refused, got {status}"
        _apply(state, exchange)
    return ""


def _read(state: _State, exchanges: list[Exchange]) -> str:
    with TemporaryDirectory() as folder, serving_file(_save(state, Path(folder))) as address:
        wrong = (_wrong(_send(address, each), each) for each in exchanges)
        return next((each for each in wrong if each), "")


def _save(state: _State, folder: Path) -> Path:
    path = folder / "data.nq"
    quads = (
        Quad(triple.subject, triple.predicate, triple.object, name)
        for name, triples in state.items()
        for triple in triples
    )
    pyoxigraph.serialize(quads, str(path), pyoxigraph.RdfFormat.N_QUADS)
    return path


def _send(address: str, exchange: Exchange) -> Received:
    path = GRAPH_STORE + exchange.path.removeprefix(_PLACEHOLDER)
    path = path.replace("$LOCATION$", _CREATED)
    return exchange_bytes(address, exchange.method, path, exchange.headers, exchange.body)


def _apply(state: _State, exchange: Exchange) -> None:
    """Do to the state what a store that is written to would have done."""
    name = _graph(exchange)
    if exchange.method == "DELETE":
        state.pop(name, None)
        return
    before = state.get(name, []) if exchange.method == "POST" else []
    state[name] = [*before, *_triples(exchange)]


def _graph(exchange: Exchange) -> _Name:
    if exchange.expected.location:
        return NamedNode(_CREATED)
    parts = urlsplit(exchange.path)
    parameters = dict(parse_qsl(parts.query, keep_blank_values=True))
    if "default" in parameters:
        return DefaultGraph()
    return NamedNode(parameters.get("graph") or _HOST + parts.path)


def _triples(exchange: Exchange) -> list[Triple]:
    body = exchange.body or b""
    content_type = dict(exchange.headers).get("content-type", "")
    if not content_type.startswith("multipart/"):
        return _parse(body)
    header = f"Content-Type: {content_type}\r\n\r\n".encode()
    message = BytesParser().parsebytes(header + body)
    parts = [part.get_payload(decode=True) for part in message.walk() if not part.is_multipart()]
    return [triple for part in parts if isinstance(part, bytes) for triple in _parse(part)]


def _parse(body: bytes) -> list[Triple]:
    quads = pyoxigraph.parse(
        body, format=pyoxigraph.RdfFormat.TURTLE, base_iri=_HOST, rename_blank_nodes=True
    )
    return [quad.triple for quad in quads]


def _wrong(received: Received, exchange: Exchange) -> str:
    expected = exchange.expected
    asked = f"{exchange.method} {exchange.path}"
    if not expected.admits(received.status):
        return f"{asked}: expected {' or '.join(expected.statuses)}, got {received.status}"
    if received.status != HTTPStatus.OK:
        return ""
    if not _same_type(expected, received):
        return f"{asked}: expected {expected.content_type}, got {received.media_type}"
    if exchange.method == "HEAD":
        return f"{asked}: a body of {len(received.body)} bytes" if received.body else ""
    if expected.body is None:
        return ""
    wanted, found = (Graph(frozenset(_parse(each))) for each in (expected.body, received.body))
    wrong = difference(wanted, found)
    return f"{asked}: {wrong}" if wrong else ""


def _same_type(expected: Expected, received: Received) -> bool:
    return expected.content_type.partition(";")[0] in ("", received.media_type)
