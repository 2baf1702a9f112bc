"""Settings from the environment: each kind, what wins, and what a wrong value is told."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pytest

from command import run
from warrantgraph_server.settings import setting_list, variable

if TYPE_CHECKING:
    from collections.abc import Generator

    from command import Done
    from warrantgraph_server.settings import Settings

DATA = str(Path(__file__).parent / "cases/protocol/data.trig")


@contextmanager
def environment(**values: str) -> Generator[None]:
    """These settings in the environment, and no others."""
    given = {variable(name): value for name, value in values.items()}
    others = {key: value for key, value in os.environ.items() if "WARRANTGRAPH_" not in key}
    with patch.dict(os.environ, {**others, **given}, clear=True):
        yield


def settings_of(*flags: str, **values: str) -> Settings:
    """What the command would serve with."""
    taken: list[Settings] = []

    def take(settings: Settings, *_: object) -> None:
        taken.append(settings)

    with environment(**values), patch("warrantgraph_server.command._run", take):
        done = run("serve", "--port", "0", *flags)
    assert done.exit_code == 0, done.error
    return taken[0]


@pytest.mark.parametrize(
    ("name", "written", "value"),
    [
        ("data", f"{DATA} other.ttl", (Path(DATA), Path("other.ttl"))),
        ("engine", "http://127.0.0.1:3030/ds", "http://127.0.0.1:3030/ds"),
        ("engine_folder", "with a space", Path("with a space")),
        ("timeout", "2.5", 2.5),
        ("memory_limit", "1.5GiB", 3 << 29),
        ("max_bytes", "10 kib", 10_240),
        ("workers", "3", 3),
        ("allow_service", "http://e/one http://e/two", ("http://e/one", "http://e/two")),
        ("trusted_proxies", "10.0.0.0/8  ::1", ("10.0.0.0/8", "::1")),
        ("query_log", "-", "-"),
        ("log_query_text", "yes", True),
        ("log_query_text", "0", False),
    ],
)
def test_a_variable_is_read_as_its_kind(name: str, written: str, value: object) -> None:
    settings = settings_of(*(() if name == "data" else ("--data", DATA)), **{name: written})
    assert getattr(settings, name) == value


def test_an_empty_variable_is_none() -> None:
    names = [setting.name for setting in setting_list()]
    settings = settings_of("--data", DATA, **dict.fromkeys(names, ""))
    defaults: dict[str, Any] = {each.name: each.default for each in setting_list()}
    changed = {"data": (Path(DATA),), "port": 0}
    assert {name: getattr(settings, name) for name in names} == defaults | changed


def test_a_flag_wins() -> None:
    flags = ("--data", DATA, "--timeout", "7", "--allow-service", "http://e/flag")
    settings = settings_of(*flags, timeout="2", allow_service="http://e/variable")
    assert (settings.timeout, settings.allow_service) == (7, ("http://e/flag",))


def test_a_flag_for_what_is_served_wins_over_a_variable_for_the_other() -> None:
    assert settings_of("--data", DATA, release="releases").release is None
    settings = settings_of("--release", "releases", data=DATA)
    assert (settings.release, settings.data) == (Path("releases"), ())


def wrong(*flags: str, **values: str) -> Done:
    with environment(**values):
        done = run("serve", *flags)
    assert done.exit_code == 2
    return done


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("port", "x"),
        ("timeout", "soon"),
        ("timeout", "0"),
        ("workers", "-1"),
        ("memory_limit", "lots"),
        ("engine", "paper"),
        ("engine", "ftp://e/"),
        ("trusted_proxies", "127.0.0.1 proxy"),
        ("trusted_proxies", "10.0.0.1/8"),
        ("log_query_text", "maybe"),
    ],
)
def test_a_wrong_value_is_wrong_use_that_names_the_variable(name: str, written: str) -> None:
    assert variable(name) in wrong(**{name: written}).error


def test_a_wrong_value_of_a_flag_names_the_flag() -> None:
    error = wrong("--engine", "paper", engine="memory").error
    assert "'--engine': \"paper\" is no engine; write memory, disk or http://host/path" in error
    assert "WARRANTGRAPH" not in error


def test_two_variables_for_what_is_served_are_wrong_use() -> None:
    assert "exclude each other" in wrong(data=DATA, release="releases").error


def test_a_process_reads_its_environment() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "warrantgraph", "serve"],
        env={**os.environ, "WARRANTGRAPH_PORT": "0", "WARRANTGRAPH_DATA": f"{DATA} none.ttl"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (3, "Error: none.ttl: no such file\n")
