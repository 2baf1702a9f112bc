"""`extract` as users have it, with the rules and the real writer: sources that can be read."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from command import run
from warrantgraph.source import list_sources, read_source

CASES = Path(__file__).parent / "cases" / "extract" / "read"
ARTICLE = """\
Court seeks the arrest of a minister

An arrest warrant for former Defence Minister Ada Example was issued by the International Criminal
Court on Friday. “I have done nothing,” Example said. Ruritania is not a member of the court.
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which commands run."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_an_article_becomes_a_source_of_drafts(folder: Path) -> None:
    (folder / "article.txt").write_text(ARTICLE.replace("\nCourt on", " Court on"), "utf-8")
    command = (
        *("extract", "article.txt", "--published", "2024-11-21", "--publisher", "Reuters"),
        *("--url", "https://example.org/1", "--sources", "sources"),
    )
    done = run(*command)
    assert done.exit_code == 0, done.error
    (place,) = list_sources(folder / "sources")
    source = read_source(place)
    assert source.text == (folder / "article.txt").read_text("utf-8")
    assert source.metadata.publisher == "reuters"
    assert source.metadata.url == "https://example.org/1"
    claims = (place / "claims.ttl").read_text("utf-8")
    assert claims.count('    cur:status "draft" ;\n') == claims.count("\nclaim:") > 0
    assert run(*command).output.startswith(f"{place.name} is drafted already.\n")
    assert run(*command, "--force").exit_code == 0
    claims = claims.replace('"draft" ;', '"accepted" ;', 1)
    (place / "claims.ttl").write_text(claims, "utf-8")
    assert run(*command, "--force").exit_code == 3
    assert (place / "claims.ttl").read_text("utf-8") == claims


def test_unusual_texts_become_sources_that_can_be_read(folder: Path) -> None:
    shutil.copytree(CASES, folder / "in")
    for path in (folder / "in").iterdir():
        path.with_suffix(".toml").write_text(f'slug = "{path.stem}"\n', "utf-8")
    done = run("extract", "in", "--published", "2024-11-21", "--sources", "sources")
    assert done.exit_code == 0, done.error
    for place in list_sources(folder / "sources"):
        written = (place / "article.txt").read_bytes()
        assert written == (CASES / f"{place.name}.txt").read_bytes()
        assert read_source(place).text.encode() == written


def test_a_text_that_the_rules_cannot_read_gets_no_facts(folder: Path) -> None:
    words = "Der Gerichtshof hat am Freitag einen Haftbefehl gegen den Minister erlassen. " * 9
    (folder / "a.txt").write_text(words, "utf-8")
    done = run(
        *("extract", "a.txt", "--published", "2024-11-21", "--sources", "sources"),
        *("--language", "de", "--empty-draft"),
    )
    assert (done.exit_code, "0 facts" in done.output) == (0, True), done.error
    (place,) = list_sources(folder / "sources")
    assert read_source(place).metadata.language == "de"
