"""Folders that appear all at once: written beside their place, then renamed into it."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator

__all__ = ["partial_folder", "put_in_place"]


@contextmanager
def partial_folder(parent: Path) -> Generator[Path]:
    """A new folder in `parent`, to be filled and put in place; removed if it was not."""
    partial = Path(tempfile.mkdtemp(prefix=".partial-", dir=parent))
    try:
        yield partial
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def put_in_place(partial: Path, folder: Path) -> None:
    """Rename a finished folder; one that is in its place goes.

    Raises:
        OSError: it cannot be renamed.
    """
    partial.chmod(0o755)
    if folder.exists():
        replaced = Path(tempfile.mkdtemp(prefix=".replaced-", dir=folder.parent))
        folder.rename(replaced / folder.name)
        shutil.rmtree(replaced, ignore_errors=True)
    partial.rename(folder)
