"""A folder as an upstream: a copy that somebody made, or documents that somebody writes."""

from __future__ import annotations

import asyncio
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from store.errors import FetchFailed, Reason
from store.sources.download import Download, Fetched, Validators

_CHUNK = 1024 * 1024


async def copy(path: Path, into: Path, validators: Validators | None, limit: int) -> Fetched | None:
    """Copy a file into the folder `into`, so that it cannot change while it is read.

    Returns None when it still is as `validators` say. Raises FetchFailed.
    """
    with _reading():
        status = path.stat()
    if not stat.S_ISREG(status.st_mode):  # opening a pipe would wait for its writer
        raise FetchFailed(Reason.UNREADABLE, stat.filemode(status.st_mode))
    # Taken before reading: if the file changes meanwhile, it is copied once more next time.
    current = _validators(status)
    if validators is not None and validators.etag == current.etag:
        return None
    with Download(into, limit) as download, _reading(), path.open("rb") as file:
        # In a thread, since a folder may be on a slow network.
        while chunk := await asyncio.to_thread(file.read, _CHUNK):
            download.write(chunk)
        return download.finish(str(path), str(path), current)


def _validators(status: os.stat_result) -> Validators:
    return Validators(etag=f'"{status.st_mtime_ns:x}-{status.st_size:x}"')


@contextmanager
def _reading() -> Iterator[None]:
    try:
        yield
    except (FileNotFoundError, NotADirectoryError) as error:
        raise FetchFailed(Reason.MISSING, error.strerror or "") from error
    except OSError as error:
        raise FetchFailed(Reason.UNREADABLE, error.strerror or "") from error
    except ValueError as error:  # a path that no file system can have
        raise FetchFailed(Reason.BAD_ADDRESS, type(error).__name__) from error
