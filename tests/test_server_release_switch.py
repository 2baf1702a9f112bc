"""A new release is taken up while queries come, and a broken one is not."""

from __future__ import annotations

import signal
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import httpx
import pytest

from served import tiny_release
from test_server_command import serving

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from pathlib import Path

SAFETY = 60
"""Seconds after which a test gives up."""


def until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + SAFETY
    while not condition():
        assert time.monotonic() < end, "waited in vain"


def version(address: str) -> str:
    answer: str = httpx.get(f"{address}/health/ready").json()["version"]
    return answer


@contextmanager
def asking(address: str) -> Generator[list[tuple[int, str]]]:
    """Ask all the time; the status and the version of each answer."""
    answers: list[tuple[int, str]] = []
    done = threading.Event()

    def ask() -> None:
        with httpx.Client() as client:
            while not done.is_set():
                response = client.get(f"{address}/sparql?query=ASK%20%7B%3Fs%20%3Fp%20%3Fo%7D")
                answers.append((response.status_code, response.headers["data-version"]))

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    try:
        yield answers
    finally:
        done.set()
        for thread in threads:
            thread.join()


@pytest.mark.parametrize("by", ["signal", "watching"])
def test_a_new_release_is_taken_up_and_no_request_is_lost(tmp_path: Path, by: str) -> None:
    tiny_release(tmp_path, "one")
    watch = "0" if by == "signal" else "0.1"
    with serving("--release", str(tmp_path), "--watch", watch) as (process, address):
        with asking(address) as answers:
            until(lambda: len(answers) > 20)
            tiny_release(tmp_path, "two")
            if by == "signal":
                process.send_signal(signal.SIGHUP)
            until(lambda: version(address) == "two")
            seen = len(answers)
            until(lambda: len(answers) > seen + 20)
        assert {status for status, _ in answers} == {httpx.codes.OK}
        assert {version for _, version in answers} == {"one", "two"}
        manifest = httpx.get(f"{address}/exports/manifest.json")
        assert manifest.json()["version"] == "two"
        kept = httpx.get(f"{address}/exports/one/manifest.json")
        assert kept.json()["version"] == "one"


def broken_dataset(release: Path) -> None:
    """Other bytes of the same size."""
    dataset = release / "warrantgraph.nq"
    dataset.write_bytes(dataset.read_bytes().replace(b"<https://", b"<http://x"))


def broken_variant(release: Path) -> None:
    """A compressed file that is something else."""
    variant = release / "warrantgraph.nq.gz"
    variant.write_bytes(b"?" * variant.stat().st_size)


def counts_are_no_numbers(release: Path) -> None:
    manifest = release / "manifest.json"
    text = manifest.read_text(encoding="utf-8")
    manifest.write_text(text.replace('"claims": 1,', '"claims": null,', 1), encoding="utf-8")


def broken_syntax(release: Path) -> None:
    """Not even N-Quads."""
    dataset = release / "warrantgraph.nq"
    dataset.write_bytes(b"?" * dataset.stat().st_size)


def without_manifest(release: Path) -> None:
    (release / "manifest.json").write_text("{", encoding="utf-8")


def manifest_not_in_utf8(release: Path) -> None:
    (release / "manifest.json").write_bytes(b'{"version": "\xe9"}')


def manifest_too_deep(release: Path) -> None:
    (release / "manifest.json").write_text("[" * 100_000, encoding="utf-8")


def impossible_version(release: Path) -> None:
    """One that no header can hold."""
    manifest = release / "manifest.json"
    text = manifest.read_text(encoding="utf-8")
    manifest.write_text(text.replace('"version": "two"', '"version": "t\\nwo"'), encoding="utf-8")


def without_a_file(release: Path) -> None:
    (release / "warrantgraph.ttl.gz").unlink()


@pytest.mark.parametrize(
    "damage",
    [
        broken_dataset,
        broken_syntax,
        broken_variant,
        counts_are_no_numbers,
        without_manifest,
        manifest_not_in_utf8,
        manifest_too_deep,
        impossible_version,
        without_a_file,
    ],
)
def test_a_broken_release_is_refused_and_the_last_goes_on(
    tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    releases, other = tmp_path / "releases", tmp_path / "other"
    releases.mkdir()
    other.mkdir()
    tiny_release(releases, "one")
    with serving("--release", str(releases), "--watch", "0") as (process, address):
        broken = tiny_release(other, "two").folder
        damage(broken)
        broken.rename(releases / "two")
        link = tmp_path / "link"
        link.symlink_to("two")
        link.rename(releases / "current")
        process.send_signal(signal.SIGHUP)
        assert process.stderr
        assert process.stderr.readline().startswith("the release one goes on: ")
        assert version(address) == "one"
        sound = tiny_release(releases, "three")
        process.send_signal(signal.SIGHUP)
        until(lambda: version(address) == sound.manifest.version)


def test_a_query_that_runs_at_the_switch_is_answered(tmp_path: Path) -> None:
    """It goes on in the processes of the release that it began with."""
    tiny_release(tmp_path, "one")
    values = " ".join(f"VALUES ?{name} {{ {'1 ' * 150} }}" for name in "abc")
    with serving("--release", str(tmp_path), "--watch", "0") as (process, address):
        query = {"query": f"SELECT * {{ {values} }}"}
        headers = {"Accept": "text/csv"}
        with httpx.stream("POST", f"{address}/sparql", data=query, headers=headers) as response:
            tiny_release(tmp_path, "two")
            process.send_signal(signal.SIGHUP)
            until(lambda: version(address) == "two")
            rows = sum(chunk.count(b"\n") for chunk in response.iter_bytes())
        assert response.headers["data-version"] == "one"
        assert rows == 150**3 + 1
