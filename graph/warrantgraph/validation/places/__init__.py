"""Where findings stand: in which file, line and column, and on which words of the source they rest.

Files are read again for it, so that nothing is kept of each triple while they are validated.
"""

from warrantgraph.validation.places.locating import Locatable, locate
from warrantgraph.validation.places.quoting import quote_of

__all__ = ["Locatable", "locate", "quote_of"]
