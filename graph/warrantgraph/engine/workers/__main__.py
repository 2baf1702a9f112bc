"""Runs a keeper of query workers; started by `launching`, not by hand."""

from warrantgraph.engine.workers.keeper import keep
from warrantgraph.engine.workers.worker import prepare

if __name__ == "__main__":
    keep(prepare)
