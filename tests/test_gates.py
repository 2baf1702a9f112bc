"""Each gate of `warrantgraph check` fails where it should, seen through the command.

A case of `cases/gates/cases.toml` breaks one thing in a copy of all that the gates look at.
"""

from __future__ import annotations

import json
import os
import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest

from command import Done, run
from warrantgraph.checks import Subjects, list_gates, read_vocabulary
from warrantgraph.cli.check import GATE_NAMES
from warrantgraph.cli.reporting import FORMAT_NAMES
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


def check(base: Path, *options: str) -> tuple[Done, dict[str, Any]]:
    folders = (f"--{name}={base / name}" for name in ("ontology", "shapes", "sources"))
    data = f"--data={base / 'data.ttl'}"
    done = run("check", *folders, data, "--require-all", "--format=json", *options)
    return done, json.loads(done.output)


def change(base: Path, case: dict[str, Any]) -> None:
    path = base / case["file"]
    text = path.read_text(encoding="utf-8")
    assert case["old"] in text
    path.write_text(text.replace(case["old"], case["new"], 1), encoding="utf-8")


def test_each_gate_has_a_case_that_fails() -> None:
    gates = list_gates(Subjects(read_vocabulary(ONTOLOGY, SHAPES), COMPETENCY, SOURCES))
    assert {case["gate"] for case in TABLE.values()} == {gate.name for gate in gates}
    assert tuple(gate.name for gate in gates) == GATE_NAMES


def needs_java(gate: str) -> bool:
    return any(case["gate"] == gate and case.get("java") for case in TABLE.values())


def test_the_unchanged_base_passes(base: Path) -> None:
    chosen = [f"--gate={gate}" for gate in GATE_NAMES if not needs_java(gate)]
    done, report = check(base, *chosen)
    assert done.exit_code == 0, done.output
    assert {gate["outcome"] for gate in report["gates"]} == {"passed"}
    assert report["findings"] == []


def short(finding: dict[str, Any]) -> str:
    """What is found, as a case writes it."""
    node, value = (finding.get(name, {}).get("short") for name in ("focusNode", "value"))
    about = " ".join(part for part in (node, finding.get("path"), value) if part)
    return f"{finding['rule']}: {about}"


def line_of(finding: dict[str, Any], base: Path) -> str:
    place = finding["place"]
    return (base / place["file"]).read_text(encoding="utf-8").splitlines()[place["line"] - 1]


@pytest.mark.parametrize("name", TABLE)
def test_gate_fails(base: Path, name: str) -> None:
    case = TABLE[name]
    missing = find_java() if case.get("java") else None
    if isinstance(missing, str):
        assert "CI" not in os.environ, missing  # there, nothing may pass untested
        pytest.skip(missing)
    change(base, case)
    done, report = check(base, f"--gate={case['gate']}")
    assert done.exit_code == 1, done.error
    assert [(gate["name"], gate["outcome"]) for gate in report["gates"]] == [
        (case["gate"], case.get("outcome", "failed"))
    ]
    assert [short(finding) for finding in report["findings"]] == case["finds"]
    assert all(finding["mend"] and finding["label"] for finding in report["findings"])
    line = case.get("line", case["new"].splitlines()[0])
    assert not line or line in line_of(report["findings"][0], base)


def nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Go where there is no release."""
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("options", "code"), [([], 0), (["--require-all"], 4), (["--gate=layout"], 0)]
)
def test_gate_that_cannot_run_is_told_as_that(
    options: list[str], code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere(monkeypatch, tmp_path)
    done = run("check", "--gate=guilt words in the data", "--format=json", *options)
    gate = json.loads(done.output)["gates"][-1]
    assert (done.exit_code, gate["outcome"]) == (code, "not run")
    assert "name files with --data" in gate["note"]


def test_findings_weigh_more_than_a_gate_that_cannot_run(
    base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere(monkeypatch, tmp_path)
    change(base, TABLE["labels"])
    ontology = f"--ontology={base / 'ontology'}"
    gates = ("--gate=labels", "--gate=quotes of the data")
    assert run("check", ontology, *gates, "--require-all").exit_code == 1


@pytest.mark.parametrize("name", ["data.csv", "data.ttl", "missing.ttl"])
def test_file_that_cannot_be_read_is_named(name: str, base: Path) -> None:
    file = base / "other" / name
    file.parent.mkdir()
    if not name.startswith("missing"):
        file.write_text("nonsense")
    done, report = check(base, f"--data={file}", "--gate=guilt words in the data")
    assert done.exit_code == 3
    assert [Path(error["file"]).name for error in report["unread"]] == [name]
    assert report["gates"][0]["outcome"] == "passed"  # the other file was read


def test_ontology_that_cannot_be_read_ends_the_command(base: Path) -> None:
    (base / "ontology" / "warrantgraph.ttl").write_text("nonsense")
    done = run("check", f"--ontology={base / 'ontology'}", "--gate=labels")
    assert done.exit_code == 3
    assert f"{base / 'ontology' / 'warrantgraph.ttl'}:1" in done.error


def test_baseline_accepts_what_a_gate_found(base: Path) -> None:
    change(base, TABLE["quote-not-found"])
    file = base / "accepted.json"
    gate = "--gate=quotes of the sources"
    done, _ = check(base, gate, f"--write-baseline={file}")
    assert done.exit_code == 0, done.error
    done, report = check(base, gate, f"--baseline={file}")
    assert (done.exit_code, report["gates"][0]["outcome"]) == (0, "passed")
    assert report["baseline"]["accepted"] == 1
    change(base, TABLE["quote-of-a-time"])
    done, report = check(base, gate, f"--baseline={file}")
    assert (done.exit_code, report["gates"][0]["outcome"]) == (1, "failed")


def test_every_format_tells_what_gates_found(base: Path) -> None:
    change(base, TABLE["quote-not-found"])
    files = {name: base / f"report.{name}" for name in FORMAT_NAMES}
    outputs = (f"--output={name}={file}" for name, file in files.items())
    done, _ = check(base, "--gate=quotes of the sources", *outputs)
    assert done.exit_code == 1, done.error
    lacking = {n for n, file in files.items() if "quote-not-found" not in file.read_text("utf-8")}
    assert lacking == set()
