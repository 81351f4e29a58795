"""The dump: a database is read in one transaction and written as a zip of JSON lines, a table a member.

What others write meanwhile is not in it; nobody waits for it, and it takes little memory.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from sqlalchemy import Connection, Engine, Table

from store.backup.manifest import NAME, Manifest, Part, write_manifest
from store.backup.tables import all_rows, encoded, read_last_ids, reflect
from store.connections import unhurried
from store.database import find_revision, place_of
from store.errors import NothingStored

AT_ONCE = 200
"""Rows that are read together; those of the quarantine are pages, up to a megabyte each."""


def back_up(engine: Engine, path: Path, now: datetime) -> Manifest:
    """Write the whole database into a file, which is there only when it is whole; return what is in it.

    The file is for its owner's eyes: it has servers and people by their ids.
    Raises NothingStored, DatabaseUnavailable, and OSError where the file cannot be written.
    """
    with _snapshot(engine) as connection, unhurried(connection):
        revision = find_revision(connection)
        if revision is None:
            raise NothingStored(place_of(engine.url))
        with _whole(path) as file, ZipFile(file, "w", ZIP_DEFLATED) as archive:
            tables = reflect(connection)
            last_ids = read_last_ids(connection, tables)
            parts = (_write(connection, archive, table, last_ids.get(table.name, 0)) for table in tables)
            manifest = Manifest(revision, now, tuple(parts))
            archive.writestr(NAME, json.dumps(write_manifest(manifest), indent=1))
    return manifest


@contextmanager
def _snapshot(engine: Engine) -> Iterator[Connection]:
    """Give a connection for which time stands still; SQLite's transactions are so by themselves."""
    options = {} if engine.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}
    with engine.connect().execution_options(**options) as connection:
        yield connection


def _write(connection: Connection, archive: ZipFile, table: Table, last_id: int) -> Part:
    columns = tuple(column.name for column in table.columns)
    hashed, count = hashlib.sha256(), 0
    part = Part(table.name, columns, 0, "", last_id)
    reading = connection.execution_options(stream_results=True, yield_per=AT_ONCE)
    with archive.open(part.file, "w", force_zip64=True) as member:
        for row in reading.execute(all_rows(table)):
            line = json.dumps(list(row), ensure_ascii=False, separators=(",", ":"), default=encoded) + "\n"
            content = line.encode()
            member.write(content)
            hashed.update(content)
            count += 1
    return Part(table.name, columns, count, hashed.hexdigest(), last_id)


@contextmanager
def _whole(path: Path) -> Iterator[IO[bytes]]:
    """Give a file beside `path` that takes its place when all of it is on the disk."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        try:
            yield file
            file.flush()
            os.fsync(file.fileno())
            os.replace(file.name, path)
        except BaseException:
            os.unlink(file.name)
            raise
