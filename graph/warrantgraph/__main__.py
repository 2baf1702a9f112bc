"""`python -m warrantgraph` is the command `warrantgraph`."""

from warrantgraph.cli import main

main()
