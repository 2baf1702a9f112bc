"""The reference of the command line is what `--help` says; `make docs` renews it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from command import run

DOCS = Path(__file__).parents[1] / "docs"
VERBS = ("build", "check", "export", "query", "serve", "validate")


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_is_documented_with_an_example(verb: str) -> None:
    done = run(verb, "--help")
    assert done.exit_code == 0
    assert "Example: warrantgraph" in done.output
    reference = (DOCS / "cli.md").read_text(encoding="utf-8")
    assert f"## {verb}\n\n```text\n{done.output}```" in reference


def test_the_command_lists_these_verbs_and_no_others() -> None:
    listed = re.search(r"Commands:\n((?:  \S.*\n)+)", run("--help").output)
    assert listed
    assert [line.split()[0] for line in listed[1].splitlines()] == list(VERBS)


def test_an_unknown_verb_is_wrong_usage() -> None:
    done = run("guess")
    assert done.exit_code == 2
    assert "No such command 'guess'" in done.error
