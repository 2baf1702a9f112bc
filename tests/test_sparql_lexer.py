"""The lexer, and that no text can make an engine see a SERVICE which it did not.

Cases are files in `cases/lexer`; the first line says what must come of them:

    # select                    the form of the query; it asks for no SERVICE
    # service 3:5               the first SERVICE, at line and column
    # error 2:7 some words      a syntax error there, whose message holds the words
"""

from __future__ import annotations

import json
import re
import socket
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from warrantgraph.engine import EmbeddedEngine, find_service, query_form, read_query
from warrantgraph.engine.keywords import KEYWORDS
from warrantgraph.engine.lexer import Token, TokenKind, tokenize, unescape
from warrantgraph.engine.plain import write_plainly
from warrantgraph.errors import QuerySyntaxError

if TYPE_CHECKING:
    from collections.abc import Iterator

CASES = sorted((Path(__file__).parent / "cases/lexer").glob("*.rq"))
_EXPECTATION = re.compile(r"# (\w+)(?: (\d+):(\d+))?(?: (.+))?")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_case(case: Path) -> None:
    text = case.read_bytes().decode()
    expected = _EXPECTATION.fullmatch(text.splitlines()[0])
    assert expected, "the first line must say what is expected"
    what, line, column, words = expected.groups()
    if what == "error":
        with pytest.raises(QuerySyntaxError, match=re.escape(words)) as raised:
            read_query(text)
        assert (raised.value.line, raised.value.column) == (int(line), int(column))
        return
    service = find_service(text)
    if what == "service":
        assert service
        assert (service.line, service.column) == (int(line), int(column))
        return
    assert service is None
    assert query_form(text).value.lower() == what


# Words and pieces of words that different readers cut differently.
FRAGMENTS = [
    *("SERVICE", "service", "SILENT", "\\u0053ERVICE", "SERVICEex:a", "trueSERVICE:a", "ex:a"),
    *("ex:a.b.SERVICE", "ex:", ":a", "_:a.SERVICE", "true", "a", "?a", "?SERVICE", "$a", "1", "1."),
    *("<SERVER>", "<", ">", "<'>'", "<a>", "<?a)SERVICE#>", "<=", "<<", ">>", "&&", "||", "=", "!"),
    *("'", '"', "'''", '"""', "\\", "\\'", "\\u0027", "\\u005C", "\\u0022", "\\\\", "@en", "^^"),
    *(
        "#",
        "\n",
        "\r",
        " ",
        " ",
        "\t",
        "{",
        "}",
        "{ }",
        "(",
        ")",
        ".",
        ";",
        ",",
        "[",
        "]",
        "*",
        "/",
    ),
    *("FILTER(", "FILTER(1", "OPTIONAL {", "UNION", "GRAPH", "BIND(1 AS ?b)", "VALUES ?c {", "é:a"),
]


@pytest.fixture(scope="module")
def canary() -> Iterator[Canary]:
    with Canary() as bird:
        yield bird


class Canary:
    """A server that no query may reach; it counts who comes."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}/"
        self.visits = 0
        self._thread = threading.Thread(target=self._listen)

    def _listen(self) -> None:
        while True:
            visitor, _ = self._listener.accept()
            with visitor:
                if visitor.recv(4) == b"stop":
                    return
                self.visits += 1

    def __enter__(self) -> Canary:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with socket.create_connection(self._listener.getsockname()) as connection:
            connection.sendall(b"stop")
        self._thread.join()
        self._listener.close()

    def is_reached_by(self, query: str) -> bool:
        """Whether Oxigraph, given this very text, calls."""
        before = self.visits
        store = pyoxigraph.Store()
        try:
            results = store.query(query)
            if not isinstance(results, pyoxigraph.QueryBoolean):
                list(results)
        except (SyntaxError, OSError, RuntimeError, ValueError):
            pass
        return self.visits > before

    def query(self, pattern: str) -> str:
        """A query whose prefixes all lead here."""
        prefixes = " ".join(f"PREFIX {name}: <{self.address}>" for name in ("ex", "", "é"))
        return f"{prefixes} SELECT * {{ {pattern.replace('SERVER', self.address)} }}"


DISGUISES = [
    "SERVICEex:a {}",
    "SERVICESILENTex:a {}",
    "FILTER(true||1<'>') SERVICE <SERVER> {} FILTER(true||1<'>') #'\n",
    "FILTER('\\u005C'!='')SERVICE <SERVER> {} #'\n",
    "BIND(1<?s AS ?x)SERVICE#>\n<SERVER>{}",
]
"""What the standard reads without SERVICE, or not at all, and Oxigraph 0.5 as a call."""


@pytest.mark.parametrize("disguise", DISGUISES)
def test_the_client_s_own_text_would_call(canary: Canary, disguise: str) -> None:
    assert canary.is_reached_by(canary.query(disguise))


@pytest.mark.parametrize("disguise", DISGUISES)
def test_what_the_engine_is_given_does_not_call(canary: Canary, disguise: str) -> None:
    assert not reaches(canary, canary.query(disguise))


def reaches(canary: Canary, text: str) -> bool:
    """Whether a query that is not refused gets through to the canary."""
    try:
        query = read_query(text)
    except QuerySyntaxError:
        return False
    if find_service(text):
        return False
    return canary.is_reached_by(query.plain)


@given(pieces=st.lists(st.sampled_from(FRAGMENTS), max_size=12))
@example(pieces=["SERVICE", "<SERVER>", "{ }"])
def test_no_mixture_of_fragments_calls(canary: Canary, pieces: list[str]) -> None:
    assert not reaches(canary, canary.query("".join(pieces)))
    assert not reaches(canary, canary.query(" ".join([*pieces, "SERVICE <SERVER> {}"])))


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40))
def test_a_service_in_words_is_no_service(words: str) -> None:
    name = re.sub(r"[^A-Za-z]", "", words)
    line = re.sub(r"[\r\n]", "", words)
    string = words.replace("\\", "\\\\").replace('"', '\\"')
    iri = re.sub(r"[\x00-\x20<>\"{}|^`\\]", "", words)
    text = (
        f"ASK {{ ?SERVICE{name} SERVICE{name}:SERVICE <{iri}SERVICE>, _:SERVICE{name}\n"
        f', """{string} SERVICE """ }} # SERVICE {line}'
    )
    assert find_service(text) is None
    assert find_service(f"{text}\n SERVICE") is not None


@given(
    st.text(alphabet=st.characters(), max_size=60)
    | st.lists(st.sampled_from(FRAGMENTS), max_size=20).map("".join)
)
def test_tokens_stand_where_they_say(text: str) -> None:
    lines = re.split(r"\r\n|\r|\n", text)
    tokens, error = read_all(text)
    for token in tokens:
        found = "\n".join(lines[token.line - 1 :])[token.column - 1 :]
        disguised = token.keyword == "SERVICE" and "\\" in found[: len("\\u0053") * 8]
        assert disguised or found.startswith(re.sub(r"\r\n?", "\n", token.text))
    if error:
        assert error.line is not None
        assert error.column is not None
        assert 1 <= error.line <= len(lines)
        assert 1 <= error.column <= len(lines[error.line - 1]) + 1


def read_all(text: str) -> tuple[list[Token], QuerySyntaxError | None]:
    """The tokens of a text, up to its error if it has one."""
    tokens: list[Token] = []
    try:
        tokens.extend(tokenize(text))
    except QuerySyntaxError as error:
        return tokens, error
    return tokens, None


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=20).map("".join))
def test_the_plain_text_has_the_same_tokens(text: str) -> None:
    try:
        tokens = tuple(tokenize(text))
    except QuerySyntaxError:
        return
    again = tuple(tokenize(write_plainly(tokens)))
    assert [token.kind for token in again] == [token.kind for token in tokens]
    for before, after in zip(tokens, again, strict=True):
        if before.kind in (TokenKind.STRING, TokenKind.IRI):
            assert unescape(after.text).strip("'\"") == unescape(before.text).strip("'\"")


@given(
    st.text(alphabet=st.characters(exclude_categories=["Cs"])), st.sampled_from("\"'"), st.data()
)
def test_the_engine_reads_the_strings_that_were_meant(
    value: str, quote: str, data: st.DataObject
) -> None:
    written = ""
    for character in value:
        escapes = [f"\\U{ord(character):08X}"]
        if ord(character) <= 0xFFFF:
            escapes.append(f"\\u{ord(character):04x}")
        if character not in "\\\"'\n\r":
            escapes.append(character)
        written += data.draw(st.sampled_from(escapes))
    width = data.draw(st.sampled_from([1, 3]))
    query = f"SELECT * {{ VALUES ?x {{ {quote * width}{written}{quote * width} }} }}"
    answer = EmbeddedEngine.load([]).evaluate(query)
    (row,) = json.loads(answer.read())["results"]["bindings"]
    assert row["x"]["value"] == value


@pytest.mark.parametrize("word", sorted(KEYWORDS))
def test_every_word_is_read_in_any_case(word: str) -> None:
    tokens = [*tokenize(word), *tokenize(word.lower())]
    assert [token.keyword for token in tokens] == [word, word]


@pytest.mark.parametrize(
    "piece",
    ["a.", "{", "<a", "'", "a ", "ex:a.", "..", "#\n", "\\u0041", "1e", "?", "_:a.", '"""\'', "<<"],
)
def test_a_long_text_is_read_in_linear_time(piece: str) -> None:
    """A quadratic lexer would not come back from these."""
    tokens, error = read_all("ASK " + piece * 100_000)
    assert tokens
    assert error is None or error.line is not None


def test_an_error_leads_to_the_text_that_was_written() -> None:
    engine = EmbeddedEngine.load([])
    text = "PREFIX ex: <http://example.org/>\r\n# ?\rSELECT * {\n  ?s ex:é.ü '''x\n''' ; ] }"
    with pytest.raises(QuerySyntaxError) as raised:
        engine.evaluate(text)
    assert (raised.value.line, raised.value.column) == (5, 7)
