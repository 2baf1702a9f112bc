"""Hands over again what an earlier run handed over, where nothing that decides it has changed.

The name of a kept answer is a hash of all that decides it: inputs and shapes by name and content,
the options, the baseline, our ontology and shapes, and the software. No date is believed.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from warrantgraph.resources import ONTOLOGY, SHAPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from warrantgraph.validation.inputs import Input

__all__ = ["KeptAnswers"]

_MOST_KEPT: Final = 50
_SUFFIX: Final = ".warrantgraph-answer.json"
_LIBRARIES: Final = ("pyoxigraph", "pyshacl", "rdflib", "rich")
_UNIMPORTANT: Final = frozenset({"cache", "processes", "unreadable"})
"""Arguments that do not decide what is handed over."""


class KeptAnswers:
    """Answers in a folder, by what decides them; it is made when the first one is kept.

    Whoever can write there decides what is reported, as whoever can write the inputs does.
    """

    def __init__(self, folder: Path, arguments: Mapping[str, Any], inputs: Iterable[Input]) -> None:
        self._folder = folder
        self._arguments = {
            name: value for name, value in arguments.items() if name not in _UNIMPORTANT
        }
        self._inputs = tuple(inputs)
        self._name = self._digest()

    def find(self) -> bytes | None:
        """Return the answer that is kept for what is there now, or None."""
        if self._name is None:
            return None
        with suppress(OSError):
            content = (self._folder / self._name).read_bytes()
            with suppress(ValueError):
                json.loads(content)  # half a file is none
                return content
        return None

    def keep(self, content: bytes) -> None:
        """Keep an answer, unless an input has changed since it was asked for.

        Only answers of runs that read everything are kept. That the folder cannot be written is no
        error: then nothing is kept.
        """
        if json.loads(content)["exit_code"] not in (0, 1):
            return
        if self._name is None or self._digest() != self._name:
            return
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            handle, partial = tempfile.mkstemp(prefix=".partial-", dir=self._folder)
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
            os.replace(partial, self._folder / self._name)
            self._remove_oldest()

    def _remove_oldest(self) -> None:
        kept = sorted(self._folder.glob(f"*{_SUFFIX}"), key=lambda path: path.stat().st_mtime)
        for path in kept[:-_MOST_KEPT]:
            path.unlink(missing_ok=True)

    def _digest(self) -> str | None:
        """Return the name of the answer; None where something cannot be read."""
        digest = hashlib.sha256()

        def add(part: str | bytes) -> None:
            content = part.encode(errors="surrogateescape") if isinstance(part, str) else part
            digest.update(len(content).to_bytes(8, "big") + content)

        try:
            versions = [version(name) for name in _LIBRARIES]
            add(json.dumps([self._arguments, versions, os.getcwd()]))
            for given in self._inputs:
                add(f"{given.name}\n{given.format.name}")
                add(_file_hash(given.name) if given.content is None else given.content)
            if self._arguments["baseline"]:
                add(_file_hash(Path(self._arguments["baseline"])))
            for path in _own_files():
                add(str(path))
                add(_file_hash(path))
        except OSError:
            return None
        return f"{digest.hexdigest()}{_SUFFIX}"


def _file_hash(path: Path) -> bytes:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").digest()


def _own_files() -> Iterator[Path]:
    """What this package is made of: a version number would not tell a checkout from another."""
    yield from sorted(Path(__file__).parents[1].rglob("*.py"))
    for folder in (ONTOLOGY, SHAPES):
        yield from sorted(folder.rglob("*.ttl"))
