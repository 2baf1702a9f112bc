"""Tells files that are no plain text from those that are: documents, archives, pictures, markup."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["foreign_kind", "is_markup"]

_SIGNATURES: Final = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"PK\x05\x06", "a ZIP archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"{\\rtf", "an RTF document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\xff\xfe\x00\x00", "UTF-32 text"),
    (b"\x00\x00\xfe\xff", "UTF-32 text"),
    (b"\xff\xfe", "UTF-16 text"),
    (b"\xfe\xff", "UTF-16 text"),
)

_START: Final = re.compile(
    r"\s*(?:<!--(?:[^-]|-(?!->)){0,2000}-->\s*)?"
    r"<(?:!doctype\b|\?xml\b|(?:html|head|body|rss|feed|svg|article|div|p)\b[^<>]{0,500}>)",
    re.IGNORECASE,
)
_CLOSING: Final = re.compile(
    r"</(?:a|article|body|div|h[1-6]|head|html|li|p|script|section|span|style|table|td|tr|ul)\s*>",
    re.IGNORECASE,
)
_PER_CHARACTERS: Final = 600
"""A page has a closing tag in so many characters; an article that quotes some has fewer."""

_LEAST: Final = 3


def foreign_kind(content: bytes) -> str | None:
    """What the first bytes say a file is, where that is no text in UTF-8; nothing is unpacked.

    >>> foreign_kind(b"%PDF-1.7 ..."), foreign_kind(b"A court has issued a warrant.")
    ('a PDF document', None)
    """
    return next((kind for start, kind in _SIGNATURES if content.startswith(start)), None)


def is_markup(text: str) -> bool:
    """Whether a text is a page in HTML or XML, and not one that only speaks of a tag or two.

    >>> is_markup("<!DOCTYPE html><title>News</title>"), is_markup("He typed <b>no</b> and left.")
    (True, False)
    """
    if _START.match(text.removeprefix("\ufeff")):
        return True
    closing = sum(1 for _ in _CLOSING.finditer(text))
    return closing >= _LEAST and closing * _PER_CHARACTERS > len(text)
