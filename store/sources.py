"""Where documents come from: files now, the network later."""

from __future__ import annotations

from pathlib import Path

from store.errors import DocumentError
from store.values import Code, Problem

SIZE_LIMIT = 16 * 1024 * 1024
"""Bytes of a document that are read at most; the largest real page has 80 KB."""


def read_document(path: Path) -> bytes:
    """Return the bytes of a file; raises DocumentError when it is missing, unreadable or too large."""
    try:
        with path.open("rb") as file:
            content = file.read(SIZE_LIMIT + 1)
    except FileNotFoundError:
        raise DocumentError((Problem(str(path), Code.MISSING),)) from None
    except OSError as error:
        raise DocumentError((Problem(str(path), Code.UNREADABLE, found=error.strerror),)) from error
    if len(content) > SIZE_LIMIT:
        raise DocumentError((Problem(str(path), Code.TOO_LARGE),))
    return content
