"""What changed in a git work tree since a revision."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from warrantgraph.cli.changes import changed_files, work_tree
from warrantgraph.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path


def git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=m")
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A work tree with a commit on `m`, a branch `work` of it, and a later commit on `m`."""
    git(tmp_path, "init")
    for name in ("same.ttl", "changed.ttl", "removed.ttl", "notes.txt", "theirs.ttl"):
        (tmp_path / name).write_text(name)
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-m", "first")
    git(tmp_path, "branch", "work")
    (tmp_path / "theirs.ttl").write_text("later")
    git(tmp_path, "commit", "-am", "theirs")
    git(tmp_path, "checkout", "work")
    return tmp_path


def changed(tree: Path, revision: str = "m") -> dict[str, bytes | None]:
    files = changed_files(tree, revision, lambda path: path.suffix == ".ttl")
    return {str(file.path.relative_to(tree)): file.before for file in files}


def test_committed_uncommitted_and_unknown_changes_count(tree: Path) -> None:
    (tree / "changed.ttl").write_text("other")
    (tree / "notes.txt").write_text("other")
    git(tree, "commit", "-am", "ours")
    (tree / "removed.ttl").unlink()
    (tree / "below").mkdir()
    (tree / "below" / "neü.ttl").write_text("new")
    assert changed(tree) == {
        "below/neü.ttl": None,
        "changed.ttl": b"changed.ttl",
        "removed.ttl": b"removed.ttl",
    }


def test_what_the_other_branch_got_since_is_not_ours(tree: Path) -> None:
    assert changed(tree) == {}


@pytest.mark.parametrize("revision", ["gone", "--output=stolen", "-h", "", "m:same.ttl"])
def test_what_is_no_revision_is_refused(tree: Path, revision: str) -> None:
    with pytest.raises(InputError, match="no such revision"):
        changed(tree, revision)
    assert not (tree / "stolen").exists()


def test_outside_of_a_work_tree_nothing_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert work_tree(tmp_path) is None
    with pytest.raises(InputError, match="no git work tree"):
        changed(tmp_path)


def test_programs_that_the_repository_names_are_not_run(tree: Path) -> None:
    trap = tree / "trap.sh"
    trap.write_text(f"#!/bin/sh\ntouch {tree / 'sprung'}\n")
    trap.chmod(0o755)
    for driver in ("x", "a=b", "c.d"):
        for name in ("clean", "process"):
            git(tree, "config", f"filter.{driver}.{name}", str(trap))
        git(tree, "config", f"filter.{driver}.required", "true")
    for setting in ("core.fsmonitor", "diff.external", "diff.turtle.textconv", "core.pager"):
        git(tree, "config", setting, str(trap))
    (tree / ".gitattributes").write_text(
        "*.ttl diff=turtle filter=x\nremoved.ttl filter=a=b\nsame.ttl filter=c.d\n"
    )
    for name in ("changed.ttl", "removed.ttl", "same.ttl"):
        (tree / name).write_text("other")
    assert set(changed(tree)) == {"changed.ttl", "removed.ttl", "same.ttl"}
    assert not (tree / "sprung").exists()
