"""The formats of answers: what they are called, and which form of query each can carry.

SPARQL 1.1 Query Results JSON, XML and CSV/TSV Formats for solutions and booleans; the RDF
syntaxes for graphs. SPARQL defines no CSV or TSV of a boolean, so there is none here.

>>> SOLUTION_FORMATS["csv"].media_type
'text/csv'
>>> list(BOOLEAN_FORMATS)
['json', 'xml']
"""

from __future__ import annotations

from dataclasses import dataclass

from warrantgraph.engine.reading import QueryForm

__all__ = [
    "BOOLEAN_FORMATS",
    "FORMATS",
    "GRAPH_FORMATS",
    "SOLUTION_FORMATS",
    "Format",
    "formats_of",
]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its short name, media type, file extension, and other names it is asked by."""

    name: str
    media_type: str
    extension: str
    aliases: tuple[str, ...] = ()
    charset: str | None = None
    """Given in the media type where the type's own default is not UTF-8."""

    @property
    def content_type(self) -> str:
        """The value of the header `Content-Type`.

        >>> FORMATS["turtle"].content_type
        'text/turtle; charset=utf-8'
        """
        return f"{self.media_type}; charset={self.charset}" if self.charset else self.media_type


_JSON = Format("json", "application/sparql-results+json", "srj", ("application/json",))
_XML = Format("xml", "application/sparql-results+xml", "srx", ("application/xml", "text/xml"))
_CSV = Format("csv", "text/csv", "csv", charset="utf-8")
_TSV = Format("tsv", "text/tab-separated-values", "tsv", charset="utf-8")
_TURTLE = Format("turtle", "text/turtle", "ttl", ("application/x-turtle",), "utf-8")
_N_TRIPLES = Format("ntriples", "application/n-triples", "nt", ("text/plain",))
_RDF_XML = Format("rdfxml", "application/rdf+xml", "rdf", ("application/xml", "text/xml"))
_JSON_LD = Format("jsonld", "application/ld+json", "jsonld", ("application/json",))
_TRIG = Format("trig", "application/trig", "trig", ("application/x-trig",))
_N_QUADS = Format("nquads", "application/n-quads", "nq", ("text/x-nquads",))


def _by_name(*formats: Format) -> dict[str, Format]:
    return {each.name: each for each in formats}


SOLUTION_FORMATS = _by_name(_JSON, _XML, _CSV, _TSV)
"""What a SELECT can be answered in; the first is preferred."""

BOOLEAN_FORMATS = _by_name(_JSON, _XML)
"""What an ASK can be answered in; the first is preferred."""

GRAPH_FORMATS = _by_name(_TURTLE, _N_TRIPLES, _RDF_XML, _JSON_LD, _TRIG, _N_QUADS)
"""What a CONSTRUCT or a DESCRIBE can be answered in; the first is preferred."""

FORMATS = SOLUTION_FORMATS | GRAPH_FORMATS
"""Every format by its short name."""


def formats_of(form: QueryForm) -> dict[str, Format]:
    """The formats that can carry what a form of query returns, the preferred one first.

    >>> list(formats_of(QueryForm.ASK))
    ['json', 'xml']
    """
    if form is QueryForm.SELECT:
        return SOLUTION_FORMATS
    return BOOLEAN_FORMATS if form is QueryForm.ASK else GRAPH_FORMATS
