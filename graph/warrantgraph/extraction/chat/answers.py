"""Finds the JSON object in what an endpoint and its model answered.

Models wrap JSON in code fences, talk before and after it, stop in the middle of it or refuse.
Whatever they write is only ever read as data.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final, NoReturn, cast

from warrantgraph.errors import ExtractionError
from warrantgraph.extraction.chat.settings import variable
from warrantgraph.extraction.chat.slots import FACT_TYPES

if TYPE_CHECKING:
    from collections.abc import Set

__all__ = ["answer_in", "object_in", "printable"]

_LONGEST_SHOWN: Final = 200
_MOST_OPENINGS: Final = 50
_LISTS: Final = frozenset({"entities", *FACT_TYPES})
_TELLING: Final = 8
"""Characters of a key that are not shown, whatever follows them."""

_HTML: Final = re.compile(rb"\s*<(?:!doctype|html)", re.IGNORECASE)


def answer_in(body: bytes, host: str, key: str | None = None) -> dict[str, Any]:
    """The object that the model wrote, from the body of a completion.

    >>> answer_in(b'{"choices": [{"message": {"content": "Here it is: {}"}}]}', "localhost")
    {}

    Raises:
        ExtractionError: there is none, and why.
    """
    choice = _choice(body, host)
    message = choice.get("message")
    message = cast("dict[str, Any]", message) if isinstance(message, dict) else {}
    refusal = message.get("refusal")
    if isinstance(refusal, str) and refusal.strip():
        raise ExtractionError(f"the model refused: {printable(refusal, key)}")
    ending = choice.get("finish_reason")
    if ending == "content_filter":
        raise ExtractionError("the endpoint held back the answer of the model (content filter)")
    content = message.get("content")
    text = content if isinstance(content, str) else ""
    try:
        answer = object_in(text, _LISTS)
    except ValueError:
        if ending == "length":
            raise ExtractionError(
                "the answer of the model was cut off: it had no room for more",
                hint=f"give the model a larger context, or lower {variable('part_length')}",
            ) from None
        said = f" but: {printable(text, key)}" if text.strip() else ""
        raise ExtractionError(f"the model answered no complete JSON object{said}") from None
    if answer and not _LISTS & answer.keys():
        raise ExtractionError(f"the model answered JSON of another form: {printable(text, key)}")
    return answer


def _choice(body: bytes, host: str) -> dict[str, Any]:
    who = f"the endpoint at {host}"
    try:
        completion = _load(body.decode("utf-8"))
    except ValueError:
        what = "an HTML page" if _HTML.match(body) else "something that is not JSON"
        raise ExtractionError(
            f"{who} answered {what}", hint="is the address that of an OpenAI-compatible API?"
        ) from None
    choices = cast("Any", completion).get("choices") if isinstance(completion, dict) else None
    first = cast("Any", choices[0]) if isinstance(choices, list) and choices else None
    if not isinstance(first, dict):
        raise ExtractionError(f"{who} answered JSON without a choice of an answer in it")
    return cast("dict[str, Any]", first)


def object_in(text: str, names: Set[str] = frozenset()) -> dict[str, Any]:
    """The first JSON object in a text; raises ValueError if there is none.

    Where the first brace does not begin one, only an object with one of these names counts, since
    any other may be a piece of one that was cut off.

    >>> object_in('Sure!\\n```json\\n{"offices": []}\\n``` Anything else?')
    {'offices': []}
    """
    first = text.find("{")
    start = -1
    for _ in range(_MOST_OPENINGS):
        start = text.find("{", start + 1)
        if start < 0:
            break
        try:
            found = cast("dict[str, Any]", _DECODER.raw_decode(text, start)[0])
        except (ValueError, RecursionError):
            continue
        if start == first or names & found.keys():
            return found
    raise ValueError("no JSON object")


def _load(text: str) -> object:
    try:
        return _DECODER.decode(text)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


_DECODER: Final = json.JSONDecoder(parse_constant=_refuse)


def printable(text: str, key: str | None = None) -> str:
    """A short form of a foreign text that can be shown: one line, without control characters.

    >>> printable("no\\x1b[2J such\\n key: secret", key="secret")
    'no?[2J such key: (key)'
    """
    if key:
        # Endpoints like to show the beginning of a key that they refuse.
        text = re.sub(re.escape(key[:_TELLING]) + r"\S*", "(key)", text)
    line = " ".join(text[: 2 * _LONGEST_SHOWN].split())
    shown = "".join(each if each.isprintable() else "?" for each in line)
    return shown if len(shown) <= _LONGEST_SHOWN else f"{shown[:_LONGEST_SHOWN]}..."
