"""Lists the claims of a source that were drafted, and counts how they stand."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from warrantgraph.reviewing.wording import plain
from warrantgraph.statuses import Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from warrantgraph.reviewing.drafts import Claim

__all__ = ["print_claims", "print_summary"]

_COLUMNS = ("claim", "sentence", "status", "rule", "gloss")
_REVIEWED = (Status.DRAFT, Status.ACCEPTED, Status.REJECTED)


def print_claims(claims: Sequence[Claim]) -> None:
    """A table on a terminal; elsewhere a line for each claim, its cells parted by tabs."""
    console = Console(highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        for claim in claims:
            print("\t".join(_cells(claim)))
        return
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for name in _COLUMNS:
        table.add_column(name, overflow="fold", ratio=1 if name == "gloss" else None)
    for claim in claims:
        table.add_row(*map(Text, _cells(claim)))
    console.print(table)
    console.print(f"{len(claims)} claim" + ("" if len(claims) == 1 else "s"), style="dim")


def _cells(claim: Claim) -> tuple[str, ...]:
    sentence = ",".join(map(str, claim.sentences)) or "?"
    return (
        plain(claim.name),
        sentence,
        claim.status.value,
        plain(claim.rule),
        plain(claim.gloss),
    )


def print_summary(claims: Sequence[Claim]) -> None:
    """How many claims stand how, in all and by rule."""
    counts = Counter((claim.rule, claim.status) for claim in claims)
    rules = sorted({rule for rule, _ in counts})
    width = max([len("all rules"), *(len(plain(rule)) for rule in rules)])
    print(f"{'':<{width}}" + "".join(f"  {status.value:>8}" for status in _REVIEWED))
    for name, chosen in [("all rules", rules), *((plain(rule), [rule]) for rule in rules)]:
        numbers = [sum(counts[rule, status] for rule in chosen) for status in _REVIEWED]
        print(f"{name:<{width}}" + "".join(f"  {number:>8}" for number in numbers))
