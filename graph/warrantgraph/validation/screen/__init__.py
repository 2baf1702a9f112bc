"""Screens that say of most focus nodes, at once, that a shape finds nothing wrong with them."""

from __future__ import annotations

__all__: list[str] = []
