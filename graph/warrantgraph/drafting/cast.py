"""Who and what a draft speaks of: entities of the authority, and nodes of this source's own.

What the authority does not know gets an IRI below the source's slug (`id/person/<slug>/<name>`), so
that two sources that name the same stranger neither clash nor become one without anybody looking.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rdflib import RDF, RDFS, SKOS, Graph, URIRef

from warrantgraph.drafting.blocks import Block, english
from warrantgraph.drafting.notes import LeftOutError
from warrantgraph.drafting.wording import make_label, make_slug, one_line, with_article
from warrantgraph.extraction.facts import EntityKind
from warrantgraph.namespaces import ID, WG

if TYPE_CHECKING:
    from collections.abc import Iterable

    from warrantgraph.drafting.quoting import Text
    from warrantgraph.extraction.facts import Entity

__all__ = ["Cast", "Part"]

_CLASSES = {
    EntityKind.PERSON: ("person", "Person"),
    EntityKind.STATE: ("state", "State"),
    EntityKind.PLACE: ("place", "Place"),
    EntityKind.COURT: ("organization", "Court"),
    EntityKind.ORGANIZATION: ("organization", "Organization"),
    EntityKind.GROUP: ("group", "AgentGroup"),
}

_CHILD = re.compile(
    r"(^|[^a-z])((school)?(boy|girl)s?|adolescent|baby|child|infant|juvenile|minor|orphan|pupil|"
    r"schoolchild|teenager|toddler|(1[0-7]|[1-9])-year-old)([^a-z]|$)",
    re.IGNORECASE,
)
"""What says that somebody is a minor; the shapes ask the same of labels."""

_AGE_AFTER = re.compile(r"\W{0,3}(?:aged?\W)?(1[0-7]|[1-9])(?:,|\)|\s+years?\W+old|-year-old)")
_AGE_BEFORE = re.compile(r"(?<!\d)(1[0-7]|[1-9])-year-old(?:\s+\w+){0,3}\s*$")


_UNNAMED = " (unnamed)"

_PLURALS = {
    "accuses": "accuse",
    "does not answer": "do not answer",
    "has": "have",
    "judges": "judge",
    "rejects": "reject",
    "reports": "report",
    "says": "say",
}


@dataclass(frozen=True)
class Part:
    """One whom or which claims can name: the term of Turtle, the name, the class."""

    term: str
    label: str
    kind: str
    block: Block | None = None
    """What the source says it is; None for what the authority describes."""

    @property
    def said(self) -> str:
        """The name as it stands within a sentence."""
        if self.kind not in ("Person", "AgentGroup"):
            return with_article(self.label)
        described = self.label.endswith(_UNNAMED) and self.label[0].islower()
        if not described or self.is_several:
            return self.label
        return f"{'an' if self.label[0] in 'aeiou' else 'a'} {self.label}"

    @property
    def is_several(self) -> bool:
        """Whether the name is a plural, as far as its last letter tells."""
        return self.kind == "AgentGroup" and self.label.removesuffix(_UNNAMED).endswith("s")

    def does(self, verb: str) -> str:
        """The name with a verb; this is given as it stands after one person."""
        return f"{self.said} {_PLURALS[verb] if self.is_several else verb}"


class Cast:
    """Turns entities into parts, the same entity always into the same part."""

    def __init__(self, slug: str, text: Text, authority: Graph, ontology: Graph) -> None:
        self.slug = slug
        self.text = text
        self.authority = authority
        self._classes: dict[str, frozenset[str]] = {}
        for kind in ontology.subjects(RDF.type):
            above = ontology.transitive_objects(kind, RDFS.subClassOf)
            self._classes[_local(kind)] = frozenset(_local(each) for each in above)
        self._parts: dict[Entity, Part] = {}
        self._terms: set[str] = set()
        self._courts: set[Entity] = set()

    def count_as_international(self, courts: Iterable[Entity]) -> None:
        """Say which courts have states as their members, and so were founded by several."""
        self._courts.update(court for court in courts if court.kind is EntityKind.COURT)

    def is_a(self, part: Part, *classes: str) -> bool:
        """Whether a part is of one of the classes."""
        above = self._classes.get(part.kind, frozenset({part.kind}))
        return any(each in above for each in classes)

    def agent(self, entity: Entity) -> Part:
        """The part of one who acts or speaks.

        Raises:
            LeftOutError: it is a place, or a child.
        """
        part = self.part(entity)
        if not self.is_a(part, "Agent"):
            raise LeftOutError("a place neither acts nor speaks")
        return part

    def person(self, entity: Entity) -> Part:
        """The part of one human being.

        Raises:
            LeftOutError: it is none, or a child.
        """
        part = self.part(entity)
        if not self.is_a(part, "Person"):
            raise LeftOutError("it is about one person, and this is none")
        return part

    def organization(self, entity: Entity) -> Part:
        """The part of an organization; a state is one.

        Raises:
            LeftOutError: it is none.
        """
        part = self.part(entity)
        if not self.is_a(part, "Organization"):
            raise LeftOutError("it takes an organization or a state, and this is neither")
        return part

    def place(self, entity: Entity) -> Part:
        """The part of a place: for a state, its territory.

        Raises:
            LeftOutError: it is neither.
        """
        part = self.part(entity)
        if self.is_a(part, "Place"):
            return part
        if not self.is_a(part, "State"):
            raise LeftOutError("it takes a place, and this is none")
        label = f"territory of {part.label}"
        term = f"article-place:territory-of-{part.term.partition(':')[2]}"
        return _described(Part(term, label, "Place"))

    def unnamed(self, what: str, kind: str, number: str) -> Part:
        """Somebody who must be there and whom the article does not name."""
        prefix = "article-organization" if kind == "Organization" else "agent"
        return _described(Part(f"{prefix}:unnamed-{number}", f"{what} (not named)", kind))

    def part(self, entity: Entity) -> Part:
        """The part of an entity.

        Raises:
            LeftOutError: it is a child.
        """
        if entity.kind is EntityKind.PERSON and self._is_child(entity):
            raise LeftOutError("it singles out a child")
        if entity not in self._parts:
            self._parts[entity] = self._known(entity) or self._own(entity)
        return self._parts[entity]

    def _known(self, entity: Entity) -> Part | None:
        """The part as the authority describes it, if it does and what it says fits."""
        if entity.iri is None or not str(entity.iri).startswith(ID):
            return None
        iri = URIRef(entity.iri)
        kind = min(self.authority.objects(iri, RDF.type), default=None, key=str)
        label = self.authority.value(iri, RDFS.label)
        prefix, _, local = str(iri).removeprefix(ID).partition("/")
        fits = re.fullmatch(r"[a-z0-9-]+", local) and prefix in {p for p, _ in _CLASSES.values()}
        if kind is None or label is None or not fits:
            return None
        return Part(f"{prefix}:{local}", str(label), _local(kind))

    def _own(self, entity: Entity) -> Part:
        prefix, kind = _CLASSES[entity.kind]
        if entity in self._courts:
            kind = "InternationalCourt"
        name = one_line(entity.name)
        otherwise = f"{entity.kind.value} that the article names"
        label = make_label(name if entity.named else f"{name}{_UNNAMED}", otherwise)
        slug = make_slug(entity.key)
        term, number = f"article-{prefix}:{slug}", 1
        while term in self._terms:
            number += 1
            term = f"article-{prefix}:{slug}-{number}"
        self._terms.add(term)
        return _described(Part(term, label, kind))

    def organization_named(self, name: str) -> str | None:
        """Slug of the organization of the authority that has this name, if one has."""
        wanted = name.strip().casefold()
        for term in (RDFS.label, SKOS.altLabel):
            for iri, label in sorted(self.authority.subject_objects(term)):
                local = str(iri).removeprefix(ID["organization/"])
                if str(label).casefold() == wanted and local != str(iri):
                    return local
        return None

    def _is_child(self, entity: Entity) -> bool:
        if _CHILD.search(entity.name) or _CHILD.search(entity.key.replace("-", " ")):
            return True
        text = self.text.text
        return any(
            _AGE_AFTER.match(text, span.end) or _AGE_BEFORE.search(text[: span.start][-60:])
            for span in entity.mentions
            if 0 <= span.start < span.end <= len(text)
        )


def _described(part: Part) -> Part:
    block = Block(part.term, f"wg:{part.kind}").say("rdfs:label", english(part.label))
    return Part(part.term, part.label, part.kind, block)


def _local(term: object) -> str:
    return str(term).removeprefix(WG)
