"""Tells whom a pronoun means, from who acted, spoke and was spoken of in the sentences before."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from warrantgraph.extraction.facts import Entity, EntityKind
from warrantgraph.extraction.lexicon.genders import gender_of, gender_of_word
from warrantgraph.extraction.phrases.together import Together

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["Pronouns"]

_BODIES = (EntityKind.COURT, EntityKind.ORGANIZATION, EntityKind.STATE)
_GENDERS = {"he": "m", "him": "m", "his": "m", "himself": "m"} | dict.fromkeys(
    ("she", "her", "herself"), "f"
)
_SPEAKS_ON = 1
"""Sentences back to which a pronoun that speaks may mean who spoke last."""
_ACTS_ON = 2
"""Sentences back to which "they" and "the group" may mean who acted."""
_REMEMBERED = 200


class Pronouns:
    """Who acted, spoke and was spoken of so far in one text."""

    def __init__(self, entities: Mapping[str, Entity]) -> None:
        self.entities: dict[str, Entity] = dict(entities)
        self._recent: dict[str, None] = {}
        """Keys in the order in which they were last spoken of."""
        self._subjects: list[tuple[str, int]] = []
        """Persons that were the subject of a sentence, and its number; the latest last."""
        self._acting: list[tuple[str, int]] = []
        """The same for bodies, states and groups."""
        self._speakers: list[tuple[str, int]] = []
        """Who said something, and the number of the sentence."""
        self._sentence = 0
        self._together = Together()
        self._genders: dict[str, str] = {}
        """Where a description tells: "f" or "m"."""

    def speak_of(self, keys: Sequence[str]) -> None:
        """Somebody is spoken of."""
        for key in keys:
            self._recent.pop(key, None)
            self._recent[key] = None
        if len(keys) > 1:
            self._together.remember(keys)

    def make_subject(self, keys: Sequence[str]) -> None:
        """Somebody is the subject of a sentence."""
        persons = [key for key in keys if self._kind(key) is EntityKind.PERSON]
        self._subjects += [(key, self._sentence) for key in persons[:1]]
        bodies = [key for key in keys if self._kind(key) in (*_BODIES, EntityKind.GROUP)]
        self._acting += [(key, self._sentence) for key in bodies[:1]]

    def speaks(self, keys: Sequence[str]) -> None:
        """Somebody says something in the sentence that was begun last."""
        self._speakers += [(key, self._sentence) for key in keys[:1]]

    def begin(self, number: int) -> None:
        """A sentence begins; `number` is its number."""
        self._sentence = number
        self._subjects = [each for each in self._subjects if each[1] >= number - _SPEAKS_ON]
        self._acting = [each for each in self._acting if each[1] >= number - _ACTS_ON]

    def _latest(self) -> Iterator[str]:
        """Who was spoken of, the last first; nobody remembers more."""
        return islice(reversed(self._recent), _REMEMBERED)

    def address(self, key: str, word: str) -> None:
        """Somebody is given a title or a function, which may tell who is "she"."""
        gender = gender_of_word(word)
        if gender is not None:
            self._genders.setdefault(key, gender)

    def meant_by_pronoun(self, word: str, *, speaking: bool = False) -> tuple[str, ...]:
        """The keys of who a pronoun means; none where that cannot be told.

        `speaking` tells that it is the subject of a verb of speech: who spoke last goes on.
        """
        if word in ("he", "him", "his", "she", "her", "himself", "herself"):
            return self._last_speaker(word, speaking) or self._he_or_she(word)
        if word in ("it", "its", "itself"):
            acting = [
                key
                for key, number in self._acting
                if number >= self._sentence - 1 and self._kind(key) in _BODIES
            ]
            bodies = (key for key in self._latest() if self._kind(key) in _BODIES)
            return self._last_speaker(word, speaking) or tuple(acting[-1:] or islice(bodies, 1))
        if word in ("they", "them", "their", "both", "themselves"):
            groups = [key for key, _ in self._acting if self._kind(key) is EntityKind.GROUP]
            if speaking and groups:
                return (groups[-1],)
            if self._together.latest():
                return self._together.latest()
            several = (EntityKind.GROUP, *_BODIES)
            return tuple(islice((k for k in self._latest() if self._kind(k) in several), 1))
        return ()

    def _last_speaker(self, word: str, speaking: bool) -> tuple[str, ...]:
        """Who spoke in the sentence before, where the pronoun can mean that one."""
        kinds = _BODIES if word in ("it", "its", "itself") else (EntityKind.PERSON,)
        for key, number in reversed(self._speakers if speaking else ()):
            if number < self._sentence - _SPEAKS_ON:
                return ()
            if self._kind(key) in kinds and self._may_be(key, word):
                return (key,)
        return ()

    def _may_be(self, key: str, word: str) -> bool:
        """Whether nothing known of a person forbids "he" or "she"."""
        gender = self._genders.get(key) or gender_of(self.entities[key].name)
        return gender is None or word not in _GENDERS or _GENDERS[word] == gender

    def _he_or_she(self, word: str) -> tuple[str, ...]:
        """The subject of this sentence or the one before; else who was last spoken of."""
        subjects = [
            key
            for key, number in self._subjects
            if number >= self._sentence - 1 and self._may_be(key, word)
        ]
        recent = [
            key
            for key in self._latest()
            if self._kind(key) is EntityKind.PERSON and self._may_be(key, word)
        ]
        named = [key for key in recent if self.entities[key].named]
        if word in ("him", "himself", "herself"):
            return tuple((named or recent)[:1])
        return tuple(subjects[-1:] or (named or recent)[:1])

    def _kind(self, key: str) -> EntityKind:
        return self.entities[key].kind
