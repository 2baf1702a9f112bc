"""Who reviews: the name that git knows, else that of the login."""

from __future__ import annotations

import getpass
import subprocess

from warrantgraph.errors import CurationError
from warrantgraph.reports.formats.visible import UNSEEN

__all__ = ["reviewer_name"]

_LONGEST = 200


def reviewer_name(given: str | None) -> str:
    """The name that decisions carry: the given one, or the one that git or the system knows.

    Raises:
        CurationError: it is empty, or no name of a person.
    """
    name = (_known_name() if given is None else given).strip()
    if not name:
        raise CurationError(
            "a decision carries the name of a person", hint="give it: --reviewer 'Ada Example'"
        )
    if UNSEEN.search(name) or "\n" in name or "\t" in name or len(name) > _LONGEST:
        raise CurationError(
            "a reviewer's name is one short line without control characters",
            value=name[:_LONGEST],
        )
    return name


def _known_name() -> str:
    try:
        found = subprocess.run(
            ("git", "config", "--get", "user.name"),  # noqa: S607 - the git of the user
            capture_output=True,
            check=False,
            timeout=10,
        )
        name = found.stdout.decode(errors="replace").strip()
    except (OSError, subprocess.TimeoutExpired):
        name = ""
    if name:
        return name
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
