"""Keeps who has been spoken of, and tells whom a description or a pronoun means.

A description means somebody named before where it fits one of that person's functions; a pronoun
the subject of the sentence or of the ones before. What cannot be told gets an entity of its own,
not named: a wrong guess would put one person's deeds on another.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from warrantgraph.extraction.facts import Entity, EntityKind
from warrantgraph.extraction.lexicon.reading import word_list
from warrantgraph.extraction.phrases.heads import Head
from warrantgraph.extraction.phrases.pronouns import Pronouns

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from warrantgraph.extraction.phrases.heads import NounPhrase
    from warrantgraph.extraction.reading import Text

__all__ = ["Discourse"]

_SAME = (
    {"president", "leader", "ruler", "strongman", "dictator", "head"},
    {"minister", "premier", "prime-minister", "leader", "head"},
    {"chief", "leader", "head", "commander", "warlord", "boss"},
    {"spokesman", "spokeswoman", "spokesperson"},
    {"lawyer", "attorney", "counsel", "solicitor", "barrister"},
    {"senator", "lawmaker", "legislator"},
    {"general", "commander", "officer"},
    {"judge", "magistrate", "justice"},
)
_OF_BODY = {
    Head.COURT: EntityKind.COURT,
    Head.BODY: EntityKind.ORGANIZATION,
    Head.COUNTRY: EntityKind.GROUP,
    Head.GROUP: EntityKind.GROUP,
    Head.ROLE: EntityKind.PERSON,
    Head.PERSON: EntityKind.PERSON,
}
_ANY_BODY = ("group", "organization", "organisation", "agency", "watchdog", "charity", "body")
_ANY_BACK = 2
"""Sentences back to which "the group" may mean an organization that acted."""
_WHOSE = ("his", "her", "its")
_LONGEST_NAME = 60


class Discourse(Pronouns):
    """Who has been spoken of so far in one text."""

    def __init__(self, text: Text, entities: Mapping[str, Entity]) -> None:
        super().__init__(entities)
        self._text = text
        self._functions: dict[str, set[tuple[str, str | None]]] = {}
        """Per person: the functions that the text gave, and what they are of."""
        self._made: dict[tuple[str, str | None], str] = {}
        """Bodies that are only described: by the word they turn on and what they are of."""
        self._owners: dict[str, str] = {}
        self._short: dict[str, str] = {}

    def describe(self, key: str, word: str, of: str | None) -> None:
        """Somebody is described by a function."""
        self.address(key, word)
        self._functions.setdefault(key, set()).add((word, of))

    def rename(self, lost: str, kept: str) -> None:
        """Two keys mean the same: what is known of the one is known of the other."""
        self._functions.setdefault(kept, set()).update(self._functions.get(lost, set()))
        if not self.entities[lost].named:
            self._functions.pop(lost, None)
            self._recent.pop(lost, None)
            self._subjects = [
                (kept if key == lost else key, number) for key, number in self._subjects
            ]
        self.speak_of([kept])

    def meant_by(self, phrase: NounPhrase) -> tuple[str, ...]:
        """The keys of who a phrase means; a new one where that is nobody spoken of."""
        if phrase.keys:
            return phrase.keys
        if phrase.plural and not phrase.of:
            together = self.meant_together(phrase.start, phrase.end)
            if together:
                return together
        return (self.known(phrase) or self.newly(phrase),)

    def meant_together(self, start: int, end: int) -> tuple[str, ...]:
        """The people named together whom tokens such as "the two men" mean; none if nobody."""
        words = [self._text.lower[token] for token in range(start, end)]
        definite = words[0] in ("the", "these", "both", "all")
        return self._together.meant_by(words, self._are_named_persons) if definite else ()

    def _are_named_persons(self, keys: Sequence[str]) -> bool:
        return all(
            self._kind(key) is EntityKind.PERSON and self.entities[key].named for key in keys
        )

    def known(self, phrase: NounPhrase) -> str | None:
        """Somebody spoken of before whom a definite description fits."""
        if not phrase.definite:
            return None
        if phrase.head in (Head.ROLE, Head.PERSON) and not phrase.plural:
            return self._known_person(phrase)
        if phrase.head == Head.COUNTRY and phrase.of is None:
            states = (key for key in self._latest() if self._kind(key) is EntityKind.STATE)
            return next(states, None)
        if phrase.head == Head.COURT:
            return self._known_body(phrase, EntityKind.COURT)
        if phrase.head == Head.BODY:
            made = self._made.get((phrase.head_word, phrase.of)) if phrase.of else None
            return made or self._known_body(phrase, EntityKind.ORGANIZATION) or self._any(phrase)
        if phrase.head == Head.GROUP and phrase.of is None and not phrase.possessor:
            return self._made.get((phrase.head_word, None))
        return None

    def _known_person(self, phrase: NounPhrase) -> str | None:
        """Who last had a function that fits; a name goes before a bare "the prosecutor"."""
        bare: str | None = None
        for key in self._latest():
            if any(self._fits(phrase, word, of) for word, of in self._functions.get(key, ())):
                if self.entities[key].named or " " in self.entities[key].name:
                    return key if bare is None or self.entities[key].named else bare
                bare = bare or key
        return bare

    def _any(self, phrase: NounPhrase) -> str | None:
        """The organization just spoken of, for words that fit any: "the group", "the agency"."""
        plain = phrase.end - phrase.start == 2 and phrase.head_word in _ANY_BODY
        for key, number in reversed(self._acting if plain else ()):
            organization = self._kind(key) is EntityKind.ORGANIZATION and self.entities[key].named
            if organization and number >= self._sentence - _ANY_BACK:
                return key
        return None

    def owner(self, key: str) -> str | None:
        """The state or body that a described group or body was said to be of."""
        return self._owners.get(key)

    def _fits(self, phrase: NounPhrase, word: str, of: str | None) -> bool:
        """Whether a function is the one described; another word needs the same state or body."""
        if phrase.of is not None and phrase.head_word in word_list("roles", "agents"):
            return word == phrase.head_word and phrase.of == of
        if word == phrase.head_word:
            return phrase.of is None or of is None or phrase.of == of
        alike = any({word, phrase.head_word} <= group for group in _SAME)
        return alike and phrase.of is not None and phrase.of == of

    def _known_body(self, phrase: NounPhrase, kind: EntityKind) -> str | None:
        """The body last spoken of whose name bears the word; any court, for "the court"."""
        recent = [key for key in self._latest() if self._kind(key) is kind]
        for key in sorted(recent, key=lambda key: not self.entities[key].named):
            entity = self.entities[key]
            words = entity.name.casefold().split()
            if kind is EntityKind.COURT and self._same_place(phrase) and self._sorts(phrase, words):
                return key
            if phrase.of is None and phrase.head_word in words:
                return key
            if self._of_pronoun(phrase) and not entity.named and phrase.head_word == words[-1]:
                return key
        return None

    def _sorts(self, phrase: NounPhrase, name: Sequence[str]) -> bool:
        """Whether a court of this name is of the sort described: "the supreme court" is no other."""
        described = self._text.lower[phrase.start : phrase.end]
        return all(
            word in name for word in described if word in word_list("bodies", "sorts_of_court")
        )

    def _same_place(self, phrase: NounPhrase) -> bool:
        """Whether nothing but a seat is said of a court: "the Hague-based court"."""
        if phrase.of is None or self._kind(phrase.of) is EntityKind.PLACE:
            return True
        return any(
            self._text.doc[token].lower_.endswith("-based")
            for token in range(phrase.start, phrase.end)
        )

    def _of_pronoun(self, phrase: NounPhrase) -> bool:
        """Whether a phrase begins with "his", "its"."""
        return self._text.doc[phrase.start].lower_ in word_list("words", "possessives")

    def newly(self, phrase: NounPhrase) -> str:
        """The key of somebody not spoken of before, who is described only."""
        start = phrase.start
        owned = self._of_pronoun(phrase) and phrase.of is not None
        if owned or self._text.doc[start].lower_ in ("the", "a", "an"):
            start += 1
        name = self._spelled_out(min(start, phrase.end - 1), phrase.end)
        if owned and phrase.of is not None:
            name = f"{self._short_name(phrase.of)}'s {name}"
        kind = _OF_BODY[phrase.head]
        if phrase.plural and kind is EntityKind.PERSON:
            kind = EntityKind.GROUP
        key = self.add(name, kind)
        if phrase.head in (Head.BODY, Head.GROUP):
            self._made[(phrase.head_word, phrase.of)] = key
        if phrase.head == Head.GROUP and phrase.definite | (phrase.of is not None):
            self._made[(phrase.head_word, None)] = key
        if phrase.of is not None:
            self._owners.setdefault(key, phrase.of)
        return key

    def _spelled_out(self, start: int, end: int) -> str:
        """The words of a description; "his" inside it is told: "member of Doe's team"."""
        name = self._text.words(self._text.span(start, end))
        for token in range(start + 1, end):
            word = self._text.doc[token].text
            whose = self.meant_by_pronoun(word) if word in _WHOSE else ()
            if whose:
                name = name.replace(f" {word} ", f" {self._short_name(whose[0])}'s ", 1)
        return name

    def _short_name(self, key: str) -> str:
        """The shortest form of a name that the text uses and that ends it."""
        if key not in self._short:
            entity = self.entities[key]
            forms = [self._text.words(span) for span in entity.mentions]
            ends = [form for form in forms if entity.name.endswith(form)]
            self._short[key] = min(ends, key=len, default=entity.name)
        return self._short[key]

    def add(self, name: str, kind: EntityKind) -> str:
        """The key of somebody who is described only; the same for the same words."""
        plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
        slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST_NAME].rstrip("-")
        key = f"described-{slug or len(self.entities)}"
        self.entities.setdefault(key, Entity(key, name, kind, named=False))
        return key
