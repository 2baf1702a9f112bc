"""A build takes what was accepted; drafts stand apart, and only where they are asked for."""

from __future__ import annotations

import re
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse
from rdflib import RDF, Graph, Literal, URIRef

from command import run
from drafts import ARTICLE, DRAFT
from warrantgraph.assemble import assemble, union
from warrantgraph.authority import read_authority
from warrantgraph.build import build
from warrantgraph.checks.guilt import find_guilt
from warrantgraph.drafting import write_source
from warrantgraph.freshness import fingerprint
from warrantgraph.namespaces import GRAPH, ID, WG, drafts_graph, is_drafts_graph
from warrantgraph.reasoning.inference import infer
from warrantgraph.resources import AUTHORITY, Inputs
from warrantgraph.source import read_source
from warrantgraph.validation import load_shapes, validate
from warrantgraph.vocabulary import read_ontology, read_schemes

if TYPE_CHECKING:
    from pathlib import Path

    from warrantgraph.assemble import Assembled

SLUG = "ostian-general"
NAME = GRAPH[SLUG]
CLAIMS = 21
REVIEWED = (
    'cur:status "{}" ;\n    cur:reviewedBy "Ada Example" ;\n'
    '    cur:reviewedAt "2026-11-24T09:30:00Z"^^<http://www.w3.org/2001/XMLSchema#dateTime> ;'
)


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """A folder of sources with one that nobody has reviewed."""
    write_source(DRAFT, ARTICLE, tmp_path / "sources" / SLUG)
    return tmp_path / "sources"


@cache
def ontology() -> Graph:
    return read_ontology()


@cache
def shapes() -> Graph:
    return load_shapes()


@cache
def vocabulary() -> Graph:
    return union([ontology(), read_schemes()])


def review(sources: Path, statuses: dict[int, str]) -> None:
    """Write how the nth claim stands, for some of them; draft again those that are not named."""
    file = sources / SLUG / "claims.ttl"
    numbers = iter(range(CLAIMS))

    def stand(_: re.Match[str]) -> str:
        status = statuses.get(next(numbers), "draft")
        return 'cur:status "draft" ;' if status == "draft" else REVIEWED.format(status)

    text = re.sub(r"^    cur:reviewed.*\n", "", file.read_text("utf-8"), flags=re.MULTILINE)
    text, changed = re.subn(r'cur:status "\w+" ;(?=\n    cur:r)', stand, text)
    assert changed == CLAIMS
    file.write_text(text, "utf-8")


def assembled(sources: Path, *, drafts: bool) -> Assembled:
    found = [read_source(folder) for folder in sorted(sources.iterdir())]
    return assemble(found, read_authority(AUTHORITY), vocabulary(), with_drafts=drafts)


def claims_in(graph: Graph) -> dict[URIRef, str]:
    """The claims of a graph that were drafted, and how they stand."""
    pairs = graph.subject_objects(WG.reviewStatus)
    return {claim: str(status) for claim, status in pairs if isinstance(claim, URIRef)}


def check_conformance(graphs: Assembled) -> None:
    everything = union([*graphs.published.values(), *graphs.drafts.values()])
    everything += infer(everything, ontology())
    report = validate(everything, shapes())
    assert report.conforms, [(found.focus_node, found.rule) for found in report.findings]
    assert not find_guilt(everything)
    check_dangling(everything)


def check_dangling(graph: Graph) -> None:
    """Whatever is named is also described."""
    named = {node for node in graph.objects() if str(node).startswith(ID)}
    assert named <= set(graph.subjects(RDF.type))


def test_a_source_without_an_accepted_claim_is_published_empty(sources: Path) -> None:
    out = str(sources.parent / "release")
    done = run("build", "--sources", str(sources), "--out", out)
    assert (done.exit_code, done.error) == (0, "")
    assert "claims      0 in 0 passages" in done.output
    assert "drafts" not in done.output


def test_drafts_are_built_into_a_graph_of_their_own(sources: Path) -> None:
    out = sources.parent / "release"
    done = run("build", "--drafts", "--sources", str(sources), "--out", str(out))
    assert (done.exit_code, done.error) == (0, "")
    assert f"drafts      {CLAIMS}\n" in done.output
    assert "consistent with the ontology" in done.output
    content = (out / "current" / "warrantgraph.nq").read_bytes()
    where = {
        str(quad.graph_name.value)
        for quad in parse(input=content, format=RdfFormat.N_QUADS)
        if "/id/claim/" in str(quad.subject)
    }
    assert where == {str(drafts_graph(NAME))}


@pytest.mark.parametrize("extension", ["ttl", "nt", "rdf", "jsonld"])
def test_exports_without_graphs_hold_no_drafts(sources: Path, extension: str) -> None:
    out = sources.parent / "release"
    build(out, Inputs(sources=sources, drafts=True))
    content = (out / "current" / f"warrantgraph.{extension}").read_text("utf-8")
    assert "reviewStatus" in content  # the ontology describes it
    assert "s2-1" not in content


def test_a_query_meets_drafts_only_in_their_graph(sources: Path) -> None:
    out = str(sources.parent / "release")
    assert run("build", "--drafts", "--sources", str(sources), "--out", out).exit_code == 0
    pattern = '?claim <https://w3id.org/warrantgraph/ontology#reviewStatus> "draft"'
    for where, found in ((pattern, "0"), (f"GRAPH <{drafts_graph(NAME)}> {{ {pattern} }}", "21")):
        query = f"SELECT (COUNT(*) AS ?n) WHERE {{ {where} }}"
        done = run("query", "--release", out, "--format", "csv", query)
        assert done.output.split() == ["n", found], done.error


def test_the_description_tells_drafts_from_what_was_curated(sources: Path) -> None:
    out = sources.parent / "release"
    build(out, Inputs(sources=sources, drafts=True))
    void = Graph().parse(out / "current" / "void.ttl")
    keyword = URIRef("http://www.w3.org/ns/dcat#keyword")
    name = URIRef("http://www.w3.org/ns/sparql-service-description#name")
    node = void.value(predicate=name, object=drafts_graph(NAME))
    assert {str(word) for word in void.objects(node, keyword)} == {"asserted", "draft"}


def test_an_accepted_claim_says_who_accepted_it_when_and_what_drafted_it(sources: Path) -> None:
    review(sources, {0: "accepted", 2: "accepted"})
    published = assembled(sources, drafts=False).published[NAME]
    claim = ID[f"claim/{SLUG}/s2-1"]
    assert str(published.value(claim, WG.draftedBy)) == "warrants/issued"
    assert str(published.value(claim, WG.reviewedBy)) == "Ada Example"
    assert str(published.value(claim, WG.reviewedAt)).startswith("2026-11-24T09:30:00")
    assert (claim, WG.reviewStatus, Literal("accepted")) in published


def test_a_claim_about_a_person_without_an_accepted_role_waits(sources: Path) -> None:
    review(sources, {0: "accepted"})
    graphs = assembled(sources, drafts=True)
    claim = ID[f"claim/{SLUG}/s2-1"]
    assert graphs.waiting == {claim: "no accepted claim states a public role of Tomas Brell"}
    assert claim not in claims_in(graphs.published[NAME])
    assert claims_in(graphs.drafts[drafts_graph(NAME)])[claim] == "waiting"
    done = run("build", "--sources", str(sources), "--out", str(sources.parent / "release"))
    assert "1 accepted claim waits: no accepted claim states a public role" in done.output


def test_the_fingerprint_of_a_build_tells_drafts_and_statuses(sources: Path) -> None:
    plain = fingerprint(Inputs(sources=sources))
    assert plain != fingerprint(Inputs(sources=sources, drafts=True))
    review(sources, {0: "rejected"})
    assert plain != fingerprint(Inputs(sources=sources))


@settings(
    max_examples=8,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.sampled_from(["accepted", "draft", "rejected"]), min_size=21, max_size=21))
def test_every_mixture_of_statuses_builds(sources: Path, statuses: list[str]) -> None:
    review(sources, dict(enumerate(statuses)))
    graphs = assembled(sources, drafts=True)
    check_conformance(graphs)
    plain = assembled(sources, drafts=False)
    check_conformance(plain)
    assert set(plain.published[NAME]) == set(graphs.published[NAME])
    published = claims_in(graphs.published[NAME])
    apart = claims_in(graphs.drafts.get(drafts_graph(NAME), Graph()))
    assert set(published.values()) <= {"accepted"}
    assert len(published) + len(graphs.waiting) == statuses.count("accepted")
    assert len([s for s in apart.values() if s == "draft"]) == statuses.count("draft")
    assert {claim for claim, status in apart.items() if status == "waiting"} == set(graphs.waiting)
    assert all(is_drafts_graph(name) for name in graphs.drafts)
    only = set(chain(*graphs.drafts.values())) & set(chain(*graphs.published.values()))
    assert not only
