"""Keeps a dataset on disk, for those that are too large for memory."""

from __future__ import annotations

import shutil
import tempfile
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyoxigraph

from warrantgraph.engine.loading import load_into
from warrantgraph.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["disk_image", "open_image"]

_FORMAT: Final = "1"
"""Part of an image's name; changed when images are made otherwise."""


def disk_image(
    files: Sequence[Path], apart: Sequence[tuple[Path, str]], folder: Path, *, union: bool
) -> Path:
    """The image of these files below a folder, made first if it is not there.

    Its name tells what it was made from: the files, their sizes, inodes and times. A finished image
    is renamed into place, so that one that was interrupted is never opened.

    Raises:
        InputError: a file cannot be read, or the folder cannot be written.
    """
    image = folder / _name([*files, *(file for file, _ in apart)], union=union)
    if image.is_dir():
        return image
    try:
        folder.mkdir(parents=True, exist_ok=True)
        partial = Path(tempfile.mkdtemp(prefix=".partial-", dir=folder))
    except OSError as error:
        raise InputError(f"cannot keep the dataset here: {error.strerror}", file=folder) from error
    try:
        store = pyoxigraph.Store(str(partial))
        load_into(store, files, apart, union_default_graph=union)
        store.optimize()
        store.flush()
        del store
        if not image.exists():
            partial.rename(image)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return image


def open_image(image: Path) -> pyoxigraph.Store:
    """Open an image to read; many processes may do so at once."""
    return pyoxigraph.Store.read_only(str(image))


def _name(files: Sequence[Path], *, union: bool) -> str:
    digest = sha256(f"{_FORMAT} {pyoxigraph.__version__} {union}".encode())
    for file in files:
        status = file.stat()
        # The time of the inode cannot be set back, as that of the content can.
        marks = (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
        digest.update(f"{file.resolve()}\0{marks}\0".encode())
    return digest.hexdigest()[:16]
