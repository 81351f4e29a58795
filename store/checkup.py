"""A checkup of a database: it is looked at from all sides and left as it was."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, make_url, text
from sqlalchemy.exc import DBAPIError

from store.database import find_revision, make_engine
from store.errors import DatabaseUnavailable
from store.migrations import HEAD

_SIZE = text("SELECT pg_database_size(current_database())")


@dataclass(frozen=True, slots=True)
class Checkup:
    """What was found.

    `revision` is that of the tables, None where there are none; `refused` tells why nothing can be written,
    `free` are the bytes left on the disk of a file, and `size` those that the data take.
    """

    place: str
    revision: str | None
    refused: str | None
    free: int | None
    size: int | None

    @property
    def current(self) -> bool:
        """Whether the tables are as this version has them."""
        return self.revision == HEAD


def check_up(url: str) -> Checkup:
    """Look at the database at `url`; a file that is missing is not made.

    Raises DatabaseUnavailable when it cannot be reached.
    """
    file = file_of(url)
    if file is not None and not file.exists():
        folder = next(each for each in file.absolute().parents if each.exists())
        refused = None if os.access(folder, os.W_OK | os.X_OK) else str(folder)
        return Checkup(str(file), None, refused, shutil.disk_usage(folder).free, 0)
    engine = make_engine(url)
    try:
        return _look(engine, file)
    finally:
        engine.dispose()


def file_of(url: str) -> Path | None:
    """Return the file of a SQLite database, None for another engine or an address that is none."""
    try:
        address = make_url(url)
    except Exception:  # whatever is wrong with an address, `make_engine` says it without quoting it
        return None
    named = address.get_backend_name() == "sqlite" and address.database not in (None, "", ":memory:")
    return Path(str(address.database)) if named else None


def _look(engine: Engine, file: Path | None) -> Checkup:
    with engine.connect() as connection:
        revision = find_revision(connection)
    place = str(file) if file else f"{engine.url.host or ''}/{engine.url.database or ''}"
    free = shutil.disk_usage(file.absolute().parent).free if file else None
    with engine.connect() as connection:
        size = file.stat().st_size if file else int(connection.scalar(_SIZE) or 0)
    return Checkup(place, revision, _find_refusal(engine), free, size)


def _find_refusal(engine: Engine) -> str | None:
    """Return why nothing can be written, None where it can: a table is made, and taken back."""
    try:
        with engine.execution_options(writes=True).connect() as connection:
            _make_and_take_back(connection)
    except DatabaseUnavailable as refused:
        return refused.reason
    except DBAPIError as refused:  # such as a role that may not make tables
        return str(refused.orig).strip().partition("\n")[0]
    return None


def _make_and_take_back(connection: Connection) -> None:
    begun = connection.begin()
    try:
        connection.execute(text("CREATE TABLE bangdan_checkup (number INTEGER)"))
    finally:
        begun.rollback()
