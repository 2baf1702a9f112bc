"""The command `warrantgraph`: one module per verb, errors translated in one table.

Exit codes: 0 done and well; 1 the graph or the answer has findings; 2 the command was used
wrongly; 3 an input could not be read; 4 a tool it needs failed.
"""

from warrantgraph.cli.main import main

__all__ = ["main"]
