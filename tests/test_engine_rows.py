"""Rows are counted right in each format, wherever the pieces are cut."""

from __future__ import annotations

from itertools import pairwise

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from warrantgraph.engine.workers.rows import row_counter

FORMATS = {
    "csv": pyoxigraph.QueryResultsFormat.CSV,
    "json": pyoxigraph.QueryResultsFormat.JSON,
    "tsv": pyoxigraph.QueryResultsFormat.TSV,
    "xml": pyoxigraph.QueryResultsFormat.XML,
}
TEXTS = st.text(st.sampled_from('ab"\\,{}[]<>\n\r\t:é') | st.characters(codec="utf-8"), max_size=8)
ROWS = st.lists(st.tuples(st.none() | TEXTS, st.none() | TEXTS), max_size=6)
"""Rows of two variables, bound or not."""


def serialize(rows: list[tuple[str | None, str | None]], name: str) -> bytes:
    values = " ".join(
        "(" + " ".join("UNDEF" if text is None else quoted(text) for text in row) + ")"
        for row in rows
    )
    query = f"SELECT * {{ VALUES (?a ?b) {{ {values} }} }}"
    answer = pyoxigraph.Store().query(query)
    assert isinstance(answer, pyoxigraph.QuerySolutions)
    return answer.serialize(format=FORMATS[name]) or b""


def quoted(text: str) -> str:
    return str(pyoxigraph.Literal(text))


@pytest.mark.parametrize("name", FORMATS)
@given(rows=ROWS, cuts=st.lists(st.integers(0, 400), max_size=6))
def test_every_row_counts_once(
    name: str, rows: list[tuple[str | None, str | None]], cuts: list[int]
) -> None:
    data = serialize(rows, name)
    places = [0, *sorted(min(cut, len(data)) for cut in cuts), len(data)]
    counter = row_counter(name)
    counted = sum(counter.feed(data[start:end]) for start, end in pairwise(places))
    assert counted == len(rows)


def test_the_bytes_of_a_graph_tell_nothing() -> None:
    assert row_counter("turtle").feed(b"<a> <b> <c> .\n") == 0
