"""From an article to a checked graph in which every statement has its words.

The public names of the package; `warrantgraph_server` depends on nothing else of it.
"""

from importlib.metadata import version

__all__ = ["__version__"]

__version__ = version("warrantgraph")
