"""Where the triples of a Turtle or TriG text are written, in the order in which they are parsed.

pyoxigraph tells no positions, so a second reader walks the text beside it. It keeps a stack of
its own, so that a text nested a hundred thousand levels deep is read like any other.

pyoxigraph's order: a triple is told when its object is complete. A property list `[ ... ]` is
complete at its end, a list `( ... )` at its first member; a string without a language or a
datatype only at the token after it, which may still bring one. Of several triples that one token
completes, the last is told first. `aligning` checks all this against the terms themselves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from warrantgraph.positions.lexing import PLAIN, STRING, TAGGED, TOKEN
from warrantgraph.positions.scope import Scope

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from warrantgraph.positions.written import Statement, Term

__all__ = ["TurtleScanner"]

_SUBJECT, _PREDICATE, _OBJECT, _MEMBER, _PREFIX, _NAMESPACE, _BASE, _VERSION = range(8)
"""What comes next."""

_NOWHERE: Final = (0, 0, None)

_DIRECTIVES: Final = {
    "@base": _BASE,
    "@prefix": _PREFIX,
    "@version": _VERSION,
    "base": _BASE,
    "graph": _SUBJECT,
    "prefix": _PREFIX,
    "version": _VERSION,
}


class TurtleScanner:
    """Yields the statements of a text; ends early at what it cannot read, and never raises.

    `scope` holds the prefixes and the base as they are at the statement that was yielded last.
    Nested brackets cost memory, one frame each, and no recursion.

    >>> text = '@prefix e: <http://e/> . e:s e:p [ e:q 1 ] .'
    >>> for subject, predicate, value in TurtleScanner(text):
    ...     print([text[start:end] for start, end, _ in (subject, predicate, value)])
    ['[', 'e:q', '1']
    ['e:s', 'e:p', '[']
    """

    def __init__(self, text: str, base: str | None = None) -> None:
        self.scope = Scope(text, base)
        self._text = text
        self._role = _SUBJECT
        self._subject: Term = _NOWHERE
        self._predicate: Term = _NOWHERE
        self._nodes = 0
        self._stack: list[tuple[Term, Term, int]] = []
        self._batch: list[Statement] = []
        self._pending: Statement | None = None
        self._marks: dict[str, Callable[[int, int], None]] = {
            ".": self._end_statement,
            "{": self._end_statement,
            "}": self._end_statement,
            ";": self._next_predicate,
            ",": self._next_object,
            "[": self._open_properties,
            "]": self._close_properties,
            "(": self._open_list,
            ")": self._close_list,
        }

    def __iter__(self) -> Iterator[Statement]:
        batch = self._batch
        marks = self._marks
        for match in TOKEN.finditer(self._text):
            if self._pending is not None:
                self._tell_pending()
            kind = match.lastindex
            if kind == PLAIN:
                token = match[PLAIN]
                start, end = match.span(PLAIN)
                mark = marks.get(token)
                if mark is not None:
                    mark(start, end)
                elif self._role == _SUBJECT and token.lower() in _DIRECTIVES:
                    self._role = _DIRECTIVES[token.lower()]
                else:
                    self._term((start, end, token if token[0] == "_" else None))
            elif kind == STRING:
                self._string(*match.span(STRING))
            elif kind == TAGGED:
                self._string(match.start(STRING), match.end())
                yield from reversed(batch)  # these were complete before the language or datatype
                batch.clear()
                self._tell_pending()
            else:
                return
            if batch:
                batch.reverse()
                yield from batch
                batch.clear()

    def _tell_pending(self) -> None:
        if self._pending is not None:
            self._batch.append(self._pending)
            self._pending = None

    def _term(self, term: Term) -> None:
        role = self._role
        if role == _PREDICATE:
            self._predicate = term
            self._role = _OBJECT
        elif role == _OBJECT:
            self._batch.append((self._subject, self._predicate, term))
        elif role == _SUBJECT:
            self._subject = term
            self._role = _PREDICATE
        elif role == _MEMBER:
            self._begin_member()
            self._batch.append((self._subject, self._predicate, term))
        else:
            self._direct(term)

    def _string(self, start: int, end: int) -> None:
        if self._role == _VERSION:
            self._role = _SUBJECT
            return
        if self._role == _MEMBER:
            self._begin_member()
        self._pending = (self._subject, self._predicate, (start, end, None))

    def _direct(self, term: Term) -> None:
        if self._role == _PREFIX:
            self._predicate = term
            self._role = _NAMESPACE
            return
        if self._role == _NAMESPACE:
            self.scope.bind(self._predicate, term)
        elif self._role == _BASE:
            self.scope.rebase(term)
        self._role = _SUBJECT

    def _end_statement(self, _start: int, _end: int) -> None:
        self._role = _SUBJECT

    def _next_predicate(self, _start: int, _end: int) -> None:
        self._role = _PREDICATE

    def _next_object(self, _start: int, _end: int) -> None:
        self._role = _OBJECT

    def _open_properties(self, start: int, end: int) -> None:
        if self._role == _MEMBER:
            self._begin_member()
        self._stack.append((self._subject, self._predicate, self._role))
        self._subject = self._fresh(start, end)
        self._role = _PREDICATE

    def _close_properties(self, _start: int, _end: int) -> None:
        node = self._subject
        if self._pop():
            self._close(node)

    def _open_list(self, start: int, end: int) -> None:
        if self._role == _MEMBER:
            self._begin_member()
        self._stack.append((self._subject, self._predicate, self._role))
        self._subject = _NOWHERE
        self._predicate = (start, end, None)
        self._role = _MEMBER

    def _begin_member(self) -> None:
        """Make the list's next cell: it stands where the list begins."""
        start, end, _ = self._predicate
        cell = self._fresh(start, end)
        subject, predicate, role = self._stack[-1]
        if self._subject is not _NOWHERE:
            self._batch.append((self._subject, self._predicate, cell))
        elif role == _SUBJECT:
            self._stack[-1] = (cell, predicate, role)
        else:
            self._batch.append((subject, predicate, cell))
        self._subject = cell

    def _close_list(self, start: int, end: int) -> None:
        cell, opened = self._subject, self._predicate
        if not self._pop():
            return
        if cell is _NOWHERE:
            self._close((opened[0], end, None))
            return
        self._batch.append((cell, opened, (start, end, None)))
        if self._role == _SUBJECT:  # the frame has kept the first cell
            self._role = _PREDICATE

    def _close(self, node: Term) -> None:
        if self._role == _SUBJECT:
            self._subject = node
            self._role = _PREDICATE
        else:
            self._batch.append((self._subject, self._predicate, node))

    def _pop(self) -> bool:
        if not self._stack:  # nothing is open: pyoxigraph would have refused the text
            return False
        self._subject, self._predicate, self._role = self._stack.pop()
        return True

    def _fresh(self, start: int, end: int) -> Term:
        self._nodes += 1
        return start, end, self._nodes
