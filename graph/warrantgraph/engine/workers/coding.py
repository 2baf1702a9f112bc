"""Content codings of answers (RFC 9110, 8.4.1), applied where the answer is made.

>>> compressor = Compressor("gzip")
>>> import gzip
>>> gzip.decompress(compressor.compress(b"one, ") + compressor.finish())
b'one, '
"""

from __future__ import annotations

import zlib
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["CODINGS", "Compressor"]

_GZIP_LEVEL = 4
_GZIP_WINDOW = 31  # 15 bits, and 16 for the header of gzip instead of zlib's
_ZSTANDARD_LEVEL = 3
_BROTLI_QUALITY = 4

_MODULES: Final = {"zstd": "zstandard", "br": "brotli", "gzip": "zlib"}

CODINGS: Final = tuple(coding for coding, module in _MODULES.items() if find_spec(module))
"""The codings that this installation can write, the preferred one first."""


class Compressor:
    """Compresses a stream; each piece may come out later, in a longer one."""

    def __init__(self, coding: str) -> None:
        self.compress: Callable[[bytes], bytes]
        self.finish: Callable[[], bytes]
        if coding == "zstd":
            import zstandard

            frame = zstandard.ZstdCompressor(level=_ZSTANDARD_LEVEL).compressobj()
            self.compress, self.finish = frame.compress, frame.flush
        elif coding == "br":
            brotli: Any = import_module("brotli")  # it has no types
            stream = brotli.Compressor(quality=_BROTLI_QUALITY)
            self.compress, self.finish = stream.process, stream.finish
        else:
            deflate = zlib.compressobj(_GZIP_LEVEL, wbits=_GZIP_WINDOW)
            self.compress, self.finish = deflate.compress, deflate.flush
