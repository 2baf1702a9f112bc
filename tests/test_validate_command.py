"""The verb `validate`: what it reads, what it reports, and the exit code that CI may trust."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from command import run

if TYPE_CHECKING:
    from pathlib import Path

    from command import Done
    from warrantgraph.release import Release

PREFIXES = """\
@prefix ex: <https://example.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix wg: <https://w3id.org/warrantgraph/ontology#> .
"""
WARRANT = PREFIXES + "ex:warrant a wg:ArrestWarrant .\n"
NAMED = (
    PREFIXES
    + """
ex:NamedShape a sh:NodeShape ;
    sh:targetClass ex:Person ;
    sh:property ex:NamedShape-name .

ex:NamedShape-name a sh:PropertyShape ;
    sh:path ex:name ;
    sh:minCount 1 ;
    sh:severity sh:Warning ;
    sh:message "A person has a name." .

ex:NamedShape-knows a sh:PropertyShape ;
    sh:targetClass ex:Person ;
    sh:path ex:knows ;
    sh:class ex:Person .
"""
)
PEOPLE = (
    PREFIXES
    + """
ex:anna a ex:Person ;
    ex:name "Anna" ;
    ex:knows ex:berta , ex:nobody .

ex:berta a ex:Person .
"""
)


def write(file: Path, text: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with shapes and people, in which commands run."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "shapes.ttl", NAMED)
    write(tmp_path / "people.ttl", PEOPLE)
    return tmp_path


def validate(*arguments: str, stdin: str = "") -> Done:
    return run("validate", "--no-ontology", "--shapes", "shapes.ttl", *arguments, stdin=stdin)


def report(*arguments: str, stdin: str = "") -> dict[str, Any]:
    done = validate("--format", "json", *arguments, stdin=stdin)
    assert done.output, done.error
    document: dict[str, Any] = json.loads(done.output)
    return document


def found(*arguments: str, stdin: str = "") -> list[str]:
    """Severity, focus node and place of each finding, in order."""
    return [
        f"{each['severity']} {each['focusNode']['short']} {place(each)}"
        for each in report(*arguments, stdin=stdin)["findings"]
    ]


def place(finding: dict[str, Any]) -> str:
    where: dict[str, Any] = finding.get("place") or {}
    return ":".join(str(where[part]) for part in ("file", "line", "column") if part in where)


# ---- what is reported


def test_findings_have_their_places(folder: Path) -> None:
    assert found("people.ttl") == [
        "violation <https://example.org/anna> people.ttl:7:25",
        "warning <https://example.org/berta> people.ttl:9:1",
    ]


def test_human_report_shows_the_line(folder: Path) -> None:
    done = validate("people.ttl")
    assert "    ex:knows ex:berta , ex:nobody ." in done.output
    assert f"{' ' * 24}^^^^^^^^^" in done.output
    assert "\x1b" not in done.output
    assert done.output.splitlines()[-1].startswith("1 violation, 1 warning, 0 infos in 1 file")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.nt", "<https://example.org/c> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
         " <https://example.org/Person> .\n"),
        ("a.nq", "<https://example.org/c> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
         " <https://example.org/Person> <https://example.org/g> .\n"),
        ("a.trig", PREFIXES + "ex:g {\n  ex:c a ex:Person }\n"),
    ],
)  # fmt: skip
def test_lines_are_known_in(folder: Path, name: str, text: str) -> None:
    write(folder / name, text)
    (line,) = found(name)
    assert line == f"warning <https://example.org/c> {name}:{'5:3' if 'trig' in name else '1:1'}"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.jsonld", '{"@id": "https://example.org/c", "@type": "https://example.org/Person"}'),
        ("a.rdf", '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e='
         '"https://example.org/"><e:Person rdf:about="https://example.org/c"/></rdf:RDF>'),
    ],
)  # fmt: skip
def test_only_the_file_is_known_in(folder: Path, name: str, text: str) -> None:
    write(folder / name, text)
    assert found(name) == [f"warning <https://example.org/c> {name}"]


def test_standard_input_is_read(folder: Path) -> None:
    assert found("-", stdin=PEOPLE)[0] == "violation <https://example.org/anna> -:7:25"
    assert found("-", "--input-format", "jsonld", stdin='{"@id": "urn:a"}') == []


def test_compressed_files_are_read(folder: Path) -> None:
    (folder / "people.ttl.gz").write_bytes(gzip.compress(PEOPLE.encode()))
    assert found("people.ttl.gz")[0].endswith("people.ttl.gz:7:25")


def test_files_are_read_together_and_hidden_ones_not(folder: Path) -> None:
    write(
        folder / "data" / "more.ttl",
        PREFIXES + 'ex:berta ex:name "Berta" .\nex:nobody a ex:Person .',
    )
    write(folder / "data" / ".hidden" / "a.ttl", "not read")
    (folder / "people.ttl").rename(folder / "data" / "people.ttl")
    assert found("data") == ["warning <https://example.org/nobody> data/more.ttl:5:1"]


def test_shapes_in_a_folder_of_data_are_no_data(folder: Path) -> None:
    assert report(".")["files"] == ["people.ttl"]


def test_a_file_that_is_named_twice_is_read_once(folder: Path) -> None:
    assert report("people.ttl", "./people.ttl", str(folder / "people.ttl"))["files"] == [
        "people.ttl"
    ]


def test_people_read_paths_from_here_and_programs_from_the_root(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(folder, "init")
    write(folder / "data" / "berta.ttl", PREFIXES + "ex:berta a ex:Person .")
    monkeypatch.chdir(folder / "data")
    command = ("validate", "--no-ontology", "--shapes", "../shapes.ttl", "berta.ttl")
    assert run(*command).output.startswith("berta.ttl\n")
    assert "file=data/berta.ttl," in run(*command, "--format", "github").output


# ---- with our ontology and shapes


def test_our_shapes_are_the_default(folder: Path) -> None:
    write(folder / "warrant.ttl", WARRANT)
    done = run("validate", "warrant.ttl")
    assert done.exit_code == 1
    assert "warrant.ttl" in done.output
    assert "shape:ArrestWarrant-namesSubject" in done.output


def test_shapes_of_ones_own_may_join_ours(folder: Path) -> None:
    write(folder / "warrant.ttl", WARRANT + "ex:carla a ex:Person .\n")
    done = validate("warrant.ttl", "--with-ours")
    assert "shape:ArrestWarrant-namesSubject" in done.output
    assert "A person has a name." in done.output
    assert "shape:ArrestWarrant" not in validate("warrant.ttl").output


def test_types_that_follow_from_the_ontology_count(folder: Path) -> None:
    write(folder / "warrant.ttl", WARRANT)
    assert "shape:Labelled-label" in run("validate", "warrant.ttl").output
    without = run("validate", "--no-ontology", "warrant.ttl")
    assert without.exit_code == 1
    assert "shape:Labelled-label" not in without.output


def test_another_copy_of_the_vocabulary_in_the_data_does_not_count(folder: Path) -> None:
    old = "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n" + PREFIXES
    write(folder / "old.ttl", old + 'wg:Person rdfs:isDefinedBy ex:old ; rdfs:label "PERSON"@en .')
    done = run("validate", "old.ttl")
    assert done.exit_code == 0, done.output


def test_release_conforms(folder: Path, release: Release) -> None:
    (folder / "release").symlink_to(release.folder)
    done = run("validate")
    assert done.exit_code == 0, done.output + done.error
    assert done.output.splitlines()[-1].startswith("0 violations, 0 warnings")


# ---- exit codes


def test_exit_code_says_what_was_found(folder: Path) -> None:
    write(folder / "berta.ttl", PREFIXES + "ex:berta a ex:Person .")
    write(folder / "good.ttl", PREFIXES + 'ex:carla a ex:Person ; ex:name "Carla" .')
    assert validate("good.ttl", "--fail-on", "info").exit_code == 0
    assert validate("berta.ttl").exit_code == 0
    assert validate("berta.ttl", "--fail-on", "warning").exit_code == 1
    assert validate("people.ttl").exit_code == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("--fail-on", "nothing"),
        ("--format", "paper"),
        ("--output", "sarif"),
        ("--output", "paper=a"),
        ("--output", "json="),
        ("--limit", "-1"),
        ("--timeout", "0"),
        ("--memory-limit", "much"),
        ("--unknown",),
    ],
)
def test_wrong_usage_is_2(folder: Path, arguments: tuple[str, ...]) -> None:
    done = validate("people.ttl", *arguments)
    assert (done.exit_code, done.output) == (2, "")
    assert arguments[0] in done.error


def test_what_cannot_be_read_is_3_and_hides_nothing(folder: Path) -> None:
    write(folder / "broken.ttl", "<urn:a> <urn:b> .")
    write(folder / "broken.nt", "<urn:a> <urn:b> .")
    done = validate("broken.ttl", "people.ttl", "gone.ttl", "notes.txt", "broken.nt")
    assert done.exit_code == 3
    for expected in ("broken.ttl:1:17", "gone.ttl", "notes.txt", "broken.nt:1:1", "people.ttl"):
        assert expected in done.output, done.output
    document = report("broken.ttl", "people.ttl")
    assert [each["file"] for each in document["unread"]] == ["broken.ttl"]
    assert len(document["findings"]) == 2


def test_nothing_of_a_broken_file_counts(folder: Path) -> None:
    write(
        folder / "broken.ttl", PREFIXES + "ex:dora a ex:Person . ex:nobody a ex:Person .\n<urn:a>"
    )
    assert not [line for line in found("broken.ttl", "people.ttl") if "dora" in line]
    assert len(found("broken.ttl", "people.ttl")) == 2


def test_shapes_that_are_none_or_wrong_are_3(folder: Path) -> None:
    done = run("validate", "--shapes", "people.ttl", "people.ttl")
    assert (done.exit_code, done.error) == (3, "Error: people.ttl: there are no SHACL shapes\n")
    write(folder / "wrong.ttl", NAMED.replace("ex:name ;", "[ sh:unknownPath ex:name ] ;", 1))
    assert run("validate", "--shapes", "wrong.ttl", "people.ttl").exit_code == 3
    assert run("validate", "--shapes", "gone.ttl", "people.ttl").exit_code == 3


def test_what_an_error_quotes_steers_nothing(folder: Path) -> None:
    query = "SELECT \\u001b[31m\\n::error::no ##[add-mask]x"
    constraint = f'sh:targetClass ex:Person ; sh:sparql [ sh:select "{query}" ]'
    write(folder / "query.ttl", f"{PREFIXES}ex:S a sh:NodeShape ; {constraint} .")
    name = "gone\x1b[2J\n::error::no.ttl"
    for shapes in ("query.ttl", name):
        done = run("validate", "--no-ontology", "--shapes", shapes, "people.ttl")
        assert done.exit_code == 3
        assert "no" in done.error
        for command in ("\x1b", "\n::error", "##["):
            assert command not in done.error
    assert "\n::" not in validate("people.ttl", "--output", f"json={name}/x").error


def test_more_files_than_an_argument_holds(folder: Path) -> None:
    names = [str(folder / f"{'long' * 40}{number}.ttl") for number in range(1000)]
    write(folder / "good.ttl", PREFIXES + "ex:a ex:b ex:c .")
    done = validate("good.ttl", *names)
    assert (done.exit_code, done.error) == (3, "")
    assert "1,000 files could not be read" in done.output or "1000 files" in done.output


def test_memory_that_shapes_use_up_is_4(folder: Path) -> None:
    write(folder / "many.ttl", PREFIXES + "".join(f"ex:n{n} ex:p {n} .\n" for n in range(2000)))
    query = "SELECT $this ?value { ?a ?p ?b . ?c ?q ?d BIND(CONCAT(STR(?a), STR(?c)) AS ?value) }"
    write(
        folder / "cross.ttl",
        f"{PREFIXES}ex:S a sh:NodeShape ; sh:targetNode ex:n1 ;"
        f' sh:sparql [ sh:select "{query} ORDER BY ?value" ] .',
    )
    for processes in ("1", "2"):
        done = run(
            *("validate", "--no-ontology", "--shapes", "cross.ttl", "many.ttl"),
            *("--memory-limit", "128MiB", "--processes", processes),
        )
        assert (done.exit_code, done.output) == (4, ""), done.error
        assert "more memory was needed" in done.error


@pytest.mark.parametrize("close", ["| true", ">&-"])
def test_who_does_not_listen_changes_no_exit_code(folder: Path, close: str) -> None:
    write(folder / "good.ttl", PREFIXES + "ex:a ex:b ex:c .")
    command = f"{sys.executable} -m warrantgraph validate --no-ontology --shapes shapes.ttl"
    for name, code in (("good.ttl", 0), ("people.ttl", 1), ("gone.ttl", 3)):
        script = f"{command} {name} {close}; exit ${{PIPESTATUS[0]}}"
        done = subprocess.run(["bash", "-c", script], capture_output=True, check=False)
        assert (done.returncode, done.stderr) == (code, b"")


def test_no_release_and_no_path_is_3(folder: Path) -> None:
    done = run("validate")
    assert done.exit_code == 3
    assert "there is no release" in done.error
    assert "name files or folders to check" in done.error


def test_an_output_without_its_folder_is_3(folder: Path) -> None:
    done = validate("people.ttl", "--output", "json=gone/out.json")
    message = "Error: gone/out.json: cannot be written: there is no such folder\n"
    assert (done.exit_code, done.output, done.error) == (3, "", message)


def test_own_shapes_are_told_in_plain_words(folder: Path) -> None:
    shape = "ex:S sh:targetNode ex:a ; sh:property [ sh:path ex:p ; "
    write(folder / "own.ttl", PREFIXES + shape + "sh:minLength 3 ; sh:datatype ex:text ] .\n")
    write(folder / "data.ttl", PREFIXES + 'ex:a ex:p "x"@en .\n')
    done = run("validate", "--no-ontology", "--shapes", "own.ttl", "data.ttl")
    assert "Give at least 3 characters." in done.output
    assert '"x"@en is not a value of <https://example.org/text>.' in done.output


def test_work_that_does_not_end_is_4(folder: Path) -> None:
    done = validate("people.ttl", "--timeout", "0.001")
    assert (done.exit_code, done.output) == (4, "")
    assert done.error.startswith("Error: stopped after 0.001 s, the time it had")
    done = validate("people.ttl", "--memory-limit", "1MiB")
    assert (done.exit_code, done.output) == (4, "")
    assert "memory" in done.error


# ---- several formats, baseline, limit, changes


def test_several_formats_at_once(folder: Path) -> None:
    outputs = [
        f"--output={name}=out.{name}" for name in ("sarif", "junit", "html", "turtle", "json")
    ]
    done = validate("people.ttl", "--format", "github", *outputs)
    assert done.exit_code == 1
    assert "::error file=people.ttl,line=7,endLine=7,col" in done.output
    sarif = json.loads((folder / "out.sarif").read_text("utf-8"))
    assert len(sarif["runs"][0]["results"]) == 2
    for name in ("junit", "html", "turtle", "json"):
        assert "example.org/anna" in (folder / f"out.{name}").read_text("utf-8"), name
    assert sorted(path.name for path in folder.glob(".*")) == []


def test_output_that_cannot_be_written_is_3_and_prints_nothing(folder: Path) -> None:
    done = validate("people.ttl", "--output", "json=gone/out.json")
    assert (done.exit_code, done.output) == (3, "")
    assert "gone" in done.error


def test_baseline_accepts_todays_findings_wherever_they_move(folder: Path) -> None:
    assert validate("people.ttl", "--write-baseline", "baseline.json").exit_code == 0
    again = validate("people.ttl", "--baseline", "baseline.json", "--fail-on", "info")
    assert again.exit_code == 0, again.output
    moved = PEOPLE.replace("\nex:anna", "\n\n# moved\n\nex:anna")
    write(folder / "other.ttl", moved)
    assert report("other.ttl", "--baseline", "baseline.json")["findings"] == []
    write(folder / "other.ttl", moved + "ex:carla a ex:Person ; ex:knows 1 .")
    document = report("other.ttl", "--baseline", "baseline.json")
    assert {each["focusNode"]["short"] for each in document["findings"]} == {
        "<https://example.org/carla>"
    }
    assert document["baseline"]["accepted"] == 2
    assert validate("other.ttl", "--baseline", "baseline.json").exit_code == 1
    assert validate("other.ttl", "--baseline", "gone.json").exit_code == 3


def test_limit_keeps_the_counts_true(folder: Path) -> None:
    write(folder / "many.ttl", PREFIXES + "".join(f"ex:p{n} a ex:Person .\n" for n in range(30)))
    document = report("many.ttl", "--limit", "3")
    assert len(document["findings"]) == 3
    assert document["counts"]["warning"] == 30
    assert list(document["unlisted"].values()) == [27]
    assert len(report("many.ttl", "--limit", "0")["findings"]) == 30


def git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=m")
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def test_only_what_changed_is_listed_and_the_rest_is_counted(folder: Path) -> None:
    write(folder / "more.ttl", PREFIXES + "ex:carla a ex:Person ; ex:knows ex:anna .\n")
    git(folder, "init")
    git(folder, "add", ".")
    git(folder, "commit", "-m", "first")
    assert found(".", "--changed-since", "m") == []
    document = report(".", "--changed-since", "m")
    assert document["outsideTheChange"] == 3
    write(
        folder / "people.ttl",
        PEOPLE.replace("ex:berta a ex:Person .", "").replace(", ex:nobody", ""),
    )
    write(folder / "more.ttl", (folder / "more.ttl").read_text("utf-8") + "ex:dora a ex:Person .\n")
    assert found(".", "--changed-since", "m") == [
        "violation <https://example.org/anna> people.ttl:7:14",
        "warning <https://example.org/carla> more.ttl:4:1",
        "warning <https://example.org/dora> more.ttl:5:1",
    ]
    assert validate(".", "--changed-since", "gone").exit_code == 3


def test_what_a_change_breaks_elsewhere_is_listed(folder: Path) -> None:
    write(folder / "berta.ttl", PREFIXES + 'ex:berta a ex:Person ; ex:name "B" .\n')
    write(
        folder / "people.ttl",
        PREFIXES + 'ex:anna a ex:Person ; ex:name "A" ; ex:knows ex:berta .\n',
    )
    git(folder, "init")
    git(folder, "add", ".")
    git(folder, "commit", "-m", "first")
    (folder / "berta.ttl").unlink()
    assert found(".", "--changed-since", "m") == [
        "violation <https://example.org/anna> people.ttl:4:46"
    ]


def test_what_git_says_nothing_of_may_have_changed(folder: Path) -> None:
    write(folder / "ignored" / "carla.ttl", PREFIXES + "ex:carla a ex:Person .\n")
    write(folder / ".gitignore", "ignored/\n")
    git(folder, "init")
    git(folder, "add", ".")
    git(folder, "commit", "-m", "first")
    assert found(".", "--changed-since", "m") == [
        "warning <https://example.org/carla> ignored/carla.ttl:4:1"
    ]


# ---- what must not happen silently


@pytest.mark.parametrize(
    "arguments",
    [
        ("--output", "json=a.json", "--output", "sarif=./a.json"),
        ("--output", "json=a.json", "--write-baseline", "a.json"),
        ("--output", "json=people.ttl"),
        ("--output", "json=shapes.ttl"),
    ],
)
def test_an_output_overwrites_nothing_that_matters(
    folder: Path, arguments: tuple[str, ...]
) -> None:
    done = validate("people.ttl", *arguments)
    assert (done.exit_code, done.output) == (2, "")
    assert (folder / "people.ttl").read_text("utf-8") == PEOPLE
    assert not (folder / "a.json").exists()


def test_a_pipe_is_no_file(folder: Path) -> None:
    os.mkfifo(folder / "pipe.ttl")
    done = validate("pipe.ttl")
    assert done.exit_code == 3
    assert "pipe.ttl: cannot be read: not a file" in done.output


@pytest.mark.parametrize("feature", ["rule", "target", "js", "expression"])
def test_what_shapes_ask_for_in_vain_is_told(folder: Path, feature: str) -> None:
    write(folder / "shapes.ttl", NAMED + f"ex:NamedShape sh:{feature} [] .\n")
    done = validate("people.ttl")
    assert f"NOT RUN  sh:{feature}" in done.output, done.output
    assert report("people.ttl")["complete"] is False


def test_an_entailment_regime_is_refused(folder: Path) -> None:
    regime = "<http://www.w3.org/ns/entailment/RDFS>"
    write(folder / "shapes.ttl", NAMED + f"ex: sh:entailment {regime} .\n")
    done = validate("people.ttl")
    assert done.exit_code == 3
    assert "entailment regime" in done.error


def test_relative_iris_are_the_same_finding_on_every_machine(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = PREFIXES + "<#eva> a ex:Person .\n"
    for place in ("here", "there"):
        write(folder / place / "people.ttl", text)
        write(folder / place / "shapes.ttl", NAMED)
        monkeypatch.chdir(folder / place)
        git(folder / place, "init")
        validate("people.ttl", "--write-baseline", f"../{place}.json")
    assert (folder / "here.json").read_text("utf-8").count("fingerprint") == 1
    here, there = (
        [
            each["fingerprint"]
            for each in json.loads((folder / f"{place}.json").read_text())["findings"]
        ]
        for place in ("here", "there")
    )
    assert here == there


@pytest.mark.parametrize("name", ["human", "json", "sarif", "junit", "github", "turtle", "html"])
def test_a_run_that_checks_nothing_says_so(folder: Path, name: str) -> None:
    write(folder / "shapes.ttl", NAMED.replace("ex:Person", "ex:Misspelt"))
    done = validate("people.ttl", "--format", name)
    assert done.exit_code == 0, done.error
    assert "nothing was checked" in done.output
    write(folder / "shapes.ttl", NAMED)
    assert "nothing was checked" not in validate("people.ttl", "--format", name).output
