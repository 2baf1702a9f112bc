"""Does a graph hold what always holds? SHACL results as findings.

`read_data` reads inputs into an index of triples, `validate` answers for it, and `check_inputs`
does all there is to do, from files to findings with their places.
"""

from warrantgraph.validation.index import TripleIndex
from warrantgraph.validation.inputs import Input, find_inputs
from warrantgraph.validation.reading import Data, blank_node_scope, read_data, read_graph
from warrantgraph.validation.running import check_inputs
from warrantgraph.validation.shacl import SHAPE, load_shapes, validate

__all__ = [
    "SHAPE",
    "Data",
    "Input",
    "TripleIndex",
    "blank_node_scope",
    "check_inputs",
    "find_inputs",
    "load_shapes",
    "read_data",
    "read_graph",
    "validate",
]
