"""Lets a reviewer mend one claim in an editor, until the file passes the checks of the build."""

from __future__ import annotations

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
    from warrantgraph.reviewing.mending import Excerpt
    from warrantgraph.reviewing.saving import Change, ClaimsFile
    from warrantgraph.reviewing.screen import Screen

__all__ = ["edit_claim"]


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
    error = checks.find_error(mended.blocks.text)
    if error is not None:
        line = mended.excerpt_line(error.line)
        if line is not None:
            raise error.at(Place(file=excerpt.name, line=line, column=error.column))
        if checks.find_error(excerpt.file.text) is None:  # else it was wrong before
            raise error

    def put(blocks: BlockText) -> BlockText:
        if blocks.text != excerpt.file.text:
            raise CurationError(
                "the file was changed at this moment, nothing is written",
                file=file.path,
                hint="edit again and save",
            )
        return mended.blocks

    return file.change(put)
