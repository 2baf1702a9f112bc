"""What a release says of itself is true: every count is what its endpoint counts.

`cases/void/<what>/` holds two queries with the same columns: `described.rq` asks the description,
`counted.rq` counts in the graph. Their rows are the same, and there are some.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph
import pytest
from rdflib import Graph, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, VOID

from command import run
from warrantgraph.engine import EmbeddedEngine
from warrantgraph.engine.formats import SOLUTION_FORMATS
from warrantgraph.engine.interface import AnswerFormats
from warrantgraph.namespaces import BASE, DATASET, INFERRED_GRAPH, VOID_GRAPH

if TYPE_CHECKING:
    from warrantgraph.release import Release

CASES = sorted((Path(__file__).parent / "cases" / "void").iterdir())
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
VERSION = URIRef(f"{DCAT}version")  # DCAT 3; rdflib knows DCAT 2
CSV = AnswerFormats(solutions=SOLUTION_FORMATS["csv"])


@pytest.fixture(scope="module")
def endpoint(release: Release) -> EmbeddedEngine:
    return EmbeddedEngine.load([release.dataset], union_default_graph=True)


@pytest.fixture(scope="module")
def description(release: Release) -> EmbeddedEngine:
    return EmbeddedEngine.load([release.folder / "void.ttl"])


@pytest.fixture(scope="module")
def graph(release: Release) -> Graph:
    return Graph().parse(release.folder / "void.ttl")


def rows(engine: EmbeddedEngine, query: Path) -> list[list[str]]:
    answer = engine.evaluate(query.read_text(encoding="utf-8"), formats=CSV).read().decode()
    header, *body = csv.reader(io.StringIO(answer, newline=""))
    assert body, f"{query} finds nothing"
    return [header, *sorted(body)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_is_described_is_what_is_counted(
    case: Path, description: EmbeddedEngine, endpoint: EmbeddedEngine
) -> None:
    assert rows(description, case / "described.rq") == rows(endpoint, case / "counted.rq")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_count_notices_another_graph(
    case: Path, release: Release, description: EmbeddedEngine, tmp_path: Path
) -> None:
    """The same release and one claim more, in a new vocabulary: no count is right any longer."""
    more = tmp_path / "more.nq"
    claim = f"<{BASE}id/claim/one-more>"
    ontology, type_ = f"{BASE}ontology#", "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    more.write_text(
        f"{claim} <{type_}> <{ontology}Claim> <{BASE}graph/more> .\n"
        f"{claim} <{type_}> <https://example.org/Class> <{BASE}graph/more> .\n"
        f'{claim} <https://example.org/property> "new" <{BASE}graph/more> .\n'
        f"{claim} <{ontology}reportsClaim> {claim} <{BASE}graph/more> .\n"
    )
    changed = EmbeddedEngine.load([release.dataset, more], union_default_graph=True)
    assert rows(description, case / "described.rq") != rows(changed, case / "counted.rq")


def test_the_description_is_a_file_of_the_release(release: Release, graph: Graph) -> None:
    file = release.manifest.files["void.ttl"]
    assert file.media_type == "text/turtle"
    assert set(file.variants) == {"gzip", "zstd"}
    assert str(graph.value(DATASET, VERSION, any=False)) == release.manifest.version
    edition = URIRef(f"{BASE}ontology/{release.manifest.ontology}")
    assert graph.value(DATASET, DCTERMS.conformsTo, any=False) == edition


def test_every_export_is_a_distribution_with_its_checksum(release: Release, graph: Graph) -> None:
    exports = {
        name: file
        for name, file in release.manifest.files.items()
        if name.startswith("warrantgraph.")
    }
    found = {str(node): node for node in graph.objects(DATASET, DCAT.distribution)}
    assert len(found) == len(exports)
    dumps = {str(dump) for dump in graph.objects(DATASET, VOID.dataDump)}
    assert dumps == {f"{BASE}exports/{name}" for name in exports}
    for node in found.values():
        name = str(graph.value(node, DCAT.downloadURL, any=False)).rpartition("/")[2]
        file = exports[name]
        checksum = graph.value(node, SPDX.checksum, any=False)
        assert str(graph.value(checksum, SPDX.checksumValue, any=False)) == file.sha256
        assert str(graph.value(node, DCAT.byteSize, any=False)) == str(file.size)
        media_type = str(graph.value(node, DCAT.mediaType, any=False))
        assert media_type.endswith(f"/{file.media_type}")


def test_graphs_are_told_apart(release: Release, graph: Graph) -> None:
    kinds = {
        str(graph.value(part, SD.name, any=False)): {
            str(k) for k in graph.objects(part, DCAT.keyword)
        }
        for part in graph.objects(DATASET, VOID.subset)
    }
    assert set(kinds) == set(release.manifest.graphs)
    assert kinds.pop(str(INFERRED_GRAPH)) == {"inferred"}
    assert all("asserted" in found for found in kinds.values())
    curated = {name for name, found in kinds.items() if "curated" in found}
    assert curated == {s.graph for s in release.manifest.sources} | {f"{BASE}graph/authority"}


def test_the_description_does_not_count_itself(release: Release) -> None:
    assert str(VOID_GRAPH) not in release.manifest.graphs
    assert str(DATASET) not in release.dataset.read_text(encoding="utf-8")


def test_the_description_is_turtle_in_blocks(release: Release) -> None:
    """Each subject has one block and each predicate one list: it is read by people too."""
    text = (release.folder / "void.ttl").read_text(encoding="utf-8")
    blocks = [line for line in text.splitlines() if not line.startswith(("@prefix", "\t"))]
    subjects = [block.split(" ", 1)[0] for block in blocks]
    assert len(subjects) == len(set(subjects))
    assert text.count("void:classPartition dataset:class.owl:AllDisjointClasses") == 1
    assert next(pyoxigraph.parse(input=text, format=pyoxigraph.RdfFormat.TURTLE))


def test_export_writes_the_description(release: Release) -> None:
    done = run("export", "--release", str(release.folder), "--format", "void")
    assert done.output.encode() == (release.folder / "void.ttl").read_bytes()


def test_a_release_from_before_descriptions_says_how_to_get_one(
    release: Release, tmp_path: Path
) -> None:
    copy = shutil.copytree(release.folder, tmp_path / "old")
    manifest = json.loads((copy / "manifest.json").read_text(encoding="utf-8"))
    del manifest["files"]["void.ttl"]
    for file in manifest["files"].values():
        del file["variants"]
    (copy / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    done = run("export", "--release", str(copy), "--format", "void")
    assert (done.exit_code, done.error) == (
        3,
        f"Error: {copy} has no void.ttl; build it anew: warrantgraph build\n",
    )
    assert run("export", "--release", str(copy), "--format", "nq").exit_code == 0
