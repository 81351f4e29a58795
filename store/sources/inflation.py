"""Undoes the compression of an HTTP body, in small pieces and to its very end.

aiohttp would do it as well, but takes a gzip stream that breaks off for a whole one, and half a page is
a page with models gone.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from store.errors import FetchFailed, Reason

ENCODINGS = frozenset({"", "identity", "gzip", "deflate"})
"""The values of Content-Encoding that are understood."""

_PIECE = 256 * 1024
_EITHER = 32 + zlib.MAX_WBITS
"""Tells zlib to recognise gzip and deflate by their first bytes."""


class Inflater:
    """Turns the pieces of a body into pieces of the document; `encoding` is one of ENCODINGS."""

    def __init__(self, encoding: str) -> None:
        self._stream = None if encoding in ("", "identity") else zlib.decompressobj(_EITHER)
        self._begun = False

    def inflate(self, chunk: bytes) -> Iterator[bytes]:
        """Give what `chunk` adds, never more than 256 KB at a time; raises FetchFailed (UNREADABLE)."""
        if self._stream is None:
            yield chunk
            return
        while chunk:
            if self._stream.eof:  # gzip may be several streams in a row (RFC 1952, 2.2)
                self._stream = zlib.decompressobj(_EITHER)
            self._begun = True
            try:
                yield self._stream.decompress(chunk, _PIECE)
            except zlib.error as error:
                raise FetchFailed(Reason.UNREADABLE, type(error).__name__) from error
            chunk = self._stream.unused_data or self._stream.unconsumed_tail

    def finish(self) -> None:
        """Raise FetchFailed (TRUNCATED) if the body broke off."""
        if self._stream is not None and self._begun and not self._stream.eof:
            raise FetchFailed(Reason.TRUNCATED)
