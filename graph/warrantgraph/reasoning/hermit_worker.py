"""The process that loads owlready2 and lets it run HermiT; see `worker`."""

# owlready2 carries no types, so every use of it here is untyped.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from warrantgraph.reasoning.worker import (
    GRAPH_FILE,
    REQUEST_FILE,
    RESPONSE_FILE,
    end_with_parent,
)

__all__ = ["main", "reason"]


def reason(graph_file: Path, java: str) -> dict[str, Any]:
    """Run HermiT over one N-Triples file in a world that nothing else shares."""
    import owlready2  # type: ignore[import-untyped]

    owlready2.JAVA_EXE = java
    world = owlready2.World()
    with graph_file.open("rb") as file:
        world.get_ontology("urn:warrantgraph:checked#").load(
            fileobj=file, only_local=True, format="ntriples"
        )
    try:
        owlready2.sync_reasoner_hermit(world, debug=0)
    except owlready2.OwlReadyInconsistentOntologyError:
        return {"outcome": "inconsistent"}
    except owlready2.OwlReadyJavaError as error:
        return {"outcome": "error", "message": _java_message(str(error))}
    unsatisfiable = sorted(
        str(entity.iri)
        for entity in world.inconsistent_classes()
        if entity is not owlready2.Nothing
    )
    return {"outcome": "consistent", "unsatisfiable": unsatisfiable}


def _java_message(text: str) -> str:
    """Return what Java's exception says, without its stack."""
    lines = [line.strip() for line in text.splitlines()[1:] if line.strip()]
    kept = [line for line in lines if not line.startswith(("at ", "...", "WARNING:", "Error:"))]
    return " ".join(kept)


def main() -> None:
    """Answer the request in the folder that the command line names."""
    folder = Path(sys.argv[1])
    end_with_parent(folder)
    request = json.loads((folder / REQUEST_FILE).read_bytes())
    answer = reason(folder / GRAPH_FILE, request["java"])
    (folder / RESPONSE_FILE).write_text(json.dumps(answer), encoding="utf-8")


if __name__ == "__main__":
    main()
