"""A document on its way into a folder: written piece by piece, and kept whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from types import TracebackType
from typing import Self

from store.errors import FetchFailed, Reason

_LONGEST_VALIDATOR = 256


@dataclass(frozen=True, slots=True)
class Validators:
    """What tells one state of a document from the next; both are the upstream's own words."""

    etag: str | None = None
    modified: str | None = None

    @classmethod
    def of(cls, headers: Mapping[str, str]) -> Validators:
        """Read them from an answer; what is too long, or no plain text, is left out."""
        return cls(_plain(headers.get("ETag", "")), _plain(headers.get("Last-Modified", "")))

    def conditions(self) -> dict[str, str]:
        """Return the headers that ask for the document only if it is another."""
        conditions = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in conditions.items() if value}


@dataclass(frozen=True, slots=True)
class Fetched:
    """A document that was fetched into the file `path`, of `size` bytes.

    `address` is what was asked for, `final` what answered after all redirects. That has no query: on a
    download server it is a signature, a secret for as long as it is good for anything.
    """

    path: Path
    address: str
    final: str
    validators: Validators
    size: int


class Download:
    """A file in the folder `into` that takes at most `limit` bytes; a context manager.

    The file stays if the block ends well, and is gone if anything went wrong, cancellation included.
    """

    def __init__(self, into: Path, limit: int) -> None:
        self._into = into
        self._limit = limit
        self._size = 0

    def __enter__(self) -> Self:
        with _keeping():
            self._file = NamedTemporaryFile(prefix="fetched-", dir=self._into, delete=False)
        return self

    def write(self, chunk: bytes) -> None:
        """Add a piece; raises FetchFailed (TOO_LARGE, UNWRITABLE)."""
        self._size += len(chunk)
        if self._size > self._limit:
            raise FetchFailed(Reason.TOO_LARGE, str(self._limit))
        with _keeping():
            self._file.write(chunk)

    def finish(self, address: str, final: str, validators: Validators) -> Fetched:
        """Return the document, all of which was written; raises FetchFailed (UNWRITABLE)."""
        with _keeping():
            self._file.flush()
        return Fetched(Path(self._file.name), address, final, validators, self._size)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError):  # what was not flushed by now is not wanted
            self._file.close()
        if kind is not None:
            Path(self._file.name).unlink(missing_ok=True)


@contextmanager
def _keeping() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise FetchFailed(Reason.UNWRITABLE, error.strerror or "") from error


def _plain(value: str) -> str | None:
    plain = value.isascii() and value.isprintable() and len(value) <= _LONGEST_VALIDATOR
    return value if value and plain else None
