"""What `warrantgraph extract` says of an article, and at the end of a batch."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from warrantgraph.errors import InputError, WarrantgraphError
from warrantgraph.extracting.batch import Course
from warrantgraph.reports.formats.visible import clip, one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from warrantgraph.extracting.batch import Outcome

__all__ = ["Tally", "as_line", "as_summary"]

_MOST_LISTED: Final = 100
_MOST_NAMED: Final = 12
_LONGEST: Final = 100
_WIDTH: Final = max(len(course.value) for course in Course)


def as_line(outcome: Outcome) -> str:
    """One line on one article of several."""
    said = _reason(outcome) if outcome.error else outcome.slug
    if outcome.course is Course.DRAFTED:
        said += f": {_facts(outcome.answer['summary'])}"
        if left_out := len(outcome.answer["left_out"]):
            said += f", {left_out} left out"
    return f"{outcome.course.value:<{_WIDTH}}  {said}"


def as_summary(outcome: Outcome, review: str) -> str:
    """All that is to be said of one article; `review` is the command to type next."""
    if outcome.course is Course.UNCHANGED:
        return f"{outcome.slug} is drafted already.\n  next      {review}"
    if outcome.course is Course.KEPT:
        return (
            f"{outcome.slug} is drafted already, by another version of the extractor; its draft "
            f"stays.\n  next      {review}\n  or        the same command with --force"
        )
    summary, left_out = outcome.answer["summary"], outcome.answer["left_out"]
    lines = [
        f"Drafted {outcome.slug} in {outcome.place}, by {one_line(summary['extractor'])}",
        f"  facts     {_facts(summary)}",
        f"  known     {_names(summary['known'])}",
        f"  unknown   {_names(summary['unknown'])}",
    ]
    if left_out:
        lines.append(f"  left out  {len(left_out)}")
        lines += (f"    {_short(what)}: {_short(why)}" for what, why in left_out[:_MOST_LISTED])
    return "\n".join([*lines, f"  next      {review}"])


def _facts(summary: Mapping[str, Any]) -> str:
    facts: Mapping[str, int] = summary["facts"]
    kinds = ", ".join(f"{count} {_plural(kind, count)}" for kind, count in facts.items())
    total = sum(facts.values())
    return f"{total} {_plural('fact', total)}" + (f" ({kinds})" if kinds else "")


def _plural(word: str, count: int) -> str:
    if count == 1:
        return word
    return f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"


def _names(entities: Mapping[str, Any]) -> str:
    names = [_short(name) for name in entities["names"][:_MOST_NAMED]]
    more = entities["count"] - len(names)
    return ", ".join([*names, f"and {more} more"] if more else names) or "nobody and nothing"


def _short(text: str) -> str:
    return clip(one_line(text), _LONGEST)


def _reason(outcome: Outcome) -> str:
    """Why there is no draft; an error about a file names it, others are given the name."""
    error = outcome.error
    if isinstance(error, InputError) and error.file is not None:
        return one_line(str(error))
    return one_line(f"{outcome.name}: {error}")


class Tally:
    """Counts over a batch; of the reasons it keeps the first hundred, so that it stays small."""

    def __init__(self) -> None:
        self.courses: Counter[Course] = Counter()
        self.facts: Counter[str] = Counter()
        self.errors: dict[type[WarrantgraphError], WarrantgraphError] = {}
        """The first of each kind."""
        self.not_drafted = 0
        self._reasons: list[str] = []

    @property
    def total(self) -> int:
        """How many articles there were."""
        return self.courses.total()

    def add(self, outcome: Outcome) -> None:
        """Count an article."""
        self.courses[outcome.course] += 1
        self.facts.update(outcome.answer.get("summary", {}).get("facts", {}))
        if outcome.error is not None:
            self.errors.setdefault(type(outcome.error), outcome.error)
            self.not_drafted += 1
            if len(self._reasons) < _MOST_LISTED:
                self._reasons.append(_reason(outcome))

    def __str__(self) -> str:
        counts = ", ".join(
            f"{self.courses[course]:,} {course.value}" for course in Course if self.courses[course]
        )
        facts = _facts({"facts": dict(sorted(self.facts.items()))})
        return f"{self.total:,} {_plural('article', self.total)}: {counts or 'none'}; {facts}"

    def failures(self) -> str:
        """A table of what was not drafted, or nothing."""
        count = self.not_drafted
        if not count:
            return ""
        more = count - len(self._reasons)
        rows = [f"  {number:>4}  {why}" for number, why in enumerate(self._reasons, 1)]
        rows += [f"        and {more:,} more, each told above"] if more else []
        return "\n".join([f"Not drafted, {count:,} of {self.total:,}:", *rows])
