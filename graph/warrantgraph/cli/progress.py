"""What a command is at, on the last line of a terminal."""

from __future__ import annotations

import sys

import click

__all__ = ["show_step"]

_LONGEST = 200


def show_step(step: str) -> None:
    """Show the running step on a terminal, and nothing elsewhere; an empty one clears the line."""
    if sys.stderr.isatty():
        readable = "".join(sign for sign in step[:_LONGEST] if sign.isprintable())
        click.echo(f"\r\033[K{readable} ..." if readable else "\r\033[K", nl=False, err=True)
