"""Validation at `/validate`: RDF is posted, a report comes back, in the format that is wanted.

The status is 200 whatever the report says; `Validation-Result` has the outcome in short.
"""

from __future__ import annotations

import re
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from fastapi import APIRouter, Request, Response

from warrantgraph.engine.workers import CODINGS
from warrantgraph.errors import NotAcceptableError
from warrantgraph.validators import (
    REPORT_TYPES,
    UploadType,
    ValidatedUpload,
    ValidationRequest,
    read_upload_type,
)
from warrantgraph.validators.media import MULTIPART, SYNTAXES
from warrantgraph_server.codings import wanted_codings
from warrantgraph_server.negotiation import choose
from warrantgraph_server.pages import page
from warrantgraph_server.refusals import (
    MalformedRequestError,
    UnsupportedUploadError,
    ValidationRequestError,
)
from warrantgraph_server.routing import readable
from warrantgraph_server.sparql import parse_parameters
from warrantgraph_server.streaming import while_there
from warrantgraph_server.uploads import read_upload
from warrantgraph_server.validation_documentation import VALIDATE

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

    from warrantgraph.validators import Validators
    from warrantgraph_server.observation import QueryObserver
    from warrantgraph_server.settings import Settings
    from warrantgraph_server.uploads import UploadBudget

__all__ = ["VALIDATE_PATH", "ValidationParameters", "validation_router"]

VALIDATE_PATH: Final = "/validate"

_HTML: Final = "text/html"
_SECONDS: Final = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})?")
_LIMIT: Final = re.compile(r"[0-9]{1,9}")
_NAME: Final = re.compile(r"[^\x00-\x1f\x7f-\x9f]{1,255}")
_POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
"""A report as a page brings its own style, and runs and loads nothing."""


@dataclass(frozen=True, slots=True)
class ValidationParameters:
    """How an upload is to be validated."""

    ontology: bool = True
    limit: int | None = 100
    file: str | None = None
    seconds: float | None = None

    @classmethod
    def read(cls, query_string: bytes) -> ValidationParameters:
        """Read the parameters of a request; raises ValidationRequestError.

        >>> ValidationParameters.read(b"ontology=false&limit=0")
        ValidationParameters(ontology=False, limit=None, file=None, seconds=None)
        """
        try:
            parameters = parse_parameters(query_string)
        except MalformedRequestError as error:
            raise ValidationRequestError(str(error)) from error
        given = dict(parameters)
        if len(given) != len(parameters):
            raise ValidationRequestError("a parameter is given twice")
        unknown = given.keys() - {"ontology", "limit", "file", "timeout"}
        if unknown:
            raise ValidationRequestError(f'there is no parameter "{min(unknown)}"')
        ontology = _matched(given, "ontology", re.compile("true|false"), "true or false")
        limit = _matched(given, "limit", _LIMIT, "a whole number, 0 for all")
        seconds = _matched(given, "timeout", _SECONDS, "a number of seconds above 0, such as 2.5")
        if seconds and not float(seconds):
            raise ValidationRequestError("timeout is above 0")
        return cls(
            ontology=ontology != "false",
            limit=100 if limit is None else int(limit) or None,
            file=_matched(given, "file", _NAME, "a name of 1 to 255 signs that can be shown"),
            seconds=float(seconds) if seconds else None,
        )


def _matched(given: dict[str, str], name: str, form: re.Pattern[str], what: str) -> str | None:
    value = given.get(name)
    if value is not None and not form.fullmatch(value):
        raise ValidationRequestError(f'{name} is {what}, not "{value[:80]}"')
    return value


def validation_router(
    validators: Validators, settings: Settings, observer: QueryObserver, budget: UploadBudget
) -> APIRouter:
    """The route of validations, and of the form for them."""
    router = APIRouter()

    @readable(router, VALIDATE_PATH)
    async def form(request: Request) -> Response:
        if choose(request.headers.get("accept"), [_HTML]) is None:
            raise NotAcceptableError("this is a page, as text/html; what is validated is posted")
        context = {"longest": settings.max_upload}
        return page(request, "validate.html", context, headers={"Vary": "Accept"})

    @router.post(
        VALIDATE_PATH, summary="Validate RDF", openapi_extra=VALIDATE, response_class=Response
    )
    async def validate(request: Request) -> Response:
        client = request.client.host if request.client else ""
        with ExitStack() as stack:
            observed = stack.enter_context(observer.begin_validation(client))
            asked = _request(request, settings)
            held = stack.enter_context(budget.hold(client))
            body = await read_upload(request, settings.max_upload, held)
            observed.upload = len(body)
            work = validators.validate(asked, body, client)
            validated = await while_there(request.receive, work)
            held.take(len(validated.content))
            observed.report = validated
            return _ReportResponse(asked.report_type, validated, stack.pop_all())

    return router


def _request(request: Request, settings: Settings) -> ValidationRequest:
    """What is asked for; raises what is wrong with it before any of the body is read."""
    parameters = ValidationParameters.read(request.scope["query_string"])
    report_type = choose(request.headers.get("accept"), list(REPORT_TYPES))
    if report_type is None:
        raise NotAcceptableError(f"a report is to be had as {', '.join(REPORT_TYPES)}")
    coding = request.headers.get("content-encoding", "identity").strip().lower()
    if coding not in ("identity", "gzip", "x-gzip"):
        raise UnsupportedUploadError(
            f'what is validated is sent as it is or in gzip, not "{coding}"'
        )
    seconds = settings.validate_timeout
    return ValidationRequest(
        upload=_upload_type(request),
        report_type=report_type,
        coding=None if coding == "identity" else "gzip",
        codings=wanted_codings(request.headers.get("accept-encoding"), CODINGS),
        name=parameters.file,
        ontology=parameters.ontology,
        limit=parameters.limit,
        longest=settings.max_upload,
        seconds=min(parameters.seconds or seconds, seconds),
    )


def _upload_type(request: Request) -> UploadType:
    given = request.headers.get("content-type", "")
    upload = read_upload_type(given)
    if upload is None:
        known = ", ".join((*SYNTAXES, MULTIPART))
        raise UnsupportedUploadError(
            f'what is validated is one of {known}, in UTF-8, not "{given}"'
        )
    return upload


class _ReportResponse(Response):
    """Sends a report, and lets go at the end, whatever happens, of what was held for it."""

    def __init__(self, media_type: str, validated: ValidatedUpload, held: ExitStack) -> None:
        text = media_type.startswith("text/")
        headers = {
            "Content-Type": f"{media_type}; charset=utf-8" if text else media_type,
            "Validation-Result": _result(validated),
            "Vary": "Accept, Accept-Encoding",
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
        }
        if media_type == _HTML:
            headers["Content-Security-Policy"] = _POLICY
        if coding := validated.head.coding:
            headers["Content-Encoding"] = coding
        super().__init__(validated.content, headers=headers)
        self._held = held

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        with self._held:
            await super().__call__(scope, receive, send)


def _result(validated: ValidatedUpload) -> str:
    """The outcome as a dictionary of RFC 9651, 3.2."""
    head = validated.head
    counts = (f"{name}={count}" for name, count in head.counts.items())
    return ", ".join((f"conforms=?{int(head.conforms)}", *counts))
