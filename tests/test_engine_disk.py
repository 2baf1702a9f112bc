"""Datasets that are kept on disk: the same answers, an image that is made once and whole."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from served import served
from warrantgraph.engine.disk import disk_image
from warrantgraph.engine.workers import EngineKind, plan_opening
from warrantgraph.errors import InputError
from warrantgraph_server.app import create_app
from warrantgraph_server.settings import Settings

DATA = Path(__file__).parent / "cases/protocol/data.trig"
QUERY = "SELECT ?s ?o { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } } ORDER BY ?s ?o"


def ask(engine: str, folder: Path) -> str:
    settings = Settings(data=(DATA,), engine=engine, engine_folder=folder)
    with served(create_app(settings)) as address:
        headers = {"Accept": "text/csv"}
        return httpx.get(f"{address}/sparql", params={"query": QUERY}, headers=headers).text


def test_disk_answers_as_memory_does(tmp_path: Path) -> None:
    assert ask("disk", tmp_path) == ask("memory", tmp_path)


def test_an_image_is_made_once(tmp_path: Path) -> None:
    first = disk_image([DATA], [], tmp_path, union=False)
    made = first.stat().st_mtime_ns
    assert disk_image([DATA], [], tmp_path, union=False) == first
    assert first.stat().st_mtime_ns == made
    assert disk_image([DATA], [], tmp_path, union=True) != first


def test_an_image_that_could_not_be_finished_leaves_nothing(tmp_path: Path) -> None:
    broken = tmp_path / "broken.ttl"
    broken.write_text("<a> <b>", encoding="utf-8")
    folder = tmp_path / "images"
    with pytest.raises(InputError, match="not Turtle"):
        disk_image([broken], [], folder, union=False)
    assert list(folder.iterdir()) == []


def test_a_folder_that_cannot_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="cannot keep the dataset here"):
        disk_image([DATA], [], tmp_path / "file" / "images", union=False)


@pytest.mark.parametrize(
    ("engine", "free_memory", "kind"),
    [
        (None, 1 << 30, EngineKind.MEMORY),
        (None, 1 << 10, EngineKind.DISK),
        ("memory", 1 << 10, EngineKind.MEMORY),
        ("disk", 1 << 30, EngineKind.DISK),
        ("https://example.org/sparql", 1 << 30, EngineKind.REMOTE),
    ],
)
def test_size_decides_unless_it_is_said(
    engine: str | None, free_memory: int, kind: EngineKind
) -> None:
    assert plan_opening((DATA,), engine=engine, free_memory=free_memory)[0] is kind
