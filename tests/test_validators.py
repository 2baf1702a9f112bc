"""Validation workers without HTTP: what is loaded where, what is closed off, what is cut apart."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from warrantgraph.errors import BusyError, InputError, TimeLimitError
from warrantgraph.validators import UploadType, ValidationRequest, Validators
from warrantgraph.validators.messages import ReportHead
from warrantgraph.validators.unpacking import decompress, unpack
from warrantgraph_server.uploads import UploadBudget

TURTLE = UploadType("text/turtle", "turtle")


def python(program: str) -> str:
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_server_loads_no_libraries_of_validation() -> None:
    program = (
        "import sys, warrantgraph.validators, warrantgraph_server.app\n"
        "print([m for m in ('pyshacl', 'owlrl', 'warrantgraph.validation') if m in sys.modules])"
    )
    assert python(program) == "[]\n"


@pytest.mark.parametrize(
    "opening",
    [
        "open('/etc/hostname')",
        "open('/tmp/made-by-nobody', 'w')",
        "socket.create_connection(('127.0.0.1', 9))",
        "socket.socketpair()",
        "os.pipe()",
        "subprocess.run(['true'])",
        "pyoxigraph.parse(path='/etc/hostname', format=pyoxigraph.RdfFormat.TURTLE)",
    ],
)
def test_what_is_closed_off_opens_nothing(opening: str) -> None:
    program = (
        "import os, socket, subprocess, sys, pyoxigraph\n"
        "from warrantgraph.engine.workers.limits import close_off\n"
        "close_off()\n"
        f"try:\n    {opening}\n"
        "except OSError as error:\n    print('rror 24' in str(error) or error.errno == 24)\n"
    )
    assert python(program) == "True\n"


def test_requests_and_heads_arrive_as_they_were() -> None:
    request = ValidationRequest(TURTLE, "application/json", "gzip", ("br",), "a.ttl", limit=None)
    assert ValidationRequest.decode(request.encode()) == request
    head = ReportHead(conforms=False, counts={"violations": 2, "infos": 1}, coding="gzip")
    assert ReportHead.decode(head.encode()) == head
    assert head.findings == 3


def test_the_bytes_of_a_part_are_left_as_they_are() -> None:
    content = b"\r\n--other\r\n\x00\xff\r\n\r\n"
    body = b'--B \r\ncontent-disposition: form-data; name=data; filename="a.nt"\r\n\r\n'
    body += content + b"\r\n--B--\r\nwhat follows the end"
    (file,) = unpack(body, UploadType("multipart/form-data", boundary="B")).data
    assert (file.name, file.content, file.syntax) == ("a.nt", content, "ntriples")


def test_the_name_of_a_part_is_made_harmless() -> None:
    body = b"--B\r\nContent-Disposition: form-data; name=data; "
    body += b'filename="a\x1b[2Jb.nt"\r\n\r\n\r\n--B--'
    (file,) = unpack(body, UploadType("multipart/form-data", boundary="B")).data
    assert file.name.isprintable()


def test_what_is_no_gzip_is_told() -> None:
    with pytest.raises(InputError, match="gzip"):
        decompress(b"\x1f\x8b", 10)


def test_validations_end_in_their_time_and_with_their_caller() -> None:
    async def work() -> None:
        validators = Validators(memory=1 << 30, places=0, queue_seconds=60)
        validators.start()
        try:
            await validators.validate(ValidationRequest(TURTLE, ontology=False), b"")
            late = ValidationRequest(TURTLE, seconds=0.001)
            with pytest.raises(TimeLimitError, match=r"after 0\.001 s"):
                await validators.validate(late, b"")
            left = asyncio.create_task(validators.validate(ValidationRequest(TURTLE), b""))
            await asyncio.sleep(0)
            with pytest.raises(BusyError, match="validations wait already"):
                await validators.validate(ValidationRequest(TURTLE), b"")
            left.cancel()
            with pytest.raises(asyncio.CancelledError):
                await left
            assert validators.queue.held == 0
            assert validators.pool.kills["deadline"] == 1
        finally:
            await validators.close()

    asyncio.run(work())


def test_a_client_has_its_share_of_the_room_for_uploads() -> None:
    budget = UploadBudget(longest=100)
    with budget.hold("a") as first, budget.hold("b") as second:
        first.ask_for(600)
        with pytest.raises(BusyError):
            first.ask_for(1)
        second.ask_for(199)
        with pytest.raises(BusyError):
            second.ask_for(1)
        second.take(1000)
    assert budget.size == 0


def test_a_report_names_no_place_of_the_server() -> None:
    """Relative IRIs and names of files are those of the upload, wherever the server runs."""

    async def report() -> bytes:
        validators = Validators(memory=1 << 30, places=1, queue_seconds=60)
        validators.start()
        try:
            body = b"<a> a <https://w3id.org/warrantgraph/ontology#ArrestWarrant> ."
            done = await validators.validate(ValidationRequest(TURTLE), body)
            return done.content
        finally:
            await validators.close()

    assert str(Path.cwd()).encode() not in asyncio.run(report())
