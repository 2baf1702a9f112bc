"""Every command that the pages on validation show prints what they show."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from github_runner import ACTION, read_yaml
from renew_shown import PAGE, PAGES, README, renewed_page
from shown import code_blocks, environment, renewed
from strangers import EXAMPLE

if TYPE_CHECKING:
    from pathlib import Path

CONFIGURATION = [".github/workflows/validate.yml", ".gitlab-ci.yml", ".pre-commit-config.yaml"]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A copy of the example, as a stranger has it."""
    return shutil.copytree(EXAMPLE, tmp_path / "repository")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_a_page_shows_is_what_is_printed(page: Path, tmp_path: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert text.count("\n$ ") > 5
    assert text == renewed_page(page, tmp_path), "renew it with: python tests/renew_shown.py"


def test_another_output_would_be_found(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    page = "```console\n$ echo one; false\none\n$ echo $?\n0\n```\n"
    assert renewed(page, folder) == page.replace("\n0\n", "\n1\n")


def test_the_readme_shows_what_the_page_shows() -> None:
    readme, page = (file.read_text(encoding="utf-8") for file in (README, PAGE))
    assert code_blocks(readme, "console") == code_blocks(page, "console")[:1]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_configuration_that_a_page_shows_is_that_of_the_example(page: Path) -> None:
    whole = "".join((EXAMPLE / name).read_text(encoding="utf-8") for name in CONFIGURATION)
    assert all(block in whole for block in code_blocks(page.read_text(encoding="utf-8"), "yaml"))


def test_the_page_lists_every_input_and_output_of_the_action() -> None:
    text = PAGE.read_text(encoding="utf-8")
    action = read_yaml(ACTION)
    for heading, names in (("input", action["inputs"]), ("output", action["outputs"])):
        table = text.partition(f"| {heading} | meaning |")[2].partition("\n\n")[0]
        first_cells = [row.split("|")[1] for row in table.splitlines()[2:]]
        listed = [name for cell in first_cells for name in re.findall("`(.+?)`", cell)]
        assert sorted(listed) == sorted(names)


@pytest.mark.skipif(not shutil.which("make"), reason="make is not installed")
def test_the_recipe_for_make_runs(repository: Path) -> None:
    (recipe,) = code_blocks(PAGE.read_text(encoding="utf-8"), "make")
    (repository / "Makefile").write_text(recipe, encoding="utf-8")
    done = subprocess.run(
        ["make", "validate"],
        cwd=repository,
        env=environment(repository.parent),
        capture_output=True,
    )
    assert done.returncode == 2


def test_the_command_for_jenkins_writes_what_jenkins_reads(repository: Path) -> None:
    (stage,) = code_blocks(PAGE.read_text(encoding="utf-8"), "groovy")
    (command,) = re.findall("sh '(.+)'", stage)
    subprocess.run(
        ["sh", "-c", command], cwd=repository, env=environment(repository.parent), check=False
    )
    read = re.findall(r"junit '(.+?)'", stage) + re.findall(r"pattern: '(.+?)'", stage)
    assert len(read) == 2
    assert all((repository / name).is_file() for name in read)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_of_a_page_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []
