"""The part of a source line that a report shows, and the marks under it."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from warrantgraph.reports import Place
from warrantgraph.reports.formats import SourceLines
from warrantgraph.reports.formats.excerpt import excerpt

LINES = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("\t\x1b名\u0301\u202e"))


@given(line=LINES, column=st.integers(1, 400), length=st.integers(0, 80), width=st.integers(1, 99))
@settings(deadline=None)
def test_carets_stand_under_what_is_marked(line: str, column: int, length: int, width: int) -> None:
    where = Place(Path("a.ttl"), 1, column, 1, column + length)
    found = excerpt(where, lambda _: line, width)
    assert found is not None
    assert "\n" not in found.text
    assert found.carets.index("^") == cell_len(found.before)
    assert cell_len(found.text) <= max(10, width) + 12


def test_excerpt_of_a_very_long_line_shows_the_part_around_the_place() -> None:
    line = "a" * 50_000_000 + "WRONG" + "b" * 50_000_000
    where = Place(Path("a.nt"), 1, 50_000_001, 1, 50_000_006)
    found = excerpt(where, lambda _: line, 60)
    assert found is not None
    assert found.marked == "WRONG"
    assert found.text.startswith("…aaa")
    assert found.text.endswith("bbb…")
    assert len(found.text) <= 62


def test_excerpt_without_a_column_marks_nothing() -> None:
    found = excerpt(Place(Path("a.ttl"), 1), lambda _: "text", 60)
    assert found is not None
    assert (found.text, found.carets) == ("text", "")
    assert excerpt(Place(Path("a.ttl")), lambda _: "text", 60) is None
    assert excerpt(Place(Path("a.ttl"), 1), lambda _: None, 60) is None


def test_source_lines_are_read_as_they_stand(tmp_path: Path) -> None:
    file, other = tmp_path / "a.ttl", tmp_path / "b.ttl"
    file.write_bytes("\ufeffone\r\ntwo é\n\nfour".encode() + b"\n" + b"x" * 2_000_000 + b"\nsix")
    other.write_bytes(b"")
    lines = SourceLines()
    read = [lines(Place(file, number)) for number in range(1, 8)]
    assert read == ["one", "two é", "", "four", None, "six", None]
    assert lines(Place(other, 1)) is None
    assert lines(Place(file, 2)) == "two é"
    assert lines(Place(file, 1)) == "one"
    assert [lines(Place(tmp_path / name, 1)) for name in ("gone", "")] == [None, None]


def test_source_lines_are_given_in_any_order_and_from_many_files(tmp_path: Path) -> None:
    names = [tmp_path / f"{number}.nt" for number in range(70)]
    for name in names:
        name.write_text("".join(f"{name.stem}:{line}\n" for line in range(1, 1001)))
    lines = SourceLines()
    for line in (1000, 1, 256, 257, 513, 512):
        assert [lines(Place(name, line)) for name in names] == [f"{n.stem}:{line}" for n in names]
    assert lines(Place(names[0], 1001)) is None
