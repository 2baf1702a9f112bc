"""Asks a question until it is answered, again where the endpoint is busy, and in simpler form.

An endpoint that refuses the JSON schema is asked for any JSON object, then for plain text; what it
accepted once is used for all that follows.
"""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING, Any, Final

from warrantgraph.errors import ExtractionError
from warrantgraph.extraction.chat.answers import answer_in
from warrantgraph.extraction.chat.endpoint import FailedAttemptError, RefusedFormError, ask_once
from warrantgraph.extraction.chat.questions import RESPONSE_FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable

    from warrantgraph.extraction.chat.settings import ChatSettings

__all__ = ["Conversation"]

_FIRST_WAIT: Final = 1.0
"""Seconds before the second attempt; it doubles with each further one."""


class Conversation:
    """Questions to one endpoint, which remembers what the endpoint accepts."""

    def __init__(self, settings: ChatSettings, wait: Callable[[float], object]) -> None:
        self._settings = settings
        self._wait = wait
        self._format = 0
        self._options: dict[str, Any] = {"temperature": 0, "stream": False}

    def ask(self, messages: list[dict[str, str]]) -> dict[str, Any]:
        """The JSON object that the model answers.

        Raises:
            ExtractionError: there is none, with the reason.
        """
        end = time.monotonic() + self._settings.deadline
        while True:
            try:
                body = self._ask_again(self._request(messages), end)
            except RefusedFormError as error:
                self._simplify(error)
            else:
                return answer_in(body, self._settings.host, self._settings.key)

    def _request(self, messages: list[dict[str, str]]) -> dict[str, Any]:
        request = {"model": self._settings.model, "messages": messages, **self._options}
        response_format = RESPONSE_FORMATS[self._format]
        return request | ({"response_format": response_format} if response_format else {})

    def _simplify(self, error: RefusedFormError) -> None:
        """Leave out what the endpoint may have refused, or raise if there is nothing left."""
        if "temperature" in error.message and "temperature" in self._options:
            del self._options["temperature"]  # some models have one only
        elif self._format + 1 < len(RESPONSE_FORMATS):
            self._format += 1
        else:
            raise ExtractionError(error.message) from None

    def _ask_again(self, request: dict[str, Any], end: float) -> bytes:
        for attempt in range(1, self._settings.attempts + 1):
            left = end - time.monotonic()
            try:
                return ask_once(self._settings, request, max(left, 0))
            except FailedAttemptError as error:
                self._pause(error, attempt, end)
        raise AssertionError("the last attempt returns or raises")

    def _pause(self, error: FailedAttemptError, attempt: int, end: float) -> None:
        """Wait before the next attempt, or raise where there is none to wait for."""
        tried = f" (tried {attempt} times)" if attempt > 1 else ""
        if attempt == self._settings.attempts:
            raise ExtractionError(f"{error.message}{tried}") from None
        # Many clients that were refused at once should not come back at once.
        wait = _FIRST_WAIT * 2 ** (attempt - 1) * random.uniform(0.5, 1)  # noqa: S311
        if error.wait is not None:
            wait = max(wait, error.wait)
        if wait > self._settings.longest_wait:
            told = f"{error.message}; it asks to wait {wait:.0f} s, which is too long{tried}"
            raise ExtractionError(told) from None
        if time.monotonic() + wait >= end:
            raise ExtractionError(
                f"{error.message}; the {self._settings.deadline:g} s for a question are over{tried}"
            ) from None
        self._wait(wait)
