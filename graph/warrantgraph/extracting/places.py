"""The folder that drafts are written into: what stands in it, and how a finished one gets there.

A source is written into a staging folder inside it, whose name begins with a dot, and renamed in
one step: whoever is stopped leaves no half of one. One run at a time holds the folder; the next
clears away what a killed one left.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import tempfile
import tomllib
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from warrantgraph.errors import InputError, ReleaseError
from warrantgraph.extracting.texts import read_file

if TYPE_CHECKING:
    from types import TracebackType

__all__ = ["DRAFTED_BY", "DraftFolder", "Standing", "mark_as_drafted"]

DRAFTED_BY: Final = "# Drafted by "
"""Begins the line of `claims.ttl` that names the extractor; a file without it is a person's."""

_STAGING: Final = ".extracting-"
_MOST: Final = 64 * 1024 * 1024
_REVIEWED: Final = re.compile(rb"\bcur:(?:reviewedBy|reviewedAt)\b|\"(?:accepted|rejected)\"")
_STATUS: Final = re.compile(rb"\bcur:status\b")
_CLAIM: Final = re.compile(rb"^claim:\S+ a wg:", re.MULTILINE)


class Standing(Enum):
    """What stands in the place of an article."""

    FREE = "nothing"
    SAME = "the draft of the same text by the same extractor"
    OTHER_EXTRACTOR = "a draft of the same text by another extractor, or another version of it"
    OTHER_TEXT = "a draft of another text"
    BY_HAND = "what no extractor wrote"


class DraftFolder:
    """A folder of sources, held while drafts are written into it.

    Raises InputError where another run holds it, ReleaseError where it cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.staging = folder

    def __enter__(self) -> Self:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._descriptor = os.open(self._folder, os.O_RDONLY)
        except OSError as error:
            raise ReleaseError(f"cannot write {self._folder}: {error.strerror}") from error
        try:
            self._hold()
        except BaseException:
            os.close(self._descriptor)
            raise
        return self

    def _hold(self) -> None:
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise InputError(
                "another extraction writes here", file=self._folder, hint="wait for its end"
            ) from error
        try:
            for left in self._folder.glob(f"{_STAGING}*"):
                shutil.rmtree(left, ignore_errors=True)
            self.staging = Path(tempfile.mkdtemp(prefix=_STAGING, dir=self._folder))
        except OSError as error:
            raise ReleaseError(f"cannot write {self._folder}: {error.strerror}") from error

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        shutil.rmtree(self.staging, ignore_errors=True)
        os.close(self._descriptor)

    def place(self, slug: str) -> Path:
        """Where a source of this slug stands, or would."""
        return self._folder / slug

    def standing(self, slug: str, sha256: str, extractor: str) -> Standing:
        """What stands in the place of an article with this hash."""
        place = self.place(slug)
        if not os.path.lexists(place):
            return Standing.FREE
        drafted_by = _drafted_by(place)
        if drafted_by is None:
            return Standing.BY_HAND
        if _text_hash(place) != sha256:
            return Standing.OTHER_TEXT
        return Standing.SAME if drafted_by == extractor else Standing.OTHER_EXTRACTOR

    def is_reviewed(self, slug: str) -> bool:
        """Whether a person has decided about a claim of it, or written one; then it stays."""
        claims = _read(self.place(slug) / "claims.ttl")
        by_hand = len(_CLAIM.findall(claims)) > len(_STATUS.findall(claims))
        return by_hand or _REVIEWED.search(claims) is not None

    def put(self, slug: str, *, replace: bool) -> None:
        """Rename a finished source from the staging folder into its place.

        Raises:
            ReleaseError: something stands there, or it cannot be renamed.
        """
        place = self.place(slug)
        try:
            if replace and os.path.lexists(place):
                place.rename(Path(tempfile.mkdtemp(dir=self.staging), slug))
            elif os.path.lexists(place):
                raise ReleaseError(f"cannot write {place}: it is there already")
            (self.staging / slug).rename(place)
        except OSError as error:
            raise ReleaseError(f"cannot write {place}: {error.strerror}") from error


def mark_as_drafted(claims: Path, extractor: str) -> None:
    """Name the extractor in the first line of `claims.ttl`, unless a line does already."""
    content = claims.read_bytes()
    line = f"{DRAFTED_BY}{extractor}\n".encode()
    if not content.startswith(line):
        claims.write_bytes(line + content)


def _drafted_by(place: Path) -> str | None:
    first = _read(place / "claims.ttl", 1_000).partition(b"\n")[0].decode(errors="replace")
    return first.removeprefix(DRAFTED_BY) if first.startswith(DRAFTED_BY) else None


def _text_hash(place: Path) -> str | None:
    try:
        found = tomllib.loads(_read(place / "source.toml").decode()).get("sha256")
    except ValueError:
        return None
    return found if isinstance(found, str) else None


def _read(path: Path, most: int | None = None) -> bytes:
    """The beginning of a file, or nothing where there is none."""
    try:
        return read_file(path, _MOST)[:most]
    except InputError:
        return b""
