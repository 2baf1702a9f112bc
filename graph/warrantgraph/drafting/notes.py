"""What was left out of a source folder, and why."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["LeftOutError", "Note"]


@dataclass(frozen=True)
class Note:
    """Something of a draft that the folder does not say; `words` are those of the article."""

    reason: str
    what: str
    """The kind of fact, or the part of it, that is missing."""
    words: str = ""

    def __str__(self) -> str:
        shown = f": “{self.words}”" if self.words else ""
        return f"{self.what} left out, {self.reason}{shown}"


class LeftOutError(Exception):
    """A fact cannot be written; never leaves this package."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)
