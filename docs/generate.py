"""Writes the pages that the code can write, `checks.md`, `cli.md` and `settings.md`: `make docs`."""

import contextlib
import io
from itertools import groupby
from pathlib import Path

from warrantgraph.checks import Gate, Rule, Subjects, list_gates, read_vocabulary
from warrantgraph.cli import main
from warrantgraph.resources import COMPETENCY, ONTOLOGY, SHAPES, SOURCES
from warrantgraph_server.settings import flag, setting_list, variable

VERBS = (
    "build",
    "check",
    "evaluate",
    "export",
    "extract",
    "query",
    "review",
    "serve",
    "validate",
)

CHECKS = """# The checks beside the shapes

Written from the rules themselves by `make docs`; a test fails where it is not up to date.

`warrantgraph check` asks of the ontology, the sources and data what SHACL cannot ask. It reports in
the frame of `warrantgraph validate`: the same formats, places, baselines and exit codes.

```sh
warrantgraph check                                  # ours, with the release in ./release
warrantgraph check --data claims.ttl --require-all  # data of your own; nothing may be left out
warrantgraph check --ontology ontology --gate labels --gate definitions
```

A check as a whole is a gate. It ends in one of three ways:

| outcome | meaning |
|---|---|
| passed | it looked, and found nothing that `--fail-on` asks for |
| failed | it found something |
| not run | nothing is known: there is no Java, there are no data, or the reasoner gave up or did not finish |

A gate that did not run has not passed, and a reasoner that runs out of time has found nothing wrong
with the ontology: neither is a finding. With `--require-all` the command then ends with exit code 4,
unless there are findings, which end it with 1. Where HermiT gives up on values that it cannot
interpret, the gate is not run, and those values are findings, since they can be mended.

The reasoner's gates need Java and three Python packages; `pip install 'warrantgraph[reasoner]'`
brings all of it. The gates on data need `--data`, or a release.

The rules over triples are SPARQL, one file each, in `graph/warrantgraph/checks/rules/`; most of them
look at the terms of our namespace, so `--ontology` is for a changed copy of our ontology. To add a
rule, add a file there, and a case that passes and one that fails in `tests/cases/ontology-checks/`.
"""

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


def checks_page() -> str:
    """The gates and their rules; gates that ask the same share a section."""
    vocabulary = read_vocabulary(ONTOLOGY, SHAPES)
    gates = list_gates(Subjects(vocabulary, COMPETENCY, SOURCES))
    sections = [_section(list(alike)) for _, alike in groupby(gates, lambda gate: gate.rules)]
    return CHECKS + "".join(sections)


def _section(gates: list[Gate]) -> str:
    names = "".join(f"\n## {gate.name}\n\n{gate.about}\n" for gate in gates)
    rows = "".join(map(_row, sorted(gates[0].rules, key=lambda rule: rule.name)))
    return (
        f"{names}\n| rule | severity | what it says | how to mend it |\n|---|---|---|---|\n{rows}"
    )


def _row(rule: Rule) -> str:
    cells = (f"`{rule.name}`", rule.severity.lower(), rule.label, rule.mend)
    return "".join(f"| {cell.replace('|', '&#124;')} " for cell in cells) + "|\n"


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


PAGES = {"checks.md": checks_page, "cli.md": cli_page, "settings.md": settings_page}

if __name__ == "__main__":
    for name, page in PAGES.items():
        Path(__file__).with_name(name).write_text(page(), encoding="utf-8")
