"""Content negotiation, against the cases in `cases/negotiation` and the text of RFC 9110."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warrantgraph_server.negotiation import choose, parse_accept

CASES = [
    line.split(" => ")
    for file in sorted((Path(__file__).parent / "cases/negotiation").glob("*.txt"))
    for line in file.read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
TYPES = ["text/turtle", "text/csv", "application/json", "application/xml", "image/png"]
RANGES = [*TYPES, "text/*", "application/*", "image/*", "*/*"]
MEMBERS = st.lists(st.tuples(st.sampled_from(RANGES), st.integers(0, 1000)), min_size=1)


@pytest.mark.parametrize(("accept", "offers", "expected"), CASES)
def test_case(accept: str, offers: str, expected: str) -> None:
    assert str(choose(accept, offers.split())).lower() == expected


def test_without_the_header_everything_is_welcome() -> None:
    assert choose(None, ["text/csv", "text/turtle"]) == "text/csv"


def weight(members: list[tuple[str, int]], offer: str) -> int:
    """What section 12.5.1 says, word by word: the most specific range that fits decides."""
    for precision in (offer, offer.partition("/")[0] + "/*", "*/*"):
        weights = [thousandths for member, thousandths in members if member == precision]
        if weights:
            return max(weights)
    return 0


@given(MEMBERS, st.lists(st.sampled_from(TYPES), min_size=1, unique=True))
def test_as_the_standard_says(members: list[tuple[str, int]], offers: list[str]) -> None:
    accept = ", ".join(f"{member};q={weight / 1000:.3f}" for member, weight in members)
    weights = [weight(members, offer) for offer in offers]
    expected = offers[weights.index(max(weights))] if max(weights) else None
    assert choose(accept, offers) == expected


@given(MEMBERS, st.sampled_from(["", " ", "\t", " \t "]))
def test_order_case_and_space_change_nothing(members: list[tuple[str, int]], space: str) -> None:
    plain = ",".join(f"{member};q={weight / 1000:.3f}" for member, weight in members)
    spaced = f"{space},{space}".join(
        f"{member.upper()}{space};{space}Q={weight / 1000:.3f}"
        for member, weight in reversed(members)
    )
    assert choose(plain, TYPES) == choose(spaced, TYPES)


@given(st.text())
def test_no_header_breaks_it(accept: str) -> None:
    assert choose(accept, TYPES) in {None, *TYPES}


@given(st.text(alphabet='text/*;,="q01. \\', max_size=60))
def test_what_is_read_is_a_range(accept: str) -> None:
    for member in parse_accept(accept):
        assert 0 <= member.weight <= 1
        assert member.type
        assert member.subtype


def test_a_hostile_header_is_read_in_linear_time() -> None:
    for accept in ('a/b;x="' * 20_000, "a/b;" * 20_000, '"' * 60_000, "a/b;q=" + "0" * 60_000):
        assert choose(accept, TYPES) in {None, *TYPES}
