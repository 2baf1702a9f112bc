"""The verb `extract` for one article: what it writes, prints and refuses."""

from __future__ import annotations

import json
from importlib import resources
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

import fake_extraction
from command import run
from warrantgraph.extraction import facts
from warrantgraph.extraction.facts import Fact

if TYPE_CHECKING:
    from pathlib import Path

    from command import Done

SPOKEN = "The court spoke\n“It is so.” Ada said.\n“It is\nnot.” Bob said.\n"
SLUG = "the-court-spoke-2024-11-21"
SCHEMA: dict[str, Any] = json.loads(
    resources.files("warrantgraph.extracting").joinpath("draft.schema.json").read_text("utf-8")
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with an article, in which commands run."""
    monkeypatch.chdir(tmp_path)
    fake_extraction.install(monkeypatch)
    (tmp_path / "article.txt").write_text(SPOKEN, encoding="utf-8")
    return tmp_path


def extract(*arguments: str, published: str = "2024-11-21") -> Done:
    return run(
        *("extract", "article.txt", "--published", published, "--sources", "sources"), *arguments
    )


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, and every folder that is empty."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else b""
        for path in sorted(folder.rglob("*"))
        if path.is_file() or not any(path.iterdir())
    }


def test_a_source_is_written_and_the_next_command_is_told(folder: Path) -> None:
    done = extract()
    assert (done.exit_code, done.error) == (0, "")
    assert done.output == (
        f"Drafted {SLUG} in sources/{SLUG}, by fake 1\n"
        "  facts     2 facts (2 statements)\n"
        "  known     nobody and nothing\n"
        "  unknown   Ada, Bob\n"
        "  left out  1\n"
        "    “It is\\nnot.” Bob: its words stand on two lines\n"
        f"  next      warrantgraph review {SLUG} --sources sources\n"
    )
    written = contents(folder / "sources")
    assert sorted(written) == [f"{SLUG}/{n}" for n in ("article.txt", "claims.ttl", "source.toml")]
    assert written[f"{SLUG}/article.txt"] == SPOKEN.encode()
    assert b'extractor = "fake 1"\n' in written[f"{SLUG}/source.toml"]


def test_the_same_again_changes_nothing(folder: Path) -> None:
    extract()
    before = contents(folder)
    done = extract()
    assert (done.exit_code, contents(folder)) == (0, before)
    assert done.output.startswith(f"{SLUG} is drafted already.\n")


def test_a_newer_extractor_drafts_anew_by_force_only(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    extract()
    before = contents(folder)
    fake_extraction.install(monkeypatch, "NewerExtractor")
    done = extract()
    assert (done.exit_code, contents(folder)) == (0, before)
    assert "by another version" in done.output
    done = extract("--force")
    assert done.output.startswith(f"Drafted {SLUG}")
    assert b'extractor = "fake 2"\n' in contents(folder)[f"sources/{SLUG}/source.toml"]
    assert len(contents(folder)) == len(before)


def test_another_text_of_the_same_slug_is_refused(folder: Path) -> None:
    extract()
    before = contents(folder / "sources")
    (folder / "article.txt").write_text("The court spoke\nand was silent.\n", encoding="utf-8")
    done = extract()
    assert (done.exit_code, contents(folder / "sources")) == (3, before)
    assert done.error == (
        f'Error: article.txt: the source of this slug is a draft of another text: "{SLUG}" (give '
        "another --slug, or --force to replace that draft if the text has changed)\n"
    )
    assert extract("--slug", "another").exit_code == 0
    assert extract("--force").exit_code == 0


@pytest.mark.parametrize("arguments", [(), ("--force",)])
@pytest.mark.parametrize(
    "change",
    [
        ('cur:status "draft"', 'cur:status "accepted" ;\n    cur:reviewedBy "Ada Example"'),
        ('    cur:status "draft" ;\n', ""),
        ('"draft"', '"rejected"'),
    ],
    ids=["accepted", "by hand", "rejected"],
)
def test_what_people_decided_is_never_replaced(
    folder: Path, change: tuple[str, str], arguments: tuple[str, ...]
) -> None:
    extract()
    claims = folder / "sources" / SLUG / "claims.ttl"
    claims.write_text(claims.read_text("utf-8").replace(*change), encoding="utf-8")
    before = contents(folder)
    done = extract(*arguments)
    assert contents(folder) == before
    if arguments:
        assert (done.exit_code, "curated or reviewed by people" in done.error) == (3, True)
    else:
        assert done.exit_code == 0


@pytest.mark.parametrize("there", ["a file", "a link", "an empty folder"])
def test_what_is_no_source_keeps_its_place(folder: Path, there: str) -> None:
    place = folder / "sources" / SLUG
    place.parent.mkdir()
    if there == "a file":
        place.write_text("mine", encoding="utf-8")
    elif there == "a link":
        place.symlink_to("nowhere")
    else:
        place.mkdir()
    for arguments in ((), ("--force",)):
        done = extract(*arguments)
        assert (done.exit_code, "curated or reviewed" in done.error) == (3, True)
    assert len(list(place.parent.iterdir())) == 1


def test_a_dry_run_prints_what_the_schema_says_and_writes_nothing(folder: Path) -> None:
    done = extract("--dry-run", "--publisher", "Example Times", "--url", "https://example.org/1")
    record = json.loads(done.output)
    jsonschema.validate(record, SCHEMA)
    assert (done.exit_code, [path.name for path in folder.iterdir()]) == (0, ["article.txt"])
    assert record["article"] == {
        "published": "2024-11-21",
        "publisher": "Example Times",
        "url": "https://example.org/1",
        "language": "en",
    }
    spans = [fact["quoted"] for fact in record["facts"]]
    assert [SPOKEN[span["start"] : span["end"]] for span in spans] == ["It is so.", "It is\nnot."]
    assert [fact["attribution"]["speaker"] for fact in record["facts"]] == ["ada", "bob"]


def test_json_is_printed_of_what_is_written_too(folder: Path) -> None:
    record = json.loads(extract("--json").output)
    jsonschema.validate(record, SCHEMA)
    assert record["slug"] == SLUG
    assert (folder / "sources" / SLUG / "claims.ttl").is_file()


@pytest.mark.parametrize("kind", Fact.__subclasses__(), ids=lambda kind: kind.__name__)
def test_the_schema_has_every_field_of_every_fact(kind: type[Fact]) -> None:
    described = SCHEMA["$defs"][kind.__name__.lower()]
    own = set(kind.__dataclass_fields__) - set(Fact.__dataclass_fields__)
    assert set(described["required"]) == own
    assert set(described["properties"]) == own | {"type"}
    assert kind.__name__ in facts.__all__


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2024", "a year or month is not enough"),
        ("2024-11", "a year or month is not enough"),
        ("20241121", "not the day the article appeared"),
        ("2024-02-30", "there is no such day"),
        ("9999-01-01", "the day has not come yet"),
        ("yesterday", "not the day the article appeared"),
    ],
)
def test_a_wrong_day_is_wrong_usage(folder: Path, day: str, said: str) -> None:
    done = extract(published=day)
    assert (done.exit_code, said in " ".join(done.error.split())) == (2, True), done.error
    assert not (folder / "sources").exists()


@pytest.mark.parametrize(
    "slug",
    ["../x", "/etc/passwd", "UPPER", "a--b", "-a", "a/b", "a b", "", ".", "x" * 101, "is-guilty"],
)
def test_a_hostile_slug_is_wrong_usage(folder: Path, slug: str) -> None:
    done = extract("--slug", slug)
    if slug:
        assert done.exit_code == 2
        assert [path.name for path in folder.iterdir()] == ["article.txt"]
    else:  # as if it were not given
        assert done.exit_code == 0


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--url", "javascript:alert(1)"),
        ("--url", "https://example.org/\nx"),
        ("--language", "not a tag"),
        ("--publisher", "two\nlines"),
        ("--jobs", "0"),
        ("--max-size", "much"),
        ("--timeout", "0"),
        ("--extractor", "oracle"),
    ],
)
def test_wrong_options_are_wrong_usage(folder: Path, option: str, value: str) -> None:
    assert extract(option, value).exit_code == 2
    assert not (folder / "sources").exists()


def test_without_the_extra_the_way_to_install_it_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def find_nothing(name: str) -> None:
        """As where the package `name` is not installed."""

    monkeypatch.setattr("warrantgraph.cli.extract.find_spec", find_nothing)
    done = extract()
    assert done.exit_code == 2
    assert "pip install 'warrantgraph[extract]'" in done.error
    assert not (folder / "sources").exists()


def test_an_installed_package_is_not_written_into(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("warrantgraph.cli.extract.CHECKOUT", False)
    done = run("extract", "article.txt", "--published", "2024-11-21")
    assert (done.exit_code, "--sources FOLDER" in done.error) == (2, True)
    inside = resources.files("warrantgraph").joinpath("sources")
    done = run("extract", "article.txt", "--published", "2024-11-21", "--sources", str(inside))
    assert (done.exit_code, "inside the installed package" in done.error) == (2, True)


def test_an_extractor_that_cannot_be_made_says_why(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_extraction.install(monkeypatch, "UnloadableExtractor")
    done = extract()
    assert done.error == "Error: no model is named (set WARRANTGRAPH_EXAMPLE)\n"
    assert done.exit_code == 3


@pytest.mark.parametrize(
    ("word", "code", "said"),
    [
        ("HANG", 4, "stopped after 1 s"),
        ("FILL", 4, "more memory was needed than it may have, 64 MiB"),
        ("CRASH", 4, "its process ended with code -11"),
        ("LEAVE", 4, "its process ended with code 7"),
        ("RAISE", 4, "ValueError: no such thing"),
        ("RECURSE", 4, "nested deeper"),
        ("ASTRAY", 4, "does not fit the text"),
        ("HALFWAY", 4, "its process ended with code 9"),
        ("DISK FULL", 3, "No space left on device"),
        ("REFUSE", 3, "nothing can be made of this"),
    ],
)
def test_whatever_an_article_does_nothing_half_written_stays(
    folder: Path, word: str, code: int, said: str
) -> None:
    (folder / "article.txt").write_text(f"The court spoke of {word}.\n", encoding="utf-8")
    done = extract("--timeout", "1", "--memory-limit", "64MiB")
    assert (done.exit_code, said in done.error) == (code, True), done.error
    assert list((folder / "sources").iterdir()) == []


def test_what_a_library_prints_is_no_answer(folder: Path) -> None:
    (folder / "article.txt").write_text("The court spoke of PRINT.\n", encoding="utf-8")
    assert extract().exit_code == 0


def test_a_folder_that_cannot_be_written_is_told(folder: Path) -> None:
    (folder / "sources").write_text("a file", encoding="utf-8")
    assert extract().exit_code == 2
    done = run("extract", "article.txt", "--published", "2024-11-21", "--sources", "sources/x")
    assert (done.exit_code, "cannot write sources/x" in done.error) == (3, True), done.error


def test_what_names_hold_steers_no_terminal(folder: Path) -> None:
    (folder / "\x1b[31mred.txt").write_bytes(b"")
    done = run("extract", "\x1b[31mred.txt", "--published", "2024-11-21", "--sources", "sources")
    assert done.exit_code == 3
    assert "\x1b" not in done.error
