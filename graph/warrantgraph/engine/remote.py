"""Evaluates queries at a remote endpoint, by the SPARQL 1.1 Protocol.

The query is read here first: what is not SPARQL, or asks for `SERVICE`, never leaves. It runs in
a worker process, so that its death closes the connection, at which most engines stop the query.
"""

from __future__ import annotations

import http
import http.client
import json
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode, urlsplit

from warrantgraph.engine.interface import AnswerFormats, Evaluation, Output, QueryDataset
from warrantgraph.engine.reading import read_query
from warrantgraph.errors import QueryEvaluationError, QuerySyntaxError

if TYPE_CHECKING:
    from warrantgraph.engine.formats import Format

__all__ = ["RemoteEvaluator"]

_PIECE: Final = 64 * 1024
_SECONDS_TO_CONNECT: Final = 10
_LONGEST_REASON: Final = 2000
_LONGEST_TAIL: Final = 64

_ENDS: Final = {"json": b"}", "xml": b"</sparql>", "rdfxml": b"</rdf:RDF>"}
"""What the last bytes of a format must be."""


class RemoteEvaluator:
    """Evaluates queries at one endpoint; redirects are not followed."""

    def __init__(self, endpoint: str) -> None:
        parts = urlsplit(endpoint)
        self._secure = parts.scheme == "https"
        self._host = parts.hostname or ""
        self._port = parts.port
        self._path = parts.path + (f"?{parts.query}" if parts.query else "")

    def prepare(
        self, query: str, dataset: QueryDataset | None, formats: AnswerFormats
    ) -> Evaluation:
        """Read a query, as `warrantgraph.engine.interface.Evaluator` says."""
        read = read_query(query)
        read.refuse_service()
        chosen = formats.choose(read.form)
        parameters = [("query", query)]
        if dataset:
            parameters += [("default-graph-uri", graph) for graph in dataset.default_graphs]
            parameters += [("named-graph-uri", graph) for graph in dataset.named_graphs]
        body = urlencode(parameters).encode()
        return Evaluation(read.form, chosen, lambda output: self._write(body, chosen, output))

    def _write(self, body: bytes, chosen: Format, output: Output) -> None:
        kind = http.client.HTTPSConnection if self._secure else http.client.HTTPConnection
        connection = kind(self._host, self._port, timeout=_SECONDS_TO_CONNECT)
        headers = {
            "Accept": chosen.media_type,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        try:
            connection.connect()
            connection.sock.settimeout(None)  # from here on the deadline is the worker's
            connection.request("POST", self._path, body, headers)
            response = connection.getresponse()
            self._require_success(response, chosen)
            tail = b""
            while piece := response.read(_PIECE):
                output.write(piece)
                tail = (tail + piece)[-_LONGEST_TAIL:]
            self._require_end(tail, chosen)
            if response.length:  # http.client does not mind that bytes are missing
                raise http.client.IncompleteRead(b"", response.length)
        except (OSError, http.client.HTTPException) as error:
            reason = getattr(error, "strerror", None) or type(error).__name__
            message = f"the engine at {self._host} cannot be reached, or broke off: {reason}"
            raise QueryEvaluationError(message) from error
        finally:
            connection.close()

    def _require_end(self, tail: bytes, chosen: Format) -> None:
        """Refuse an answer that does not end as its format does.

        Some engines append an error to what they have sent, and end the answer in order. In JSON
        and XML that shows; in the other formats it does not.
        """
        if not tail.rstrip().endswith(_ENDS.get(chosen.name, b"")):
            raise QueryEvaluationError(f"the engine at {self._host} broke off in its answer")

    def _require_success(self, response: http.client.HTTPResponse, chosen: Format) -> None:
        reason = "" if response.status == http.HTTPStatus.OK else _reason(response)
        if response.status == http.HTTPStatus.BAD_REQUEST:
            raise QuerySyntaxError(f"the engine at {self._host} says: {reason}")
        if response.status != http.HTTPStatus.OK:
            raise QueryEvaluationError(
                f"the engine at {self._host} answered {response.status}: {reason}"
            )
        if response.length is None and not response.chunked:
            raise QueryEvaluationError(
                f"the engine at {self._host} does not tell where its answer ends"
            )
        if "X-SQL-State" in response.headers:  # how Virtuoso tells that rows are missing
            raise QueryEvaluationError(f"the engine at {self._host} answered in part only")
        coding = response.headers.get("Content-Encoding", "identity")
        if coding != "identity":
            raise QueryEvaluationError(
                f"the engine at {self._host} answered in {coding}, which it was not asked for"
            )
        media_type = response.headers.get_content_type()
        if media_type not in (chosen.media_type, *chosen.aliases):
            raise QueryEvaluationError(
                f"the engine at {self._host} answered in {media_type}, not in {chosen.media_type}"
            )


def _reason(response: http.client.HTTPResponse) -> str:
    text = response.read(_LONGEST_REASON).decode(errors="replace").strip()
    try:
        return str(json.loads(text)["detail"])  # a problem document (RFC 9457), as ours
    except (ValueError, KeyError, TypeError):
        return text
