"""Small graphs and queries made at random; `choose` is hypothesis's or a seeded generator's."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from rdflib import XSD, BNode, Literal, URIRef

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rdflib.term import Node

Chosen = TypeVar("Chosen")

PREFIXES = {"ex": "urn:x:", "xsd": str(XSD)}
NODES: list[Node] = [*(URIRef(f"urn:x:{name}") for name in "abcp"), BNode("one"), BNode("two")]
PREDICATES: list[URIRef] = [URIRef(f"urn:x:{name}") for name in "pqr"]
LITERALS: list[Node] = [
    Literal("ab"),
    Literal(""),
    Literal("Ab", lang="en"),
    Literal("ab", lang="de"),
    Literal("ab", datatype=XSD.string, normalize=False),
    *(Literal(each, datatype=XSD.integer, normalize=False) for each in ("0", "1", "01", "7", "x")),
    *(Literal(each, datatype=XSD.nonNegativeInteger, normalize=False) for each in ("7", "-1")),
    *(Literal(each, datatype=XSD.double, normalize=False) for each in ("1.0", "NaN", "7e0")),
    Literal("1.50", datatype=XSD.decimal, normalize=False),
    *(Literal(each, datatype=XSD.boolean, normalize=False) for each in ("true", "0", "maybe")),
    *(Literal(each, datatype=XSD.date, normalize=False) for each in ("2024-05-20", "2024-13-01")),
    Literal("2024-05-20T00:00:00Z", datatype=XSD.dateTime, normalize=False),
    Literal("a", datatype=URIRef("urn:x:own"), normalize=False),
    Literal("b", datatype=URIRef("urn:x:own"), normalize=False),
]

VARIABLES = ["$this", "?x", "?y", "?z"]
CONSTANTS = ["ex:a", "ex:b", "ex:p", "ex:unknown"]
VALUES = ['"ab"', '""', '"ab"@de', "1", "01", "0", "7", "1.5", "1e0", "true", '"x"^^xsd:integer']
SUPPORTED_PATHS = ["ex:p/ex:q", "^ex:p", "ex:p|^ex:q", "ex:p*", "ex:q+", "ex:r?", "(ex:p/ex:q)*"]
PATHS = [
    *SUPPORTED_PATHS,
    "ex:p/ex:q*",
    "^ex:p*/ex:q",
    "(ex:p|ex:q)+",
    "ex:p*/ex:q*",
    "^(ex:p/ex:r?)",
    "(ex:p*)*",
    "!ex:p",
    "!(ex:p|ex:q)",
    "!(ex:p|^ex:q)",
    "ex:p/!ex:q/^ex:r",
    "ex:p/ex:q/ex:r",
]
ONE_ARGUMENT = "STR STRLEN LANG DATATYPE isIRI isBlank isLiteral isNumeric UCASE LCASE ABS YEAR"
OTHER_CALLS = [
    'COALESCE( {a} , {b} )', 'IF( {a} , {b} , {c} )', 'SUBSTR( STR( {a} ) , 2 )',
    'CONCAT( STR( {a} ) , {b} )', 'STRBEFORE( {a} , {b} )', 'REPLACE( {a} , "a" , "b" )',
    'xsd:integer( {a} )', 'xsd:string( {a} )', 'STRDT( STR( {a} ) , xsd:integer )', 'IRI( {a} )',
    'LANGMATCHES( LANG( {a} ) , "*" )', '{a} * {b}', '{a} / {b}', '- {a}', 'STRLANG( {a} , "en" )',
    'ex:own( {a} )', 'ENCODE_FOR_URI( {a} )', 'ROUND( {a} )',
]  # fmt: skip


class Grammar:
    """Writes queries; with `plain`, only such as the screen decides whatever the data."""

    def __init__(self, choose: Callable[[Sequence[str]], str], *, plain: bool = False) -> None:
        self._choose = choose
        self._plain = plain

    def _one(self, *of: str) -> str:
        return self._choose(of)

    def _flip(self, chances: int = 2) -> bool:
        return self._choose(["yes", *["no"] * (chances - 1)]) == "yes"

    def select(self) -> str:
        form = "$this ?x" if self._plain else self._one("$this ?x", "DISTINCT $this", "*", "$this")
        end = "" if self._plain else self._one("", "", "", "ORDER BY ?x", "LIMIT 1", "OFFSET 1")
        group = self._group(2)
        if self._plain or self._flip():
            group = f"{{ $this $PATH ?x . {group[1:]}"
        return f"SELECT {form} WHERE {group} {end}"

    def _group(self, depth: int) -> str:
        count = int(self._one("1", "2", "3"))
        return "{ " + " ".join(self._part(depth) for _ in range(count)) + " }"

    def _part(self, depth: int) -> str:
        kinds = ["triple", "triple", "triple", "filter", "filter"]
        if depth:
            kinds += ["optional", "union", "exists", "exists", "bind"]
            kinds += [] if self._plain else ["group", "select", "strange"]
        kind = self._choose(kinds)
        if kind == "triple":
            return self._triple()
        if kind == "filter":
            return f"FILTER( {self.condition(2)} )"
        inner = self._group(depth - 1)
        if kind == "optional":
            return f"OPTIONAL {inner}"
        if kind == "union":
            return f"{inner} UNION {self._group(depth - 1)}"
        if kind == "exists":
            return f"FILTER {self._one('', 'NOT ')}EXISTS {inner}"
        if kind == "bind":
            value = self._term() if self._plain else self.value(1)
            return f"BIND( {value} AS ?n{self._one('1', '2', '3', '4', '5', '6')} )"
        if kind == "select":
            return "{ SELECT $this ?x WHERE " + inner + " }"
        if kind == "strange":
            return self._one(
                f"MINUS {inner}",
                "VALUES ?x { ex:a 1 }",
                f"GRAPH ?g {inner}",
                "{ SELECT $this (COUNT( ?x ) AS ?y) WHERE " + inner + " GROUP BY $this }",
                "{ SELECT $this ?x WHERE " + inner + " LIMIT 1 }",
            )
        return inner

    def _term(self) -> str:
        return self._choose([*VARIABLES, *VARIABLES, *CONSTANTS, *VALUES[:3]])

    def _triple(self) -> str:
        subject = self._choose([*VARIABLES, "$this", "$this", "?x", "ex:a", "_:some"])
        paths = SUPPORTED_PATHS if self._plain else PATHS
        predicate = self._choose(["ex:p", "ex:q", "ex:r", "ex:p", "?y", *paths])
        return f"{subject} {predicate} {self._term()} ."

    def condition(self, depth: int) -> str:
        kinds = ["compare", "compare", "compare", "bound", "in", "text", "value"]
        kinds += ["and", "or", "not", "exists"] if depth else []
        kind = self._choose(kinds)
        if kind in ("and", "or"):
            sign = "&&" if kind == "and" else "||"
            return f"( {self.condition(depth - 1)} {sign} {self.condition(depth - 1)} )"
        if kind == "not":
            return f"!( {self.condition(depth - 1)} )"
        if kind == "exists":
            return f"{self._one('', 'NOT ')}EXISTS {self._group(0)}"
        if kind == "bound":
            return f"BOUND( {self._choose(VARIABLES)} )"
        if kind == "compare":
            sign = self._one("=", "!=", "<", "<=", ">", ">=")
            return f"{self.value(1)} {sign} {self.value(1)}"
        if kind == "in":
            members = f"{self.value(0)} , {self.value(0)}"
            return f"{self.value(1)} {self._one('IN', 'NOT IN')} ( {members} )"
        return self._text() if kind == "text" else self.value(2)

    def _text(self) -> str:
        first, second = (self._one("STR( {} )", "{}").format(self.value(0)) for _ in range(2))
        if self._flip(3):
            pattern = self._one('"^A"', '"b$"', '"[0-9]"', '"x|a"') if self._plain else second
            flags = self._one("", ' , "i"', ' , "sm"')
            return f"REGEX( {first} , {pattern}{flags} )"
        return f"{self._one('CONTAINS', 'STRSTARTS', 'STRENDS', 'sameTerm')}( {first} , {second} )"

    def value(self, depth: int) -> str:
        if not depth or self._flip():
            return self._choose([*VARIABLES, *VARIABLES, "?x", "?n1", *CONSTANTS, *VALUES])
        if self._flip(3):
            return f"( {self.value(0)} {self._one('+', '-')} {self.value(0)} )"
        if self._plain or self._flip():
            return f"{self._choose(ONE_ARGUMENT.split())}( {self.value(depth - 1)} )"
        given = {name: self.value(depth - 1) for name in "abc"}
        return f"( {self._choose(OTHER_CALLS).format(**given)} )"
