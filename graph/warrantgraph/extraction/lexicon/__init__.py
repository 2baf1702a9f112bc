"""Words that the extractor knows: roles, verbs, states and peoples, courts, organizations.

Each list is a TOML file beside this one, read once, that a legal researcher can read and extend.
"""

from warrantgraph.extraction.lexicon.reading import read_lexicon

__all__ = ["read_lexicon"]
