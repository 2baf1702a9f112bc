"""Many articles at once: order, failures among them, and what an interruption leaves."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import fake_extraction
from command import run
from warrantgraph.extracting.places import DraftFolder
from warrantgraph.source import list_sources

if TYPE_CHECKING:
    from collections.abc import Generator

    from command import Done

COMMAND = (sys.executable, fake_extraction.__file__, "extract")
FIXED = ("in", "--published", "2024-11-21", "--sources", "sources")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with eight articles, in which commands run; the third never ends."""
    monkeypatch.chdir(tmp_path)
    fake_extraction.install(monkeypatch)
    (tmp_path / "in").mkdir()
    for number in range(8):
        write(tmp_path, number, "HANG" if number == 2 else "“It is so.” Ada")
    return tmp_path


def write(folder: Path, number: int, words: str) -> None:
    (folder / "in" / f"{number}.txt").write_text(f"Article {number}\n{words}\n", encoding="utf-8")


def extract(*arguments: str, stdin: str = "") -> Done:
    return run("extract", *FIXED, *arguments, stdin=stdin)


def slug(number: int) -> str:
    return f"article-{number}-2024-11-21"


def drafted(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "sources").iterdir())


@pytest.fixture
def interrupted(folder: Path) -> Generator[subprocess.Popen[str]]:
    """A batch that has told of two articles and is stuck at the third."""
    with subprocess.Popen(
        [*COMMAND, *FIXED, "--jobs", "1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=folder,
    ) as batch:
        try:
            assert batch.stdout is not None
            for number in (0, 1):
                line = batch.stdout.readline()
                assert line == f"drafted    {slug(number)}: 1 fact (1 statement)\n"
            yield batch
        finally:
            batch.kill()


def test_a_killed_batch_leaves_whole_sources_and_goes_on_from_there(
    folder: Path, interrupted: subprocess.Popen[str]
) -> None:
    interrupted.send_signal(signal.SIGKILL)
    interrupted.wait()
    assert [path.name for path in list_sources(folder / "sources")] == [slug(0), slug(1)]
    assert len(drafted(folder)) == 3  # and what it was at, which is no source
    write(folder, 2, "“It is done.” Ada")
    write(folder, 1, "“It has changed.” Ada")
    done = extract()
    assert done.output.splitlines()[:2] == [
        f"unchanged  {slug(0)}",
        f"drafted    {slug(2)}: 1 fact (1 statement)",
    ]
    assert (
        f'in/1.txt: the source of this slug is a draft of another text: "{slug(1)}"' in done.error
    )
    assert done.exit_code == 3
    assert drafted(folder) == [slug(number) for number in range(8)]


def test_ctrl_c_is_clean(folder: Path, interrupted: subprocess.Popen[str]) -> None:
    interrupted.send_signal(signal.SIGINT)
    assert interrupted.stderr is not None
    said = interrupted.stderr.read()
    assert interrupted.wait() == 130
    assert said == (
        "2 articles: 2 drafted; 2 facts (2 statements). The same command goes on from there.\n"
        "\nStopped.\n"
    )
    assert drafted(folder) == [slug(0), slug(1)]


@pytest.mark.parametrize("jobs", ["1", "3"])
def test_a_failing_article_stops_no_other(folder: Path, jobs: str) -> None:
    write(folder, 1, "CRASH")
    write(folder, 4, "HALFWAY")
    write(folder, 5, "FILL")
    (folder / "in" / "6.txt").write_bytes(b"\xff\xff")
    done = extract("--jobs", jobs, "--timeout", "2", "--memory-limit", "64MiB")
    assert done.exit_code == 4
    assert done.output == (
        "".join(f"drafted    {slug(n)}: 1 fact (1 statement)\n" for n in (0, 3, 7))
        + "8 articles: 3 drafted, 1 refused, 4 failed; 3 facts (3 statements)\n"
        + "next: warrantgraph review SLUG --sources sources\n"
    )
    assert done.error.partition("Not drafted")[2] == (
        ", 5 of 8:\n"
        "     1  in/1.txt: the work failed: its process ended with code -11\n"
        "     2  in/2.txt: stopped after 2 s, the time it had\n"
        "     3  in/4.txt: the work failed: its process ended with code 9\n"
        "     4  in/5.txt: more memory was needed than it may have, 64 MiB\n"
        "     5  in/6.txt:1: not UTF-8: invalid start byte at byte 0: "
        '"\\xff\\xff" (save it as plain text in UTF-8)\n'
    )
    assert drafted(folder) == [slug(number) for number in (0, 3, 7)]


def test_what_cannot_be_read_alone_is_exit_code_3(folder: Path) -> None:
    write(folder, 2, "")
    (folder / "in" / "6.txt").write_bytes(b"")
    assert extract().exit_code == 3


def test_whoever_comes_first_has_the_slug(folder: Path) -> None:
    line = json.dumps({"text": "Same title\n“It is so.” Ada"})
    other = json.dumps({"text": "Same title\n“It is not so.” Ada"})
    done = run(
        *("extract", "-", *FIXED[1:], "--jobs", "4"), stdin="\n".join([line, other, line, other])
    )
    assert done.output.splitlines()[:2] == [
        "drafted    same-title-2024-11-21: 1 fact (1 statement)",
        "unchanged  same-title-2024-11-21",
    ]
    assert done.error.splitlines()[0].startswith("refused    -:2: the source of this slug")
    assert done.exit_code == 3


def test_several_paths_keep_their_order(folder: Path) -> None:
    done = run("extract", "in/7.txt", "in/0.txt", "in/5.txt", *FIXED[1:], "--dry-run")
    records: list[dict[str, Any]] = [json.loads(line) for line in done.output.splitlines()]
    assert [record["name"] for record in records] == ["in/7.txt", "in/0.txt", "in/5.txt"]
    assert not (folder / "sources").exists()


def test_json_tells_of_failures_too(folder: Path) -> None:
    write(folder, 2, "RAISE")
    records = [json.loads(line) for line in extract("--json").output.splitlines()]
    assert [record["course"] for record in records].count("drafted") == 7
    assert records[2] == {
        "name": "in/2.txt",
        "course": "failed",
        "error": "the work failed: ValueError: no such thing",
        "slug": slug(2),
    }


@pytest.mark.parametrize("option", ["--slug", "--url"])
def test_what_is_for_one_article_is_not_for_many(folder: Path, option: str) -> None:
    value = "https://example.org/" if option == "--url" else "it"
    assert extract(option, value).exit_code == 2
    assert not (folder / "sources").exists()


def test_two_batches_do_not_write_into_one_folder(folder: Path) -> None:
    write(folder, 2, "")
    with DraftFolder(folder / "sources"):
        done = extract()
    assert (done.exit_code, "another extraction writes here" in done.error) == (3, True)
    assert extract().exit_code == 0


def test_more_failures_than_are_kept_are_counted(folder: Path) -> None:
    done = run("extract", "-", *FIXED[1:], stdin="no JSON\n" * 150)
    assert "Not drafted, 150 of 150:" in done.error
    assert "and 50 more, each told above" in done.error


def test_workers_are_gone_when_their_batch_was_killed(
    folder: Path, interrupted: subprocess.Popen[str]
) -> None:
    if sys.platform != "linux":
        pytest.skip("children are found through /proc")
    children = Path(f"/proc/{interrupted.pid}/task").glob("*/children")
    workers = [int(pid) for path in children for pid in path.read_text("ascii").split()]
    assert len(workers) == 1
    watched = os.pidfd_open(workers[0])
    interrupted.kill()
    interrupted.wait()
    assert select.select([watched], [], [], 60)[0] == [watched]
    os.close(watched)
