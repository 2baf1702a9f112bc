"""Shows a coverage: on a terminal, as a section in Markdown, as JSON."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from rich.text import Text

from warrantgraph.evaluation.coverage.comparing import Grade
from warrantgraph.evaluation.coverage.kinds import GROUPS
from warrantgraph.evaluation.rendering import as_cell, as_markdown, as_rich
from warrantgraph.evaluation.tables import Table
from warrantgraph.reports.formats.visible import harmless, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import Console

    from warrantgraph.evaluation.coverage.comparing import Comparison, Coverage
    from warrantgraph.evaluation.coverage.reading import Claim

__all__ = ["coverage_as_json", "coverage_as_markdown", "print_coverage"]

_STYLES: Final = {Grade.MISSED: "yellow", Grade.PARTLY: "magenta"}


def print_coverage(console: Console, coverage: Coverage) -> None:
    """Print a coverage on a terminal."""
    table = _table(coverage)
    console.print(Text(table.title, style="bold"))
    console.print(as_rich(table), Text())
    for sentence in _sentences(coverage):
        console.print(Text(one_line(sentence)), soft_wrap=True)
    for title, items in _lists(coverage):
        console.print()
        console.print(Text(title, style="bold"))
        for head, *lines in items:
            console.print(Text(one_line(head), style=_style(head)), soft_wrap=True)
            for line in lines:
                console.print(Text(f"   {one_line(line)}"), soft_wrap=True)


def coverage_as_markdown(coverage: Coverage) -> str:
    """A coverage as a section of a page."""
    table = _table(coverage)
    parts = [f"## {table.title}", as_markdown(table)]
    parts.append("\n".join(f"- {as_cell(sentence)}" for sentence in _sentences(coverage)))
    for title, items in _lists(coverage):
        nested = (
            "\n".join([f"- {as_cell(head)}", *(f"  - {as_cell(line)}" for line in lines)])
            for head, *lines in items
        )
        parts += [f"### {title}", "\n".join(nested)]
    return harmless("\n\n".join(parts)) + "\n"


def coverage_as_json(coverage: Coverage) -> dict[str, Any]:
    """A coverage as an object."""
    return {
        "source": coverage.name,
        "extractor": coverage.extractor,
        "claims": len(coverage.comparisons),
        **{str(grade): coverage.count(grade) for grade in Grade},
        "not_looked_for": len(_not_looked_for(coverage)),
        "by_curators": coverage.by_curators,
        "drafts": len(coverage.drafts),
        "left_out": coverage.left_out,
        "groups": {
            group: {str(grade): found[grade] for grade in Grade}
            for group, found in _groups(coverage)
        },
        "comparisons": [_comparison(each) for each in coverage.comparisons],
        "unmatched": [_claim(draft) for draft in coverage.unmatched],
    }


def _comparison(comparison: Comparison) -> dict[str, Any]:
    found = _claim(comparison.claim) | {"grade": str(comparison.grade)}
    if nearest := comparison.nearest:
        found |= {"draft": _claim(nearest.draft), "differences": list(nearest.differences)}
    return found


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        "claim": claim.number,
        "group": claim.group,
        "spans": [list(span) for span in claim.spans],
        "words": claim.words,
        "gloss": claim.gloss,
    }


def _groups(coverage: Coverage) -> Iterator[tuple[str, Counter[Grade]]]:
    """How many claims of each group have each grade, for groups that have any."""
    for group in GROUPS:
        found = Counter(each.grade for each in coverage.comparisons if each.claim.group == group)
        if found:
            yield group, found


def _table(coverage: Coverage) -> Table:
    total = Counter(each.grade for each in coverage.comparisons)
    rows = [
        (name, str(found.total()), *(str(found[grade]) for grade in Grade), _share(found))
        for name, found in (*_groups(coverage), ("all", total))
    ]
    columns = ("", "claims", *(str(grade) for grade in Grade), "covered of claims")
    return Table(f"Claims of {coverage.name} that {coverage.extractor} drafts", columns, rows)


def _share(found: Counter[Grade]) -> str:
    return f"{found[Grade.COVERED] / found.total():.2f}" if found else "-"


def _sentences(coverage: Coverage) -> Iterator[str]:
    skipped = _not_looked_for(coverage)
    total = len(coverage.comparisons)
    if skipped:
        covered = coverage.count(Grade.COVERED)
        yield (
            f"{len(skipped)} of the {_many(total, 'claim')} are of kinds for which extractors "
            f"have no type of fact; of the other {total - len(skipped)}, {covered} are covered."
        )
    drafts, unmatched = len(coverage.drafts), len(coverage.unmatched)
    yield f"{_many(drafts, 'draft')}, {unmatched} of them without a curated counterpart."
    if coverage.left_out:
        yield f"{_many(coverage.left_out, 'finding')} could not be written as drafts."
    if coverage.by_curators:
        yield f"{_many(coverage.by_curators, 'claim')} by the curators themselves not counted."


def _not_looked_for(coverage: Coverage) -> list[Claim]:
    claims = (each.claim for each in coverage.comparisons)
    return [claim for claim in claims if not claim.is_looked_for]


def _lists(coverage: Coverage) -> Iterator[tuple[str, Iterable[list[str]]]]:
    open_ = [each for each in coverage.comparisons if each.grade is not Grade.COVERED]
    if open_:
        yield "Not covered, or only partly", [_open(each) for each in open_]
    if coverage.unmatched:
        drafts = [[_head(each), *_lines(each)] for each in coverage.unmatched]
        yield "Drafts without a curated counterpart", drafts


def _open(comparison: Comparison) -> list[str]:
    """The lines that show what is not covered: which claim, its words, what it says, the draft."""
    claim = comparison.claim
    lines = [f"{_head(claim)} {comparison.grade.upper()}", *_lines(claim)]
    if nearest := comparison.nearest:
        lines.append(f"draft {nearest.draft.number}  “{nearest.draft.words}”")
        lines.append(f"not the same: {', '.join(nearest.differences)}")
    return lines


def _head(claim: Claim) -> str:
    return f"{claim.number} {claim.group}"


def _lines(claim: Claim) -> tuple[str, str]:
    return f"words “{' '.join(claim.words.split())}”", f"says  {claim.gloss}"


def _style(head: str) -> str:
    return next((style for grade, style in _STYLES.items() if head.endswith(grade.upper())), "red")


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
