"""The files of examples/deployment use flags, variables and addresses that there are."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
from configparser import RawConfigParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from served import served
from warrantgraph_server.app import create_app
from warrantgraph_server.settings import Settings, flag, setting_list, variable

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "examples/deployment"
UNIT = FOLDER / "warrantgraph.service"
CONTAINER = FOLDER / "Containerfile"
DATA = Path(__file__).parent / "cases/protocol/data.trig"
FLAGS = {flag(setting.name) for setting in setting_list()}
VARIABLES = {variable(setting.name) for setting in setting_list()}


def unknown_words(text: str) -> set[str]:
    """Variables that no setting has."""
    return set(re.findall(r"WARRANTGRAPH_[A-Z_]+", text)) - VARIABLES


def unknown_flags(command: Iterable[str]) -> set[str]:
    """Flags of a command of `serve` that it does not have."""
    program, verb, *words = command
    assert (Path(program).name, verb) == ("warrantgraph", "serve")
    return {word.partition("=")[0] for word in words if word.startswith("--")} - FLAGS


def service() -> dict[str, str]:
    parser = RawConfigParser(strict=True, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # keys keep their case
    parser.read(UNIT, encoding="utf-8")
    return dict(parser["Service"])


def instructions() -> list[tuple[str, str]]:
    """The instructions of the Containerfile, each with what follows it."""
    text = CONTAINER.read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(line.split()[0], line.partition(" ")[2].strip()) for line in lines]


def instruction(name: str) -> str:
    return next(rest for found, rest in reversed(instructions()) if found == name)


def test_a_flag_or_a_variable_that_there_is_not_is_found() -> None:
    assert unknown_flags(["warrantgraph", "serve", "--port=1", "--paper"]) == {"--paper"}
    assert unknown_words("WARRANTGRAPH_PORT WARRANTGRAPH_PAPER") == {"WARRANTGRAPH_PAPER"}


@pytest.mark.parametrize("file", [UNIT, CONTAINER], ids=lambda file: file.name)
def test_the_variables_are_settings(file: Path) -> None:
    assert not unknown_words(file.read_text(encoding="utf-8"))


def test_the_unit_runs_the_command_with_flags_it_has() -> None:
    command = shlex.split(service()["ExecStart"])
    assert not unknown_flags(command)
    assert "--release" in command


def test_the_unit_suits_a_server_of_several_processes() -> None:
    given = service()
    assert given["ExecReload"].split() == ["kill", "-HUP", "$MAINPID"]
    assert (given["KillMode"], given["OOMPolicy"]) == ("mixed", "continue")
    assert float(given["TimeoutStopSec"]) > Settings().grace
    assert int(given["LimitNOFILE"]) > 2 * Settings().connections


def problems_of(unit: str, tmp_path: Path) -> str:
    """What systemd finds wrong in a unit; another program stands in for one that is not here."""
    file = tmp_path / UNIT.name
    stand_in = shutil.which("true") or sys.executable
    file.write_text(unit.replace("/opt/warrantgraph/bin/warrantgraph", stand_in), encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", str(file)], capture_output=True, text=True, check=False
    )
    return "\n".join(line for line in done.stderr.splitlines() if str(file) in line)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not installed")
def test_systemd_reads_the_unit(tmp_path: Path) -> None:
    unit = UNIT.read_text(encoding="utf-8")
    assert not problems_of(unit, tmp_path)
    assert "KillMood" in problems_of(unit.replace("KillMode", "KillMood"), tmp_path)


def test_the_image_runs_the_command_with_flags_it_has() -> None:
    assert not unknown_flags(json.loads(instruction("CMD")))


def test_the_image_copies_what_there_is() -> None:
    sources = [rest.split()[:-1] for name, rest in instructions() if name == "COPY"]
    ours = [word for words in sources if not words[0].startswith("--from") for word in words]
    assert {"requirements.lock", "pyproject.toml", "graph", "server"} <= set(ours)
    assert [word for word in ours if not (ROOT / word).exists()] == []


def test_the_image_runs_as_nobody_in_particular_from_locked_packages() -> None:
    assert int(instruction("USER").partition(":")[0]) > 0
    installs = [rest for name, rest in instructions() if name == "RUN" and "install" in rest]
    assert all("--require-hashes" in rest or "--no-deps" in rest for rest in installs)
    bases = {rest.split()[0] for name, rest in instructions() if name == "FROM"}
    assert len(bases) == 1
    assert "/" not in bases.pop()
    environment = dict(word.split("=") for word in instruction("ENV").split())
    assert environment["WARRANTGRAPH_PORT"] == instruction("EXPOSE")


def test_the_image_knows_whether_the_server_is_ready() -> None:
    python, *arguments = json.loads(instruction("HEALTHCHECK").partition("CMD")[2])
    assert Path(python).name == "python"

    def check(port: int) -> int:
        environment = {**os.environ, "WARRANTGRAPH_PORT": str(port)}
        command = [sys.executable, *arguments]
        return subprocess.run(command, env=environment, capture_output=True).returncode

    with served(create_app(Settings(data=(DATA,)))) as address:
        assert check(int(address.rpartition(":")[2])) == 0
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        assert check(nobody.getsockname()[1]) == 1
