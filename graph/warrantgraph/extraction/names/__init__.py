"""Who and what is named: proper names, their kinds, and which of them name the same."""

from warrantgraph.extraction.names.finding import find_names
from warrantgraph.extraction.names.mentions import Mention, MentionForm, Names

__all__ = ["Mention", "MentionForm", "Names", "find_names"]
