"""From sources to a release: read, locate, assemble, infer, validate, release."""

from __future__ import annotations

from collections import Counter
from contextlib import nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING

from rdflib import RDF, Graph, Literal

from warrantgraph import __version__
from warrantgraph.assemble import NamedGraphs, assemble, union
from warrantgraph.authority import read_authority
from warrantgraph.changes import record_changes
from warrantgraph.checks.guilt import find_guilt, load_allowed
from warrantgraph.errors import ValidationFailedError
from warrantgraph.examples import read_examples
from warrantgraph.namespaces import (
    BASE,
    EXAMPLES_GRAPH,
    INFERRED_GRAPH,
    WG,
    compact,
    is_drafts_graph,
)
from warrantgraph.packing import CHECKSUMS, list_checksums, pack
from warrantgraph.reasoning.explanation import explain_inconsistency
from warrantgraph.reasoning.hermit import check_consistency
from warrantgraph.reasoning.inference import infer
from warrantgraph.release import (
    ExportFile,
    Manifest,
    Release,
    SourceSummary,
    content_version,
    make_room,
    write_release,
)
from warrantgraph.reports import Report, Severity, about
from warrantgraph.resources import Inputs
from warrantgraph.serialization import EXPORTS, canonical_quads, serialize_exports
from warrantgraph.source import Source, list_sources, read_source
from warrantgraph.statistics import count
from warrantgraph.validation import load_shapes, validate
from warrantgraph.vocabulary import (
    ontology_version,
    read_alignments,
    read_ontology,
    read_schemes,
)
from warrantgraph.void import VOID_FILE, describe_release

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from pyoxigraph import Quad
    from rdflib import URIRef

    from warrantgraph.statistics import DatasetCounts

__all__ = ["build"]


def build(
    out: Path,
    inputs: Inputs | None = None,
    progress: Callable[[str], AbstractContextManager[object]] = nullcontext,
    announce: Callable[[str], object] = bool,
) -> Release:
    """Build, validate and write a release below `out`; on any error the last one stays.

    `progress` is entered with the name of each step while it runs; `announce` is told what the
    reasoner found, or why it did not run, and what changed since the release before.

    Raises:
        InputError: a source or the authority is wrong; says where and how to mend it.
        ValidationFailedError: the graph breaks a shape, asserts guilt or contradicts itself.
        ReleaseError: the folder cannot be written.
    """
    inputs = inputs or Inputs()
    make_room(out)
    with progress("reading sources"):
        sources = [read_source(folder) for folder in list_sources(inputs.sources)]
        authority = read_authority(inputs.authority)
        ontology = read_ontology(inputs.ontology)
        concepts = read_schemes(inputs.ontology)
        examples = read_examples(inputs.ontology / "competency")
    with progress("locating quotes and assembling graphs"):
        vocabulary = union([ontology, concepts, read_alignments(inputs.ontology)])
        assembled = assemble(sources, authority, vocabulary, with_drafts=inputs.drafts)
        graphs, drafts = assembled.published, assembled.drafts
        if examples:
            graphs[EXAMPLES_GRAPH] = examples
    with progress("inferring"):
        graphs[INFERRED_GRAPH] = infer(union(list(graphs.values())), ontology)
    with progress("validating"):
        everything = union([*graphs.values(), *drafts.values()])
        if drafts:  # what follows from drafts is checked, and stands in no graph
            everything += infer(everything, ontology)
        report = validate(everything, load_shapes(inputs.shapes))
        _require_conformance(report)
        _require_no_guilt(everything)
    with progress("reasoning"):
        announce(_require_consistency(everything))
    with progress("writing the release"):
        _announce_waiting(assembled.waiting, announce)
        graphs |= drafts
        return _release(out, graphs, sources, report, ontology_version(ontology), announce)


def _require_conformance(report: Report) -> None:
    violations = report.at_least(Severity.VIOLATION)
    if violations:
        lines = [f"  {compact(str(found.focus_node))}: {found.message}" for found in violations]
        raise ValidationFailedError("the graph breaks its shapes\n" + "\n".join(lines))


def _require_no_guilt(graph: Graph) -> None:
    findings = find_guilt(graph, load_allowed())
    if findings:
        lines = "\n".join(f"  {about(found)}: {found.message}" for found in findings)
        raise ValidationFailedError(f"the graph asserts guilt\n{lines}")


def _require_consistency(graph: Graph) -> str:
    """What the reasoner found, in words; where there is no Java, that it did not run."""
    report = check_consistency(graph)
    if report.outcome == "inconsistent":
        axioms = "\n".join(f"  {axiom}" for axiom in explain_inconsistency(graph))
        raise ValidationFailedError(f"the graph contradicts the ontology\n{axioms}")
    if report.outcome == "not-run":
        return f"reasoner    NOT RUN: {report.reason}"
    return "reasoner    the graph is consistent with the ontology"


def _announce_waiting(waiting: dict[URIRef, str], announce: Callable[[str], object]) -> None:
    for reason, number in sorted(Counter(waiting.values()).items()):
        noun = "claim waits" if number == 1 else "claims wait"
        announce(f"waiting     {number} accepted {noun}: {reason}")


def _release(
    out: Path,
    graphs: NamedGraphs,
    sources: Sequence[Source],
    report: Report,
    terms: str,
    announce: Callable[[str], object],
) -> Release:
    quads = canonical_quads(graphs)
    exports = serialize_exports(quads)
    version = content_version(exports["nq"])
    files, contents = pack(
        {
            f"warrantgraph.{extension}": (exports[extension], media_type)
            for extension, (_, media_type) in EXPORTS.items()
        }
    )
    curated = {str(source.graph) for source in sources}
    void = describe_release(version, terms, quads, _count(quads), files, curated)
    described, encoded = pack({VOID_FILE: (void, "text/turtle")})
    files |= described
    contents |= encoded
    contents[CHECKSUMS] = list_checksums(files)
    files[CHECKSUMS] = ExportFile.of(contents[CHECKSUMS], "text/plain")
    summaries = tuple(_summary(source, graphs[source.graph]) for source in sources)
    manifest = Manifest(
        version=version,
        software=__version__,
        ontology=terms,
        counts={
            "claims": sum(summary.claims for summary in summaries),
            **_count_drafts(graphs),
            "passages": sum(summary.passages for summary in summaries),
            "quads": len(quads),
            "sources": len(sources),
            "triples": exports["nt"].count(b"\n"),
        },
        sources=summaries,
        graphs={str(name): len(graph) for name, graph in graphs.items()},
        files=files,
        validation={
            "conforms": report.conforms,
            "infos": report.count(Severity.INFO),
            "violations": report.count(Severity.VIOLATION),
            "warnings": report.count(Severity.WARNING),
        },
    )
    return write_release(out, manifest, contents, lambda made: announce(record_changes(out, made)))


def _count(quads: Sequence[Quad]) -> DatasetCounts:
    """What the default graph of an endpoint holds; drafts are in none but their own graphs."""
    names = [str(getattr(quad.graph_name, "value", "")) for quad in quads]
    published = (q for q, name in zip(quads, names, strict=True) if not is_drafts_graph(name))
    return replace(count(published, BASE), graphs=dict(sorted(Counter(names).items())))


def _count_drafts(graphs: NamedGraphs) -> dict[str, int]:
    """The number of draft claims, where there may be any."""
    drafts = [graph for name, graph in graphs.items() if is_drafts_graph(name)]
    if not drafts:
        return {}
    status = (WG.reviewStatus, Literal("draft"))
    return {"drafts": sum(len(set(graph.subjects(*status))) for graph in drafts)}


def _summary(source: Source, graph: Graph) -> SourceSummary:
    return SourceSummary(
        slug=source.slug,
        title=source.metadata.label,
        graph=str(source.graph),
        claims=len(set(graph.subjects(WG.curatorGloss))),
        passages=len(set(graph.subjects(RDF.type, WG.Passage))),
    )
