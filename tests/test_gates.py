"""Each gate of `warrantgraph check` fails where it should, seen through the command.

A case of `cases/gates/cases.toml` breaks one thing in a copy of all that the gates look at.
"""

from __future__ import annotations

import os
import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest

from command import Done, run
from warrantgraph.checks import Subjects, list_gates, read_vocabulary
from warrantgraph.cli.check import GATE_NAMES
from warrantgraph.reasoning.java import find_java
from warrantgraph.resources import COMPETENCY, ONTOLOGY, SHAPES, SOURCES

CASES = Path(__file__).parent / "cases"
TABLE: dict[str, dict[str, Any]] = tomllib.loads(
    (CASES / "gates" / "cases.toml").read_text(encoding="utf-8")
)


@pytest.fixture
def base(tmp_path: Path) -> Path:
    shutil.copytree(ONTOLOGY, tmp_path / "ontology")
    shutil.copytree(SHAPES, tmp_path / "shapes")
    shutil.copytree(CASES / "input-errors" / "base" / "sources", tmp_path / "sources")
    shutil.copy(CASES / "gates" / "data.ttl", tmp_path)
    return tmp_path


def check(base: Path, *gates: str) -> Done:
    folders = (f"--{name}={base / name}" for name in ("ontology", "shapes", "sources"))
    chosen = (f"--gate={gate}" for gate in gates)
    return run("check", *folders, *chosen, f"--data={base / 'data.ttl'}", "--require-all")


def change(base: Path, case: dict[str, Any]) -> None:
    path = base / case["file"]
    text = path.read_text(encoding="utf-8")
    assert case["old"] in text
    path.write_text(text.replace(case["old"], case["new"], 1), encoding="utf-8")


def test_each_gate_has_a_case_that_fails() -> None:
    gates = list_gates(Subjects(read_vocabulary(ONTOLOGY, SHAPES), COMPETENCY, SOURCES))
    assert {case["gate"] for case in TABLE.values()} == {gate.name for gate in gates}
    assert tuple(gate.name for gate in gates) == GATE_NAMES


def test_the_unchanged_base_passes(base: Path) -> None:
    without_java = [gate for gate in GATE_NAMES if not needs_java(gate)]
    done = check(base, *without_java)
    assert done.exit_code == 0, done.output


def needs_java(gate: str) -> bool:
    return any(case["gate"] == gate and case.get("java") for case in TABLE.values())


@pytest.mark.parametrize("name", TABLE)
def test_gate_fails(base: Path, name: str) -> None:
    case = TABLE[name]
    missing = find_java() if case.get("java") else None
    if isinstance(missing, str):
        assert "CI" not in os.environ, missing  # there, nothing may pass untested
        pytest.skip(missing)
    change(base, case)
    done = check(base, case["gate"])
    assert done.exit_code == 1, done.error
    assert f"FAILED   {case['gate']}" in done.output
    for expected in case["finds"]:
        rule, _, about = expected.partition(": ")
        assert any(about in line and f"[{rule}]" in done.output for line in done.output.split("\n"))
