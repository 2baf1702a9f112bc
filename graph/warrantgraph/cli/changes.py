"""What changed in a git work tree since a revision: which RDF files, and which of their triples.

Nothing is fetched: git is told not to ask a remote for what a partial clone lacks, and to run no
program that the repository's configuration names.
"""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from warrantgraph.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["ChangedFile", "changed_files", "known_files", "work_tree"]

_GIT = ("git", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "--no-pager")
_SECONDS = 60


@dataclass(frozen=True, slots=True)
class ChangedFile:
    """A file that was added, changed or removed; `before` is what it was, None where it is new."""

    path: Path
    before: bytes | None


def work_tree(folder: Path) -> Path | None:
    """Return the top folder of the work tree that `folder` is in, or None."""
    try:
        found = _git(folder, "rev-parse", "--show-toplevel")
    except InputError:
        return None
    return Path(os.fsdecode(found.removesuffix(b"\n")))


def changed_files(
    folder: Path, revision: str, wanted: Callable[[Path], bool]
) -> tuple[ChangedFile, ...]:
    """Return the wanted files that differ from where HEAD and `revision` part.

    Files that git does not know yet are among them; what the revision got since the two parted is
    not a change of ours.

    Raises InputError when there is no git, no work tree or no such revision.
    """
    top = work_tree(folder)
    if top is None:
        message = "what changed is not known: this is no git work tree, or there is no git"
        raise InputError(message, file=folder)
    base = _merge_base(top, revision)
    names = _changed_names(top, base)
    new = _git(top, "ls-files", "--others", "--exclude-standard", "-z")
    changed = {top / os.fsdecode(name): name for name in (names + new).split(b"\0") if name}
    return tuple(
        ChangedFile(path, _before(top, base, name))
        for path, name in sorted(changed.items())
        if wanted(path)
    )


def known_files(folder: Path) -> frozenset[Path]:
    """Return the files of the work tree that git keeps; those of submodules are not among them.

    Raises InputError when there is no git or no work tree.
    """
    top = work_tree(folder)
    if top is None:
        raise InputError("this is no git work tree, or there is no git", file=folder)
    names = _git(top, "ls-files", "-z").split(b"\0")
    return frozenset(top / os.fsdecode(name) for name in names if name)


def _changed_names(top: Path, base: str) -> bytes:
    """Compare files as they are: a filter is a program, and so is the status of a submodule."""
    options = ("--name-only", "--no-renames", "--no-ext-diff", "--ignore-submodules=all", "-z")
    return _git(top, "diff", *options, base, "--", settings=_no_filters(top))


def _no_filters(top: Path) -> dict[str, str]:
    """Return settings under which no filter of the configuration runs (gitattributes(5))."""
    try:
        found = _git(top, "config", "--name-only", "-z", "--get-regexp", r"^filter\.")
    except InputError:  # git answers so where there is none
        return {}
    drivers = {os.fsdecode(key).rpartition(".")[0] for key in found.split(b"\0") if key}
    return {
        f"{driver}.{name}": value
        for driver in sorted(drivers)
        for name, value in (("clean", ""), ("process", ""), ("required", "false"))
    }


def _merge_base(top: Path, revision: str) -> str:
    hint = "name a commit, a branch or a tag; a shallow clone may lack it (fetch-depth: 0)"
    try:
        commit = _git(
            top, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"
        )
        base = _git(top, "merge-base", "HEAD", commit.decode().strip())
    except InputError as error:
        raise InputError("there is no such revision here", value=revision, hint=hint) from error
    return base.decode().strip()


def _before(top: Path, base: str, name: bytes) -> bytes | None:
    try:
        return _git(top, "cat-file", "blob", f"{base}:{os.fsdecode(name)}")
    except InputError:
        return None


def _git(folder: Path, *arguments: str, settings: Mapping[str, str] | None = None) -> bytes:
    environment = {**os.environ, "GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    # Not with -c, which takes a name only up to its first equals sign.
    given = environment.get("GIT_CONFIG_COUNT", "")
    first = int(given) if given.isdecimal() else 0
    environment["GIT_CONFIG_COUNT"] = str(first + len(settings or {}))
    for number, (key, value) in enumerate((settings or {}).items(), first):
        environment |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
    try:
        done = subprocess.run(  # noqa: S603 - git, with arguments that cannot be options
            [*_GIT, *arguments],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise InputError(f"git cannot be asked: {error}") from error
    if done.returncode:
        raise InputError("git answers with an error", value=done.stderr.decode(errors="replace"))
    return done.stdout
