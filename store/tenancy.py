"""Tenancy: a SQLite file is one running bot's own; several processes share a PostgreSQL database."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from store.database import make_engine
from store.errors import DatabaseOccupied, DatabaseUnavailable

try:
    import fcntl
except ImportError:  # Windows has no such lock: there nobody is kept out
    fcntl = None  # type: ignore[assignment]


@contextmanager
def occupying(url: str) -> Iterator[None]:
    """Keep other running bots out of a SQLite file while the block lasts, or this process lives.

    Whoever only asks or stores something goes on beside it: SQLite lets writers take turns. The lock is on a
    file beside the database, and goes with the process, however that ends.
    Raises DatabaseOccupied where another process is inside, and DatabaseUnavailable.
    """
    engine = make_engine(url)
    if engine.dialect.name != "sqlite" or fcntl is None:
        yield
        return
    database = str(engine.url.database)
    with _open(database) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise DatabaseOccupied(database, _read_tenant(file)) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def _open(database: str) -> IO[str]:
    try:
        return Path(f"{os.path.realpath(database)}.lock").open("a+", encoding="utf-8")
    except OSError as error:
        raise DatabaseUnavailable(database, str(error.strerror)) from error


def _read_tenant(file: IO[str]) -> str:
    """Return the process that holds the lock, as it wrote itself down."""
    with suppress(OSError):
        file.seek(0)
        return file.read(20) or "?"
    return "?"
