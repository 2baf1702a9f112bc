"""What a model needs to be asked: where it is, its name, a key, and the bounds of a question.

Nothing here is on by itself: without an address and a name of a model, no model is asked.

>>> ChatSettings.from_environment({}, url="http://127.0.0.1:8080/v1", model="some-model").host
'127.0.0.1'
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import SplitResult, urlsplit

from warrantgraph.amounts import parse_count, parse_span
from warrantgraph.errors import ExtractionError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["ChatSettings", "variable"]

_PATH: Final = "/chat/completions"
_LONGEST_NAME: Final = 200
_NEEDED: Final = {
    "url": "the address of a chat endpoint, as http://127.0.0.1:8080/v1",
    "model": "the name of a model, as the endpoint calls it",
}
_BOUNDS: Final = (
    *("connect_timeout", "read_timeout", "deadline", "largest_answer", "attempts"),
    *("longest_wait", "part_length", "longest_article"),
)
_READERS: Final[dict[str, Any]] = {
    "read_timeout": parse_span,
    "deadline": parse_span,
    "part_length": parse_count,
}


def variable(name: str) -> str:
    """The variable of the environment that holds a setting.

    >>> variable("url")
    'WARRANTGRAPH_CHAT_URL'
    """
    return f"WARRANTGRAPH_CHAT_{name.upper()}"


@dataclass(frozen=True, slots=True)
class ChatSettings:
    """One model at one endpoint, and how long and how often it is asked.

    Raises:
        ExtractionError: a value cannot be used; the message names its variable, never the key.
    """

    url: str
    """Base address, to which `/chat/completions` is added."""
    model: str
    key: str | None = field(default=None, repr=False)
    """Sent as a bearer token; shown nowhere."""
    proxies: bool = False
    """Whether proxies and certificates that the environment names are used."""
    connect_timeout: float = 10.0
    """Seconds until there is a connection."""
    read_timeout: float = 300.0
    """Seconds without a byte; a model on a slow machine is silent for long."""
    deadline: float = 600.0
    """Seconds for one part of an article, with all that is tried again."""
    largest_answer: int = 4 << 20
    """Bytes of one answer."""
    attempts: int = 4
    """How often one question is sent at most, where the endpoint is busy or breaks off."""
    longest_wait: float = 60.0
    """Seconds that an endpoint may ask to wait before the next attempt."""
    part_length: int = 6000
    """Characters of an article in one question; longer articles are asked in parts."""
    longest_article: int = 200_000
    """Characters of an article; longer ones are refused, since each part has its cost."""

    def __post_init__(self) -> None:
        parts = _read_url(self.url)
        if not self.model.strip() or len(self.model) > _LONGEST_NAME:
            raise _error("model", "the name of the model is empty or too long")
        if not self.model.isprintable():
            raise _error("model", "the name of the model has characters that cannot be shown")
        for name in _BOUNDS:
            if getattr(self, name) <= 0:
                raise _error(name, "this must be more than 0")
        if self.key is None:
            return
        if not self.key or not all("!" <= character <= "~" for character in self.key):
            raise _error("key", "a key is letters, digits and signs of ASCII, without spaces")
        if parts.scheme == "http" and not _is_own_machine(self.host):
            raise _error("url", "a key is not sent unencrypted to another machine", "use https")

    @property
    def address(self) -> str:
        """Where questions are sent."""
        return f"{self.url.rstrip('/').removesuffix(_PATH)}{_PATH}"

    @property
    def host(self) -> str:
        """Name of the machine that is asked, as messages give it."""
        return urlsplit(self.url).hostname or ""

    @classmethod
    def from_environment(
        cls, environment: Mapping[str, str] | None = None, **options: object
    ) -> ChatSettings:
        """The settings in `WARRANTGRAPH_CHAT_*`; an option that is not None comes first.

        >>> ChatSettings.from_environment({"WARRANTGRAPH_CHAT_URL": "http://127.0.0.1/v1"})
        Traceback (most recent call last):
        warrantgraph.errors.ExtractionError: no model is configured: WARRANTGRAPH_CHAT_MODEL \
is not set (set it to the name of a model, as the endpoint calls it)

        Raises:
            ExtractionError: says which variable is missing, or cannot be used.
        """
        known = os.environ if environment is None else environment
        values: dict[str, Any] = {
            name: value for name, value in options.items() if value is not None
        }
        for name in ("url", "model", "key", "proxies", *_READERS):
            written = known.get(variable(name), "").strip()
            if written and name not in values:
                values[name] = _read(name, written)
        for name, what in _NEEDED.items():
            if not values.get(name):
                message = f"no model is configured: {variable(name)} is not set"
                raise ExtractionError(message, hint=f"set it to {what}")
        return cls(**values)


def _read(name: str, written: str) -> object:
    if name == "proxies":
        if written not in ("0", "1"):
            raise _error(name, "this is neither 1 nor 0")
        return written == "1"
    try:
        return _READERS[name](written) if name in _READERS else written
    except ValueError as error:
        raise _error(name, str(error)) from None


def _read_url(url: str) -> SplitResult:
    """Its parts; its text is in no message, since people put keys into addresses."""
    try:
        parts = urlsplit(url)
        _ = parts.port
        (parts.hostname or "").encode("idna")
    except ValueError:
        raise _error("url", "this is no address", _NEEDED["url"]) from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise _error("url", "an address begins with http:// or https://", _NEEDED["url"])
    if not url.isascii() or not url.isprintable() or " " in url:
        raise _error("url", "an address has no spaces and only characters of ASCII")
    if "@" in parts.netloc:
        raise _error("url", "an address holds no password", f"set {variable('key')}")
    if parts.query or parts.fragment:
        raise _error("url", "a base address has neither ? nor #", _NEEDED["url"])
    return parts


def _is_own_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _error(name: str, message: str, hint: str | None = None) -> ExtractionError:
    return ExtractionError(f"{variable(name)}: {message}", hint=hint)
