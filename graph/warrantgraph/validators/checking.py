"""What a worker does with an upload: read it, and check it.

All that is ours is loaded once, in the keeper, before any worker is forked.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from warrantgraph.errors import InputError
from warrantgraph.validation import Input, check_inputs, load_shapes
from warrantgraph.validation.inputs import SYNTAXES
from warrantgraph.validation.running import our_vocabulary, read_shapes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rdflib import Graph

    from warrantgraph.reports import Report
    from warrantgraph.validators.unpacking import InputFile, Upload

__all__ = ["check", "load_ours"]


@cache
def _our_shapes() -> Graph:
    return load_shapes()


def load_ours() -> None:
    """Load our shapes, ontology and schemes."""
    _our_shapes()
    our_vocabulary()


def check(upload: Upload, *, ontology: bool) -> Report:
    """Validate files as one graph, with their shapes, or ours where there are none.

    Raises InputError, with the place, where a file is not RDF or the shapes cannot be used.
    """
    shapes = read_shapes(_inputs(upload.shapes)) if upload.shapes else _our_shapes()
    try:
        report = check_inputs(_inputs(upload.data), shapes, ontology=ontology)
    except (NotImplementedError, ValueError) as error:  # what is theirs, such as an endless list
        raise InputError(f"the shapes cannot be used: {error}") from error
    for unread in report.unread:
        raise unread
    return report


def _inputs(files: Iterable[InputFile]) -> list[Input]:
    return [Input(Path(file.name), SYNTAXES[file.syntax], file.content) for file in files]
