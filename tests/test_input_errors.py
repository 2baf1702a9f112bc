"""What bad input gets: one error that names file, line and text, and the last release untouched."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import pytest

from command import run

CASES = Path(__file__).parent / "cases" / "input-errors"
TABLE = tomllib.loads((CASES / "cases.toml").read_text(encoding="utf-8"))


def build(base: Path) -> list[str]:
    return [
        *("build", "--out", str(base / "out")),
        *("--sources", str(base / "sources"), "--authority", str(base / "authority")),
    ]


def change(base: Path, case: dict[str, str]) -> None:
    path = base / case["file"]
    if case.get("remove"):
        path.unlink()
        return
    content = path.read_bytes()
    old = case["old"].encode()
    assert content.count(old) >= 1
    new = bytes.fromhex(case["new_hex"]) if "new_hex" in case else case["new"].encode()
    path.write_bytes(content.replace(old, new, 1))


@pytest.fixture
def base(tmp_path: Path) -> Path:
    shutil.copytree(CASES / "base", tmp_path, dirs_exist_ok=True)
    return tmp_path


def test_the_unchanged_base_builds(base: Path) -> None:
    done = run(*build(base))
    assert done.exit_code == 0, done.error
    assert (base / "out" / "current" / "manifest.json").is_file()


@pytest.mark.parametrize("name", TABLE)
def test_error_says_where_what_and_how_to_mend_it(base: Path, name: str) -> None:
    earlier = base / "out" / "current"
    earlier.mkdir(parents=True)
    (earlier / "manifest.json").write_text("an earlier release")
    change(base, TABLE[name])
    done = run(*build(base))
    assert done.error == f"Error: {TABLE[name]['error'].format(base=base)}\n"
    assert done.exit_code == 3
    assert [path.name for path in (base / "out").iterdir()] == ["current"]
    assert (earlier / "manifest.json").read_text() == "an earlier release"
