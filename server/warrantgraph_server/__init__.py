"""HTTP only: the SPARQL endpoint, the exports and the pages over a release.

Depends on the public names of `warrantgraph`, never the other way round.
"""
