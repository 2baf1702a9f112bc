"""What a rule that drafts claims looks for, in one line."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["explain"]

_FAMILY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def explain(rule: str) -> str:
    """What a rule says of itself; empty where nothing is known of it.

    >>> explain("no-family/no-rule")
    ''
    """
    family, _, name = rule.partition("/")
    entry = _family(family).get(name) if _FAMILY.fullmatch(family) else None
    about = entry.get("about") if isinstance(entry, dict) else None
    return about if isinstance(about, str) else ""


@cache
def _family(family: str) -> dict[str, dict[str, Any]]:
    """The rules of a family as their file has them: no library of the extraction is loaded."""
    path = files("warrantgraph.extraction") / "rules" / f"{family}.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError):
        return {}
