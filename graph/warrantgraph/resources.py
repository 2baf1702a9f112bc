"""Where the Turtle, the sources and the shapes are, in a checkout and in an installed wheel."""

from dataclasses import dataclass
from pathlib import Path

__all__ = ["AUTHORITY", "CHECKOUT", "COMPETENCY", "ONTOLOGY", "SHAPES", "SOURCES", "Inputs"]

_PACKAGE = Path(__file__).parent

CHECKOUT = not (_PACKAGE / "ontology").is_dir()
"""True when the package runs from a checkout, false when it runs from a wheel."""

_ROOT = _PACKAGE.parents[1] if CHECKOUT else _PACKAGE
_GRAPH = _PACKAGE.parent if CHECKOUT else _PACKAGE

ONTOLOGY = _ROOT / "ontology"
"""Folder of the ontology, its SKOS schemes and its competency questions."""

COMPETENCY = ONTOLOGY / "competency"
"""Folder of the competency questions: one `.rq` and one `.csv` of expected rows each."""

SHAPES = _ROOT / "shapes"
"""Folder of the SHACL shapes."""

SOURCES = _GRAPH / "sources"
"""Folder of the curated sources, one folder each."""

AUTHORITY = _GRAPH / "authority"
"""Folder of the entities that all sources share."""


@dataclass(frozen=True)
class Inputs:
    """What a release is made from."""

    sources: Path = SOURCES
    authority: Path = AUTHORITY
    ontology: Path = ONTOLOGY
    shapes: Path = SHAPES
    drafts: bool = False
    """Whether the release also holds drafts, in graphs of their own."""
