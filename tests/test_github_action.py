"""The GitHub action does what action.yml says, run as a runner would run it."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from github_runner import ACTION, read_yaml, run_action
from shown import environment
from strangers import EXAMPLE, FAULTS, line_of

ROOT = Path(__file__).parents[1]
SCRIPTS = sorted((ROOT / ".ci/action").glob("*.sh"))


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A copy of the example, as a stranger has it."""
    return shutil.copytree(EXAMPLE, tmp_path / "repository")


def test_no_expression_stands_in_a_script() -> None:
    for step in read_yaml(ACTION)["runs"]["steps"]:
        assert "${{" not in step["run"]
    assert all("${{" not in script.read_text(encoding="utf-8") for script in SCRIPTS)


def test_the_action_uses_no_other_action() -> None:
    assert all("uses" not in step for step in read_yaml(ACTION)["runs"]["steps"])


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_scripts_stop_at_the_first_error(script: Path) -> None:
    lines = script.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "#!/usr/bin/env bash"
    assert "set -euo pipefail" in lines
    assert subprocess.run(["bash", "-n", str(script)], check=False).returncode == 0


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_shellcheck_finds_nothing_in_a_script(script: Path) -> None:
    command = [str(Path(sys.executable).parent / "shellcheck"), str(script)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


# ---- What it does


def test_the_action_annotates_reports_and_fails(repository: Path, tmp_path: Path) -> None:
    done = run_action(
        repository,
        tmp_path,
        paths="data",
        baseline="baseline.json",
        sarif="out.sarif",
        junit="o.xml",
    )
    assert done.exit_code == 1
    assert done.outputs == {
        "exit-code": "1",
        "sarif": "out.sarif",
        "violations": "5",
        "warnings": "1",
        "infos": "1",
    }
    annotations = re.findall(r"^::(\w+) file=([^,]+),line=(\d+)", done.printed, re.MULTILINE)
    levels = {"error": "violation", "warning": "warning", "notice": "info"}
    found = {(levels[level], file, int(line)) for level, file, line in annotations}
    assert len(found) == len(FAULTS)
    assert {(file, line) for _, file, line in found} == {
        (f"data/{file}", line_of(repository / "data" / file, before, term)[0])
        for _, file, before, term in FAULTS
    }
    assert (repository / "o.xml").read_text(encoding="utf-8").startswith("<?xml")
    assert "| 5 | 1 | 1 |" in done.summary


def test_the_action_passes_where_the_data_conforms(repository: Path, tmp_path: Path) -> None:
    (repository / "good.nt").write_text("<urn:a> <urn:p> <urn:b> .\n", encoding="utf-8")
    done = run_action(repository, tmp_path, paths="good.nt", sarif="out.sarif")
    assert done.exit_code == 0
    assert done.outputs["exit-code"] == "0"
    assert "The data conforms." in done.summary


def test_own_shapes_join_ours_and_reports_are_kept(repository: Path, tmp_path: Path) -> None:
    own = run_action(repository, tmp_path, paths="data", shapes="shapes")
    both = run_action(
        repository, tmp_path, paths="data", shapes="shapes", with_ours="true", cache="kept"
    )
    ours = run_action(repository, tmp_path, paths="data")
    found = [int(done.outputs["violations"]) for done in (own, ours, both)]
    assert found[0] + found[1] == found[2]
    assert min(found) > 0
    assert len(list((repository / "kept").iterdir())) == 1


@pytest.mark.parametrize(
    ("inputs", "code"),
    [
        ({"paths": "nowhere.ttl"}, 3),
        ({"paths": "data", "baseline": "nowhere.json"}, 3),
        ({"paths": "data", "changed_since": "no-such-revision"}, 3),
        ({"paths": "data", "fail_on": "never"}, 2),
        ({"paths": "data", "no_ontology": "perhaps"}, 2),
        ({"paths": "data", "with_ours": "yes"}, 2),
        ({"paths": "data", "limit": "many"}, 2),
        ({"paths": " \n\n".strip(" ")}, 2),
        ({"paths": "data", "sarif": "two\nlines"}, 2),
    ],
    ids=str,
)
def test_what_cannot_be_done_fails_the_step(
    repository: Path, tmp_path: Path, inputs: dict[str, str], code: int
) -> None:
    (repository / "out.sarif").write_text("of an earlier run", encoding="utf-8")
    done = run_action(repository, tmp_path, **{"sarif": "out.sarif", **inputs})
    assert done.exit_code == code
    assert "Traceback" not in done.printed
    assert "violations" not in done.outputs or code == 3


HOSTILE = [
    "a folder with spaces/data.nt",
    "$(touch canary)`touch canary`.nt",
    "--shapes=nowhere.nt",
    "-x.nt",
    "'; touch canary; '.nt",
    "*.nt",
    "${{ github.token }}.nt",
    "ünïcödé::error::.nt",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_names_are_never_more_than_names(repository: Path, tmp_path: Path, name: str) -> None:
    file = repository / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(
        "<urn:w> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
        "<https://w3id.org/warrantgraph/ontology#ArrestWarrant> .\n",
        encoding="utf-8",
    )
    before = sorted(repository.rglob("*"))
    done = run_action(repository, tmp_path, paths=f"\n{name}\r\n\n", sarif=f"{name}.sarif")
    assert done.exit_code == 1, done.printed
    assert done.outputs["sarif"] == f"{name}.sarif"
    assert set(repository.rglob("*")) - set(before) == {repository / f"{name}.sarif"}
    assert not re.search(r"^::(?!(error|notice) )", done.printed, re.MULTILINE)


def test_each_line_of_paths_and_shapes_is_a_path(repository: Path, tmp_path: Path) -> None:
    (repository / "more shapes").mkdir()
    (repository / "shapes/house.ttl").rename(repository / "more shapes/house.ttl")
    shutil.copy(repository / "more shapes/house.ttl", repository / "shapes")
    done = run_action(
        repository,
        tmp_path,
        paths="data/officials.ttl\ndata/warrants.trig",
        shapes="shapes\nmore shapes/house.ttl",
    )
    assert done.exit_code == 1
    assert (done.outputs["violations"], done.outputs["warnings"]) == ("1", "1")
    assert "| 2 | " in done.summary


def test_only_what_a_change_touches_is_annotated(repository: Path, tmp_path: Path) -> None:
    for arguments in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "--message=Before"]):
        subprocess.run(["git", *arguments], cwd=repository, env=environment(tmp_path), check=True)
    done = run_action(repository, tmp_path, paths="data", changed_since="HEAD")
    assert (done.exit_code, done.outputs["violations"]) == (0, "0")
    assert "8 findings lie outside what changed" in done.summary
    with (repository / "data/officials.ttl").open("a", encoding="utf-8") as file:
        file.write("agent:nobody a wg:CourtOrgan .\n")
    done = run_action(repository, tmp_path, paths="data", changed_since="HEAD")
    assert done.exit_code == 1
    files = re.findall(r"^::\w+ file=([^,]+)", done.printed, re.MULTILINE)
    assert set(files) == {"data/officials.ttl"}


def test_code_in_the_repository_is_not_run(repository: Path, tmp_path: Path) -> None:
    for name in ("json", "pip", "venv", "warrantgraph", "sitecustomize", "rdflib"):
        text = "import pathlib; pathlib.Path('canary').touch(); raise SystemExit(99)"
        (repository / f"{name}.py").write_text(text, encoding="utf-8")
    done = run_action(repository, tmp_path, paths="data")
    assert done.exit_code == 1
    assert not (repository / "canary").exists()


def test_the_table_is_text_whatever_the_data_says(repository: Path, tmp_path: Path) -> None:
    shape = repository / "shapes/house.ttl"
    text = shape.read_text(encoding="utf-8")
    message = "<script>|`a`|[b](http://example.org) @everybody"
    shape.write_text(text.replace("Everybody here is made up", message), encoding="utf-8")
    done = run_action(repository, tmp_path, paths="data", shapes="shapes")
    row = next(line for line in done.summary.splitlines() if "everybody" in line)
    assert row.count("|") == 5
    assert not set("<>`[]@()") & set(row)


def test_the_installation_takes_locked_packages_only(tmp_path: Path) -> None:
    """A Python that only writes down what it is asked stands in for the real one."""
    log = tmp_path / "log"
    program = tmp_path / "python"
    program.write_text(
        f'#!/usr/bin/env bash\nprintf "%s\\n" "$*" >>{shlex.quote(str(log))}\n'
        'if [[ $* == *"-m venv"* ]]; then mkdir -p "${!#}/bin"; cp "$0" "${!#}/bin/python"; fi\n',
        encoding="utf-8",
    )
    program.chmod(0o755)
    variables = {"RUNNER_TEMP": str(tmp_path), "GITHUB_ACTION_PATH": str(ROOT)}
    for _ in range(2):
        subprocess.run(
            ["bash", str(ROOT / ".ci/action/install.sh")],
            env=environment(tmp_path) | variables | {"INPUT_PYTHON": str(program)},
            cwd=tmp_path,
            check=True,
        )
    asked = log.read_text(encoding="utf-8").splitlines()
    assert all(line.startswith("-I ") for line in asked)
    installs = [line for line in asked if "pip install" in line]
    assert len(installs) == 2, "the second run finds the first one's work"
    assert installs[0].endswith(f"--require-hashes -r {ROOT}/requirements.lock")
    assert installs[1].endswith(f"--no-deps --no-build-isolation {ROOT}")


def test_an_old_python_is_told(tmp_path: Path) -> None:
    done = subprocess.run(
        ["bash", str(ROOT / ".ci/action/install.sh")],
        env=environment(tmp_path)
        | {"RUNNER_TEMP": str(tmp_path), "GITHUB_ACTION_PATH": str(ROOT), "INPUT_PYTHON": "false"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout.startswith("::error::")) == (2, True)
