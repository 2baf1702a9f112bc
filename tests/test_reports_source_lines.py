"""The lines that findings stand in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from warrantgraph.reports import Finding, Place, Severity
from warrantgraph.reports.source_lines import SourceLines

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def lines(file: Path, *numbers: int | None) -> list[str | None]:
    places = [Place(file, number) for number in numbers]
    findings = [Finding("r", Severity.INFO, "m", place=place) for place in places]
    read = SourceLines(findings)
    return [read(place) for place in places]


def test_each_end_of_a_line_counts(tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    file.write_bytes("\ufeffone\r\ntwo\rthrée\n\nfive".encode())
    assert lines(file, 5, 1, 3, 2, 4, 6, None) == ["five", "one", "thrée", "two", "", None, None]


def test_what_cannot_be_shown_is_none(tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    file.write_bytes(b"short\n" + b"x" * 2001 + b"\n" + b"x" * 2000 + b"\n\xff\nlast\n")
    assert lines(tmp_path / "gone.ttl", 1) == [None]
    assert lines(file, 1, 2, 3, 4, 5) == ["short", None, "x" * 2000, "\ufffd", "last"]
    long = tmp_path / "b.ttl"
    long.write_bytes(b"x" * 2001 + b"\n" + b"y" * 2000 + b"\n" + b"z" * 5000)
    assert lines(long, 1, 2, 3) == [None, "y" * 2000, None]


@given(st.lists(st.text(alphabet="a é😀\t", max_size=9), min_size=1, max_size=9))
def test_lines_are_those_of_the_file(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    file = tmp_path_factory.mktemp("lines") / "a.ttl"
    file.write_text("\n".join(texts) + "\n", encoding="utf-8")
    assert lines(file, *range(1, len(texts) + 1)) == texts
