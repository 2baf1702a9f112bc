"""Lets a reviewer mend one claim in an editor, until the file passes the checks of the build."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from warrantgraph.errors import CurationError, InputError
from warrantgraph.reviewing.editor import edit_text
from warrantgraph.reviewing.mending import open_excerpt
from warrantgraph.turtle import Place

if TYPE_CHECKING:
    from collections.abc import Callable

    from rdflib import URIRef

    from warrantgraph.reviewing.blocks import BlockText
    from warrantgraph.reviewing.checking import Checks
    from warrantgraph.reviewing.mending import Excerpt, Mended
    from warrantgraph.reviewing.saving import Change, ClaimsFile
    from warrantgraph.reviewing.screen import Screen

__all__ = ["edit_claim"]

_MOST = 50
"""How many blocks that were wrong before an edit are looked past."""


def edit_claim(
    file: ClaimsFile,
    claim: URIRef,
    checks: Checks,
    screen: Screen,
    choose: Callable[[str, str], str],
) -> Change | None:
    """Edit a claim with what it alone puts forward; None where nothing was changed.

    `choose` asks a question and returns one of some keys.

    Raises:
        InputError, OSError: the file cannot be read or written.
    """
    excerpt = open_excerpt(file.read(), claim, file.path)
    text = excerpt.text
    while True:
        try:
            edited = edit_text(text, excerpt.name.stem)
        except CurationError as error:
            screen.warn(str(error))
            return None
        if edited == excerpt.text:
            screen.say("Nothing was changed.")
            return None
        current = open_excerpt(file.read(), claim, file.path)
        if current.text != excerpt.text:
            screen.warn("Somebody else changed this claim while you edited it.")
            text = current.with_lost(edited)
            excerpt = current
        else:
            excerpt = current
            try:
                return _save(file, excerpt, edited, checks)
            except InputError as error:
                screen.warn(str(error))
            text = edited
        if choose("[e]dit again, or [r]estore what was there?", "er") == "r":
            screen.say("Restored: nothing was changed.")
            return None


def _save(file: ClaimsFile, excerpt: Excerpt, edited: str, checks: Checks) -> Change:
    mended = excerpt.put_back(edited)
    error = _error_of_edit(excerpt, mended, checks)
    if error is not None:
        line = mended.excerpt_line(error.line)
        if line is None:
            raise error
        raise error.at(Place(file=excerpt.name, line=line, column=error.column))

    def put(blocks: BlockText) -> BlockText:
        if blocks.text != excerpt.file.text:
            raise CurationError(
                "the file was changed at this moment, nothing is written",
                file=file.path,
                hint="edit again and save",
            )
        return mended.blocks

    return file.change(put)


def _error_of_edit(excerpt: Excerpt, mended: Mended, checks: Checks) -> InputError | None:
    """What is wrong since the edit; what was wrong elsewhere before is looked past."""
    text = mended.blocks.text
    error = checks.find_error(text)
    if error is None or mended.excerpt_line(error.line) is not None:
        return error
    if checks.find_error(excerpt.file.text) is None:
        return error
    for _ in range(_MOST):
        hidden = _without_line(mended.blocks, text, error.line)
        if hidden == text:
            return None
        text = hidden
        error = checks.find_error(text)
        if error is None or mended.excerpt_line(error.line) is not None:
            return error
    return None


def _without_line(blocks: BlockText, text: str, line: int | None) -> str:
    """The text without the block of a line; all lines keep their numbers."""
    for block in blocks.blocks:
        if line is not None and blocks.line(block.start) <= line <= blocks.line(block.end):
            blank = re.sub(r"[^\r\n]", " ", text[block.start : block.end])
            return text[: block.start] + blank + text[block.end :]
    return text
