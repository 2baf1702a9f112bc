"""How a report is to be shown: what every format is told beside the report itself."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote

from warrantgraph.reports.finding import Severity
from warrantgraph.reports.formats.visible import one_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from warrantgraph.reports.finding import Place
    from warrantgraph.reports.report import Report

__all__ = ["Presentation", "ReportFormat"]


def _no_line(_: Place) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Presentation:
    """What a format must know to show a report; the defaults suit a file without its sources."""

    tool: Literal["validate", "check"] = "validate"
    """The verb that made the report."""

    version: str = ""
    """The version of warrantgraph."""

    root: Path = Path()
    """Paths below it are shown relative to it: the root of the repository, or the folder of now."""

    fail_on: Severity = Severity.VIOLATION
    """The lightest severity that fails the run."""

    colour: bool = False
    """Whether the human format may use colours."""

    width: int = 100
    """Columns that a source line may take."""

    read_line: Callable[[Place], str | None] = _no_line
    """The source line of a place, whole and without its end; None where it cannot be read."""

    limit: int | None = None
    """At most so many findings of a rule are listed; None: all."""

    def path(self, file: Path) -> str:
        r"""A file as people read it, with `/` between folders.

        >>> Presentation(root=Path("/repository")).path(Path("/repository/data/a.ttl"))
        'data/a.ttl'
        >>> Presentation(root=Path("/repository")).path(Path("/elsewhere/a.ttl"))
        '/elsewhere/a.ttl'
        """
        shown = os.fsencode(self._relative(file) or file).decode("utf-8", "backslashreplace")
        return one_line(shown.replace(os.sep, "/"))

    def is_below_root(self, file: Path) -> bool:
        """Whether the file lies below `root`, so that its URI is relative."""
        return self._relative(file) is not None

    def uri(self, file: Path) -> str:
        """A relative URI of a file below `root`, an absolute one of another (RFC 3986).

        >>> Presentation(root=Path("/repository")).uri(Path("/repository/a b#c.ttl"))
        'a%20b%23c.ttl'
        >>> Presentation(root=Path("/repository")).uri(Path("/elsewhere/a.ttl"))
        'file:///elsewhere/a.ttl'
        """
        relative = self._relative(file)
        if relative is None:
            return Path(os.path.abspath(file)).as_uri()
        return quote(os.fsencode(relative.as_posix()), safe="/")

    def _relative(self, file: Path) -> Path | None:
        # Symbolic links are not followed: a file is shown by the name it was given.
        path, root = Path(os.path.abspath(file)), Path(os.path.abspath(self.root))
        return path.relative_to(root) if path.is_relative_to(root) else None


@dataclass(frozen=True, slots=True)
class ReportFormat:
    """A form that a report can take."""

    name: str
    """As the command line calls it."""

    media_type: str
    extension: str
    """Of a file that holds it, without the dot."""

    write: Callable[[Report, Presentation], str]
    """Returns the whole text, which ends in a line feed."""
