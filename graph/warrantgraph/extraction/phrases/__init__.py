"""Each sentence as clauses of phrases and words: what the rules are written for."""

from warrantgraph.extraction.phrases.analysis import Analysis, Row, analyse
from warrantgraph.extraction.phrases.clauses import Clause
from warrantgraph.extraction.phrases.items import AGENTS, Description, Item, ItemKind, Voice

__all__ = [
    "AGENTS",
    "Analysis",
    "Clause",
    "Description",
    "Item",
    "ItemKind",
    "Row",
    "Voice",
    "analyse",
]
