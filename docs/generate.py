"""Writes the pages that the code itself can write, `cli.md` and `settings.md`: `make docs`."""

import contextlib
import io
from pathlib import Path

from warrantgraph.cli import main
from warrantgraph_server.settings import flag, setting_list, variable

VERBS = ("build", "check", "export", "query", "serve", "validate")

CLI = """# The command line

Written from `--help` by `make docs`; a test fails where it is not up to date.

| exit code | meaning |
|---|---|
| 0 | done, and all is well |
| 1 | the graph has findings |
| 2 | the command was used wrongly |
| 3 | an input, a query or a release cannot be read, or a place cannot be written |
| 4 | a tool that is needed failed, such as the reasoner |
"""

SETTINGS = """# Settings of the server

Written from `warrantgraph_server/settings.py` by `make docs`; a test fails where it is not up to
date. [operating.md](operating.md) tells when to change which.

Each setting is a flag of `warrantgraph serve` and a variable of the environment. The flag wins; so
does `--data` over a `WARRANTGRAPH_RELEASE`, and `--release` over a `WARRANTGRAPH_DATA`. A variable
that is empty counts as not set.

| kind | how it is written |
|---|---|
| size | `512MiB`, `1.5GiB`; without a unit it is bytes |
| seconds | `30`, `2.5` |
| yes or no | the flag alone; in a variable `1`, `true`, `yes`, `on`, or `0`, `false`, `no`, `off` |
| several values | the flag again for each; in a variable they are separated by spaces, so a path that has a space in it needs the flag |

A value that cannot be read ends the command with exit code 2 and a sentence that names the flag or
the variable.

```sh
WARRANTGRAPH_PORT=8080 WARRANTGRAPH_DATA='one.ttl two.trig' warrantgraph serve --memory-limit 2GiB
```

| flag | variable | meaning | default |
|---|---|---|---|
"""


def say(verb: str) -> str:
    """What `warrantgraph <verb> --help` prints."""
    with contextlib.redirect_stdout(io.StringIO()) as output, contextlib.suppress(SystemExit):
        main([verb, "--help"])
    return output.getvalue()


def cli_page() -> str:
    """The reference of the command line."""
    return CLI + "".join(f"\n## {verb}\n\n```text\n{say(verb)}```\n" for verb in VERBS)


def settings_page() -> str:
    """The table of settings."""
    rows = (
        f"| `{flag(each.name)}` | `{variable(each.name)}` | {each.about.help} "
        f"| {each.shown_default} |\n"
        for each in setting_list()
    )
    return SETTINGS + "".join(rows)


PAGES = {"cli.md": cli_page, "settings.md": settings_page}

if __name__ == "__main__":
    for name, page in PAGES.items():
        Path(__file__).with_name(name).write_text(page(), encoding="utf-8")
