"""What phrases for people and bodies turn on, and the words that can be that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from warrantgraph.extraction.facts import EntityKind
from warrantgraph.extraction.lexicon.reading import word_list
from warrantgraph.extraction.lexicon.verbs import verb_forms
from warrantgraph.extraction.names import MentionForm

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from warrantgraph.extraction.facts import Entity
    from warrantgraph.extraction.names import Mention

__all__ = ["Head", "Heads", "NounPhrase", "Title"]

_GENERAL = (
    *("attorney", "prosecutor", "secretary", "director", "solicitor", "inspector"),
    *("auditor", "procurator", "consul"),
)

_PORTFOLIOS = (
    *("prime", "foreign", "justice", "defence", "defense", "interior", "finance", "home"),
    *("energy", "health", "education", "information", "security", "transport", "trade"),
)
_TAKES_OF = (
    *("accuse", "suspect", "convict", "acquit", "warn", "blame", "condemn", "criticize"),
    *("criticise", "denounce", "thank"),
)


class Head:
    """What sort of word a phrase turns on."""

    NAME = "name"
    ROLE = "role"
    PERSON = "person"
    BODY = "body"
    COUNTRY = "country"
    """A word for a state: "the country"."""
    COURT = "court"
    GROUP = "group"


@dataclass(frozen=True)
class Title:
    """A function in a phrase: tokens of the function, of the whole description, what it is of."""

    start: int
    end: int
    whole_start: int
    whole_end: int
    of: str | None
    former: bool


@dataclass(frozen=True)
class NounPhrase:
    """A phrase for people or a body: tokens `start` to `end`, the keys that it names."""

    start: int
    end: int
    head: str
    head_word: str
    keys: tuple[str, ...] = ()
    of: str | None = None
    definite: bool = False
    possessor: tuple[int, int] | None = None
    """Tokens of the possessor or the possessive pronoun."""
    plural: bool = False
    titles: tuple[Title, ...] = ()

    def definite_article(self, words: Sequence[str]) -> bool:
        """Whether it begins with an article, so that it describes somebody else."""
        return words[self.start] in ("the", "a", "an")


class Heads:
    """The heads among the words of one text; `mentions` by their first token."""

    def __init__(
        self,
        words: Sequence[str],
        mentions: Mapping[int, Mention],
        entities: Mapping[str, Entity],
    ) -> None:
        self.words = words
        self.mention_at = mentions
        self.entities = entities

    def at(self, place: int, end: int) -> str | None:
        """What sort of head a word is."""
        word = self.words[place].removeprefix("ex-")
        singular = word.removesuffix("s")
        if self.compound(place):
            return Head.ROLE
        if word == "accused" and self.words[place - 1] not in word_list("words", "determiners"):
            return None
        if word in word_list("roles", "ambiguous") and not self._certain(place, end):
            return None
        if word in word_list("bodies", "countries"):
            return Head.COUNTRY
        if word in word_list("bodies", "courts"):
            return Head.COURT
        if word in word_list("bodies", "groups"):
            return Head.GROUP
        if word in word_list("roles", "heads"):
            return Head.ROLE
        if word in word_list("bodies", "people"):
            return Head.PERSON
        if word in word_list("bodies", "organizations"):
            return Head.BODY
        if singular != word and (
            singular in word_list("roles", "heads") or singular in word_list("bodies", "people")
        ):
            return Head.GROUP
        return None

    def title(self, place: int, end: int) -> bool:
        """Whether a title without a function stands before a name: "Mr. Roe", "Lt. Gen. Roe"."""
        for now in range(place, min(end, place + 4)):
            mention = self.mention_at.get(now)
            if mention is not None:
                return now > place and self.names_person(mention)
            stop = self.words[now] == "." and now > 0
            word = f"{self.words[now - 1]}." if stop else self.words[now]
            titles = word_list("roles", "titles")
            if word not in titles and f"{word}." not in titles:
                return False
        return False

    def hands_on(self, place: int, end: int) -> bool:
        """Whether "that" begins a clause here: after a verb, or before people in the plural."""
        before = self.words[place - 1] if place else ""
        return before in verb_forms() or self.at(place + 1, end) == Head.GROUP

    def takes_of(self, start: int) -> bool:
        """Whether "of" after a phrase belongs to the verb before it: "accused the army of"."""
        start -= start > 1 and self.words[start - 1] == "by"
        before = self.words[start - 1] if start else ""
        return any(verb in _TAKES_OF for verb, _ in verb_forms().get(before, ()))

    def compound(self, place: int) -> bool:
        """Whether "general" ends a function as in "attorney general"."""
        before = self.words[place - 1] if place else ""
        return self.words[place] == "general" and before in _GENERAL

    def function(self, place: int) -> str:
        """What a function turns on: "prosecutor" of "prosecutor general", "prime-minister"."""
        before = self.words[place - 1] if place else ""
        if self.words[place] == "minister" and before in _PORTFOLIOS:
            return f"{before}-minister"
        return before if self.compound(place) else self.words[place]

    def _certain(self, place: int, end: int) -> bool:
        """Whether a word that is often something else is a function here: see what follows."""
        mention = self.mention_at.get(place + 1)
        named = mention is not None and self.names_person(mention)
        if self.words[place] == "general" and self.words[place - 1] in ("the", "retired"):
            after = self.words[place + 1] if place + 1 < end else ""
            return named or not after.replace("-", "").isalpha() or not self.plain(after)
        return named or (place + 1 < end and self.words[place + 1] == "of")

    def only_modifies(self, place: int, end: int) -> bool:
        """Whether a head is followed by another one, which it modifies: "junta chief"."""
        after = place + 1
        while (
            after < end
            and self.words[after] in word_list("roles", "modifiers")
            and self.words[after] not in verb_forms()
        ):
            if self.at(after, end):
                return True
            after += 1
        if after >= end or after in self.mention_at:
            return False
        return self.at(after, end) is not None

    def lead(self, place: int, end: int) -> bool:
        """Whether a few modifiers and a head follow, so that what stands before modifies it."""
        unknown = 0
        for now in range(place, min(end, place + 5)):
            mention = self.mention_at.get(now)
            if mention is not None:
                return mention.form is MentionForm.ADJECTIVE and self.lead(mention.end, end)
            if self.at(now, end):
                return True
            word = self.words[now]
            if word in word_list("roles", "modifiers"):
                continue
            unknown += 1
            if unknown > 1 or not self.plain(word):
                return False
        return False

    def plain(self, word: str) -> bool:
        """A word that may modify: of letters, no function word, no verb in use."""
        return (
            word.replace("-", "").isalpha()
            and not (word.endswith("ly") and word not in word_list("words", "ends_in_ly"))
            and word not in word_list("words", "function_words")
            and word not in word_list("words", "adverbs")
            and word not in word_list("words", "determiners")
            and word not in verb_forms()
        )

    def names_person(self, mention: Mention) -> bool:
        """Whether a mention is the name of a person."""
        person = self.entities[mention.key].kind is EntityKind.PERSON
        return person and mention.form is MentionForm.NAME

    def names(self, head: str, mention: Mention) -> bool:
        """Whether a name fits beside a head: "the news agency Example", "minister Jane Roe"."""
        kind = self.entities[mention.key].kind
        return mention.form is MentionForm.NAME and (
            (head == Head.BODY and kind is EntityKind.ORGANIZATION)
            or (head == Head.COURT and kind is EntityKind.COURT)
            or (head in (Head.ROLE, Head.GROUP, Head.PERSON) and kind is EntityKind.PERSON)
        )
