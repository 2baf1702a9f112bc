"""Conditional requests: RFC 9110, section 13, for representations that have an entity tag.

Nothing here has a date, so that the conditions that name one are not met and not looked at.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from fastapi import HTTPException, Response

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.datastructures import Headers

__all__ = ["answer_without_body", "is_fresh", "is_unchanged", "may_use_range"]

_TAG = r'(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"'
_LIST: Final = re.compile(rf"[ \t,]*{_TAG}(?:[ \t]*,[ \t,]*{_TAG})*[ \t,]*")
_EACH: Final = re.compile(_TAG)

_KEPT: Final = ("ETag", "Cache-Control", "Vary", "Content-Location")
"""What a 304 repeats of the 200 that it stands for (15.4.5)."""


def answer_without_body(request: Headers, etag: str, headers: Mapping[str, str]) -> Response | None:
    """Answer 304 when the client has what it asks for; None when it has to be sent (13.2.2).

    Raises HTTPException 412 when the client wants one that is no more.
    """
    if "if-match" in request and not is_unchanged(request.getlist("if-match"), etag):
        detail = f"what you ask about has changed: its entity tag is now {etag}"
        raise HTTPException(412, detail, {"ETag": etag})
    if is_fresh(request.getlist("if-none-match"), etag):
        kept = {name: headers[name] for name in _KEPT if name in headers}
        return Response(status_code=304, headers=kept)
    return None


def is_fresh(if_none_match: list[str], etag: str) -> bool:
    """Whether the client has what it asks for (13.1.2); tags are compared weakly.

    >>> is_fresh(['W/"a", "b"'], '"a"'), is_fresh(["*"], '"a"'), is_fresh(['"b"'], '"a"')
    (True, True, False)
    """
    tags = {tag.removeprefix("W/") for tag in _tags(if_none_match)}
    return bool(tags & {etag, "*"})


def is_unchanged(if_match: list[str], etag: str) -> bool:
    """Whether it is still what the client means (13.1.1); tags are compared strongly.

    >>> is_unchanged(['"b", "a"'], '"a"'), is_unchanged(['W/"a"'], '"a"')
    (True, False)
    """
    return bool(_tags(if_match) & {etag, "*"})


def may_use_range(if_range: str | None, etag: str) -> bool:
    """Whether a range may be sent (13.1.5): without `If-Range`, or when it names this very tag.

    >>> may_use_range('"a"', '"a"'), may_use_range("Wed, 21 Oct 2015 07:28:00 GMT", '"a"')
    (True, False)
    """
    return if_range is None or if_range.strip() == etag


def _tags(lines: list[str]) -> set[str]:
    """The members of a list of entity tags; none of one that is not well formed."""
    text = ",".join(lines)
    if text.strip() == "*":
        return {"*"}
    return set(_EACH.findall(text)) if _LIST.fullmatch(text) else set()
