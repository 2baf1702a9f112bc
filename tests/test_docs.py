"""What the code can say of itself stands in docs/ as it says it; `make docs` renews it."""

from __future__ import annotations

import re
import runpy
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from command import run
from warrantgraph_server.settings import flag, setting_list, variable

if TYPE_CHECKING:
    from collections.abc import Callable

DOCS = Path(__file__).parents[1] / "docs"
GENERATOR: dict[str, Any] = runpy.run_path(str(DOCS / "generate.py"))
VERBS: tuple[str, ...] = GENERATOR["VERBS"]
PAGES: dict[str, Callable[[], str]] = GENERATOR["PAGES"]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_what_the_code_says(name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == PAGES[name](), "renew it with: make docs"


def test_every_setting_is_told_with_its_flag_and_its_variable() -> None:
    page = (DOCS / "settings.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(--.+?)` \| `(.+?)` \| (.+?) \| (.+?) \|$", page, re.MULTILINE)
    assert [row[:2] for row in rows] == [(flag(s.name), variable(s.name)) for s in setting_list()]


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_is_documented_with_an_example(verb: str) -> None:
    done = run(verb, "--help")
    assert done.exit_code == 0
    assert "Example: warrantgraph" in done.output


def test_the_command_lists_these_verbs_and_no_others() -> None:
    listed = re.search(r"Commands:\n((?:  \S.*\n)+)", run("--help").output)
    assert listed
    assert [line.split()[0] for line in listed[1].splitlines()] == list(VERBS)


def test_an_unknown_verb_is_wrong_usage() -> None:
    done = run("guess")
    assert done.exit_code == 2
    assert "No such command 'guess'" in done.error
