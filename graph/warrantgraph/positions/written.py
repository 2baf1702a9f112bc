"""A term and a statement as they are written: offsets in the text, in code points."""

from __future__ import annotations

__all__ = ["Statement", "Term"]

Term = tuple[int, int, int | str | None]
"""First offset, offset after the last; and which blank node it is, by its label or a number.

A property list and a list are their opening bracket: where they end is not known yet when they
are told. Plain tuples, since there is one for every token of a large file.
"""

Statement = tuple[Term, Term, Term]
"""Subject, predicate, object; a subject before `;` or `,` stands where it was written.

Of the triples that a list consists of, the subject and the predicate are its opening bracket;
the object is the member, or for `rdf:rest` the opening bracket, and at its end the closing one.
"""
