"""What an extractor found becomes a source folder: whole, checked, and never more than was found.

`cases/drafting/<slug>/` is the folder that the draft of `drafts.py` gives, byte for byte.
"""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import Phase, given, settings
from rdflib import RDF, RDFS, Graph

from drafts import ARTICLE, BRELL, COURT, DRAFT, VOSS, draft_of, span_of
from random_drafts import drafted_articles
from warrantgraph.assemble import assemble, union
from warrantgraph.authority import read_authority
from warrantgraph.checks.guilt import find_guilt
from warrantgraph.claims import find_quote
from warrantgraph.drafting import write_source
from warrantgraph.errors import CurationError, ExtractionError, MetadataError
from warrantgraph.extraction.article import Article
from warrantgraph.extraction.facts import (
    Accusation,
    Attribution,
    Entity,
    EntityKind,
    Event,
    Evidence,
    Office,
    Statement,
    Warrant,
    WarrantKind,
    WarrantState,
)
from warrantgraph.namespaces import CURATION, ID, WG
from warrantgraph.reasoning.hermit import check_consistency
from warrantgraph.reasoning.inference import infer
from warrantgraph.resources import AUTHORITY
from warrantgraph.sentences import Span
from warrantgraph.source import Source, read_source
from warrantgraph.validation import load_shapes, validate
from warrantgraph.vocabulary import read_ontology, read_schemes

if TYPE_CHECKING:
    from warrantgraph.drafting import Written
    from warrantgraph.extraction.facts import Draft, Fact

CASES = Path(__file__).parent / "cases" / "drafting"
TOOLS = Path(sys.executable).parent
WITHOUT_SHRINKING = [Phase.explicit, Phase.reuse, Phase.generate]
"""Each example is written, built and checked, so that making one smaller takes minutes."""


@cache
def ontology() -> Graph:
    return read_ontology()


@cache
def vocabulary() -> Graph:
    return union([ontology(), read_schemes()])


@cache
def shapes() -> Graph:
    return load_shapes()


def with_drafts(*sources: Source) -> Graph:
    """Everything that a build with drafts would validate."""
    authority = read_authority(AUTHORITY)
    graphs = assemble(sources, authority, vocabulary(), with_drafts=True)
    everything = union([*graphs.published.values(), *graphs.drafts.values()])
    return everything + infer(everything, ontology())


def drafted(tmp_path: Path, text: str, *facts: Fact) -> tuple[Written, Source]:
    article = Article(text, date(2024, 5, 7))
    written = write_source(draft_of(*facts), article, tmp_path / "an-article")
    return written, read_source(written.folder)


def accusation(text: str, words: str, accuser: Entity | None, accused: Entity) -> Accusation:
    evidence = Evidence(span_of(words, text), "accusations/accuse")
    return Accusation(evidence=evidence, accuser=accuser, accused=accused)


def person(name: str, text: str = "") -> Entity:
    mentions = (span_of(name, text),) if name in text else ()
    return Entity(name.lower(), name, EntityKind.PERSON, mentions)


def test_a_draft_gives_these_files(tmp_path: Path) -> None:
    written = write_source(DRAFT, ARTICLE, tmp_path / "ostian-general")
    for name in ("article.txt", "claims.ttl", "source.toml"):
        expected = (CASES / "ostian-general" / name).read_bytes()
        assert (written.folder / name).read_bytes() == expected
    assert sorted(file.name for file in written.folder.iterdir()) == sorted(
        ("article.txt", "claims.ttl", "source.toml")
    )
    assert [str(note) for note in written.notes] == [
        "what an office is in left out, it takes an organization or a state, and this is neither: "
        "“Kessim”"
    ]


def test_a_sentence_that_comes_twice_is_told_by_its_number(tmp_path: Path) -> None:
    text = "Ada accused Bo. Nobody spoke. Ada accused Bo."
    ada, bo = person("Ada"), person("Bo")
    evidence = Evidence(span_of("Ada accused Bo", text, 2), "accusations/accuse")
    _, source = drafted(tmp_path, text, Accusation(evidence=evidence, accuser=ada, accused=bo))
    claim = ID["claim/an-article/s3-1"]
    graph = source.claims.graph
    assert str(graph.value(claim, CURATION.inSentence)) == "3"
    (quote,) = graph.objects(claim, CURATION.quote)
    assert find_quote(source, claim, quote) == Span(30, 44)


def test_words_that_come_twice_in_a_sentence_are_quoted_with_it(tmp_path: Path) -> None:
    text = "Bo, yes, Bo is a judge."
    evidence = Evidence(span_of("Bo", text, 2), "offices/title")
    fact = Office(evidence=evidence, person=person("Bo"), title="judge")
    _, source = drafted(tmp_path, text, fact)
    quote = source.claims.graph.value(ID["claim/an-article/s1-1"], CURATION.quote)
    assert str(quote) == text


def test_a_requested_warrant_looks_like_no_issued_one(tmp_path: Path) -> None:
    text = "Voss asked the Court of Arvad for a warrant for Brell."
    evidence = Evidence(Span(0, len(text)), "warrants/requested")
    fact = Warrant(
        evidence=evidence,
        subject=BRELL,
        kind=WarrantKind.ARREST_WARRANT,
        state=WarrantState.REQUESTED,
        issuer=COURT,
        requester=VOSS,
    )
    _, source = drafted(tmp_path, text, fact)
    graph = source.claims.graph
    kinds = set(graph.objects(None, RDF.type))
    assert WG.InstrumentApplication in kinds
    assert not kinds & {WG.WarrantIssuance, WG.InstrumentIssuance, WG.ArrestWarrant}
    assert (None, WG.namesSubject, None) not in graph


def test_the_chain_of_speakers_is_kept_in_claim_and_gloss(tmp_path: Path) -> None:
    text = "Reuters reported that Ada accused Bo."
    ada, bo = person("Ada"), person("Bo")
    reuters = Entity("reuters", "Reuters", EntityKind.ORGANIZATION, (), ID["organization/reuters"])
    fact = replace(
        accusation(text, "Ada accused Bo", ada, bo), attribution=Attribution(reporter=reuters)
    )
    _, source = drafted(tmp_path, text, fact)
    graph, claim = source.claims.graph, ID["claim/an-article/s1-1"]
    assert graph.value(claim, WG.assertedBy) == ID["person/an-article/ada"]
    assert graph.value(claim, CURATION.reportedBy) == ID["organization/reuters"]
    gloss = "The article reports that Reuters reports that Ada accuses Bo."
    assert str(graph.value(claim, WG.curatorGloss)) == gloss


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ada accused a schoolboy.", "a schoolboy"),
        ("Ada accused Bo, 15, on Monday.", "Bo"),
        ("Ada accused Bo (aged 9) on Monday.", "Bo"),
        ("Ada accused 12-year-old Bo on Monday.", "Bo"),
    ],
)
def test_a_child_gets_no_node(tmp_path: Path, text: str, name: str) -> None:
    fact = accusation(text, "Ada accused", person("Ada"), person(name, text))
    written, source = drafted(tmp_path, text, fact)
    assert not source.claims.graph
    assert [note.reason for note in written.notes] == ["it singles out a child"]


def test_an_adult_with_an_age_gets_a_node(tmp_path: Path) -> None:
    text = "Ada accused Bo, 51, on Monday."
    written, _ = drafted(tmp_path, text, accusation(text, "Ada", person("Ada"), person("Bo", text)))
    assert written.claims == 1


def test_no_label_and_no_name_says_guilt(tmp_path: Path) -> None:
    text = "Convict Bo\nAda accused the Guilty Ones of having committed theft."
    what = span_of("having committed theft", text)
    guilty = Entity("guilty-ones", "Guilty Ones", EntityKind.GROUP)
    fact = replace(accusation(text, "Ada accused", person("Ada"), guilty), what=what)
    _, source = drafted(tmp_path, text, fact)
    assert find_guilt(with_drafts(source)) == []
    graph, conduct = source.claims.graph, ID["conduct/an-article/s2-1"]
    assert str(graph.value(conduct, WG.conductWording)) == "having committed theft"
    assert str(graph.value(conduct, RDFS.label)).startswith("Alleged conduct of group that")
    assert source.metadata.label == "Article of 2024-05-07"


def test_a_speaker_who_cannot_be_written_takes_the_words_along(tmp_path: Path) -> None:
    text = "“I saw it all,” Kim, 12, said."
    kim = person("Kim", text)
    fact = Statement(
        evidence=Evidence(Span(0, len(text)), "statements/said"),
        attribution=Attribution(speaker=kim),
        quoted=span_of("I saw it all", text),
    )
    written, _ = drafted(tmp_path, text, fact)
    assert (written.claims, len(written.notes)) == (0, 1)


def test_two_sources_that_name_the_same_stranger_have_a_node_each(tmp_path: Path) -> None:
    sources: list[Source] = []
    for slug in ("first-article", "second-article"):
        text = "Ada accused Bo."
        draft = draft_of(accusation(text, "Ada accused Bo", person("Ada"), person("Bo")))
        write_source(draft, Article(text, date(2024, 5, 7)), tmp_path / slug)
        sources.append(read_source(tmp_path / slug))
    graph = with_drafts(*sources)
    found = {node for node in graph.subjects(WG.awaitsRole) if "ada" in str(node)}
    assert found == {ID[f"person/{slug}/ada"] for slug in ("first-article", "second-article")}
    assert validate(graph, shapes()).conforms


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("An Article", "part of IRIs"),
        ("a--b", "part of IRIs"),
        ("convicted-general", "no IRI may say guilt"),
        ("a" * 101, "part of IRIs"),
    ],
)
def test_a_name_that_no_source_may_have_is_refused(tmp_path: Path, name: str, message: str) -> None:
    with pytest.raises(MetadataError, match=message):
        write_source(DRAFT, ARTICLE, tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_there_is_replaced_only_by_force(tmp_path: Path) -> None:
    folder = tmp_path / "an-article"
    folder.mkdir()
    (folder / "review.txt").write_text("hours of work")
    with pytest.raises(CurationError, match="--force"):
        write_source(DRAFT, ARTICLE, folder)
    assert [file.name for file in folder.iterdir()] == ["review.txt"]
    write_source(DRAFT, ARTICLE, folder, force=True)
    assert not (folder / "review.txt").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["an-article"]


def test_half_a_character_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExtractionError, match="surrogate"):
        write_source(draft_of(), Article("a\ud800b", date(2024, 5, 7)), tmp_path / "an-article")
    assert list(tmp_path.iterdir()) == []


WRITE_FOREVER = """
import sys
from itertools import count
from pathlib import Path
from drafts import ARTICLE, DRAFT
from warrantgraph.drafting import write_source
for number in count():
    write_source(DRAFT, ARTICLE, Path(sys.argv[1]) / f"source-{number}")
    print(number, flush=True)
"""


def test_a_kill_leaves_no_half_written_folder(tmp_path: Path) -> None:
    command = [sys.executable, "-c", WRITE_FOREVER, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parent) as process:
        assert process.stdout is not None
        for _ in range(3):
            assert process.stdout.readline()
        process.kill()
    folders = [path for path in tmp_path.iterdir() if not path.name.startswith(".")]
    assert len(folders) >= 3
    for folder in folders:
        assert read_source(folder).claims.graph


def check_quotes(source: Source, spans: set[Span]) -> None:
    """Each quote is found, and holds a piece of the evidence."""
    for claim, quote in source.claims.graph.subject_objects(CURATION.quote):
        found = find_quote(source, claim, quote)
        trimmed = (found.start, found.end)
        assert any(max(span.start, 0) < trimmed[1] and trimmed[0] < span.end for span in spans), (
            quote
        )


def evidence_of(draft: Draft) -> set[Span]:
    people = [each for fact in draft.facts for each in entities_of(fact)]
    for fact in draft.facts:
        people += fact.participants if isinstance(fact, Event) else ()
    mentions = {span for each in people for span in each.mentions}
    return {fact.evidence.span for fact in draft.facts} | mentions


def entities_of(fact: Fact) -> list[Entity]:
    values: list[object] = [*vars(fact).values(), *vars(fact.attribution).values()]
    return [each for each in values if isinstance(each, Entity)]


@settings(max_examples=15, deadline=None, phases=WITHOUT_SHRINKING)
@given(drafted_articles())
def test_whatever_is_found_builds(drawn: tuple[Article, Draft]) -> None:
    article, draft = drawn
    with TemporaryDirectory() as folder:
        written = write_source(draft, article, Path(folder) / "an-article")
        again = write_source(draft, article, Path(folder) / "again" / "an-article")
        for name in ("article.txt", "source.toml", "claims.ttl"):
            assert (written.folder / name).read_bytes() == (again.folder / name).read_bytes()
        command = [str(TOOLS / "turtlefmt"), "--check", str(written.folder)]
        assert subprocess.run(command, check=False).returncode == 0
        source = read_source(written.folder)
    assert source.text == article.text
    check_quotes(source, evidence_of(draft))
    graph = with_drafts(source)
    report = validate(graph, shapes())
    assert report.conforms, [(found.focus_node, found.rule) for found in report.findings]
    assert find_guilt(graph) == []


@settings(max_examples=3, deadline=None, phases=WITHOUT_SHRINKING)
@given(drafted_articles())
def test_whatever_is_found_is_consistent(drawn: tuple[Article, Draft]) -> None:
    article, draft = drawn
    with TemporaryDirectory() as folder:
        written = write_source(draft, article, Path(folder) / "an-article")
        graph = with_drafts(read_source(written.folder))
    assert check_consistency(graph).outcome != "inconsistent"
