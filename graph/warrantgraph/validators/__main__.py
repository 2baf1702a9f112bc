"""Runs a keeper of validation workers; started by `warrantgraph.engine.workers.launching`."""

from warrantgraph.engine.workers.keeper import keep
from warrantgraph.validators.worker import prepare

if __name__ == "__main__":
    keep(prepare)
