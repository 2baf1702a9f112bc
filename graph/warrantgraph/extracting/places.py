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

__all__ = ["DraftFolder", "Standing"]

_STAGING: Final = ".extracting-"
_MOST: Final = 64 * 1024 * 1024
_CLAIM: Final = re.compile(rb"^claim:\S+ a wg:", re.MULTILINE)
_DRAFT: Final = re.compile(rb'^    cur:status "draft" ;$', re.MULTILINE)


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
        description = _description(place)
        if "extractor" not in description:
            return Standing.BY_HAND
        if description.get("sha256") != sha256:
            return Standing.OTHER_TEXT
        is_same = description["extractor"] == extractor
        return Standing.SAME if is_same else Standing.OTHER_EXTRACTOR

    def is_reviewed(self, slug: str) -> bool:
        """Whether a person has decided about a claim of it, or written one; then it stays."""
        claims = _read(self.place(slug) / "claims.ttl")
        return len(_CLAIM.findall(claims)) != len(_DRAFT.findall(claims))

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


def _description(place: Path) -> dict[str, object]:
    """What `source.toml` says, or nothing where it cannot be read."""
    try:
        return tomllib.loads(_read(place / "source.toml").decode())
    except ValueError:
        return {}


def _read(path: Path) -> bytes:
    """The bytes of a file, or none where there is no such file."""
    try:
        return read_file(path, _MOST)
    except InputError:
        return b""
