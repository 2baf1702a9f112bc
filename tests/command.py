"""Runs the command line in this process, as its users would in theirs."""

from __future__ import annotations

import io
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from unittest.mock import patch

import pytest

from warrantgraph.cli import main

__all__ = ["Done", "run"]


@dataclass(frozen=True)
class Done:
    """What a command left behind."""

    exit_code: int
    output: str
    error: str


def run(*arguments: str, stdin: str = "") -> Done:
    """Run `warrantgraph` with these arguments."""
    output, error = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    standard_input = io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8")
    with (
        redirect_stdout(output),
        redirect_stderr(error),
        patch.object(sys, "stdin", standard_input),
        pytest.raises(SystemExit) as exit_,
    ):
        main(arguments)
    code = exit_.value.code
    assert isinstance(code, int)
    return Done(code, _text(output), _text(error))


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode()
