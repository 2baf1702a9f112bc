"""A validation worker: takes one upload, sends its report or why there is none, and ends.

What it reads is a stranger's. It has bounded memory and processor time, runs at low priority, and
can open no file and no connection from before the first byte that it reads.
"""

from __future__ import annotations

import gc
import os
from functools import partial
from typing import TYPE_CHECKING, Final

from warrantgraph.engine.workers.coding import CODINGS, Compressor
from warrantgraph.engine.workers.frames import (
    LARGEST_PIECE,
    FrameKind,
    receive_frame,
    send_frame,
)
from warrantgraph.engine.workers.limits import (
    allow_processor_time,
    bound_memory,
    close_off,
    lower_priority,
)
from warrantgraph.engine.workers.messages import encode_failure
from warrantgraph.engine.workers.worker import become_worker
from warrantgraph.errors import (
    AnswerTooLargeError,
    InputError,
    MemoryLimitError,
    WarrantgraphError,
    WorkCrashedError,
)
from warrantgraph.reports import Severity
from warrantgraph.validators.checking import check, load_ours
from warrantgraph.validators.media import REPORT_TYPES, UploadType
from warrantgraph.validators.messages import TOO_DEEP, ReportHead, ValidationRequest
from warrantgraph.validators.unpacking import decompress, unpack
from warrantgraph.validators.writing import write_report

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

__all__ = ["prepare"]

_GRACE_SECONDS: Final = 5
_LONGEST_REPORT: Final = 1 << 26
_SHORTEST_COMPRESSED: Final = 1024

_REHEARSAL: Final = b"""
@prefix sh: <http://www.w3.org/ns/shacl#> .
<urn:shape> a sh:NodeShape ; sh:targetNode <urn:a> ;
    sh:property [ sh:path ( <urn:p> [ sh:inversePath <urn:q> ] ) ; sh:minCount 1 ] ;
    sh:sparql [ sh:message "none" ; sh:select "SELECT $this WHERE { $this ?p ?o }" ] .
<urn:a> <urn:p> "b"@en , 1.5 , _:b ; <urn:q> "2024-01-01"^^<http://www.w3.org/2001/XMLSchema#date> .
"""


def prepare(plan: str) -> Callable[[socket.socket], None]:
    """Load what workers share; `plan` is the memory of each, in bytes.

    What is returned serves one upload. All of the work is done once before, since a worker can
    import nothing any more.
    """
    memory = int(plan)
    load_ours()
    _rehearse()
    gc.collect()
    gc.freeze()  # else the first collection of each worker copies what all share
    return lambda connection: become_worker(partial(_serve, connection, memory))


def _rehearse() -> None:
    turtle = UploadType("text/turtle", "turtle")
    body = b"--x\r\nContent-Type: text/turtle\r\nContent-Disposition: form-data; name=data\r\n\r\n"
    body += _REHEARSAL + b"\r\n--x\r\nContent-Type: text/turtle\r\n"
    body += b"Content-Disposition: form-data; name=shapes\r\n\r\n" + _REHEARSAL + b"\r\n--x--\r\n"
    for media_type in REPORT_TYPES:
        request = ValidationRequest(UploadType("", boundary="x"), media_type, ontology=False)
        _report(request, body)
    _report(
        ValidationRequest(turtle), b"<urn:a> a <https://w3id.org/warrantgraph/ontology#Claim> ."
    )
    for coding in CODINGS:
        Compressor(coding).finish()


def _serve(connection: socket.socket, memory: int) -> None:
    lower_priority(os.getpid())
    bound_memory(memory)
    close_off()
    request, body = receive_frame(connection), receive_frame(connection)
    if request is None or body is None:
        return
    asked = ValidationRequest.decode(request.payload)
    allow_processor_time(asked.seconds + _GRACE_SECONDS)
    try:
        _answer(connection, asked, body.payload, memory)
        receive_frame(connection)  # to end before the answer is read could pass for a death
    except OSError:
        return  # the server has gone, or wants no report any more


def _answer(
    connection: socket.socket, request: ValidationRequest, body: bytes, memory: int
) -> None:
    try:
        head, content = _report(request, body)
    except Exception as error:
        send_frame(connection, FrameKind.FAILURE, encode_failure(_failure(error, memory)))
        return
    send_frame(connection, FrameKind.HEAD, head.encode())
    for start in range(0, len(content), LARGEST_PIECE):
        send_frame(connection, FrameKind.DATA, content[start : start + LARGEST_PIECE])
    send_frame(connection, FrameKind.END, b"")


def _failure(error: Exception, memory: int) -> WarrantgraphError:
    if isinstance(error, MemoryError):
        return MemoryLimitError(memory)
    if isinstance(error, RecursionError):
        return InputError(TOO_DEEP)
    return error if isinstance(error, WarrantgraphError) else WorkCrashedError(repr(error))


def _report(request: ValidationRequest, body: bytes) -> tuple[ReportHead, bytes]:
    """Do all of the work: the report's head, and its bytes as they are sent."""
    if request.coding:
        body = decompress(body, request.longest)
    upload = unpack(body, request.upload, request.name)
    report = check(upload.data, upload.shapes, ontology=request.ontology)
    for unread in report.unread:
        raise unread
    content = write_report(report.capped(request.limit), request.report_type)
    if len(content) > _LONGEST_REPORT:
        raise AnswerTooLargeError(
            f"the report has more than {_LONGEST_REPORT:,} bytes; lower the parameter limit"
        )
    coding = request.codings[0] if request.codings else None
    if coding and len(content) >= _SHORTEST_COMPRESSED:
        compressor = Compressor(coding)
        content = compressor.compress(content) + compressor.finish()
    else:
        coding = None
    counts = {f"{severity.lower()}s": report.count(severity) for severity in Severity}
    return ReportHead(report.conforms, counts, report.triples, coding), content
