"""A release is complete, immutable, named by its content, and the same each time."""

from __future__ import annotations

import gzip
import json
import subprocess
from hashlib import sha256
from pathlib import Path
from shutil import copytree, which
from typing import TYPE_CHECKING

import pytest
import zstandard
from pyoxigraph import Dataset, RdfFormat, parse
from rdflib import RDF, Graph, Literal, URIRef

from command import run
from warrantgraph.build import build
from warrantgraph.namespaces import CURATION, INFERRED_GRAPH, PREFIXES, WG
from warrantgraph.release import Release
from warrantgraph.resources import SOURCES

if TYPE_CHECKING:
    from collections.abc import Callable

FLAT = ("ttl", "nt", "rdf", "jsonld")


def quads(release: Release, extension: str) -> Dataset:
    content = (release.folder / f"warrantgraph.{extension}").read_bytes()
    return Dataset(parse(input=content, format=RdfFormat.from_extension(extension)))


def test_building_twice_gives_the_same_bytes(release: Release, tmp_path: Path) -> None:
    again = build(tmp_path)
    files = {path.name: path.read_bytes() for path in release.folder.iterdir()}
    assert {path.name: path.read_bytes() for path in again.folder.iterdir()} == files
    assert again.folder.name == release.folder.name


def test_manifest_tells_what_the_files_are(release: Release) -> None:
    manifest = release.manifest
    for name, file in manifest.files.items():
        content = (release.folder / name).read_bytes()
        assert (sha256(content).hexdigest(), len(content)) == (file.sha256, file.size)
    assert manifest.version == manifest.files["warrantgraph.nq"].sha256[:12]
    assert manifest.counts["quads"] == len(quads(release, "nq")) == sum(manifest.graphs.values())
    assert manifest.counts["triples"] == len(quads(release, "nt"))


def test_every_export_lies_beside_its_encoded_variants(release: Release) -> None:
    decoders: dict[str, Callable[[bytes], bytes]] = {
        "gzip": gzip.decompress,
        "zstd": zstandard.ZstdDecompressor().decompress,
    }
    exports = {n: f for n, f in release.manifest.files.items() if n != "SHA256SUMS"}
    for name, file in exports.items():
        assert set(file.variants) == set(decoders)
        for coding, variant in file.variants.items():
            content = (release.folder / variant.name).read_bytes()
            assert (sha256(content).hexdigest(), len(content)) == (variant.sha256, variant.size)
            assert decoders[coding](content) == (release.folder / name).read_bytes()
            assert variant.size < file.size


def test_checksums_cover_every_file_but_the_manifest(release: Release) -> None:
    """Each line as `sha256sum --check` reads it: digest, two spaces, name."""
    lines = (release.folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    sums = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    assert list(sums) == sorted(sums)
    files = {path.name for path in release.folder.iterdir()}
    assert set(sums) == files - {"SHA256SUMS", "manifest.json"}
    for name, digest in sums.items():
        assert sha256((release.folder / name).read_bytes()).hexdigest() == digest


@pytest.mark.skipif(not which("sha256sum"), reason="there is no sha256sum here")
def test_sha256sum_confirms_the_release_and_finds_a_changed_byte(
    release: Release, tmp_path: Path
) -> None:
    command = ("sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS")
    copy = copytree(release.folder, tmp_path / "copy")
    assert subprocess.run(command, cwd=copy).returncode == 0
    with (copy / "warrantgraph.ttl.gz").open("r+b") as file:
        file.write(b"!")
    assert subprocess.run(command, cwd=copy, capture_output=True).returncode == 1


def test_named_exports_hold_the_same_quads(release: Release) -> None:
    assert set(quads(release, "trig")) == set(quads(release, "nq"))


@pytest.mark.parametrize("extension", FLAT)
def test_flat_exports_hold_the_union_of_the_asserted_graphs(
    release: Release, extension: str
) -> None:
    named = quads(release, "nq")
    flat = {q.triple for q in named if str(q.graph_name.value) != str(INFERRED_GRAPH)}
    found = {quad.triple for quad in quads(release, extension)}
    assert found == flat


@pytest.mark.parametrize("extension", ["ttl", "trig", "rdf"])
def test_exports_declare_only_the_prefixes_they_use(release: Release, extension: str) -> None:
    text = (release.folder / f"warrantgraph.{extension}").read_text(encoding="utf-8")
    for prefix, base in PREFIXES.items():
        declared = f"prefix {prefix}: <{base}>" in text or f'xmlns:{prefix}="{base}"' in text
        assert not declared or any(term in text for term in (f" {prefix}:", f"<{prefix}:", base))
        assert declared or f" {prefix}:" not in text


def test_turtle_declares_its_prefixes_in_order(release: Release) -> None:
    lines = (release.folder / "warrantgraph.ttl").read_text(encoding="utf-8").splitlines()
    declared = [line for line in lines if line.startswith("@prefix")]
    assert declared == sorted(declared)
    assert lines[: len(declared)] == declared


def test_every_passage_is_in_its_source_byte_for_byte(release: Release) -> None:
    graph = Graph().parse(release.folder / "warrantgraph.nt")
    passages = list(graph.subjects(RDF.type, WG.Passage))
    assert len(passages) == release.manifest.counts["passages"]
    for passage in passages:
        document = str(graph.value(passage, WG.inDocument, any=False))
        text = (SOURCES / document.rsplit("/", 1)[-1] / "article.txt").read_bytes().decode()
        start, end = (
            int(str(graph.value(passage, term, any=False)))
            for term in (WG.startOffset, WG.endOffset)
        )
        assert text[start:end] == str(graph.value(passage, WG.exactText, any=False))
        assert text[:start].endswith(str(graph.value(passage, WG.prefixText, any=False)))
        assert text[end:].startswith(str(graph.value(passage, WG.suffixText, any=False)))


def test_nothing_of_the_curated_format_is_released(release: Release) -> None:
    assert str(CURATION) not in (release.folder / "warrantgraph.nq").read_text(encoding="utf-8")


def test_the_article_graph_does_not_say_what_the_article_does_not(release: Release) -> None:
    """The list at the end of the facts: no article of the Statute but war crimes as a whole, ..."""
    slug = "icc-warrant-for-putin"
    name = f"https://w3id.org/warrantgraph/graph/{slug}"
    article = [q for q in quads(release, "nq") if str(q.graph_name.value) == name]
    values = {str(getattr(q.object, "value", "")) for q in article}
    statute = "https://w3id.org/warrantgraph/scheme/rome-statute/"
    assert {value for value in values if value.startswith(statute)} == {statute + "art-8"}
    words = " ".join(values)
    for unsaid in ("Rome Statute", "12(3)", "Pre-Trial", "convicted", "President of China"):
        assert unsaid not in words
    graph = Graph().parse(release.folder / "warrantgraph.nt")
    issuance = URIRef(PREFIXES["occurrence"] + "issuance-of-icc-warrant-for-lvova-belova")
    assert graph.value(issuance, WG.hasTime) is None
    assert (None, RDF.type, WG.Denial) not in graph
    assert (None, WG.seatedIn, None) not in graph


def test_a_date_that_the_article_does_not_bear_says_how_it_is_known(release: Release) -> None:
    graph = Graph().parse(release.folder / "warrantgraph.nt")
    time = URIRef(PREFIXES["time"] + "icc-warrant-for-putin/published")
    assert graph.value(time, WG.edtf) == Literal("2023-03-17")
    assert "Inferred by the curators" in str(graph.value(time, WG.datingBasis))


def test_export_writes_the_bytes_of_the_release(release: Release, tmp_path: Path) -> None:
    for extension in ("ttl", "trig"):
        file = tmp_path / f"graph.{extension}"
        arguments = ("export", "--release", str(release.folder), "--format", extension)
        assert run(*arguments, "--output", str(file)).exit_code == 0
        expected = (release.folder / f"warrantgraph.{extension}").read_bytes()
        assert file.read_bytes() == expected
        assert run(*arguments).output.encode() == expected


def test_a_damaged_release_is_refused_and_mended_by_the_next_build(
    release: Release, tmp_path: Path
) -> None:
    built = build(tmp_path)
    for name in ("warrantgraph.ttl", "warrantgraph.nq.zst"):
        (built.folder / name).write_bytes(b"cut off")
        refused = run("export", "--release", str(tmp_path))
        assert refused.exit_code == 3
        assert f"the release is damaged: {tmp_path}/current/{name}" in refused.error
        copytree(release.folder, built.folder, dirs_exist_ok=True)
    (built.folder / "warrantgraph.trig.gz").unlink()
    assert run("export", "--release", str(tmp_path)).exit_code == 3
    assert Release.open(build(tmp_path).folder) == built


@pytest.mark.parametrize("name", ["warrantgraph.ttl", "warrantgraph.ttl.gz"])
def test_a_manifest_that_reaches_out_of_its_folder_is_refused(
    release: Release, tmp_path: Path, name: str
) -> None:
    copy = copytree(release.folder, tmp_path / "copy")
    manifest = copy / "manifest.json"
    manifest.write_text(manifest.read_text().replace(f'"{name}"', '"../manifest.json"'))
    refused = run("export", "--release", str(copy))
    assert refused.exit_code == 3
    assert "a file of a release lies in its folder" in refused.error


def test_an_export_that_cannot_be_written_is_one_sentence(release: Release, tmp_path: Path) -> None:
    target = tmp_path / "no" / "such" / "folder.ttl"
    done = run("export", "--release", str(release.folder), "--output", str(target))
    assert (done.exit_code, done.error) == (
        3,
        f"Error: cannot write {target}: No such file or directory\n",
    )


def test_a_folder_without_a_release_says_how_to_make_one(tmp_path: Path) -> None:
    done = run("export", "--release", str(tmp_path))
    assert done.exit_code == 3
    assert "build one: warrantgraph build" in done.error


def test_an_output_that_is_not_a_folder_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = run("build", "--out", str(tmp_path / "file" / "release"))
    assert (done.exit_code, done.error) == (
        3,
        f"Error: cannot write to {tmp_path}/file/release: Not a directory\n",
    )


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="no folder here refuses even root")
def test_an_output_that_may_not_be_written_is_one_sentence() -> None:
    done = run("build", "--out", "/proc/self/release")
    assert (done.exit_code, done.error.count("\n")) == (3, 1)
    assert done.error.startswith("Error: cannot write to /proc/self/release: ")


def test_build_prints_what_it_built(release: Release, tmp_path: Path) -> None:
    done = run("build", "--out", str(tmp_path))
    counts = json.loads((release.folder / "manifest.json").read_text(encoding="utf-8"))["counts"]
    assert done.exit_code == 0
    assert f"claims      {counts['claims']} in {counts['passages']} passages" in done.output
    assert "conforms to the shapes: 0 violations" in done.output
