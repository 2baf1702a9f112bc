"""The SKOS schemes: complete, one tree each, in order, and true to the citations they name."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from rdflib import DCTERMS, RDF, SKOS, XSD, Graph, Literal, Namespace, URIRef

SCHEMES = Path(__file__).parents[1] / "ontology" / "schemes"
BASE = "https://w3id.org/warrantgraph/scheme/"
WG = Namespace("https://w3id.org/warrantgraph/ontology#")
RS = Namespace(f"{BASE}rome-statute/")
LIABILITY = Namespace(f"{BASE}liability-mode/")
STATUTE = "Rome Statute of the International Criminal Court, article "

FILES = {  # file: scheme, class of its concepts, number of concepts
    "attribution-styles.ttl": ("attribution-style", WG.AttributionStyle, 8),
    "liability-modes.ttl": ("liability-mode", WG.LiabilityMode, 13),
    "modalities.ttl": ("modality", WG.Modality, 7),
    "polarities.ttl": ("polarity", WG.Polarity, 2),
    "procedural-statuses.ttl": ("procedural-status", WG.ProceduralStatus, 22),
    "proof-standards.ttl": ("proof-standard", WG.ProofStandard, 4),
    "quantifiers.ttl": ("quantifier", WG.Quantifier, 6),
    "rome-statute.ttl": ("rome-statute", WG.CrimeCategory, 132),
    "treaty-statuses.ttl": ("treaty-status", WG.TreatyStatus, 7),
}
GUILT = re.compile("commit|perpetrat|guilt|culprit|offender|convict", re.IGNORECASE)
NAMES = re.compile("Geneva Conventions|United Nations|Court")
ONES = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"]
ROMAN = [tens + ones for tens in ("", "x", "xx") for ones in ONES]  # ROMAN[29] == "xxix"
LIMBS = {  # of 8(2)(b)(viii): the only division that is ours
    "art-8-2-b-viii-deportation-of-occupied-population",
    "art-8-2-b-viii-transfer-of-own-population",
}
AMENDMENTS = {
    **{f"art-8-2-b-{numeral}": (2017, "ICC-ASP/16/Res.4") for numeral in ROMAN[27:30]},
    **{f"art-8-2-e-{numeral}": (2010, "RC/Res.5") for numeral in ROMAN[13:16]},
    **{f"art-8-2-e-{numeral}": (2017, "ICC-ASP/16/Res.4") for numeral in ROMAN[16:19]},
    "art-8-2-e-xix": (2019, "ICC-ASP/18/Res.5"),
    "art-8-bis": (2010, "RC/Res.6"),
    "art-8-bis-2": (2010, "RC/Res.6"),
    **{f"art-8-bis-2-{letter}": (2010, "RC/Res.6") for letter in "abcdefg"},
}

every_file = pytest.mark.parametrize("file", FILES)


@cache
def read(file: str) -> Graph:
    return Graph().parse(SCHEMES / file)


def concepts(graph: Graph) -> list[URIRef]:
    return [c for c in graph.subjects(RDF.type, SKOS.Concept) if isinstance(c, URIRef)]


def name(iri: object) -> str:
    return str(iri).rpartition("/")[2]


def words(text: object) -> str:
    return f" {' '.join(re.findall('[a-z0-9]+', str(text).lower()))} "


def in_order(local_name: str) -> list[tuple[bool, int, str]]:
    """Sort key: numbers and roman numerals by value, before words; a numeral follows a letter."""
    parts = local_name.split("-")
    key: list[tuple[bool, int, str]] = []
    for before, part in zip(["", *parts], parts, strict=False):
        numeral = len(before) == 1 and before.isalpha() and part in ROMAN
        if numeral or part.isdigit():
            key.append((False, ROMAN.index(part) if numeral else int(part), ""))
        else:
            key.append((True, 0, part))
    return key


def citation_above(notation: str) -> str:
    """The citation one level up: without its last bracket, number or words."""
    return re.sub(r"(-\d+|\([^()]*\)| (?!bis)[a-z ]+)$", "", notation)


def test_every_scheme_is_here_and_no_other() -> None:
    assert sorted(path.name for path in SCHEMES.iterdir()) == sorted(FILES)


@every_file
def test_scheme_describes_itself(file: str) -> None:
    graph, scheme = read(file), URIRef(BASE + FILES[file][0])
    assert list(graph.subjects(RDF.type, SKOS.ConceptScheme)) == [scheme]
    for predicate in (DCTERMS.title, DCTERMS.description):
        (text,) = graph.objects(scheme, predicate)
        assert isinstance(text, Literal)
        assert text.language == "en"
    licence = URIRef("https://creativecommons.org/licenses/by/4.0/")
    assert graph.value(scheme, DCTERMS.license) == licence


@every_file
def test_concepts_are_counted_typed_and_in_the_scheme(file: str) -> None:
    graph, (slug, category, count) = read(file), FILES[file]
    assert len(concepts(graph)) == count
    for concept in concepts(graph):
        assert concept == URIRef(f"{BASE}{slug}/{name(concept)}")
        assert set(graph.objects(concept, RDF.type)) == {category, SKOS.Concept}
        assert list(graph.objects(concept, SKOS.inScheme)) == [URIRef(BASE + slug)]


@every_file
def test_concept_has_one_label_and_one_definition_in_english(file: str) -> None:
    graph = read(file)
    for concept in graph.subjects(SKOS.inScheme):
        for predicate in (SKOS.prefLabel, SKOS.definition):
            (text,) = graph.objects(concept, predicate)
            assert isinstance(text, Literal)
            assert text.language == "en"
        label, definition = (graph.value(concept, p) for p in (SKOS.prefLabel, SKOS.definition))
        assert NAMES.sub("", str(label)).islower()
        assert re.fullmatch(r"(?!An? |The )[A-Z].*\.", str(definition))
        assert words(label) not in words(definition), f"{concept} is defined by its own label"


@every_file
def test_labels_and_definitions_are_unique(file: str) -> None:
    graph = read(file)
    for predicate in (SKOS.prefLabel, SKOS.definition):
        texts = [str(text).lower() for text in graph.objects(None, predicate)]
        assert len(texts) == len(set(texts))


@every_file
def test_no_word_asserts_guilt(file: str) -> None:
    assert GUILT.findall((SCHEMES / file).read_text(encoding="utf-8")) == []


@every_file
def test_literals_are_of_types_the_reasoner_can_read(file: str) -> None:
    types = {o.datatype for o in read(file).objects() if isinstance(o, Literal) and not o.language}
    assert types <= {None, XSD.string, XSD.integer}


@every_file
def test_broader_makes_trees_below_the_top_concepts(file: str) -> None:
    graph, scheme = read(file), URIRef(BASE + FILES[file][0])
    tops = set(graph.objects(scheme, SKOS.hasTopConcept))
    assert tops == set(graph.subjects(SKOS.topConceptOf, scheme)) != set()
    for concept in concepts(graph):
        assert len(list(graph.objects(concept, SKOS.broader))) == (0 if concept in tops else 1)
        above = set(graph.transitive_objects(concept, SKOS.broader))
        assert len(above & tops) == 1, f"{concept} does not lead to a top concept"
        assert above <= set(concepts(graph))


@every_file
def test_prefixes_and_blocks_are_in_order(file: str) -> None:
    text = (SCHEMES / file).read_text(encoding="utf-8")
    prefixes = re.findall(r"^@prefix ([\w-]*):", text, re.MULTILINE)
    assert prefixes == sorted(prefixes)
    blocks = re.findall(r"^(\S+) a .*?(ConceptScheme|Concept|Collection)\b", text, re.MULTILINE)
    kinds = [kind for _, kind in blocks]
    assert kinds == sorted(kinds, key=["ConceptScheme", "Concept", "Collection"].index)
    for kind in set(kinds):
        terms = [subject.partition(":")[2] for subject, of in blocks if of == kind]
        assert terms == sorted(terms, key=in_order)


def test_order_reads_numerals_as_numbers_and_letters_as_letters() -> None:
    ordered = "art-7-1-h art-7-1-i art-7-1-j art-8-2-a art-8-2-a-ii art-8-2-a-ii-1 art-8-2-a-ii-2"
    ordered += " art-8-2-a-v art-8-2-b art-8-2-b-ix art-8-2-b-x art-8-2-c art-8-2-c-i art-8-bis"
    assert sorted(ordered.split(), key=in_order) == ordered.split()


@pytest.mark.parametrize("file", ["rome-statute.ttl", "liability-modes.ttl"])
def test_citation_names_the_concept_its_source_and_its_parent(file: str) -> None:
    graph = read(file)
    for concept in concepts(graph):
        (literal,) = graph.objects(concept, SKOS.notation)
        assert isinstance(literal, Literal)
        assert literal.datatype in (None, XSD.string)
        notation = str(literal)
        assert name(concept) == "art-" + re.sub("[^0-9a-z]+", "-", notation).strip("-")

        in_statute = re.sub(r"-\d+$| (?!bis)[a-z ]+$", "", notation)
        expected = {STATUTE + in_statute}
        if re.search(r"-\d+$", notation):
            expected.add(f"Elements of Crimes, article {notation}")
        assert {str(source) for source in graph.objects(concept, DCTERMS.source)} == expected

        broader = graph.value(concept, SKOS.broader)
        above = "5" if notation in {"6", "7", "8", "8 bis"} else citation_above(notation)
        assert broader is None or graph.value(broader, SKOS.notation) == Literal(above)


def test_top_concepts_of_the_statute() -> None:
    assert set(read("rome-statute.ttl").objects(None, SKOS.hasTopConcept)) == {RS["art-5"]}
    tops = {LIABILITY["art-25-3"], LIABILITY["art-28"]}
    assert set(read("liability-modes.ttl").objects(None, SKOS.hasTopConcept)) == tops


@pytest.mark.parametrize(
    ("parent", "last_parts"),
    [
        ("art-5", "6 7 8 bis"),
        ("art-6", "a b c d e"),
        ("art-7", "1"),
        ("art-7-1", "a b c d e f g h i j k"),
        ("art-8", "2"),
        ("art-8-2", "a b c e"),
        ("art-8-2-a", ROMAN[1:9]),
        ("art-8-2-b", ROMAN[1:30]),
        ("art-8-2-c", ROMAN[1:5]),
        ("art-8-2-e", ROMAN[1:20]),
        ("art-8-bis", "2"),
        ("art-8-bis-2", "a b c d e f g"),
        # Sub-paragraphs that the Elements of Crimes divide ...
        ("art-7-1-g", "1 2 3 4 5 6"),
        ("art-8-2-a-ii", "1 2 3"),
        ("art-8-2-a-vii", "1 2"),
        ("art-8-2-b-vii", "1 2 3 4"),
        ("art-8-2-b-x", "1 2"),
        ("art-8-2-b-xxii", "1 2 3 4 5 6"),
        ("art-8-2-c-i", "1 2 3 4"),
        ("art-8-2-e-vi", "1 2 3 4 5 6"),
        ("art-8-2-e-xi", "1 2"),
        # ... and the one that we divide.
        ("art-8-2-b-viii", "population population"),
    ],
)
def test_paragraph_has_all_its_crimes(parent: str, last_parts: str | list[str]) -> None:
    below = read("rome-statute.ttl").subjects(SKOS.broader, RS[parent])
    expected = last_parts.split() if isinstance(last_parts, str) else last_parts
    assert sorted(name(c).rpartition("-")[2] for c in below) == sorted(expected)


def test_article_8_has_the_74_crimes_of_the_elements_and_7_added_since() -> None:
    graph = read("rome-statute.ttl")
    crimes = {c for c in concepts(graph) if name(c).startswith("art-8-2-")}
    crimes -= {RS[limb] for limb in LIMBS}
    undivided = crimes - {graph.value(crime, SKOS.broader) for crime in crimes}
    assert len(undivided) == 74 + 7
    added = [c for c in crimes if int(str(graph.value(c, WG.adoptionYear))) > 2010]
    assert len(added) == 7


def test_limbs_of_8_2_b_viii_are_marked_as_ours() -> None:
    graph = read("rome-statute.ttl")
    limbs = set(graph.subjects(SKOS.broader, RS["art-8-2-b-viii"]))
    assert limbs == {RS[limb] for limb in LIMBS}
    assert all((limb, SKOS.editorialNote, None) in graph for limb in limbs)


def test_year_is_1998_save_for_amendments_which_name_their_resolution() -> None:
    graph = read("rome-statute.ttl")
    for concept in concepts(graph):
        year, resolution = AMENDMENTS.get(name(concept), (1998, ""))
        assert list(graph.objects(concept, WG.adoptionYear)) == [Literal(year)]
        history = " ".join(map(str, graph.objects(concept, SKOS.historyNote)))
        added = f"Added by resolution {resolution} of {year}; " if resolution else ""
        assert history.startswith(added)
        assert ("art. 121(5)" in history) == bool(resolution)


@pytest.mark.parametrize(
    ("collection", "paragraphs", "count"),
    [
        ("international-armed-conflict", "ab", 8 + 29),
        ("non-international-armed-conflict", "ce", 4 + 19),
    ],
)
def test_collection_holds_the_sub_paragraphs(collection: str, paragraphs: str, count: int) -> None:
    graph = read("rome-statute.ttl")
    members = set(graph.objects(RS[collection], SKOS.member))
    parents = [RS[f"art-8-2-{letter}"] for letter in paragraphs]
    assert members == {c for parent in parents for c in graph.subjects(SKOS.broader, parent)}
    assert len(members) == count
