"""Shared fixtures: only what is dear to make, and never changed by a test.

The release is built once per test run, from the sources of the checkout, through the same function
that the command line uses.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock

from warrantgraph.build import build
from warrantgraph.freshness import ensure_release

if TYPE_CHECKING:
    from warrantgraph.release import Release


@pytest.fixture(scope="session")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """The release of the project's own sources."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    out = Path(shared) / "release"
    with FileLock(f"{out}.lock"):
        return ensure_release(out, build)[0]
