"""A quick look at every focus node, which lets pass those that surely conform to a shape.

The screen works on integers and knows most constraints. What it does not know, or is not sure of,
it hands to pySHACL: it may say "maybe", and never makes a result. So what it lets pass must be just
what pySHACL finds no fault with, down to its habits, and must be nothing that it refuses to judge.
"""

from warrantgraph.validation.screen.compiling import Screen
from warrantgraph.validation.screen.verdict import Verdict

__all__ = ["Screen", "Verdict"]
