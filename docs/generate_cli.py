"""Writes `cli.md` from what the commands say of themselves: `make docs`."""

import contextlib
import io
from pathlib import Path

from warrantgraph.cli import main

VERBS = ("build", "check", "export", "query", "serve", "validate")
HEAD = """# The command line

Written from `--help` by `make docs`; a test fails where it is not up to date.

| exit code | meaning |
|---|---|
| 0 | done, and all is well |
| 1 | the graph has findings |
| 2 | the command was used wrongly |
| 3 | an input, a query or a release cannot be read, or a place cannot be written |
| 4 | a tool that is needed failed, such as the reasoner |
"""


def say(verb: str) -> str:
    """What `warrantgraph <verb> --help` prints."""
    with contextlib.redirect_stdout(io.StringIO()) as output, contextlib.suppress(SystemExit):
        main([verb, "--help"])
    return output.getvalue()


blocks = [f"\n## {verb}\n\n```text\n{say(verb)}```\n" for verb in VERBS]
Path(__file__).with_name("cli.md").write_text(HEAD + "".join(blocks), encoding="utf-8")
