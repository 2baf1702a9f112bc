"""Every command that the pages on validation show prints what they show."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from github_runner import ACTION, read_yaml
from shown import code_blocks, environment, outputs, shown_commands
from strangers import EXAMPLE

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs/validation.md"
PAGES = [PAGE, EXAMPLE / "README.md"]
CONFIGURATION = [".github/workflows/validate.yml", ".gitlab-ci.yml", ".pre-commit-config.yaml"]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A copy of the example, as a stranger has it."""
    return shutil.copytree(EXAMPLE, tmp_path / "repository")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_a_page_shows_is_what_is_printed(page: Path, repository: Path) -> None:
    text = page.read_text(encoding="utf-8")
    turtle = code_blocks(text, "turtle")
    if turtle:
        (repository / "warrant.ttl").write_text(turtle[0], encoding="utf-8")
    shown = [command for block in code_blocks(text, "console") for command in shown_commands(block)]
    assert len(shown) > 5
    given = outputs([each.command for each in shown], repository)
    assert dict(zip(range(99), given, strict=False)) == dict(
        enumerate(each.output for each in shown)
    )


def test_another_output_would_be_found(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    shown = shown_commands("$ echo one; false\none\n$ echo $?\n0\n")
    assert outputs([each.command for each in shown], tmp_path / "folder") == ["one\n", "1\n"]
    assert [each.output for each in shown] == ["one\n", "0\n"]


def test_the_readme_shows_what_the_page_shows() -> None:
    readme, page = (file.read_text(encoding="utf-8") for file in (ROOT / "README.md", PAGE))
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
