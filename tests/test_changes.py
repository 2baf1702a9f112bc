"""What changed between two releases: exactly the lines that make the one into the other."""

from __future__ import annotations

import gzip
import json
import shutil
from hashlib import sha256
from pathlib import Path

import pytest
import zstandard

from command import Done, run
from warrantgraph.changes import Changes, find_changes, write_changes
from warrantgraph.errors import ReleaseError
from warrantgraph.release import Release

BASE = Path(__file__).parent / "cases" / "input-errors" / "base"
GLOSS = "Ana Sorel is Arcadia's minister of trade."


def build(base: Path) -> Done:
    inputs = ("--sources", str(base / "sources"), "--authority", str(base / "authority"))
    return run("build", "--out", str(base / "out"), *inputs)


def edit(base: Path) -> None:
    (file,) = base.glob("sources/*/claims.ttl")
    text = file.read_text(encoding="utf-8")
    assert GLOSS in text
    file.write_text(text.replace(GLOSS, "Sorel is a minister."), encoding="utf-8")


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The inputs and the first release of them; copied by every test that changes it."""
    base = shutil.copytree(BASE, tmp_path_factory.mktemp("first") / "base")
    done = build(base)
    assert "  changes     none: there was no release before\n" in done.output, done.error
    return base


@pytest.fixture(scope="module")
def second(first: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, with an edited source and a second release."""
    base = shutil.copytree(first, tmp_path_factory.mktemp("second") / "base", symlinks=True)
    edit(base)
    done = build(base)
    since = Release.open(first / "out").manifest.version
    assert f"  changes     quads: 1 added, 1 removed since {since}\n" in done.output, done.error
    return base


@pytest.fixture
def base(first: Path, tmp_path: Path) -> Path:
    return shutil.copytree(first, tmp_path / "base", symlinks=True)


def changes_of(release: Release) -> Changes:
    changes = find_changes(release)
    assert changes is not None
    return changes


def lines(file: Path) -> list[bytes]:
    return file.read_bytes().splitlines(keepends=True)


def require_exact(old: Release, new: Release, changes: Changes) -> None:
    added, removed = (lines(changes.folder / name) for name in ("added.nq", "removed.nq"))
    assert changes.counts == {"added": len(added), "removed": len(removed)}
    before, after = lines(old.dataset), lines(new.dataset)
    assert set(removed) <= set(before)
    assert not set(added) & set(before)
    kept = [line for line in before if line not in set(removed)]
    assert len(kept) + len(added) == len(after)
    assert {*kept, *added} == set(after)
    for part in (added, removed):
        whole = after if part is added else before
        assert part == [line for line in whole if line in set(part)], "in the order of the release"


def test_applied_to_the_old_release_they_give_the_new_one(first: Path, second: Path) -> None:
    old, new = Release.open(first / "out"), Release.open(second / "out")
    changes = changes_of(new)
    require_exact(old, new, changes)
    assert (changes.previous, changes.version) == (old.manifest.version, new.manifest.version)
    assert changes.folder == second / "out" / "changes" / new.manifest.version
    (added,) = lines(changes.folder / "added.nq")
    assert b"Sorel is a minister." in added


def test_two_releases_with_little_in_common(first: Path, release: Release, tmp_path: Path) -> None:
    old = Release.open(first / "out")
    new = Release.open(shutil.copytree(release.folder, tmp_path / release.folder.name))
    changes = write_changes(old, new)
    require_exact(old, new, changes)
    assert min(changes.counts.values()) > 10
    assert find_changes(new) == changes


def test_the_manifest_tells_what_the_files_are(second: Path) -> None:
    changes = changes_of(Release.open(second / "out"))
    table = json.loads((changes.folder / "changes.json").read_text(encoding="utf-8"))
    assert set(table) == {"counts", "files", "previous", "version"}
    assert set(changes.files) == {"added.nq", "removed.nq"}
    for name, file in changes.files.items():
        content = (changes.folder / name).read_bytes()
        assert file.media_type == "application/n-quads"
        assert (sha256(content).hexdigest(), len(content)) == (file.sha256, file.size)
        encoded = {
            coding: (changes.folder / variant.name).read_bytes()
            for coding, variant in file.variants.items()
        }
        assert gzip.decompress(encoded["gzip"]) == content
        assert zstandard.ZstdDecompressor().decompress(encoded["zstd"]) == content


def test_a_release_does_not_depend_on_what_came_before(second: Path, tmp_path: Path) -> None:
    alone = shutil.copytree(second, tmp_path / "alone", ignore=shutil.ignore_patterns("out"))
    build(alone)
    folders = (Release.open(base / "out").folder for base in (second, alone))
    one, other = ({p.name: p.read_bytes() for p in folder.iterdir()} for folder in folders)
    assert one == other
    assert find_changes(Release.open(alone / "out")) is None


def test_the_same_release_again_keeps_its_changes(second: Path, tmp_path: Path) -> None:
    base = shutil.copytree(second, tmp_path / "base", symlinks=True)
    before = changes_of(Release.open(base / "out"))
    done = build(base)
    assert "  changes     none: the release before is the same\n" in done.output
    assert changes_of(Release.open(base / "out")) == before


@pytest.mark.parametrize("damage", ["cut off", "other bytes"])
def test_a_damaged_release_before_has_no_changes_and_says_so(base: Path, damage: str) -> None:
    dataset = Release.open(base / "out").dataset
    size = dataset.stat().st_size
    dataset.write_bytes(b"" if damage == "cut off" else b"#" * size)
    edit(base)
    done = build(base)
    assert done.exit_code == 0
    assert "  changes     NOT LISTED: the release is damaged: " in done.output
    assert find_changes(Release.open(base / "out")) is None
    assert not (base / "out" / "changes").exists()


def test_where_changes_cannot_be_written_the_old_release_stays(base: Path) -> None:
    old = Release.open(base / "out")
    (base / "out" / "changes").write_text("in the way")
    edit(base)
    done = build(base)
    assert done.exit_code == 3
    assert done.error.startswith(f"Error: cannot write to {base}/out/changes/")
    assert Release.open(base / "out") == old
    assert not list((base / "out").rglob(".partial-*"))


@pytest.mark.parametrize("file", ["added.nq", "removed.nq.gz"])
def test_a_damaged_list_of_changes_is_refused(second: Path, tmp_path: Path, file: str) -> None:
    base = shutil.copytree(second, tmp_path / "base", symlinks=True)
    release = Release.open(base / "out")
    (changes_of(release).folder / file).write_bytes(b"")
    with pytest.raises(ReleaseError, match="the list of changes is damaged: "):
        find_changes(release)


@pytest.mark.parametrize(
    ("old", "new"), [('"version": "', '"version": "0'), ("added.nq", "../added.nq"), ("{", "")]
)
def test_changes_of_something_else_are_refused(
    second: Path, tmp_path: Path, old: str, new: str
) -> None:
    base = shutil.copytree(second, tmp_path / "base", symlinks=True)
    release = Release.open(base / "out")
    manifest = changes_of(release).folder / "changes.json"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(ReleaseError, match=r"changes\.json cannot be read: "):
        find_changes(release)


def test_quads_in_another_order_are_refused(second: Path, first: Path, tmp_path: Path) -> None:
    base = shutil.copytree(first, tmp_path / "base", symlinks=True)
    release = Release.open(base / "out")
    release.dataset.write_bytes(b"".join(reversed(lines(release.dataset))))
    with pytest.raises(ReleaseError, match="line 2 is not in the order of a release"):
        write_changes(Release.open(second / "out"), release)
