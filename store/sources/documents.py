"""Documents in files and folders."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from store.errors import DocumentError
from store.parse.dates import date_in_name, find_updates
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


ENDINGS = frozenset({".md", ".markdown", ".csv", ".tsv", ".parquet"})
"""Of the files in a folder that are taken for documents."""

HEAD = 64 * 1024
"""Bytes in which a document's update line is looked for; real pages have it in their first thousand."""

_LAST = datetime.max.replace(tzinfo=UTC)


def list_documents(folder: Path) -> tuple[Path, ...]:
    """Return the documents below a folder in order of date, those without one last, then by name."""
    files = (path for path in folder.rglob("*") if path.suffix.lower() in ENDINGS and path.is_file())
    visible = (path for path in files if not any(part[0] == "." for part in path.relative_to(folder).parts))
    return tuple(sorted(visible, key=lambda path: (_day_of(path), str(path))))


def _day_of(path: Path) -> datetime:
    """Return the date that a document would be stored under, without parsing it."""
    try:
        with path.open("rb") as file:
            lines = file.read(HEAD).decode("utf-8", "replace").splitlines()
    except OSError:  # whoever reads it will say so
        return _LAST
    return next(iter(find_updates(lines).times), None) or date_in_name(path.name) or _LAST
