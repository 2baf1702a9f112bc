r"""No query reaches out of the machine, however it is written, unless the operator allows it.

A real endpoint listens and counts connections. Queries in which SERVICE truly stands are refused
by name; those that only look so are answered; between the two, nothing connects either way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from canary import listening
from raw_http import get, post, request
from server_process import check_problem, serving, write_ring

if TYPE_CHECKING:
    from collections.abc import Iterator

    from canary import Endpoint
    from raw_http import Reply
    from server_process import Server

OK, BAD_REQUEST, FORBIDDEN = 200, 400, 403
EXAMPLES = settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
WAYS = st.sampled_from(["get", "direct", "form"])


@pytest.fixture(scope="module")
def canary() -> Iterator[Endpoint]:
    with listening() as endpoint:
        yield endpoint


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving("--data", write_ring(tmp_path_factory.mktemp("data"))) as server:
        yield server


def send(server: Server, query: str, way: str) -> Reply:
    """Ask in one of the three ways of the protocol (2.1)."""
    if way == "get":
        data = get(query)
    elif way == "direct":
        data = post(query.encode())
    else:
        body = f"query={quote(query)}".encode()
        data = post(body, content_type="application/x-www-form-urlencoded")
    reply = request(server.port, data)
    assert reply, query
    return reply


def escaped(word: str, which: list[bool], wide: list[bool]) -> str:
    """Write some letters as codepoint escapes (19.2)."""
    return "".join(
        (f"\\U{ord(letter):08X}" if eight else f"\\u{ord(letter):04x}") if escape else letter
        for letter, escape, eight in zip(word, which, wide, strict=True)
    )


def letters(word: str) -> st.SearchStrategy[str]:
    """A word in any case, some of its letters as escapes."""
    flags = st.lists(st.booleans(), min_size=len(word), max_size=len(word))
    cased = flags.map(
        lambda upper: "".join(
            letter.upper() if up else letter.lower() for letter, up in zip(word, upper, strict=True)
        )
    )
    return st.builds(escaped, cased, flags, flags)


SPACE = st.sampled_from([" ", "\t", "\n", "\r", "\r\n", "#\n", "# '\r", "  # <\n ", "#\\u000a\n"])
BEFORE = st.sampled_from(
    ["", " ", "\r", "#x\n", "?s ?p ?o.", "?s ?p 'SERVICE'.", "{}", "FILTER(1<2)"]
)
SILENT = st.sampled_from(["", "SILENT", "silent"])
GENUINE = st.sampled_from(
    [
        "ASK{%s}",
        "ASK{{%s}}",
        "ASK{OPTIONAL{%s}}",
        "ASK{{}UNION{%s}}",
        "ASK{MINUS{%s}}",
        "ASK{GRAPH ?g{%s}}",
        "ASK{FILTER EXISTS{%s}}",
        "ASK{FILTER NOT EXISTS{%s}}",
        "ASK{BIND(EXISTS{%s} AS ?e)}",
        "SELECT*{{SELECT*{%s}}}",
        "SELECT(EXISTS{%s}AS ?e){}",
        "SELECT*{}ORDER BY(EXISTS{%s})",
        "SELECT(COUNT(*)AS?n){?s ?p ?o}HAVING(EXISTS{%s})",
        "CONSTRUCT{}WHERE{%s}",
        "DESCRIBE ?s{%s}",
        "PREFIX service:<http://e/>ASK{?s service:SERVICE ?o.%s}",
        "ASK{FILTER(?a<?b)%s FILTER(?c>?d)}",
        "ASK{?s ?p '''a'b\"'''.%s}",
        'ASK{?s ?p """\\"""".%s}',
        "ASK{?s ?p <http://e/#>.%s}",
        "ASK{?s ?p true.%s}",
        "ASK{?s ?p 1.%s}",
        "ASK{?s ?p 'a'@en.%s}",
        "ASK{?s ?p [].%s}",
        "ASK{?s ?p ().%s}",
        "ASK{_:b ?p _:c.%s}",
        "ASK{VALUES ?x{1}%s}",
    ]
)


@st.composite
def with_service(draw: st.DrawFn) -> str:
    """A query in which SERVICE is a keyword; `CANARY` stands for the endpoint's IRI."""
    word = draw(letters("service"))
    endpoint = draw(st.sampled_from(["<CANARY>", "?endpoint", "e:sparql", "<\\u0068" + "CANARY>"]))
    space = draw(SPACE)
    call = f"{word}{space}{draw(SILENT)}{space}{endpoint}{draw(SPACE)}{{?x ?y ?z}}"
    return "PREFIX e:<BASE/> " + draw(GENUINE) % (draw(BEFORE) + call)


@EXAMPLES
@given(query=with_service(), way=WAYS)
def test_service_is_refused(query: str, way: str, server: Server, canary: Endpoint) -> None:
    base = canary.iri.removesuffix("/sparql")
    text = query.replace("<\\u0068CANARY", "<\\u0068" + canary.iri[1:])
    text = text.replace("CANARY", canary.iri).replace("BASE", base)
    reply = send(server, text, way)
    assert canary.connections == 0, text
    problem = check_problem(reply, [FORBIDDEN])
    assert "--allow-service" in str(problem["detail"])


@pytest.mark.parametrize(
    "query",
    [
        "ASK {} # SERVICE <CANARY> {}",
        "PREFIX service: <CANARY> ASK { OPTIONAL { ?s service:SERVICE service: } }",
        "PREFIX SERVICE: <CANARY> ASK { OPTIONAL { ?s SERVICE:x <CANARY> } }",
        "ASK { OPTIONAL { ?SERVICE ?service $SERVICE } }",
        "ASK { FILTER('SERVICE <CANARY> {}' = \"SERVICE <CANARY> {}\") }",
        "ASK { FILTER('''\n} SERVICE <CANARY> {} \n''' != '') }",
        "ASK { FILTER('\\u0027 SERVICE <CANARY> {}' != '') }",
        "ASK { OPTIONAL { ?s <CANARY#SERVICE> 'x'@SERVICE } }",
        "ASK { OPTIONAL { _:SERVICE ?p <urn:SERVICE> } }",
        "PREFIX e: <CANARY> ASK { OPTIONAL { ?s e:\\-SERVICE e:x.SERVICE } }",
        "PREFIX SERVICEe: <CANARY> ASK { OPTIONAL { ?s ?p SERVICEe:a } }",
        "ASK { FILTER(1<2) OPTIONAL { ?s ?p '<' } # > SERVICE <CANARY> {} \n}",
    ],
)
def test_what_only_looks_like_it_is_answered(query: str, server: Server, canary: Endpoint) -> None:
    for way in ("get", "direct", "form"):
        reply = send(server, query.replace("CANARY", canary.iri), way)
        assert (reply.outcome, reply.body) == (OK, b'{"head":{},"boolean":true}')
    assert canary.connections == 0


PIECES = st.sampled_from(
    [
        *(
            "SERVICE",
            "service",
            "\\u0053ERVICE",
            "SERVIC\\U00000045",
            "SERVICEe:",
            "eSERVICE",
            "silent",
        ),
        *("<CANARY>", "<CANARY", "CANARY>", "{", "}", "{}", "{?x ?y ?z}", "(", ")", "[", "]", "()"),
        *(
            "<",
            ">",
            "<'>')",
            "FILTER(1<",
            "FILTER",
            "1<",
            ">2",
            "'",
            '"',
            "'''",
            '"""',
            "\\",
            "\\'",
        ),
        *("#", "#\n", "\r", "\n", " ", "\t", "\u00a0", "\u2028", "\ufeff", "\u0000", "\u017f"),
        *(
            "?",
            "?a",
            "$",
            "_:",
            ":",
            "e:",
            "e:a",
            ".",
            ";",
            ",",
            "true",
            "TRUE",
            "1",
            "1.",
            "1e",
            "@en",
            "^^",
        ),
        *(
            "UNION",
            "OPTIONAL",
            "EXISTS",
            "SELECT",
            "*",
            "ASK",
            "WHERE",
            "PREFIX e:<CANARY>",
            "BASE",
        ),
        *("%53ERVICE", "&", "+", "\\u0027", "\\u000a", "\\u003e", "\\uD800", "\\u0000"),
    ]
)


@EXAMPLES
@given(
    pieces=st.lists(PIECES, min_size=1, max_size=25),
    begins=st.sampled_from(["ASK{", "SELECT*{", "PREFIX e:<CANARY>ASK{?s ?p ", ""]),
    ends=st.sampled_from(["SERVICE<CANARY>{}}", "}", ""]),
    way=WAYS,
)
def test_no_text_at_all_makes_it_connect(
    pieces: list[str], begins: str, ends: str, way: str, server: Server, canary: Endpoint
) -> None:
    text = (begins + "".join(pieces) + ends).replace("CANARY", canary.iri)
    reply = send(server, text, way)
    assert reply.outcome in (OK, BAD_REQUEST, FORBIDDEN), text
    assert canary.connections == 0, text


@pytest.fixture(scope="module")
def allowed() -> Iterator[Endpoint]:
    with listening() as endpoint:
        yield endpoint


@pytest.fixture(scope="module")
def open_server(allowed: Endpoint, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One whose queries may reach `allowed`."""
    data = write_ring(tmp_path_factory.mktemp("data"))
    with serving("--data", data, "--allow-service", allowed.iri) as server:
        yield server


def test_an_allowed_endpoint_and_no_other_is_reached(
    allowed: Endpoint, canary: Endpoint, open_server: Server
) -> None:
    allowed.redirect = ""
    reply = open_server.query(f"SELECT ?told {{ SERVICE <{allowed.iri}> {{ ?s ?p ?told }} }}")
    assert (reply.outcome, b"by the endpoint" in reply.body) == (OK, True), reply.body
    assert {target.partition("?")[0] for target in allowed.targets} == {"/sparql"}
    reached = allowed.connections
    for endpoint in others(allowed, canary):
        for query in (
            f"SELECT * {{ SERVICE {endpoint} {{ ?s ?p ?o }} }}",
            f"SELECT * {{ SERVICE SILENT {endpoint} {{ ?s ?p ?o }} }}",
            f"SELECT * {{ SERVICE <{allowed.iri}> {{ SERVICE {endpoint} {{ ?s ?p ?o }} }} }}",
            f"SELECT * {{ {{ SERVICE <{allowed.iri}> {{}} }} "
            f"{{ BIND(<{canary.iri}> AS ?e) SERVICE {endpoint} {{ ?s ?p ?o }} }} }}",
        ):
            check_problem(open_server.query(query), [BAD_REQUEST, FORBIDDEN])
    assert (allowed.connections, canary.connections) == (reached, 0)
    open_server.check_health()


def others(allowed: Endpoint, canary: Endpoint) -> list[str]:
    """Endpoints that are not the allowed one, most of them made to be taken for it."""
    host = f"127.0.0.1:{allowed.port}"
    return [
        f"<{canary.iri}>",
        "?e",
        f"<http://{host}/sparql/../x>",
        f"<http://{host}/sparql/>",
        f"<http://{host}/sparql2>",
        f"<http://{host}/sparql?x>",
        f"<http://{host}/sparql#x>",
        f"<http://{host}/SPARQL>",
        f"<http://{host}/%73parql>",
        f"<http://{host}>",
        f"<https://{host}/sparql>",
        f"<http://{host}@127.0.0.1:{canary.port}/sparql>",
        f"<http://user@{host}/sparql>",
        f"<http://localhost:{allowed.port}/sparql>",
        f"<http://127.0.0.1:{canary.port}/sparql?{allowed.iri}>",
        f"<http://127.0.0.1:{canary.port}/{allowed.iri}>",
        f"<http://2130706433:{canary.port}/sparql>",
    ]


def test_a_base_cannot_turn_a_name_into_another(
    allowed: Endpoint, canary: Endpoint, open_server: Server
) -> None:
    """What is compared is what is reached: after BASE, PREFIX and escapes are resolved."""
    for query in (
        f"BASE <http://127.0.0.1:{canary.port}/> ASK {{ SERVICE <sparql> {{}} }}",
        f"PREFIX e: <http://127.0.0.1:{canary.port}/> ASK {{ SERVICE e:sparql {{}} }}",
        f"PREFIX e: <{allowed.iri}> PREFIX e: <{canary.iri}> ASK {{ SERVICE e: {{}} }}",
        f"BASE <{canary.iri}> PREFIX e: <> ASK {{ SERVICE e: {{}} }}",
        f"BASE <{canary.iri}> PREFIX e: <{allowed.iri}> ASK {{ SERVICE <> {{}} }}",
    ):
        check_problem(open_server.query(query), [BAD_REQUEST, FORBIDDEN])
    assert canary.connections == 0


@pytest.mark.parametrize("silent", ["", "SILENT"])
def test_an_allowed_endpoint_cannot_lead_on(
    silent: str, allowed: Endpoint, canary: Endpoint, open_server: Server
) -> None:
    """A redirection would let whoever runs the one endpoint reach every other."""
    allowed.redirect = canary.iri
    before = len(allowed.targets)
    reply = open_server.query(f"ASK {{ SERVICE {silent} <{allowed.iri}> {{ ?s ?p ?o }} }}")
    assert len(allowed.targets) > before
    assert canary.connections == 0
    assert silent or reply.outcome != OK
    open_server.check_health()
