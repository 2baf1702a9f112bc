"""Runs a keeper; started by `warrantgraph.engine.workers.launching`, not by hand."""

from warrantgraph.engine.workers.keeper import main

__all__ = ["main"]

if __name__ == "__main__":
    main()
