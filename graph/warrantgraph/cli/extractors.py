"""Finds what reads the texts that `warrantgraph evaluate` scores, by the name that a user gives."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final, cast

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from warrantgraph.extraction import Extractor

__all__ = ["find_extractor"]

_EXTRACTORS: Final = {
    "chat": "warrantgraph.extraction.chat:ChatExtractor",
    "rules": "warrantgraph.extraction.running:RuleExtractor",
}


def find_extractor(name: str) -> Callable[..., Extractor]:
    """What makes the extractor; raises click.UsageError where there is none of that name."""
    module, colon, attribute = _EXTRACTORS.get(name, name).partition(":")
    if not colon or not module:
        raise click.BadParameter(
            f'there is no extractor "{name}"; write rules, chat or module:name',
            param_hint="--extractor",
        )
    try:
        made: object = getattr(import_module(module), attribute, None)
    except ModuleNotFoundError as error:
        if module.partition(".")[0] != "warrantgraph":
            raise click.BadParameter(f"{error}", param_hint="--extractor") from error
        raise click.UsageError(
            f"the extractor {name} needs {error.name}; install it with: "
            "pip install 'warrantgraph[extract]'"
        ) from error
    if not callable(made):
        raise click.BadParameter(f"{module} has no {attribute}", param_hint="--extractor")
    return cast("Callable[..., Extractor]", made)
