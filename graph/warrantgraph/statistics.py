"""Counts what a dataset holds, as VoID asks: triples, entities, and partitions of them.

Counted is the default graph as the project's endpoint shows it: the union of the named graphs, each
triple once, with the numeric datatypes that Oxigraph's store makes of the written ones. The work is
linear in the triples: those alike in the classes of subject and object are counted together first,
and only then attributed to every class.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Store

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pyoxigraph import Quad, Triple

__all__ = ["ClassCounts", "DatasetCounts", "PropertyCounts", "count"]

_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")

_Classes = frozenset[str]
_Kind = tuple[_Classes, str, str | _Classes]
"""Classes of the subject, predicate, and datatype or classes of the object."""


@dataclass
class PropertyCounts:
    """The triples of one predicate whose subjects are of one class."""

    triples: int = 0
    object_classes: Counter[str] = field(default_factory=Counter[str])
    datatypes: Counter[str] = field(default_factory=Counter[str])


@dataclass
class ClassCounts:
    """The triples whose subjects are of one class; an entity has an IRI (VoID, 4.3)."""

    entities: int = 0
    triples: int = 0
    properties: defaultdict[str, PropertyCounts] = field(
        default_factory=lambda: defaultdict(PropertyCounts)
    )


@dataclass(frozen=True)
class DatasetCounts:
    """What a dataset holds; classes and properties by IRI, named graphs by name."""

    triples: int
    entities: int
    subjects: int
    objects: int
    properties: Mapping[str, int]
    classes: Mapping[str, ClassCounts]
    graphs: Mapping[str, int]


def count(quads: Iterable[Quad], uri_space: str) -> DatasetCounts:
    """Count a dataset; entities of it are the subjects whose IRI begins with `uri_space`.

    >>> from pyoxigraph import Quad
    >>> a, graphs = NamedNode("urn:a"), (NamedNode("urn:g"), NamedNode("urn:h"))
    >>> counts = count([Quad(a, _TYPE, NamedNode("urn:C"), graph) for graph in graphs], "urn:")
    >>> counts.triples, counts.graphs, counts.classes["urn:C"].entities
    (1, {'urn:g': 1, 'urn:h': 1}, 1)
    """
    store = Store()
    store.bulk_extend(quads)
    graphs: Counter[str] = Counter()
    triples: set[Triple] = set()
    for quad in store:
        graphs[str(getattr(quad.graph_name, "value", ""))] += 1
        triples.add(quad.triple)
    subjects = {triple.subject for triple in triples}
    classes = _classes_of(triples)
    named = [subject for subject in subjects if isinstance(subject, NamedNode)]
    return DatasetCounts(
        triples=len(triples),
        entities=sum(subject.value.startswith(uri_space) for subject in named),
        subjects=len(subjects),
        objects=len({triple.object for triple in triples}),
        properties=dict(sorted(Counter(triple.predicate.value for triple in triples).items())),
        classes=_partition(triples, classes, Counter(classes[s] for s in named if s in classes)),
        graphs=dict(sorted(graphs.items())),
    )


def _classes_of(triples: Iterable[Triple]) -> dict[object, _Classes]:
    """The named classes of each subject; equal sets are one object."""
    classes: defaultdict[object, set[str]] = defaultdict(set)
    for triple in triples:
        if triple.predicate == _TYPE and isinstance(triple.object, NamedNode):
            classes[triple.subject].add(triple.object.value)
    known: dict[_Classes, _Classes] = {}
    return {
        subject: known.setdefault(frozen := frozenset(found), frozen)
        for subject, found in classes.items()
    }


def _partition(
    triples: Iterable[Triple],
    classes: Mapping[object, _Classes],
    entities: Mapping[_Classes, int],
) -> dict[str, ClassCounts]:
    alike: Counter[_Kind] = Counter()
    none: _Classes = frozenset()
    for triple in triples:
        value = triple.object
        kind = value.datatype.value if isinstance(value, Literal) else classes.get(value, none)
        alike[classes.get(triple.subject, none), triple.predicate.value, kind] += 1
    partitions: defaultdict[str, ClassCounts] = defaultdict(ClassCounts)
    for (subject_classes, predicate, kind), number in alike.items():
        for subject_class in subject_classes:
            partition = partitions[subject_class]
            partition.triples += number
            counts = partition.properties[predicate]
            counts.triples += number
            if isinstance(kind, str):
                counts.datatypes[kind] += number
            else:
                for object_class in kind:
                    counts.object_classes[object_class] += number
    for subject_classes, number in entities.items():
        for subject_class in subject_classes:
            partitions[subject_class].entities += number
    return dict(sorted(partitions.items()))
