"""Sends one question to a chat endpoint, within bounds: one attempt, one answer or one failure.

No redirect is followed, no proxy used that was not asked for, certificates are verified, and an
answer is read until it has too many bytes or the time is up, whatever the endpoint does.
"""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final, cast

import httpx

from warrantgraph.errors import ExtractionError
from warrantgraph.extraction.chat.answers import object_in, printable
from warrantgraph.extraction.chat.settings import variable

if TYPE_CHECKING:
    from warrantgraph.extraction.chat.settings import ChatSettings

__all__ = ["FailedAttemptError", "RefusedFormError", "ask_once"]

_REFUSED_FORM: Final = (HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY)
_REFUSED_KEY: Final = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)
_WORTH_ANOTHER: Final = (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS)


class FailedAttemptError(ExtractionError):
    """An attempt failed in a way that may pass; `wait` is the time the endpoint asked for."""

    def __init__(self, message: str, wait: float | None = None) -> None:
        self.wait = wait
        super().__init__(message)


class RefusedFormError(ExtractionError):
    """The endpoint does not accept the request as it is, for instance its response format."""


@dataclass(frozen=True)
class _Answer:
    status: int
    headers: httpx.Headers
    body: bytes


def ask_once(settings: ChatSettings, body: dict[str, Any], seconds: float) -> bytes:
    """Send a question and return the body of the answer.

    Raises:
        FailedAttemptError: the endpoint is busy, slow, or broke off; it may do better next time.
        RefusedFormError: it refuses the request as it is written.
        ExtractionError: it refuses for good, or answers too much.
    """
    who = f"the endpoint at {settings.host}"
    if _in_event_loop():
        raise ExtractionError("a model cannot be asked inside an event loop", hint="use a thread")
    try:
        answer = asyncio.run(_post(settings, json.dumps(body).encode(), seconds))
    except (TimeoutError, httpx.TimeoutException):
        raise FailedAttemptError(f"{who} did not answer in time") from None
    except httpx.ConnectError as error:
        raise ExtractionError(
            f"{who} cannot be reached: {printable(str(error), settings.key)}",
            hint=f"is it running, and is {variable('url')} right?",
        ) from None
    except httpx.TransportError:
        raise FailedAttemptError(f"{who} broke off, or does not speak HTTP") from None
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
        raise ExtractionError(f"{who} cannot be asked: {type(error).__name__}") from None
    if answer.status == HTTPStatus.OK:
        return answer.body
    raise _failure(settings, answer, f"{who} answered {answer.status}")


def _in_event_loop() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


async def _post(settings: ChatSettings, body: bytes, seconds: float) -> _Answer:
    headers = {
        "Accept": "application/json",
        "Accept-Encoding": "identity",  # a few compressed bytes could be any number of them
        "Content-Type": "application/json",
        "User-Agent": "warrantgraph",
    }
    if settings.key:
        headers["Authorization"] = f"Bearer {settings.key}"
    limits = httpx.Timeout(settings.read_timeout, connect=settings.connect_timeout)
    # Each time-out begins anew with each byte; the outer one does not.
    async with (
        asyncio.timeout(seconds),
        httpx.AsyncClient(
            timeout=limits, trust_env=settings.proxies, follow_redirects=False
        ) as client,
        client.stream("POST", settings.address, content=body, headers=headers) as response,
    ):
        return _Answer(response.status_code, response.headers, await _read(settings, response))


async def _read(settings: ChatSettings, response: httpx.Response) -> bytes:
    who = f"the endpoint at {settings.host}"
    if response.headers.get("Content-Encoding", "identity") != "identity":
        raise ExtractionError(f"{who} answered compressed, which it was not asked for")
    body = bytearray()
    async for piece in response.aiter_raw():
        body += piece
        if len(body) > settings.largest_answer:
            most = f"{settings.largest_answer / (1 << 20):g} MiB"
            raise ExtractionError(f"{who} answered more than {most}, which is not read")
    return bytes(body)


def _failure(settings: ChatSettings, answer: _Answer, what: str) -> ExtractionError:
    reason = _reason(answer.body, settings.key)
    told = f"{what}: {reason}" if reason else what
    if answer.status in _REFUSED_KEY:
        # What it says may hold a part of the key.
        if settings.key is None:
            return ExtractionError(f"{what}: it wants a key", hint=f"set {variable('key')}")
        hint = f"look at {variable('key')}, and whether the model is open to you"
        return ExtractionError(f"{what}: it refuses the key", hint=hint)
    if answer.status == HTTPStatus.NOT_FOUND:
        hint = f"look at {variable('url')} and {variable('model')}"
        return ExtractionError(told, hint=hint)
    if answer.status in _REFUSED_FORM:
        return RefusedFormError(told)
    if answer.status in _WORTH_ANOTHER or answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return FailedAttemptError(told, _asked_wait(answer.headers.get("Retry-After", "")))
    if HTTPStatus(300) <= answer.status < HTTPStatus.BAD_REQUEST:
        hint = f"set {variable('url')} to the address that it leads to, if you trust it"
        return ExtractionError(f"{what}: a redirect, which is not followed", hint=hint)
    return ExtractionError(told)


def _reason(body: bytes, key: str | None) -> str:
    """What the endpoint says of its failure, where it says it in JSON as endpoints do."""
    try:
        answer = object_in(body.decode(errors="replace"))
    except ValueError:
        return ""
    for name in ("error", "message", "detail"):
        value = answer.get(name)
        text = cast("dict[str, Any]", value).get("message") if isinstance(value, dict) else value
        if isinstance(text, str) and text.strip():
            return printable(text, key)
    return ""


def _asked_wait(value: str) -> float | None:
    """Seconds in a `Retry-After`, which is a number or a date; None where it is neither."""
    if value.isascii() and value.isdecimal():
        return float(value[:9])
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError, OSError):
        return None
