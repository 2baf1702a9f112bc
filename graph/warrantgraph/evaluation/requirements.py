"""Bounds that an evaluation must keep: `warrants.precision=0.9`, `warrants.called-issued<=0`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from warrantgraph.evaluation.scoring import View
from warrantgraph.evaluation.tally import FIGURES

if TYPE_CHECKING:
    from warrantgraph.evaluation.report import Group

__all__ = ["Requirement", "figures_of", "parse_requirement"]

_WRITTEN: Final = re.compile(
    r"([a-z-]{1,40}\.[a-z0-9_ -]{1,40})(<?=)([0-9]{1,6}(?:\.[0-9]{1,9})?)", re.ASCII
)


@dataclass(frozen=True)
class Requirement:
    """A bound of one figure: the least that it may be, or the most."""

    name: str
    bound: float
    is_most: bool = False

    def failure(self, figures: dict[str, float | None]) -> str | None:
        """A sentence on why figures fail it, None where they do not.

        >>> Requirement("offices.f1", 0.5).failure({"offices.f1": 0.25})
        'offices.f1 is 0.250, below 0.5'
        """
        value = figures.get(self.name)
        if value is None:
            return f"{self.name} is not known: nothing here is scored for it"
        if self.is_most:
            return f"{self.name} is {value:g}, above {self.bound:g}" if value > self.bound else None
        return f"{self.name} is {value:.3f}, below {self.bound:g}" if value < self.bound else None


def parse_requirement(written: str) -> Requirement:
    """A requirement as people write it.

    >>> parse_requirement("warrants.state=0.95")
    Requirement(name='warrants.state', bound=0.95, is_most=False)

    Raises:
        ValueError: it is not written so.
    """
    match = _WRITTEN.fullmatch(written.strip().lower())
    if match is None:
        raise ValueError(
            f'"{written}" is not FIGURE=NUMBER, as warrants.precision=0.9, nor FIGURE<=NUMBER'
        )
    return Requirement(match[1], float(match[3]), is_most=match[2] == "<=")


def figures_of(group: Group) -> dict[str, float | None]:
    """All figures of a group that can be required, by name."""
    figures: dict[str, float | None] = {}
    for view in View:
        counts = group.figures[view].counts
        figures |= {f"{view}.{name}": getattr(counts, name) for name in FIGURES}
        figures |= {f"{view}.{name}": getattr(counts, name) for name in ("missed", "invented")}
    for kind, slots in group.slots.items():
        figures |= {f"{kind}.{name}": slot.accuracy for name, slot in slots.items()}
    figures |= {f"{kind}.evidence": slot.accuracy for kind, slot in group.overlap.items()}
    figures["warrants.called-issued"] = group.states.called_issued
    figures["hard-negatives.issued"] = group.states.issued
    return figures
