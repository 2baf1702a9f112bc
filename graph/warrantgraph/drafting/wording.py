"""Words of an article as parts of labels, glosses, IRIs and comments.

Labels and IRIs are read out of context, so no word for guilt gets into one; whoever names a thing
so is quoted instead, where the quotation marks show it.
"""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256

from warrantgraph.checks.guilt import says_guilt

__all__ = ["is_writable", "make_label", "make_slug", "one_line", "quoted", "with_article"]

_LONGEST = 120
"""Code points of a label, a gloss's quotation or a slug; more is not read."""

_HEADS = frozenset(
    {
        *("accuser", "agency", "authority", "bureau", "chamber", "commission", "committee"),
        *("council", "court", "department", "government", "house", "issuer", "kremlin"),
        *("ministry", "office", "organization", "parliament", "party", "police", "prosecutor"),
        *(
            "army",
            "association",
            "federation",
            "forces",
            "front",
            "kingdom",
            "movement",
            "republic",
        ),
        *("senate", "service", "treasury", "tribunal", "union"),
    }
)
"""Common nouns at the head of names; a name with one takes an article in English."""

_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 (2.2) cannot hold, and so one of the exports could not."""


def is_writable(text: str) -> bool:
    """Whether every export can hold the text as it stands."""
    return not _UNWRITABLE.search(text)


def one_line(text: str, longest: int = _LONGEST) -> str:
    r"""The text without what is not seen or turns the line, cut where it is too long.

    >>> one_line("  a\n\tb\u202ec ")
    'a b c'
    """
    shown = "".join(
        " " if unicodedata.category(char)[0] in "CZ" or char.isspace() else char for char in text
    )
    words = " ".join(shown.split())
    if len(words) <= longest:
        return words
    cut = words[: longest - 1]
    return f"{cut.rpartition(' ')[0] or cut}…"


def make_label(text: str, otherwise: str) -> str:
    """The text as a label; `otherwise` where it is empty or says guilt."""
    label = one_line(text)
    return label if label and not says_guilt(label) else otherwise


def with_article(name: str) -> str:
    """The name as a sentence has it: with an article where its head is a common noun.

    >>> with_article("Court of Arvad"), with_article("Interpol"), with_article("The Hague Tribunal")
    ('the Court of Arvad', 'Interpol', 'The Hague Tribunal')
    """
    if name.casefold().startswith(("the ", "a ", "an ")):
        return name
    head = re.split(r" (?:of|for|on|in)\b| \(", name, maxsplit=1)[0].rpartition(" ")[2]
    return f"the {name}" if head.casefold() in _HEADS or name.startswith("United ") else name


def quoted(text: str) -> str:
    """The text in the quotation marks of a gloss."""
    return f"“{one_line(text).rstrip('.,;')}”"


def make_slug(text: str) -> str:
    """The text as part of an IRI; a hash where nothing readable or something unfit is left.

    >>> make_slug("Łódź Tribunal, Chamber II")
    'lodz-tribunal-chamber-ii'
    """
    folded = unicodedata.normalize("NFKD", text.replace("ł", "l").replace("Ł", "L"))
    plain = folded.encode("ascii", "ignore").decode().lower()
    slug = "-".join(re.findall("[a-z0-9]+", plain))[:80].strip("-")
    if slug and not says_guilt(slug):
        return slug
    return "x-" + sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
