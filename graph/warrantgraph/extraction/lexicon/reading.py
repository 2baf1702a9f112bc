"""Reads the word lists."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["read_lexicon", "word_list"]


@cache
def read_lexicon(name: str) -> dict[str, Any]:
    """The tables of one word list, by the name of its file without `.toml`.

    >>> "president" in read_lexicon("roles")["heads"].split()
    True
    """
    path = files("warrantgraph.extraction.lexicon") / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def word_list(name: str, key: str) -> frozenset[str]:
    """The words of one list: separated by white space, or by `|` where entries have several words.

    >>> "ex" in word_list("roles", "modifiers")
    True
    """
    text = str(read_lexicon(name)[key])
    entries = text.split("|") if "|" in text else text.split()
    return frozenset(" ".join(entry.split()) for entry in entries if entry.strip())
