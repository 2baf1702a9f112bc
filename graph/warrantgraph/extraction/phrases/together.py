"""Keeps who was spoken of together, so that "the two men" and "the pair" mean them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warrantgraph.extraction.lexicon.reading import read_lexicon

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["Together"]


class Together:
    """The lists of people of one text, the latest last."""

    def __init__(self) -> None:
        self._lists: list[tuple[str, ...]] = []

    def remember(self, keys: Sequence[str]) -> None:
        """Several are spoken of in one list."""
        if len(keys) > 1:
            self._lists.append(tuple(keys))

    def latest(self) -> tuple[str, ...]:
        """Who was last spoken of together; nobody where nobody was."""
        return self._lists[-1] if self._lists else ()

    def meant_by(
        self, words: Sequence[str], fits: Callable[[Sequence[str]], bool]
    ) -> tuple[str, ...]:
        """Whom "the two men", "both suspects" or "the pair" mean; nobody where no list fits.

        >>> together = Together()
        >>> together.remember(["ana", "ivan"])
        >>> together.meant_by("the two men".split(), lambda keys: True)
        ('ana', 'ivan')
        >>> together.meant_by("the three men".split(), lambda keys: True)
        ()
        """
        lexicon = read_lexicon("together")
        sizes: dict[str, int] = lexicon["sizes"]
        if not set(words) <= {*lexicon["heads"], *lexicon["small"], *sizes}:
            return ()
        wanted = next((sizes[word] for word in words if word in sizes), None)
        for keys in reversed(self._lists):
            if wanted in (None, len(keys)) and fits(keys):
                return keys
        return ()
