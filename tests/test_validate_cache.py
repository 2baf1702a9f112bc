"""`validate --cache`: an answer is given again only where nothing that decides it has changed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from command import Done, run

if TYPE_CHECKING:
    from pathlib import Path

SHAPES = """\
@prefix ex: <https://example.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
ex:Named a sh:NodeShape ;
    sh:targetClass ex:Person ;
    sh:property [ sh:path ex:name ; sh:minCount 1 ] .
"""
DATA = "@prefix ex: <https://example.org/> .\nex:anna a ex:Person .\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "shapes.ttl").write_text(SHAPES)
    (tmp_path / "data.ttl").write_text(DATA)
    return tmp_path


def validate(*arguments: str, stdin: str = "") -> Done:
    common = ("--no-ontology", "--shapes", "shapes.ttl", "--cache", "kept")
    return run("validate", *common, *(arguments or ("data.ttl",)), stdin=stdin)


def mark_kept(folder: Path) -> None:
    """Write into each kept answer that it was kept."""
    for path in (folder / "kept").iterdir():
        answer = json.loads(path.read_text())
        path.write_text(json.dumps(answer | {"printed": "KEPT\n"}))


def is_kept(*arguments: str, stdin: str = "") -> bool:
    return validate(*arguments, stdin=stdin).output == "KEPT\n"


def test_the_same_run_is_answered_alike(folder: Path) -> None:
    first = validate("data.ttl", "--output", "json=out.json")
    written = (folder / "out.json").read_text()
    (folder / "out.json").unlink()
    assert validate("data.ttl", "--output", "json=out.json") == first
    assert (folder / "out.json").read_text() == written
    assert first.exit_code == 1


def test_nothing_changed_is_kept_and_any_change_is_not(folder: Path) -> None:
    validate()
    validate("-", stdin=DATA)
    mark_kept(folder)
    assert is_kept()
    assert is_kept("--processes", "1", "data.ttl")
    assert is_kept("-", stdin=DATA)
    assert not is_kept("-", stdin=DATA + "\n")
    assert not is_kept("--fail-on", "warning", "data.ttl")
    assert not is_kept("--format", "json", "data.ttl")
    assert not is_kept("data.ttl", "shapes.ttl")
    (folder / "data.ttl").write_text(DATA + 'ex:anna ex:name "Anna" .\n')
    assert validate().exit_code == 0
    (folder / "data.ttl").write_text(DATA)
    (folder / "shapes.ttl").write_text(SHAPES.replace("minCount 1", "maxCount 1"))
    assert validate().exit_code == 0


def test_a_baseline_decides_too(folder: Path) -> None:
    validate("data.ttl", "--write-baseline", "baseline.json")
    assert validate("data.ttl", "--baseline", "baseline.json").exit_code == 0
    (folder / "baseline.json").write_text('{"version": 1, "findings": []}')
    assert validate("data.ttl", "--baseline", "baseline.json").exit_code == 1


def test_what_could_not_be_read_is_not_kept(folder: Path) -> None:
    (folder / "data.ttl").write_text("nonsense")
    assert validate().exit_code == 3
    assert validate("data.ttl", "gone.ttl").exit_code == 3
    assert not (folder / "kept").exists()


@pytest.mark.parametrize("content", [b"", b"{", b"\xff"])
def test_a_broken_answer_is_none(folder: Path, content: bytes) -> None:
    first = validate()
    (kept,) = (folder / "kept").iterdir()
    kept.write_bytes(content)
    assert validate() == first


def test_a_folder_that_cannot_be_written_keeps_nothing(folder: Path) -> None:
    (folder / "kept").symlink_to("/dev/null/kept")
    assert validate().exit_code == 1
