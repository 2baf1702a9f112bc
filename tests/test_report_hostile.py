"""Whatever strangers write into a graph, a shape or the name of a file, each format stays safe."""

from __future__ import annotations

import base64
import hashlib
import re
import xml.etree.ElementTree as ElementTree
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import RDF, RDFS, SH, BNode, Literal, URIRef

from report_cases import problems, write
from warrantgraph.errors import InputError
from warrantgraph.paths import Inverse, Predicate, Sequence
from warrantgraph.reports import Finding, GateOutcome, GateSummary, Place, Report, Severity
from warrantgraph.reports.formats import FORMATS, Presentation
from warrantgraph.reports.formats.human import summary_line
from warrantgraph.reports.formats.omissions import list_accepted, list_omissions

if TYPE_CHECKING:
    from collections.abc import Callable

    from warrantgraph.paths import PropertyPath

Subject = pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Triple

UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\ufeff]")

HOSTILE = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from(
            "\x00\x07\x1b\x7f\x9b\u202e\u2066\u200b\ufeff\ufffe\n\r\t\u2028%:,#[]<>&\"'`\\|"
        ),
    )
) | st.sampled_from(
    [
        "]]>",
        "\x1b[31mred\x1b]0;title\x07",
        "x\n::error file=a.ttl::injected",
        "x\r\n  ::stop-commands::token\r##[error]x",
        "##vso[task.complete]",
        "</script><script>alert(1)</script>",
        "<!-- --><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)",
        "[text](https://example.org/)",
        "名" * 300,
        "long " * 1000,
    ]
)


def iri(text: str) -> URIRef:
    return URIRef(f"https://example.org/{text}")


def in_english(text: str) -> Literal:
    return Literal(text, lang="en-GB")


def typed(text: str, datatype: URIRef) -> Literal:
    return Literal(text, datatype=datatype)


def below_root(name: str) -> Path:
    return Path("/root") / name


def about_the_inverse(property_: URIRef) -> PropertyPath:
    return Sequence((Inverse(Predicate(property_)), Predicate(RDFS.label)))


def error(message: str, file: Path | None, line: int | None, value: str | None) -> InputError:
    return InputError(message, file=file, line=line, value=value, hint=value)


def reader(line: str | None) -> Callable[[Place], str | None]:
    return lambda place: line


IRIS = st.builds(iri, HOSTILE)
TERMS = st.one_of(
    IRIS,
    st.builds(BNode),
    st.builds(Literal, HOSTILE),
    st.builds(in_english, HOSTILE),
    st.builds(typed, HOSTILE, IRIS),
)
FILES = st.builds(below_root, st.sampled_from(["a", "b/c"]) | HOSTILE)
NUMBERS = st.none() | st.integers(1, 40)


@st.composite
def places(draw: st.DrawFn) -> Place:
    line = draw(NUMBERS)
    if line is None:
        return Place(draw(FILES))
    end = draw(st.none() | st.integers(line, line + 2))
    column, end_column = draw(NUMBERS), draw(NUMBERS)
    return Place(draw(FILES), line, column, end, end_column if column and end else None)


FINDINGS = st.builds(
    Finding,
    rule=st.sampled_from(["label-case", "https://example.org/shapes#A"]) | HOSTILE,
    severity=st.sampled_from(Severity),
    message=HOSTILE,
    focus_node=st.none() | TERMS,
    path=st.none() | st.builds(Predicate, IRIS) | st.builds(about_the_inverse, IRIS),
    value=st.none() | TERMS,
    constraint=st.none() | st.just(SH.NodeKindConstraintComponent),
    mend=HOSTILE,
    place=st.none() | places(),
    focus_place=st.none() | places(),
    quote=st.none() | HOSTILE,
    label=st.none() | HOSTILE,
    gate=st.sampled_from(["", "hygiene"]),
    fingerprint=st.sampled_from(["", "f"]),
)
ERRORS = st.builds(error, HOSTILE, st.none() | FILES, NUMBERS, st.none() | HOSTILE)
GATES = st.builds(GateSummary, st.just("hygiene") | HOSTILE, st.sampled_from(GateOutcome), HOSTILE)


@st.composite
def reports(draw: st.DrawFn) -> Report:
    # A report sorts its findings by N-Triples, which rdflib refuses to write for such IRIs.
    found = tuple(draw(st.lists(FINDINGS, max_size=4)))
    return Report(
        findings=found[: draw(st.integers(0, 4))],
        counts=Counter(finding.severity for finding in found),
        rule_counts=Counter(finding.rule for finding in found),
        accepted=tuple(draw(st.lists(FINDINGS, max_size=2))),
        settled=draw(st.integers(0, 2)),
        elsewhere=draw(st.integers(0, 2)),
        files=tuple(draw(st.lists(FILES, max_size=3))),
        unread=tuple(draw(st.lists(ERRORS, max_size=2))),
        gates=tuple(draw(st.lists(GATES, max_size=2))),
        triples=draw(st.integers(0, 2)),
    )


PRESENTATIONS = st.builds(
    Presentation,
    tool=st.sampled_from(["validate", "check"]),
    version=st.just("1.0.0"),
    root=st.just(Path("/root")),
    fail_on=st.sampled_from(Severity),
    colour=st.just(False),
    width=st.integers(1, 200),
    read_line=st.builds(reader, st.none() | HOSTILE),
    limit=st.none() | st.integers(0, 2),
)


@pytest.mark.parametrize("form", FORMATS)
@given(report=reports(), presentation=PRESENTATIONS)
@settings(deadline=None, max_examples=60)
def test_hostile_text_is_harmless_and_the_bytes_are_the_same_again(
    form: str, report: Report, presentation: Presentation
) -> None:
    text = write(form, report, presentation)
    assert text == write(form, report, presentation)
    assert text.endswith("\n")
    assert UNSEEN.search(text) is None
    lines = text.split("\n")
    if form == "github":
        lines = [line for line in lines if not COMMAND.fullmatch(line)]
    assert [line for line in lines if line.lstrip().startswith("::")] == []
    assert [line for line in lines if re.search(r"##\w*\[", line)] == []
    CHECKS[form](text, report, presentation)


COMMAND = re.compile(r"::(?:error|warning|notice) ([^:]*)::(.*)")


def check_human(text: str, report: Report, presentation: Presentation) -> None:
    assert text.split("\n")[-2] == summary_line(report)


def check_schema(form: str, text: str) -> None:
    assert problems(form, text) == []


def check_junit(text: str, report: Report, presentation: Presentation) -> None:
    root = ElementTree.fromstring(text)  # noqa: S314
    names = {"failures": "failure", "errors": "error", "skipped": "skipped"}
    for suite in [root, *root]:
        assert int(suite.attrib["tests"]) == len(list(suite.iter("testcase")))
        for attribute, element in names.items():
            assert int(suite.attrib[attribute]) == len(list(suite.iter(element)))
    assert len(list(root.iter("error"))) == len(report.unread)
    failing = {f.rule for f in report.findings if f.severity.weighs(presentation.fail_on)}
    assert len(list(root.iter("failure"))) >= len(failing)


def check_github(text: str, report: Report, presentation: Presentation) -> None:
    *commands, summary, end = text.split("\n")
    assert len(commands) == len(report.findings) + len(list_omissions(report))
    for command in commands:
        found = COMMAND.fullmatch(command)
        assert found is not None
        names = [pair.partition("=")[0] for pair in found[1].split(",")]
        assert set(names) <= {"file", "line", "endLine", "col", "endColumn", "title"}
        assert len(set(names)) == len(names)
    assert (summary, end) == (f"warrantgraph {presentation.tool}: {summary_line(report)}", "")


def check_turtle(text: str, report: Report, presentation: Presentation) -> None:
    dataset = pyoxigraph.Dataset(
        pyoxigraph.parse(input=text.encode(), format=pyoxigraph.RdfFormat.TURTLE)
    )

    def objects(subject: Subject, name: str) -> list[Any]:
        wanted = pyoxigraph.NamedNode(f"{SH}{name}")
        return [q.object for q in dataset.quads_for_subject(subject) if q.predicate == wanted]

    node = next(
        quad.subject
        for quad in dataset.quads_for_object(pyoxigraph.NamedNode(str(SH.ValidationReport)))
        if str(quad.predicate) == f"<{RDF.type}>"
    )
    results = objects(node, "result")
    [conforms] = objects(node, "conforms")
    not_run = sum(gate.outcome is GateOutcome.NOT_RUN for gate in report.gates)
    accepted = len(list_accepted(report, presentation.limit))
    assert len(results) == len(report.findings) + len(report.unread) + not_run + accepted
    unseen = report.total or report.accepted or report.elsewhere
    assert conforms.value == ("false" if results or unseen else "true")
    for result in results:
        for name in ("focusNode", "sourceConstraintComponent", "resultSeverity"):
            assert len(objects(result, name)) == 1


class Page(HTMLParser):
    """Collects the tags of a page and refuses what could act or reach out."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: Counter[str] = Counter()
        self.style = self.policy = ""
        self._open = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self._open = tag
        assert tag in ALLOWED_TAGS
        for name, value in attrs:
            assert name in ALLOWED_ATTRIBUTES
            assert name != "href" or (value or "").startswith("#")
            if name == "content" and (value or "").startswith("default-src"):
                self.policy = value or ""

    def handle_data(self, data: str) -> None:
        if self._open == "style":
            self.style += data
            self._open = ""


ALLOWED_TAGS = frozenset(
    re.findall(
        r"\S+",
        """
        html head meta title style body a header p span h1 h2 h3 h4 ul li b main section
        code div table thead tbody tr th td fieldset legend label input nav ol article
        pre mark dl dt dd blockquote footer
        """,
    )
)
ALLOWED_ATTRIBUTES = frozenset(
    re.findall(
        r"\S+",
        """
        lang charset http-equiv content name class href id aria-labelledby aria-label
        role tabindex scope type checked
        """,
    )
)


def check_html(text: str, report: Report, presentation: Presentation) -> None:
    page = Page(text)
    digest = base64.b64encode(hashlib.sha256(page.style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in page.policy
    assert "default-src 'none'" in page.policy
    assert page.tags["article"] == len(report.findings)
    assert page.tags["h1"] == page.tags["main"] == page.tags["style"] == 1


CHECKS: dict[str, Callable[[str, Report, Presentation], None]] = {
    "human": check_human,
    "json": lambda text, report, presentation: check_schema("json", text),
    "sarif": lambda text, report, presentation: check_schema("sarif", text),
    "junit": check_junit,
    "github": check_github,
    "turtle": check_turtle,
    "html": check_html,
}
