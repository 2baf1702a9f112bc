r"""Writes the hostile uploads that the files of `cases/hostile-uploads` describe.

Their texts are made as those of hostile queries are, by the same keys; besides, a file tells

```
type    = "text/turtle"       the media type of the data
shapes  = "..."               shapes, in Turtle, to be used instead of ours
gzip    = true                whether it is sent compressed
expect  = [200, 400]          the statuses it may end with
```

>>> upload = HostileUpload("one", 2, {"type": "text/turtle", "open": "<urn:a> a <urn:b%n> . "})
>>> upload.body()
b'<urn:a> a <urn:b0> . <urn:a> a <urn:b1> . '
"""

from __future__ import annotations

import gzip
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from hostile_queries import Case

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

__all__ = ["HostileUpload", "multipart", "read_uploads"]

_BOUNDARY: Final = b"between-the-files"


def multipart(data: bytes, shapes: bytes, media_type: str = "text/turtle") -> tuple[str, bytes]:
    """The type and the body of an upload with shapes."""
    parts = b"".join(
        b"--%b\r\nContent-Disposition: form-data; name=%b\r\nContent-Type: %b\r\n\r\n%b\r\n"
        % (_BOUNDARY, name, each.encode(), content)
        for name, each, content in (("data", media_type, data), ("shapes", "text/turtle", shapes))
        for name in [name.encode()]
    )
    content_type = f"multipart/form-data; boundary={_BOUNDARY.decode()}"
    return content_type, parts + b"--" + _BOUNDARY + b"--\r\n"


@dataclass(frozen=True)
class HostileUpload:
    """One hostile upload: a file and a size."""

    name: str
    times: int
    table: Mapping[str, Any]

    def __str__(self) -> str:
        return f"{self.name}-{self.times}"

    @property
    def expect(self) -> list[int]:
        return list(self.table["expect"])

    @property
    def content_type(self) -> str:
        if "shapes" in self.table:
            return multipart(b"", b"")[0]
        return str(self.table["type"])

    def body(self) -> bytes:
        """The upload as it is sent."""
        data = Case(self.name, self.times, self.table, longest=1 << 40).text()
        if "shapes" in self.table:
            shapes = str(self.table["shapes"]).encode()
            data = multipart(data, shapes, str(self.table["type"]))[1]
        return gzip.compress(data, 1) if self.table.get("gzip") else data


def read_uploads(folder: Path) -> Iterator[HostileUpload]:
    """Every file in every one of its sizes."""
    for file in sorted(folder.glob("*.toml")):
        table = tomllib.loads(file.read_text(encoding="utf-8"))
        for times in table.get("times", [1]):
            yield HostileUpload(file.stem, times, table)
