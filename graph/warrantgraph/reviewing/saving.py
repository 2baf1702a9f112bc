"""Changes a file of claims so that whoever reads it sees the old text or the new one, whole.

Several people may review one source at once, and somebody may have the file open in an editor: each
change is made to the text that is on disk at that moment, under a lock, or not at all.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from warrantgraph.errors import CurationError
from warrantgraph.reviewing.blocks import BlockText, Replacement, read_blocks, replaced
from warrantgraph.turtle import read_text

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from rdflib.term import Node

__all__ = ["Change", "ClaimsFile"]

_PARTIAL = ".claims-partial-"


@dataclass(frozen=True)
class Change:
    """What was done: the whole text before and after, and for a decision that of each block."""

    before: str
    after: str
    blocks: tuple[tuple[Node, str, str], ...]


class ClaimsFile:
    """The `claims.ttl` of a source, as it is on disk whenever it is asked for."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._read: BlockText | None = None

    def read(self) -> BlockText:
        """The blocks of the file; parsed again only where its bytes have changed.

        Raises:
            MissingFileError, TurtleSyntaxError: say which file and where.
        """
        text = read_text(self.path)
        if self._read is None or self._read.text != text:
            self._read = read_blocks(text, self.path)
        return self._read

    def change(self, edit: Callable[[BlockText], BlockText]) -> Change:
        """Give the text on disk to `edit` and write what it returns; tells what changed.

        Raises:
            InputError: what `edit` raises; or the file cannot be read.
            CurationError: the file was changed from outside while the change was made.
            OSError: the file cannot be written.
        """
        with _locked(self.path.parent):
            before = self.read()
            after = edit(before)
            if after.text != before.text:
                _write(self.path, before.text.encode(), after.text.encode())
                self._read = after
            return _difference(before, after)

    def undo(self, change: Change) -> None:
        """Put the text back as it was before a change; what others changed since stays.

        Raises:
            CurationError: the same claims have been changed since.
        """

        def restore(blocks: BlockText) -> BlockText:
            if blocks.text == change.after:
                return read_blocks(change.before, self.path)
            replacements: list[Replacement] = []
            for subject, old, new in change.blocks or ((None, "", ""),):
                here = [
                    block
                    for block in (blocks.of(subject) if subject else ())
                    if blocks.words(block) == new
                ]
                if not here:
                    raise CurationError(
                        "this cannot be undone, the file was changed since",
                        file=self.path,
                        hint="mend the claim by hand",
                    )
                replacements.append(Replacement(here[0].start, here[0].end, old))
            return read_blocks(replaced(blocks.text, replacements), self.path)

        self.change(restore)


def _difference(before: BlockText, after: BlockText) -> Change:
    """What changed; block by block where no block was added or taken away."""
    pairs = list(zip(before.blocks, after.blocks, strict=False))
    blocks = tuple(
        (old.subject, before.words(old), after.words(new))
        for old, new in pairs
        if old.subject is not None and before.words(old) != after.words(new)
    )
    alike = len(before.blocks) == len(after.blocks) and all(
        o.subject == n.subject for o, n in pairs
    )
    return Change(before.text, after.text, blocks if alike else ())


@contextmanager
def _locked(folder: Path) -> Generator[None]:
    """Keep other reviewers from writing meanwhile; no file is left behind."""
    try:
        import fcntl
    except ImportError:  # Windows: the comparison before the writing has to do
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # a file system without locks
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _write(path: Path, before: bytes, after: bytes) -> None:
    """Replace the file at once; the old one stays where anything goes wrong."""
    target = path.resolve()  # a link stays a link
    mode = target.stat().st_mode
    if not os.access(target, os.W_OK):
        raise PermissionError(f"{path} may not be written")
    for left in target.parent.glob(f"{_PARTIAL}*"):  # of one that was killed; we hold the lock
        left.unlink(missing_ok=True)
    handle, name = tempfile.mkstemp(prefix=_PARTIAL, dir=target.parent)
    partial = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(after)
            file.flush()
            os.fsync(file.fileno())
        partial.chmod(mode & 0o7777)
        if target.read_bytes() != before:
            raise CurationError(
                "the file was changed from outside at this moment, nothing is written",
                file=path,
                hint="try again",
            )
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
    _settle(target.parent)


def _settle(folder: Path) -> None:
    """Make the renaming last a failure of power, where the system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
