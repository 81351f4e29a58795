"""Small bodies that become very large ones."""

from __future__ import annotations

import zlib
from typing import Literal

MEGABYTE = 1024 * 1024


def bomb(encoding: Literal["gzip", "deflate"] = "gzip", megabytes: int = 1024) -> bytes:
    """Return so many megabytes of zeros, compressed a thousandfold.

    One megabyte is compressed and repeated: a full flush makes it independent of what came before. What
    comes after the zeros, a checksum of them, is left out; nobody should get that far.
    """
    start = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff" if encoding == "gzip" else b"\x78\x9c"
    compressor = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    block = compressor.compress(bytes(MEGABYTE)) + compressor.flush(zlib.Z_FULL_FLUSH)
    return start + block * megabytes
