"""What a sentence is divided into: phrases that mean something to the rules, and single words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from warrantgraph.extraction.facts import StatedCrime, WrittenDate

__all__ = ["AGENTS", "Description", "Item", "ItemKind", "Voice", "lemma_at"]


class ItemKind(StrEnum):
    """What an item is; rules name these in capitals."""

    PERSON = "PERSON"
    """One or several people, named, described or meant by a pronoun."""
    COURT = "COURT"
    ORGANIZATION = "ORGANIZATION"
    STATE = "STATE"
    GROUP = "GROUP"
    """People or bodies in the plural: "prosecutors", "Mexican authorities"."""
    PLACE = "PLACE"
    DATE = "DATE"
    INSTRUMENT = "INSTRUMENT"
    """A warrant, summons, indictment, charges, a red notice; `lemma` says which."""
    CRIME = "CRIME"
    VERB = "VERB"
    QUOTE = "QUOTE"
    """Direct speech of a clause or more; short quoted terms stay words."""
    WORD = "WORD"


AGENTS = frozenset(
    {
        ItemKind.PERSON,
        ItemKind.COURT,
        ItemKind.ORGANIZATION,
        ItemKind.STATE,
        ItemKind.GROUP,
    }
)
"""Who can do something; rules write AGENT."""


class Voice(StrEnum):
    """How a verb stands; rules write it after the verb: `<issue:passive>`."""

    ACTIVE = "active"
    PASSIVE = "passive"
    PAST = "past"
    """A bare form in -ed, which may be active ("issued a warrant") or not ("issued by")."""
    GERUND = "gerund"
    INFINITIVE = "infinitive"
    INFINITIVE_PASSIVE = "infinitive-passive"


@dataclass(frozen=True)
class Description:
    """A function that somebody is described by: "former president of Sudan".

    `start` and `end` are the tokens of the whole description, `title_start` and `title_end` those
    of the function alone ("president"); `of` is the key of the state or body it is in; `person`
    the key of who is described. `beside_name` tells whether the name stands right beside it.
    """

    person: str
    start: int
    end: int
    title_start: int
    title_end: int
    of: str | None = None
    former: bool = False
    beside_name: bool = False


@dataclass(frozen=True)
class Item:
    """Tokens `start` to `end` (exclusive) of the text, as rules see them.

    `lemma` is the word in lower case, the verb's base form, or the name of an instrument. `keys`
    are the entities that a phrase names, in order: several for a list of people; of an instrument,
    whom it is for.
    """

    start: int
    end: int
    kind: ItemKind
    lemma: str
    keys: tuple[str, ...] = ()
    voice: Voice | None = None
    negated: bool = False
    modal: str | None = None
    definite: bool = False
    """Whether it stands with "the", "this" or a possessive."""
    plural: bool = False
    singular: bool = False
    """Of a verb: whether its form is of one alone ("heads", "was arrested")."""
    pronoun: bool = False
    date: WrittenDate | None = None
    crimes: tuple[StatedCrime, ...] = ()
    of: str | None = None
    """Key of the state or body that a phrase belongs to; the issuer that an instrument names."""
    roles: tuple[tuple[int, int], ...] = ()
    """Tokens of each description of the people that stands in the phrase."""

    @property
    def word(self) -> str:
        """The lemma as one word, as patterns compare it."""
        return self.lemma.replace(" ", "-") or "-"


def lemma_at(items: Sequence[Item], at: int) -> str:
    """The lemma of the item at a place; nothing where there is none."""
    return items[at].lemma if 0 <= at < len(items) else ""
