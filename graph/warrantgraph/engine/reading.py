r"""What must be known about a query before any engine sees it, learned from its tokens alone.

The lexer decides nothing more than this: the form, whether the query names its dataset, and
where it asks for `SERVICE`. The grammar is the engine's business.

>>> query = read_query("ASK { ?s a ?o } # SERVICE")
>>> query.form.value
'ASK'
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from warrantgraph.engine.keywords import FORM_WORDS, PROLOGUE_WORDS, UPDATE_WORDS
from warrantgraph.engine.lexer import Token, TokenKind, tokenize, unescape
from warrantgraph.engine.plain import write_plainly
from warrantgraph.errors import QuerySyntaxError, ServiceRefusedError
from warrantgraph.namespaces import BASE

__all__ = ["Query", "QueryForm", "find_service", "query_form", "read_query"]


class QueryForm(Enum):
    """The form of a query, which decides what it returns (section 16)."""

    SELECT = "SELECT"
    ASK = "ASK"
    CONSTRUCT = "CONSTRUCT"
    DESCRIBE = "DESCRIBE"


@dataclass(frozen=True, slots=True)
class Query:
    """A query whose tokens have been read, and whose grammar has not."""

    text: str
    form: QueryForm
    tokens: tuple[Token, ...]
    plain: str
    """The same query for the engine: see `warrantgraph.engine.plain`."""

    @property
    def names_its_dataset(self) -> bool:
        """Whether it says `FROM`, so that its default graph is not the engine's own (13.2)."""
        return any(token.keyword == "FROM" for token in self.tokens)

    def refuse_service(self, allowed: frozenset[str] = frozenset()) -> None:
        """Raise ServiceRefusedError for a `SERVICE` whose endpoint is not one of those allowed.

        An endpoint is allowed only where its IRI is written out, and is the same to the letter: a
        variable, a prefixed name or a relative IRI could come to mean something else.
        """
        for position, token in enumerate(self.tokens):
            if token.keyword == "SERVICE":
                endpoint = self._endpoint_after(position)
                if endpoint is None or endpoint not in allowed:
                    raise ServiceRefusedError(
                        line=token.line, column=token.column, endpoint=endpoint
                    )

    def _endpoint_after(self, position: int) -> str | None:
        following = self.tokens[position + 1 : position + 3]
        if following and following[0].keyword == "SILENT":
            following = following[1:]
        if following and following[0].kind is TokenKind.IRI:
            return unescape(following[0].text[1:-1])
        return None

    def undeclared_prefix(self) -> Token | None:
        """The first prefixed name whose prefix nothing before it declares (4.1.1)."""
        declared: set[str] = set()
        before: Token | None = None
        for token in self.tokens:
            if token.kind is TokenKind.PREFIXED_NAME:
                label = token.text.partition(":")[0]
                if before and before.keyword == "PREFIX":
                    declared.add(label)
                elif label not in declared:
                    return token
            before = token
        return None


def read_query(text: str) -> Query:
    r"""Read the tokens of a query.

    Raises QuerySyntaxError when they are not SPARQL's, or when it is an update. A query that
    declares no base has the project's own, so that a relative IRI names a thing of the project
    (4.1.1.2; SPARQL 1.1 Protocol leaves the base to the service).

    >>> print(read_query("DESCRIBE <id/person/x>").plain)
    BASE <\u0068ttps://w3id.org/warrantgraph/> DESCRIBE <\u0069d/person/x>
    """
    tokens = tuple(tokenize(text))
    form = _form(tokens)
    return Query(text, form, tokens, write_plainly((*_BASE_DECLARATION, *tokens)))


_BASE_DECLARATION = tuple(tokenize(f"BASE <{BASE}>"))


def query_form(text: str) -> QueryForm:
    """Tell the form of a query; raises QuerySyntaxError when it has none, or is an update.

    >>> query_form("BASE <http://example.org/> DESCRIBE <select>")
    <QueryForm.DESCRIBE: 'DESCRIBE'>
    """
    return _form(tuple(tokenize(text)))


def find_service(text: str) -> Token | None:
    r"""Find the first `SERVICE` that is a keyword, not a name, a variable, a string or a comment.

    >>> find_service('ASK { ?service service:SERVICE "SERVICE" } # SERVICE')
    >>> find_service("ASK {\n \\u0053ervice ?x {} }")
    Token(kind=<TokenKind.KEYWORD: 'keyword'>, text='Service', line=2, column=2)
    """
    return _service(tuple(tokenize(text)))


def _service(tokens: tuple[Token, ...]) -> Token | None:
    return next((token for token in tokens if token.keyword == "SERVICE"), None)


def _form(tokens: tuple[Token, ...]) -> QueryForm:
    words = (token for token in tokens if token.kind is TokenKind.KEYWORD)
    first = next((token for token in words if token.keyword not in PROLOGUE_WORDS), None)
    if first is None:
        raise QuerySyntaxError(
            "a query says SELECT, ASK, CONSTRUCT or DESCRIBE; this text does not",
            line=tokens[-1].line if tokens else 1,
            column=tokens[-1].column if tokens else 1,
        )
    if first.keyword in FORM_WORDS:
        return QueryForm[first.text.upper()]
    if first.keyword in UPDATE_WORDS:
        message = f"{first.keyword} begins an update, and updates are not accepted here"
    else:
        message = f"expected SELECT, ASK, CONSTRUCT or DESCRIBE, not {first.text}"
    raise QuerySyntaxError(message, line=first.line, column=first.column)
