"""What the code can say of itself stands in docs/ as it says it; `make docs` renews it."""

from __future__ import annotations

import json
import re
import runpy
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from command import run
from served import served, tiny_release
from warrantgraph_server.app import create_app
from warrantgraph_server.problem_table import PROBLEMS
from warrantgraph_server.settings import Settings, flag, setting_list, variable

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


def cells(heading: str, column: int) -> list[str]:
    """A column of a table of operating.md; what is code in it."""
    page = (DOCS / "operating.md").read_text(encoding="utf-8")
    table = page.partition(f"| {heading} |")[2].partition("\n\n")[0].splitlines()[2:]
    assert table, heading
    return [name for row in table for name in re.findall("`(.+?)`", row.split("|")[column])]


def test_operators_read_of_every_problem_with_its_status() -> None:
    page = (DOCS / "operating.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| [^|]+ \| (\d+) \| `([a-z-]+)` \|", page, re.MULTILINE)
    expected = {(str(int(each.status)), each.name) for each in PROBLEMS.values()}
    assert set(rows) == expected


def test_operators_read_of_every_metric_and_of_every_field_of_the_log(tmp_path: Path) -> None:
    log = tmp_path / "log"
    release = tiny_release(tmp_path)
    settings = Settings(release=release.folder, query_log=str(log), log_query_text=True)
    with served(create_app(settings), settings) as address:
        assert httpx.get(f"{address}/sparql?query=ASK{{}}").is_success
        assert httpx.post(f"{address}/validate").is_client_error
        metrics = httpx.get(f"{address}/metrics").text
    names = re.findall(r"^# HELP (\S+)", metrics, re.MULTILINE)
    assert set(cells("metric | meaning", 1)) == {
        name for name in names if not name.endswith("_created")
    }
    of_query, of_validation = map(json.loads, log.read_text(encoding="utf-8").splitlines())
    assert cells("field | meaning", 1) == list(of_query)
    shared = {"time", "seconds", "outcome", "client"}
    assert {*cells("field of a validation | meaning", 1)} | shared == set(of_validation)


@pytest.mark.parametrize("page", sorted(DOCS.glob("*.md")), ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (DOCS / link).exists()] == []


def test_what_operators_are_told_to_set_can_be_set() -> None:
    page = (DOCS / "operating.md").read_text(encoding="utf-8")
    known = {flag(setting.name) for setting in setting_list()} | {"--init"}
    assert set(re.findall(r"--[a-z][a-z-]+", page)) <= known
