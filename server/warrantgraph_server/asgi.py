"""The application for worker processes: `uvicorn --factory warrantgraph_server.asgi:create`."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from warrantgraph_server.app import create_app
from warrantgraph_server.settings import Settings

if TYPE_CHECKING:
    from fastapi import FastAPI

__all__ = ["create"]


def create() -> FastAPI:
    """Build the application from the environment that `warrantgraph serve` has set."""
    return create_app(Settings.from_environment(os.environ))
