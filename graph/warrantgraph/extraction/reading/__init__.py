"""The text as read: tokens, sentences, kinds of lines and quotations, with offsets of the original.

Nothing is normalised: every token and span counts in the code points of the text as given.
"""

from warrantgraph.extraction.reading.lines import LineKind
from warrantgraph.extraction.reading.quotations import Quotation
from warrantgraph.extraction.reading.text import Sentence, Text, read

__all__ = ["LineKind", "Quotation", "Sentence", "Text", "read"]
