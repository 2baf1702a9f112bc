"""What teams take into their CI does there what its page says, as far as can be told here."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from github_runner import ACTION, read_yaml
from shown import environment
from strangers import EXAMPLE, FAULTS, line_of

ROOT = Path(__file__).parents[1]
HOOKS = ROOT / ".pre-commit-hooks.yaml"
WORKFLOW = EXAMPLE / ".github/workflows/validate.yml"
GITLAB = EXAMPLE / ".gitlab-ci.yml"
PRE_COMMIT = EXAMPLE / ".pre-commit-config.yaml"
SCHEMAS = {
    ACTION: "vendor.github-actions",
    WORKFLOW: "vendor.github-workflows",
    GITLAB: "vendor.gitlab-ci",
}


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A copy of the example, as a stranger has it."""
    return shutil.copytree(EXAMPLE, tmp_path / "repository")


def shape_name(rule: str) -> str:
    return rule.rpartition("#")[2]


def run_command(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `warrantgraph validate` there as a program."""
    return subprocess.run(
        ["warrantgraph", "validate", *arguments],
        cwd=folder,
        env=environment(folder.parent),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


# ---- The form of the files


def problems_by_schema(schema: str, file: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(file)],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout if done.returncode else ""


@pytest.mark.parametrize("file", SCHEMAS, ids=lambda file: file.name)
def test_each_file_has_the_form_that_its_reader_wants(file: Path, tmp_path: Path) -> None:
    assert not problems_by_schema(SCHEMAS[file], file)
    wrong = tmp_path / file.name
    text = file.read_text(encoding="utf-8")
    wrong.write_text(re.sub("(?m)^( *)(runs|jobs|validate):$", r"\1\2: 1\n\1other:", text, count=1))
    assert problems_by_schema(SCHEMAS[file], wrong)


def test_the_workflow_uses_inputs_that_the_action_has() -> None:
    inputs = read_yaml(ACTION)["inputs"].keys()
    steps = read_yaml(WORKFLOW)["jobs"]["validate"]["steps"]
    ours = [step["with"] for step in steps if "warrantgraph@" in step["uses"]]
    assert len(ours) == 2
    assert all(given.keys() <= inputs for given in ours)


def test_nothing_in_the_example_names_a_commit_or_an_owner_that_is_not_there() -> None:
    uses = re.findall(r"uses: (\S+)", WORKFLOW.read_text(encoding="utf-8"))
    assert {use.partition("/")[0] for use in uses} == {"actions", "github", "OWNER"}
    assert all(re.fullmatch(r"v[0-9.]+", use.partition("@")[2]) for use in uses)


# ---- The lines that a SARIF viewer opens


def text_at(file: Path, region: dict[str, int]) -> str:
    lines = file.read_text(encoding="utf-8").split("\n")
    assert region["startLine"] == region["endLine"]
    return lines[region["startLine"] - 1][region["startColumn"] - 1 : region["endColumn"] - 1]


def sarif_results(repository: Path, *arguments: str) -> list[dict[str, Any]]:
    run_command(repository, *arguments, "--output", "sarif=out.sarif")
    return json.loads((repository / "out.sarif").read_text(encoding="utf-8"))["runs"][0]["results"]


def test_the_sarif_opens_with_the_right_words(repository: Path) -> None:
    results = sarif_results(repository, "data")
    places: dict[str, tuple[str, str, tuple[int, int]]] = {}
    for result in results:
        physical = result["locations"][0]["physicalLocation"]
        file = physical["artifactLocation"]["uri"]
        region = physical["region"]
        if not file.endswith(".jsonld"):
            start = (region["startLine"], region["startColumn"])
            places[shape_name(result["ruleId"])] = (file, text_at(repository / file, region), start)
    assert places == {
        shape: (f"data/{file}", term, line_of(repository / "data" / file, before, term))
        for shape, file, before, term in FAULTS
    }


def test_of_a_format_without_lines_the_file_is_named(repository: Path) -> None:
    results = sarif_results(repository, "data")
    files = [r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in results]
    assert files.count("data/archive.jsonld") == 1
    assert len(results) == len(FAULTS) + 1


# ---- GitLab and pre-commit


def test_the_script_for_gitlab_writes_its_artifacts(repository: Path) -> None:
    job = read_yaml(GITLAB)["validate"]
    codes: list[int] = []
    for line in job["script"]:
        done = subprocess.run(
            ["bash", "-eo", "pipefail", "-c", line],
            cwd=repository,
            env=environment(repository.parent) | {"CI": "true"},
            capture_output=True,
            check=False,
        )
        codes.append(done.returncode)
    assert codes == [1, 1]
    artifacts = [*job["artifacts"]["paths"], job["artifacts"]["reports"]["junit"]]
    assert [name for name in artifacts if not (repository / name).is_file()] == []


def test_gitlab_installs_locked_packages_only() -> None:
    lines = [line for line in read_yaml(GITLAB)["validate"]["before_script"] if "install" in line]
    assert all("--require-hashes" in line or "--no-deps" in line for line in lines)


def hook() -> dict[str, Any]:
    (only,) = read_yaml(HOOKS)
    return only


def test_the_hook_has_what_pre_commit_wants() -> None:
    given = hook()
    assert given["language"] == "python"
    assert given["pass_filenames"] is False
    assert "additional_dependencies" not in given


@pytest.mark.parametrize(("file", "judge"), [(HOOKS, "manifest"), (PRE_COMMIT, "config")])
def test_pre_commit_itself_reads_the_files(file: Path, judge: str, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    text = file.read_text(encoding="utf-8")
    wrong.write_text(text.replace("id: warrantgraph-validate", "name: none"), encoding="utf-8")
    codes = [
        subprocess.run(
            [sys.executable, "-m", "pre_commit", f"validate-{judge}", str(each)],
            env=environment(tmp_path),
            capture_output=True,
            check=False,
        ).returncode
        for each in (file, wrong)
    ]
    assert codes == [0, 1]


@pytest.mark.parametrize(
    ("file", "runs"),
    [
        ("data/a.ttl", True),
        ("a.jsonld", True),
        ("a.nt.gz", True),
        ("a.ttl.bak", False),
        ("attl", False),
    ],
)
def test_the_hook_runs_where_rdf_is_committed(file: str, runs: bool) -> None:
    assert bool(re.search(hook()["files"], file)) == runs


@pytest.mark.parametrize("configured", [True, False])
def test_the_hook_runs_as_pre_commit_would(repository: Path, configured: bool) -> None:
    configuration = read_yaml(PRE_COMMIT)["repos"][0]["hooks"][0]
    assert configuration["id"] == hook()["id"]
    arguments = configuration["args"] if configured else hook()["args"]
    done = subprocess.run(
        [*shlex.split(hook()["entry"]), *arguments],
        cwd=repository,
        env=environment(repository.parent),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert ("1 accepted by the baseline" in done.stdout) == configured


# ---- A stranger's repository


def test_a_stranger_commits_changes_and_is_told_of_the_change(repository: Path) -> None:
    def git(*arguments: str) -> None:
        command = ["git", *arguments]
        subprocess.run(command, cwd=repository, env=environment(repository.parent), check=True)

    git("init", "--quiet")
    git("add", ".")
    git("commit", "--quiet", "--message", "Before")
    untouched = run_command(repository, "data", "--baseline=baseline.json", "--changed-since=HEAD")
    assert untouched.returncode == 0
    officials = repository / "data/officials.ttl"
    text = officials.read_text(encoding="utf-8")
    officials.write_text(
        text.replace("agent:gazette a wg:NewsOrganization", "agent:gazette a wg:Place"),
        encoding="utf-8",
    )
    changed = run_command(
        repository, "data", "--baseline=baseline.json", "--changed-since=HEAD", "--format=json"
    )
    assert changed.returncode == 1
    report = json.loads(changed.stdout)
    by_file = {
        (shape_name(finding["rule"]), finding["place"]["file"]) for finding in report["findings"]
    }
    # The claims did not change; that their speaker is no agent any more is a matter of the change.
    assert ("Claim-assertedBy", "data/claims.ttl") in by_file
    assert ("CourtOrgan-organOf", "data/officials.ttl") in by_file
    assert ("TimeExtent-latest", "data/warrants.trig") not in by_file
    assert report["outsideTheChange"] > 0


def test_the_baseline_is_the_one_that_the_command_writes(repository: Path) -> None:
    written = (repository / "baseline.json").read_text(encoding="utf-8")
    done = run_command(repository, "data/archive.jsonld", "--write-baseline=baseline.json")
    assert done.returncode == 0
    assert (repository / "baseline.json").read_text(encoding="utf-8") == written


def test_the_example_is_fiction() -> None:
    files = [
        file for file in EXAMPLE.rglob("*") if file.suffix in {".ttl", ".trig", ".nt", ".jsonld"}
    ]
    assert len(files) == 6
    ours = ("https://w3id.org/warrantgraph/", "http://www.w3.org/", "https://example.org/")
    for file in files:
        addresses = re.findall(r"https?://[^\s<>\"]*", file.read_text(encoding="utf-8"))
        assert [address for address in addresses if not address.startswith(ours)] == []
