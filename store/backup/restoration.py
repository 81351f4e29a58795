"""The restoration: a backup becomes the content of a database, all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, insert
from sqlalchemy.exc import SQLAlchemyError

from store.backup.manifest import Manifest, Part
from store.backup.tables import decoder, drop, is_filled, reflect, set_last_id
from store.backup.volume import Volume, open_volume
from store.connections import unhurried
from store.database import migrate, place_of, revisions, writing
from store.edition import publish
from store.errors import BackupDamaged, BackupTooNew, Damage, DatabaseFilled


def restore(engine: Engine, path: Path, *, replace: bool = False) -> Manifest:
    """Read a backup into a database, which is then brought up to date; return what was in the backup.

    With `replace` all that the database holds is given up for it. The file is read twice: nothing is written
    before all of it is known to be whole.
    Raises BackupDamaged, BackupTooNew, DatabaseFilled, DatabaseUnavailable, and OSError for the file.
    """
    with open_volume(path) as volume:
        if volume.manifest.revision not in revisions():
            raise BackupTooNew(volume.manifest.revision)
        volume.verify()
        with writing(engine) as connection, unhurried(connection):
            if is_filled(connection) and not replace:
                raise DatabaseFilled(place_of(engine.url))
            drop(connection)
            migrate(connection, volume.manifest.revision)
            _fill(connection, volume)
            migrate(connection)
            publish(connection)
    return volume.manifest


def _fill(connection: Connection, volume: Volume) -> None:
    """Put the rows into tables that were just made, those first that others point at."""
    parts = {part.name: part for part in volume.manifest.parts}
    tables = reflect(connection)
    if set(parts) != {table.name for table in tables}:
        raise BackupDamaged(Damage.TABLES)
    for table in tables:
        part = parts[table.name]
        if set(part.columns) != set(table.columns.keys()):
            raise BackupDamaged(Damage.TABLES, table.name)
        try:
            _fill_one(connection, volume, table, part)
        except (SQLAlchemyError, ValueError, TypeError) as error:
            raise BackupDamaged(Damage.ROWS, table.name) from error
        set_last_id(connection, table, part.last_id)


def _fill_one(connection: Connection, volume: Volume, table: Table, part: Part) -> None:
    read = [decoder(table.columns[name]) for name in part.columns]
    for rows in volume.batches(part):
        connection.execute(insert(table), [_decode(row, part.columns, read) for row in rows])


def _decode(
    row: Sequence[Any], columns: Sequence[str], read: Sequence[Callable[[Any], Any] | None]
) -> dict[str, Any]:
    return {
        name: value if turn is None or value is None else turn(value)
        for name, turn, value in zip(columns, read, row, strict=True)
    }
