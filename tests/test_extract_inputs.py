"""What `extract` reads: each kind of file that is no article gets a sentence that says why."""

from __future__ import annotations

import json
import os
import shutil
import tomllib
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import RDFS, Literal

import fake_extraction
from command import run
from warrantgraph.checks.guilt import find_guilt
from warrantgraph.extracting.slugs import check_slug, default_slug
from warrantgraph.namespaces import ID

if TYPE_CHECKING:
    from command import Done

CASES = Path(__file__).parent / "cases" / "extract"
REFUSED: dict[str, str] = tomllib.loads((CASES / "refused" / "expected.toml").read_text("utf-8"))
READ = sorted((CASES / "read").glob("*.txt"))
METADATA = tomllib.loads((CASES / "metadata.toml").read_text("utf-8"))
LINES = tomllib.loads((CASES / "lines.toml").read_text("utf-8"))
GUILT = "convicted commits perpetrators guilty culprit offenders criminal"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which commands run."""
    monkeypatch.chdir(tmp_path)
    fake_extraction.install(monkeypatch)
    return tmp_path


def extract(*arguments: str, stdin: str = "") -> Done:
    fixed = ("--published", "2024-11-21", "--sources", "sources", "--jobs", "1")
    return run("extract", *fixed, *arguments, stdin=stdin)


def drafted(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "sources").iterdir())


def test_each_refused_file_is_expected() -> None:
    assert {path.stem for path in (CASES / "refused").glob("*.txt")} == set(REFUSED)


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_english_plain_text_is_refused(folder: Path, name: str) -> None:
    shutil.copy(CASES / "refused" / f"{name}.txt", folder)
    done = extract(f"{name}.txt")
    assert done.error.startswith(f"Error: {name}.txt:")
    assert REFUSED[name] in done.error
    assert (done.exit_code, drafted(folder)) == (3, [])


@pytest.mark.parametrize("path", READ, ids=lambda path: path.stem)
def test_bytes_and_offsets_stay_those_of_the_file(folder: Path, path: Path) -> None:
    record = json.loads(extract(str(path), "--json", "--slug", "it").output)
    assert (folder / "sources" / "it" / "article.txt").read_bytes() == path.read_bytes()
    text = path.read_bytes().decode()
    (fact,) = record["facts"]
    span = fact["evidence"]["span"]
    assert text[span["start"] : span["end"]] == span["text"]
    assert span["text"].startswith("“It")
    assert span["text"].endswith("Ada")


def test_a_draft_without_facts_is_made_of_other_languages_on_request(folder: Path) -> None:
    shutil.copy(CASES / "refused" / "german.txt", folder)
    with (folder / "german.txt").open("a", encoding="utf-8") as file:
        file.write("“So ist es.” Ada\n")
    assert extract("german.txt").exit_code == 3
    done = extract("german.txt", "--empty-draft")
    assert (done.exit_code, "0 facts" in done.output) == (0, True)


def test_the_language_that_is_given_counts(folder: Path) -> None:
    (folder / "a.txt").write_text("Ordre du tribunal", encoding="utf-8")
    assert extract("a.txt").exit_code == 0  # too short to tell
    assert "not English" in extract("a.txt", "--language", "fr", "--force").error
    assert extract("a.txt", "--language", "en-GB", "--force").exit_code == 0


@pytest.mark.parametrize(
    "text",
    ["word " * 200_000, "A line.\n" * 100_000, "e" + "\u0301" * 500_000, "a\u202e" * 100_000],
    ids=["one long line", "many lines", "many marks on one letter", "many overrides"],
)
def test_unusual_shapes_are_read(folder: Path, text: str) -> None:
    (folder / "a.txt").write_text(text + "\n“The end of the one.” Ada", encoding="utf-8")
    done = extract("a.txt", "--slug", "it", "--empty-draft")
    assert done.exit_code == 0, done.error


def test_what_is_too_large_is_refused_before_it_is_read(folder: Path) -> None:
    with (folder / "a.txt").open("wb") as file:
        file.truncate(1 << 40)  # a terabyte of nothing
    done = extract("a.txt")
    assert (done.exit_code, "allow more with --max-size" in done.error) == (3, True)
    (folder / "b.txt").write_text("The court spoke.\n", encoding="utf-8")
    assert extract("b.txt", "--max-size", "16").exit_code == 3
    assert extract("b.txt", "--max-size", "17").exit_code == 0


@pytest.mark.parametrize("name", ["/dev/zero", "/dev/stdin", "pipe", "nowhere.txt", "a.txt/b", "."])
def test_what_is_no_file_is_refused_at_once(folder: Path, name: str) -> None:
    os.mkfifo(folder / "pipe")
    (folder / "a.txt").write_text("The court spoke.\n", encoding="utf-8")
    (folder / "a.txt").chmod(0o644)
    done = extract(name)
    if name == ".":  # a folder: what is in it counts
        assert (done.exit_code, len(drafted(folder))) == (0, 1)
    else:
        assert (done.exit_code, drafted(folder)) == (3, []), done.error


def test_links_to_files_are_followed_and_links_to_folders_are_not(folder: Path) -> None:
    (folder / "elsewhere").mkdir()
    (folder / "elsewhere" / "a.txt").write_text("The court spoke.\n", encoding="utf-8")
    (folder / "in").mkdir()
    (folder / "in" / "file.txt").symlink_to("../elsewhere/a.txt")
    (folder / "in" / "loop").symlink_to("../in")
    (folder / "in" / "nowhere.txt").symlink_to("nowhere")
    (folder / "in" / "itself.txt").symlink_to("itself.txt")
    os.mkfifo(folder / "in" / "pipe.txt")
    done = extract("in")
    assert (done.exit_code, len(drafted(folder))) == (3, 1)
    assert "Not drafted, 3 of 4:" in done.error


def test_an_empty_folder_does_not_pass_for_a_finished_one(folder: Path) -> None:
    (folder / "in").mkdir()
    done = extract("in")
    assert (done.exit_code, "there is no .txt or .jsonl file" in done.error) == (3, True)


@pytest.mark.parametrize("name", METADATA)
def test_metadata_beside_a_text(folder: Path, name: str) -> None:
    case: dict[str, Any] = METADATA[name]
    (folder / "a.txt").write_text("The court spoke.\n", encoding="utf-8")
    (folder / "a.toml").write_text(case["toml"], encoding="utf-8")
    (folder / "a.json").write_text("not for us", encoding="utf-8")
    done = extract("a.txt", "--publisher", "Common Times", "--dry-run")
    if "error" in case:
        assert (done.exit_code, case["error"] in done.error) == (3, True), done.error
    else:
        record = json.loads(done.output)
        assert {"slug": record["slug"]} | record["article"] == {
            "slug": "the-court-spoke-2024-11-21",
            "published": "2024-11-21",
            "publisher": "Common Times",
            "url": None,
            "language": "en",
        } | case["expected"]


@pytest.mark.parametrize("name", LINES)
def test_lines_of_json(folder: Path, name: str) -> None:
    case: dict[str, Any] = LINES[name]
    good = '{"text": "The court spoke.", "slug": "good"}\n'
    done = extract("-", stdin=case["line"] + "\n" + good)
    assert (done.exit_code, drafted(folder)) == (3, ["good"])
    assert f"-:1: {case['error']}" in done.error


def test_lines_of_json_carry_what_is_known(folder: Path) -> None:
    lines = [
        {"text": "One.", "published": "2023-01-02T03:04:05Z", "slug": "one", "publisher": "A"},
        {"text": "Two.", "url": "https://example.org/2", "slug": "two", "language": None},
    ]
    content = "\ufeff" + "\n\n".join(map(json.dumps, lines))
    (folder / "a.jsonl").write_text(content, encoding="utf-8")
    records = [json.loads(line) for line in extract("a.jsonl", "--dry-run").output.splitlines()]
    assert [record["name"] for record in records] == ["a.jsonl:1", "a.jsonl:3"]
    assert records[0]["article"]["published"] == "2023-01-02"
    assert records[0]["article"]["publisher"] == "A"
    assert records[1]["article"]["url"] == "https://example.org/2"
    assert records[1]["article"]["published"] == "2024-11-21"


def test_a_line_without_end_is_not_held(folder: Path) -> None:
    long = '{"text": "' + "x" * 200_000 + '"}'
    done = extract("-", "--max-size", "1000", stdin=f'{long}\n{{"text": "The end."}}\n')
    assert (done.exit_code, len(drafted(folder))) == (3, 1)
    assert "-:1: larger than the 1,000 bytes" in done.error


@given(st.text(max_size=200), st.dates())
def test_a_default_slug_can_always_be_one(text: str, day: date) -> None:
    check_slug(default_slug(text, day))


@pytest.mark.parametrize("word", GUILT.split())
def test_no_slug_says_guilt(word: str) -> None:
    slug = default_slug(f"A {word} man speaks", date(2024, 11, 21))
    assert find_guilt([(ID[f"document/{slug}"], RDFS.label, Literal("a text"))]) == []
    assert slug == "a-man-speaks-2024-11-21"
