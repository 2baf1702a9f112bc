"""Runs the steps of action.yml as a GitHub runner would: same scripts, same environment."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from shown import environment

__all__ = ["ACTION", "ActionRun", "read_yaml", "run_action"]

ROOT = Path(__file__).parents[1]
ACTION = ROOT / "action.yml"


@dataclass(frozen=True)
class ActionRun:
    """What a run of the action left behind."""

    exit_code: int
    printed: str
    outputs: dict[str, str]
    summary: str


def read_yaml(file: Path) -> Any:  # noqa: ANN401 - what a file holds
    """What a file says, which strings and numbers it has."""
    loader: Any = YAML(typ="safe")
    return loader.load(file.read_text(encoding="utf-8"))


def run_action(workspace: Path, temp: Path, **inputs: str) -> ActionRun:
    """Run the action with these inputs (`_` for `-`), installed as this environment is."""
    action = read_yaml(ACTION)
    given = {name.replace("_", "-"): value for name, value in inputs.items()}
    assert given.keys() <= action["inputs"].keys()
    defaults: dict[str, str] = {name: entry["default"] for name, entry in action["inputs"].items()}
    values = defaults | given
    pretend_installed(temp)
    files = {name: temp / name for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
    for file in files.values():
        file.write_text("", encoding="utf-8")
    code, printed = 0, ""
    for step in action["runs"]["steps"]:
        assert step["shell"] == "bash"
        variables = {name: _fill(text, values) for name, text in step.get("env", {}).items()}
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=workspace,
            env=environment(temp)
            | {name: str(file) for name, file in files.items()}
            | {"RUNNER_TEMP": str(temp), "GITHUB_ACTION_PATH": str(ROOT)}
            | {"GITHUB_WORKSPACE": str(workspace), "GITHUB_ACTIONS": "true", "CI": "true"}
            | variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        code, printed = done.returncode, printed + done.stdout.decode()
        if code:
            break
    said = files["GITHUB_OUTPUT"].read_text(encoding="utf-8").splitlines()
    return ActionRun(
        code,
        printed,
        dict(line.split("=", 1) for line in said),
        files["GITHUB_STEP_SUMMARY"].read_text(encoding="utf-8"),
    )


def pretend_installed(temp: Path) -> None:
    """What install.sh leaves, with the programs of this environment."""
    folder = temp / "warrantgraph"
    if not folder.exists():
        folder.mkdir()
        (folder / "bin").symlink_to(Path(sys.executable).parent)
        (folder / "installed").write_text(str(ROOT), encoding="utf-8")


def _fill(text: str, inputs: dict[str, str]) -> str:
    """Put inputs where the expressions are that GitHub would evaluate."""
    return re.sub(r"\$\{\{ inputs\.([a-z-]+) \}\}", lambda found: inputs[found[1]], text)
