r"""Writes the hostile queries that the files of `cases/hostile` describe.

Their texts are large and regular, so a file tells how one is made:

```
about      = "why this query is hostile"
before     = "ASK "           comes once, at the beginning
open       = "{ "             repeated
inner      = ""               comes once, in the middle
close      = " }"             repeated as often as `open`
after      = ""               comes once, at the end
times      = [2000, "longest", "too long"]
                              how often, at most as the longest query that is read allows;
                              or as often as that; or ten times as often
expect     = [200, 400]       the statuses it may end with, "cut" for an answer that breaks off
boolean    = true             what the answer must say where the status is 200
parameters = "timeout=1"      of the request, beside the query; the default is 0.2
hex        = "ff"             bytes to send in the place of `inner`
```

Of `open` and `close`, `%n` becomes the number of the repetition, from 0, and `%m` the next one.

>>> case = Case("nested", 3, {"open": "{", "close": "}", "before": "ASK "})
>>> case.text()
b'ASK {{{}}}'
>>> Case("chain", 2, {"before": "ASK { ", "open": "?v%n ?p ?v%m . ", "after": "}"}).text()
b'ASK { ?v0 ?p ?v1 . ?v1 ?p ?v2 . }'
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

__all__ = ["LONGEST_QUERY", "Case", "read_cases"]

LONGEST_QUERY: Final = 1 << 20
"""Bytes of the longest query that the server reads unless it is told otherwise."""

_WIDEST_NUMBER: Final = 6


@dataclass(frozen=True)
class Case:
    """One hostile query: a file and a size."""

    name: str
    times: int | str
    table: Mapping[str, Any]
    longest: int = LONGEST_QUERY

    @property
    def expect(self) -> list[int | str]:
        return [413] if self.times == "too long" else self.table["expect"]

    @property
    def parameters(self) -> str:
        return self.table.get("parameters", "timeout=0.2")

    def __str__(self) -> str:
        return f"{self.name}-{self.times}".replace(" ", "-")

    def text(self) -> bytes:
        """The query as it is sent."""
        inner = bytes.fromhex(self.table["hex"]) if "hex" in self.table else self._part("inner")
        count = self._count(len(inner))
        opened = self._repeated("open", count)
        closed = self._repeated("close", count)
        return b"".join((self._part("before"), opened, inner, closed, self._part("after")))

    def _part(self, name: str) -> bytes:
        return str(self.table.get(name, "")).encode()

    def _repeated(self, name: str, count: int) -> bytes:
        part = self._part(name)
        if b"%" not in part:
            return part * count
        return b"".join(
            part.replace(b"%n", b"%d" % number).replace(b"%m", b"%d" % (number + 1))
            for number in range(count)
        )

    def _count(self, inner: int) -> int:
        once = inner + len(self._part("before")) + len(self._part("after"))
        repeated = self._part("open") + self._part("close")
        numbers = repeated.count(b"%n") + repeated.count(b"%m")
        size = len(repeated) + numbers * (_WIDEST_NUMBER - 2)
        longest = (self.longest - once) // size if size else 1
        if isinstance(self.times, int):
            return min(self.times, longest)
        return longest if self.times == "longest" else 10 * longest


def read_cases(folder: Path) -> Iterator[Case]:
    """Every file in every one of its sizes."""
    for file in sorted(folder.glob("*.toml")):
        table = tomllib.loads(file.read_text(encoding="utf-8"))
        for times in table.get("times", [1]):
            yield Case(file.stem, times, table)
