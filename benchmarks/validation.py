"""How long it takes to validate files of this project's model, from bytes to results.

`make bench-validation` compares pySHACL over rdflib, pySHACL over a pyoxigraph store, pyrudof where
it is installed, and this project on one and on two processes. Each contestant works in a process of
its own, one after the other, again and again; their answers are compared first. The data hold the
ontology and what follows from it, so that nobody infers.
"""

from __future__ import annotations

import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click
import pyoxigraph as ox
import pyshacl
from rdflib import SH, Graph

from generated_data import sources
from warrantgraph.reasoning.inference import add_inferred
from warrantgraph.validation import Input, load_shapes, read_data
from warrantgraph.validation.shacl import find_results
from warrantgraph.vocabulary import read_ontology, read_schemes

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE: Final = Path(__file__).parents[1] / "docs/validation-figures.md"

Answer = list[str]


def write_data(file: Path, triples: int) -> int:
    """Write generated sources, our vocabulary and all that follows; return how many triples."""
    text = "".join(sources(triples)).encode()
    index = read_data([Input(file, ox.RdfFormat.TURTLE, text)]).index
    ontology = read_ontology()
    index.add_graph(ontology)
    index.add_graph(read_schemes())
    add_inferred(index, ontology)
    names = [index.term(number).n3() for number in range(1 + max(map(max, index)))]
    with file.open("w", encoding="utf-8") as stream:
        for subject, predicate, value in index:
            stream.write(f"{names[subject]} {names[predicate]} {names[value]} .\n")
    return len(index)


def write_shapes(file: Path, *, core: bool) -> None:
    """Write our shapes; with `core`, without those that ask in SPARQL."""
    shapes = load_shapes()
    if core:
        for shape in set(shapes.subjects(SH.sparql)):
            shapes.remove((shape, None, None))
    shapes.serialize(file, format="turtle")


# ---- the contestants: from two files to the focus, shape and component of each result


def pyshacl_over_rdflib(data: Path, shapes: Path) -> Answer:
    graph, shapes_graph = Graph().parse(data, format="nt"), Graph().parse(shapes)
    _, report, _ = pyshacl.validate(graph, shacl_graph=shapes_graph)  # pyright: ignore
    return _of_report(report)


def pyshacl_over_pyoxigraph(data: Path, shapes: Path) -> Answer:
    store = ox.Store()
    store.bulk_load(path=data, format=ox.RdfFormat.N_TRIPLES)
    _, report, _ = pyshacl.validate(store, shacl_graph=Graph().parse(shapes))  # pyright: ignore
    return _of_report(report)


def pyrudof(data: Path, shapes: Path) -> Answer:
    rudof: Any = import_module("pyrudof")
    engine = rudof.Rudof(rudof.RudofConfig())
    engine.read_data(str(data), format=rudof.RDFFormat.NTriples)
    engine.read_shacl(str(shapes), format=rudof.ShaclFormat.Turtle)
    return sorted(
        f"{each.focus_node} {each.source_shape} {each.constraint_component}"
        for each in engine.validate_shacl().violations
    )


def warrantgraph_1(data: Path, shapes: Path) -> Answer:
    return _ours(data, shapes, 1)


def warrantgraph_2(data: Path, shapes: Path) -> Answer:
    return _ours(data, shapes, 2)


def _ours(data: Path, shapes: Path, processes: int) -> Answer:
    results = find_results(read_data([data]).index, load_shapes(shapes), processes=processes)
    return sorted(f"{each.focus} {each.shape} {each.component}" for each in results)


def _of_report(report: Any) -> Answer:  # noqa: ANN401 - pySHACL's answer
    return sorted(
        " ".join(
            str(report.value(node, predicate))
            for predicate in (SH.focusNode, SH.sourceShape, SH.sourceConstraintComponent)
        )
        for node in report.objects(None, SH.result)
    )


CONTESTANTS: Final[dict[str, Callable[[Path, Path], Answer]]] = {
    "pySHACL over rdflib": pyshacl_over_rdflib,
    "pySHACL over pyoxigraph": pyshacl_over_pyoxigraph,
    "pyrudof": pyrudof,
    "warrantgraph, 1 process": warrantgraph_1,
    "warrantgraph, 2 processes": warrantgraph_2,
}


# ---- one run, in a process of its own


def run_here(name: str, data: Path, shapes: Path) -> None:
    began = time.perf_counter()
    answer = CONTESTANTS[name](data, shapes)
    seconds = time.perf_counter() - began
    own, of_children = (
        resource.getrusage(who).ru_maxrss
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    print(json.dumps({"seconds": seconds, "kib": own, "child": of_children, "answer": answer}))


def run(name: str, data: Path, shapes: Path, cap: float) -> dict[str, Any] | str:
    """Return what came of a run, or why nothing did."""
    command = [sys.executable, __file__, "--run", name, "--data", data, "--with", shapes]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=cap, check=False)
    except subprocess.TimeoutExpired:
        return f"more than {cap:g} s"
    if done.returncode != 0:
        return "failed: " + (done.stderr.strip().splitlines() or ["?"])[-1][:80]
    return dict(json.loads(done.stdout.splitlines()[-1]))


def measure(data: Path, shapes: Path, rounds: int, cap: float, stopped: set[str]) -> dict[str, Any]:
    """Return the medians of each contestant, or why it has none; answers are compared first."""
    names = [name for name in CONTESTANTS if name != "pyrudof" or find_spec("pyrudof")]
    first = {
        name: "not tried" if name in stopped else run(name, data, shapes, cap) for name in names
    }
    stopped.update(name for name, found in first.items() if isinstance(found, str))
    ended = {name: found for name, found in first.items() if isinstance(found, dict)}
    reference = ended["warrantgraph, 1 process"]["answer"]
    times: dict[str, list[float]] = {name: [found["seconds"]] for name, found in ended.items()}
    for _ in range(rounds - 1):
        for name in (name for name in ended if times[name][0] < cap / 4):
            again = run(name, data, shapes, cap)
            if isinstance(again, dict):
                times[name].append(again["seconds"])
    found: dict[str, Any] = dict(first)
    for name, one in ended.items():
        found[name] = {
            "seconds": statistics.median(times[name]),
            "kib": one["kib"],
            "results": len(one["answer"]),
            "same": one["answer"] == reference,
        }
    return found


# ---- the page


def page(tables: list[tuple[str, int, dict[str, Any]]], rounds: int, cap: float) -> str:
    lines = [
        "# Figures of validation",
        "",
        f"`make bench-validation` writes this page. Each row is the median of {rounds} runs, or "
        f"one where it took more than {cap / 4:g} s, in processes of their own, which were stopped "
        f"after {cap:g} s. "
        "The clock runs from the bytes of N-Triples and Turtle to the results. The data are "
        "generated sources, our ontology and what follows from it. Memory is the peak of the "
        "first process. A contestant that did not end is not asked to read more; where that is "
        "pySHACL over rdflib, a ratio is only how many times our time fits into the limit.",
        "",
        f"Python {platform.python_version()}, {os.cpu_count()} cores, "
        f"pySHACL {version('pyshacl')}, pyoxigraph {version('pyoxigraph')}, "
        f"rdflib {version('rdflib')}, "
        + (f"pyrudof {version('pyrudof')}." if find_spec("pyrudof") else "no pyrudof."),
    ]
    for shapes, triples, found in tables:
        lines += ["", f"## {triples:,} triples, {shapes}", ""]
        lines += ["| | seconds | times pySHACL over rdflib | peak bytes per triple | results |"]
        lines += ["|---|--:|--:|--:|--:|"]
        slow = found["pySHACL over rdflib"]
        for name, one in found.items():
            if isinstance(one, str):
                lines.append(f"| {name} | {one} | | | |")
                continue
            ratio = (
                f"{slow['seconds'] / one['seconds']:.1f}"
                if isinstance(slow, dict)
                else (f"> {cap / one['seconds']:.0f}")
            )
            same = "" if one["same"] else " (not the same)"
            size = one["kib"] * 1024 / triples
            cells = (f"{one['seconds']:.2f}", ratio, f"{size:,.0f}", f"{one['results']:,}{same}")
            lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


@click.command()
@click.option("--sizes", default="10000,100000,1000000", show_default=True)
@click.option("--rounds", default=3, show_default=True)
@click.option("--cap", default=600.0, show_default=True, help="Seconds a contestant may take.")
@click.option("--core-only", is_flag=True, help="Leave out the table with all shapes.")
@click.option("--output", type=click.Path(path_type=Path), default=PAGE, show_default=True)
@click.option("--run", "name", hidden=True)
@click.option("--data", type=click.Path(path_type=Path), hidden=True)
@click.option("--with", "shapes", type=click.Path(path_type=Path), hidden=True)
def main(
    sizes: str,
    rounds: int,
    cap: float,
    core_only: bool,
    output: Path,
    name: str | None,
    data: Path | None,
    shapes: Path | None,
) -> None:
    """Compare validators on generated data; write docs/validation-figures.md."""
    if name and data and shapes:
        run_here(name, data, shapes)
        return
    tables: list[tuple[str, int, dict[str, Any]]] = []
    stopped: dict[bool, set[str]] = {True: set(), False: set()}
    with tempfile.TemporaryDirectory() as folder:
        for size in map(int, sizes.split(",")):
            file = Path(folder, "data.nt")
            triples = write_data(file, size)
            for core in (True,) if core_only else (True, False):
                written = Path(folder, "shapes.ttl")
                write_shapes(written, core=core)
                what = "our shapes without those in SPARQL" if core else "all our shapes"
                tables.append((what, triples, measure(file, written, rounds, cap, stopped[core])))
                output.write_text(page(tables, rounds, cap), encoding="utf-8")
                click.echo(page(tables[-1:], rounds, cap).partition("\n## ")[2])


if __name__ == "__main__":
    main()
