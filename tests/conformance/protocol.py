"""Judges W3C's tests of the SPARQL 1.1 Protocol, request by request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from conformance.applicability import READ_ONLY
from conformance.outcome import Verdict, failed, inapplicable, passed
from conformance.refusals import is_refusal
from conformance.results import FORMATS, read_result
from conformance.serving import ENDPOINT
from conformance.wire import exchange_bytes

if TYPE_CHECKING:
    from conformance.exchanges import Exchange, Expected
    from conformance.manifest import Case
    from conformance.wire import Received

__all__ = ["judge_protocol"]

_PLACEHOLDER = "/sparql/"
_EXTENSIONS: Final = {media_type: extension for extension, media_type in FORMATS.items()}
_FORMATS: Final = {
    "boolean": ("srj", "srx"),
    "tabular": ("srj", "srx", "csv", "tsv"),
    "RDF": ("ttl", "rdf", "nt"),
}
"""The formats that each of the suite's words allows."""


def judge_protocol(address: str, case: Case) -> Verdict:
    """Send every request of a case; those of an update must be refused."""
    if "update" in case.key:
        return _judge_updates(address, case)
    for number, exchange in enumerate(case.exchanges, start=1):
        wrong = _wrong(_send(address, exchange), exchange.expected)
        if wrong:
            return failed(f"request {number}: {wrong}")
    return passed()


def _send(address: str, exchange: Exchange) -> Received:
    path = ENDPOINT + exchange.path.removeprefix(_PLACEHOLDER)
    return exchange_bytes(address, exchange.method, path, exchange.headers, exchange.body)


def _judge_updates(address: str, case: Case) -> Verdict:
    """Only the updates are sent; the queries behind them look for what was never written."""
    for exchange in case.exchanges:
        status = _send(address, exchange).status if exchange.expected.boolean is None else None
        if status is not None and not is_refusal(status):
            return failed(f"an update must be refused, got {status}")
    return inapplicable(READ_ONLY)


def _wrong(received: Received, expected: Expected) -> str:
    if not expected.admits(received.status):
        return f"expected {' or '.join(expected.statuses)}, got {received.status}"
    extension = _EXTENSIONS.get(received.media_type, "")
    if expected.format and extension not in _FORMATS[expected.format]:
        return f"{received.media_type} is no {expected.format} format"
    if expected.boolean is None:
        return ""
    actual = read_result(received.body, extension, "")
    return "" if actual is expected.boolean else f"expected {expected.boolean}, got {actual}"
