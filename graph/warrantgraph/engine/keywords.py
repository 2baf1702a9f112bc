"""The words of SPARQL: every bare word that a query may hold, in capitals.

Collected from the grammars of SPARQL 1.1 (section 19.8) and SPARQL 1.2, and the two extensions
that Oxigraph reads (`LATERAL`, `ADJUST`). A word that is not here is a syntax error, so that no
engine may find a known word at the beginning of an unknown one.
"""

__all__ = [
    "AGGREGATE_WORDS",
    "FORM_WORDS",
    "FUNCTION_WORDS",
    "KEYWORDS",
    "PROLOGUE_WORDS",
    "UPDATE_WORDS",
]

PROLOGUE_WORDS = frozenset({"BASE", "PREFIX", "VERSION"})
"""What may stand before the form of a query (production `Prologue`)."""

FORM_WORDS = frozenset({"ASK", "CONSTRUCT", "DESCRIBE", "SELECT"})
"""The four forms of a query (production `Query`)."""

UPDATE_WORDS = frozenset(
    {"ADD", "CLEAR", "COPY", "CREATE", "DELETE", "DROP", "INSERT", "LOAD", "MOVE", "WITH"}
)
"""What an update begins with (production `Update1`)."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_CLAUSE_WORDS = _words(
    """
    A ADJUST ALL AS ASC BIND BOUND BY DATA DEFAULT DESC DISTINCT EXISTS FALSE FILTER FROM GRAPH
    GROUP HAVING IN INTO LATERAL LIMIT MINUS NAMED NOT OFFSET OPTIONAL ORDER REDUCED SEPARATOR
    SERVICE SILENT TO TRUE UNDEF UNION USING VALUES WHERE
    """
)

FUNCTION_WORDS = _words(
    """
    ABS BNODE CEIL COALESCE CONCAT CONTAINS DATATYPE DAY ENCODE_FOR_URI FLOOR
    HASLANG HASLANGDIR HOURS IF IRI ISBLANK ISIRI ISLITERAL ISNUMERIC ISTRIPLE ISURI
    LANG LANGDIR LANGMATCHES LCASE MD5 MINUTES MONTH NOW OBJECT PREDICATE RAND REGEX
    REPLACE ROUND SAMETERM SAMEVALUE SECONDS SHA1 SHA256 SHA384 SHA512 STR STRAFTER
    STRBEFORE STRDT STRENDS STRLANG STRLANGDIR STRLEN STRSTARTS STRUUID SUBJECT SUBSTR
    TIMEZONE TRIPLE TZ UCASE URI UUID YEAR
    """
)
"""The functions that take a list of expressions (production `BuiltInCall`)."""

AGGREGATE_WORDS = _words("AVG COUNT GROUP_CONCAT MAX MIN SAMPLE SUM")
"""The aggregates (production `Aggregate`)."""

KEYWORDS = (
    PROLOGUE_WORDS | FORM_WORDS | UPDATE_WORDS | _CLAUSE_WORDS | FUNCTION_WORDS | AGGREGATE_WORDS
)
"""Every word; SPARQL reads them without regard to case."""
