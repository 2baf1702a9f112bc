"""Compiles patterns (see `warrantgraph.extraction.patterns`) for spaCy's Matcher."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from warrantgraph.extraction.lexicon.reading import word_list
from warrantgraph.extraction.phrases.items import AGENTS, ItemKind, Voice

__all__ = ["NEGATED", "Compiled", "PatternError", "compile_pattern", "tag_of"]

Spec = dict[str, Any]

_GAPS = {"..": 3, "...": 8}
_STATED = (Voice.ACTIVE, Voice.PAST, Voice.GERUND)
_CLASSES = {
    "AGENT": tuple(AGENTS),
    "BODY": (ItemKind.COURT, ItemKind.STATE, ItemKind.ORGANIZATION, ItemKind.GROUP),
    "PEOPLE": (ItemKind.PERSON, ItemKind.GROUP),
    "ANY": tuple(ItemKind),
}
NEGATED = "negated"
"""How a phrase with "no" stands: no rule takes "no warrant" for one."""
_NOT_NEGATED = {"NOT_IN": [NEGATED]}
_TOKEN = re.compile(r"\(|\)\?|\{[^}]*\}\S*|(?:\w+:)?(?:\{[^}]*\}|<[^>]*>)[?*+]?|\S+")
_ELEMENT = re.compile(r"(?:(?P<name>[a-z_]+):)?(?P<body><[^>]*>|\{[^}]*\}|[^?*+]+)(?P<many>[?*+]?)")


class PatternError(ValueError):
    """A pattern is not written in the language; says which element."""


@dataclass(frozen=True)
class Compiled:
    """One alternative of a pattern: what the Matcher reads, and the names of its elements."""

    specs: tuple[Spec, ...]
    names: tuple[str | None, ...]

    @property
    def needs(self) -> tuple[frozenset[str], ...]:
        """Sets of words, verbs and kinds: a clause that fits has one of each."""
        required = (spec for spec in self.specs if spec.get("OP") not in ("?", "*"))
        return tuple(frozenset(_wanted(spec)) for spec in required)


def _wanted(spec: Spec) -> list[str]:
    """The words, verbs or kinds one of which an element matches."""
    for key in ("LEMMA", "LOWER", "ENT_TYPE"):
        value = spec.get(key)
        if value is not None:
            return [value] if isinstance(value, str) else list(value["IN"])
    return []


def tag_of(voice: Voice, *, negated: bool, modal: bool) -> str:
    """How a verb stands, as one word that specs compare with."""
    return voice.value + ("!not" if negated else "") + ("!may" if modal else "")


def compile_pattern(pattern: str) -> list[Compiled]:
    """The alternatives of a pattern; several where a row may be left out.

    >>> [compiled] = compile_pattern("issuer:COURT <issue> {arrest warrant}")
    >>> compiled.names
    ('issuer', None, None)
    >>> len(compile_pattern("a ( b )? c"))
    2

    Raises:
        PatternError: an element is not of the language.
    """
    found: list[Compiled] = []
    for row in _expand(_TOKEN.findall(pattern)):
        specs: list[Spec] = []
        names: list[str | None] = []
        for element in row:
            for spec, name in _element(element):
                specs.append(spec)
                names.append(name)
        if not specs or all(spec.get("OP") in ("?", "*") for spec in specs):
            raise PatternError(f"a pattern must match something: {pattern}")
        found.append(Compiled(tuple(specs), tuple(names)))
    return found


def _expand(tokens: list[str]) -> list[list[str]]:
    """The rows with and without each bracketed part."""
    if "(" not in tokens:
        return [tokens]
    begin = tokens.index("(")
    if ")?" not in tokens[begin:]:
        raise PatternError("a bracket is not closed by )?")
    end = tokens.index(")?", begin)
    before, inner, after = tokens[:begin], tokens[begin + 1 : end], tokens[end + 1 :]
    return [row for middle in (inner, []) for row in _expand(before + middle + after)]


def _element(element: str) -> list[tuple[Spec, str | None]]:
    if element in _GAPS:
        spec = {"LOWER": {"NOT_IN": sorted(word_list("words", "breakers") | {";", ":"})}, "OP": "?"}
        return [(spec, None)] * _GAPS[element]
    if element in ("^", "$"):
        return [({"LOWER": element}, None)]
    match = _ELEMENT.fullmatch(element)
    if match is None:
        raise PatternError(f"this element is not of the language: {element}")
    spec = _spec(match["body"])
    if match["many"]:
        spec["OP"] = match["many"]
    return [(spec, match["name"])]


def _spec(body: str) -> Spec:
    if body[0] in "<{" and body[-1] not in ">}":
        raise PatternError(f"this is not closed: {body}")
    if body.startswith("<"):
        return _verb(body[1:-1])
    if body.startswith("{"):
        lemmas = {"IN": body[1:-1].split("|")}
        return {"ENT_TYPE": "INSTRUMENT", "LEMMA": lemmas, "TAG": _NOT_NEGATED}
    if body.isupper() and body.replace("|", "").isalpha():
        kinds: list[str] = []
        for name in body.split("|"):
            if name not in _CLASSES and name not in ItemKind.__members__:
                raise PatternError(f"there is no such kind of phrase: {name}")
            kinds += [kind.value for kind in _CLASSES.get(name, ())] or [name]
        return {"ENT_TYPE": {"IN": kinds}, "TAG": _NOT_NEGATED}
    return {"LOWER": {"IN": body.lower().split("|")}}


def _verb(body: str) -> Spec:
    verbs, _, voices = body.partition(":")
    voices, _, negation = voices.partition("!")
    if not negation:
        verbs, _, negation = verbs.partition("!")
    unknown = set(voices.split("|")) - set(Voice) if voices else None
    if unknown or negation not in ("", "not", "may", "not!may"):
        raise PatternError(f"a verb does not stand so: {body}")
    wanted = [Voice(voice) for voice in voices.split("|")] if voices else list(_STATED)
    suffix = f"!{negation}" if negation else ""
    tags = [voice.value + suffix for voice in wanted]
    return {"ENT_TYPE": "VERB", "LEMMA": {"IN": verbs.split("|")}, "TAG": {"IN": tags}}
