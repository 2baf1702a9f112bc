"""Drives the server over HTTP with W3C's SPARQL test suites: `make conformance SUITE=…`.

`facts` reads Turtle, `manifest` the cases and `exchanges` their HTTP requests. `dataset` and
`serving` put a case's data behind a server. `applicability` tells what a read-only endpoint does
not do; `queries`, `protocol`, `graph_store`, `description` and `refusals` run the rest, with
`results`, `resultset` and `comparison` to judge answers. `run` does it all on a few processes;
`reasons` holds why a case may fail; `earl` and `table` tell the outcome.
"""

__all__: list[str] = []
