"""Names of source folders: they become part of IRIs, so they say little and never guilt."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from warrantgraph.errors import MetadataError

if TYPE_CHECKING:
    from datetime import date

__all__ = ["check_slug", "default_slug"]

_SLUG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST: Final = 100
_LONGEST_TITLE: Final = 60
_LOOKED_AT: Final = 400

_GUILT: Final = re.compile(
    r"commit(?!tee|ment)|perpetrat|guilt|culprit|offender|convict"  # as the guilt gate has it
    r"|criminal|murderer|killer|rapist|torturer|terrorist|butcher"
)
"""No IRI says of anybody that he did it, whatever a headline says."""


def check_slug(slug: str) -> None:
    """Refuse what cannot be the name of a source folder.

    >>> check_slug("../../etc")
    Traceback (most recent call last):
    warrantgraph.errors.MetadataError: not a slug: "../../etc" (use lower-case letters, digits and \
hyphens)

    Raises:
        MetadataError: says why.
    """
    if not _SLUG.fullmatch(slug):
        raise MetadataError(
            "not a slug", value=slug[:80], hint="use lower-case letters, digits and hyphens"
        )
    if len(slug) > _LONGEST:
        raise MetadataError(
            f"a slug has at most {_LONGEST} characters", value=slug[:80], hint="shorten it"
        )
    if _GUILT.search(slug):
        raise MetadataError(
            "a slug becomes part of names and says nothing of guilt", value=slug, hint="reword it"
        )


def default_slug(text: str, published: date) -> str:
    """The slug that an article gets: its first line, shortened, and the day it appeared.

    >>> from datetime import date
    >>> default_slug("Court orders the arrest of Zoë Ñandú\\nMore", date(2024, 11, 21))
    'court-orders-the-arrest-of-zoe-nandu-2024-11-21'
    """
    line = text.removeprefix("\ufeff").lstrip()[:_LOOKED_AT].partition("\n")[0].partition("\r")[0]
    plain = unicodedata.normalize("NFKD", line).encode("ascii", "ignore").decode().lower()
    title = ""
    for word in re.findall(r"[a-z0-9]+", re.sub(r"(?<=\w)'(?=\w)", "", plain)):
        if _GUILT.search(word):
            continue
        longer = f"{title}-{word}".strip("-")
        if len(longer) > _LONGEST_TITLE:
            break
        title = longer
    return f"{title or 'article'}-{published.isoformat()}"
