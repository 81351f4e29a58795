"""Our tables as they stand in a database, of whatever revision, and their values as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    DateTime,
    MetaData,
    Select,
    Table,
    Text,
    cast,
    event,
    func,
    insert,
    inspect,
    select,
    text,
    update,
)
from sqlalchemy.sql.ddl import DropTable

from store.news.tables import metadata as ours
from store.schema import UtcDateTime

VERSION = "alembic_version"
GONE: frozenset[str] = frozenset()
"""Tables that only older revisions have; other tables may be anybody's."""


def reflect(connection: Connection) -> tuple[Table, ...]:
    """Return our tables in a database, those first that others point at."""
    found = MetaData()
    event.listen(found, "column_reflect", _choose_type)
    names = set(inspect(connection).get_table_names()) & (GONE | set(ours.tables))
    if names:
        found.reflect(connection, only=sorted(names))
    return tuple(found.sorted_tables)


def _choose_type(_inspector: object, _table: object, column: dict[str, Any]) -> None:
    """Let a column have our type of times, and keep a missing JSON value apart from a JSON null."""
    if isinstance(column["type"], DateTime):
        column["type"] = UtcDateTime()
    elif isinstance(column["type"], JSON):
        column["type"] = JSON(none_as_null=True)


def drop(connection: Connection) -> None:
    """Remove our tables with all that is in them."""
    for table in reversed(reflect(connection)):
        table.drop(connection)
    connection.execute(DropTable(Table(VERSION, MetaData()), if_exists=True))


def is_filled(connection: Connection) -> bool:
    """Tell whether any of our tables has a row."""
    return any(connection.execute(select(table).limit(1)).first() for table in reflect(connection))


def all_rows(table: Table) -> Select[Any]:
    """Return the query of all rows in order of their keys, JSON as the text that is stored."""
    columns = [cast(each, Text) if isinstance(each.type, JSON) else each for each in table.columns]
    return select(*columns).order_by(*table.primary_key.columns)


def encoded(value: object) -> str:
    """Return a value of a row as JSON has it: times in ISO 8601."""
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(type(value))


def decoder(column: Column[Any]) -> Callable[[Any], Any] | None:
    """Return what turns a value of a backup into a column's, None where it is the same."""
    if isinstance(column.type, UtcDateTime):
        return datetime.fromisoformat
    if isinstance(column.type, JSON):
        return _read_json
    return None


def _read_json(written: str) -> Any:  # noqa: ANN401 - JSON
    value = json.loads(written)
    return JSON.NULL if value is None else value


def read_last_ids(connection: Connection, tables: Sequence[Table]) -> Mapping[str, int]:
    """Return the last id that each table gave, also where its row is gone; ids are not used twice."""
    if connection.dialect.name == "sqlite":
        if not inspect(connection).has_table("sqlite_sequence"):
            return {}
        return {
            name: last for name, last in connection.execute(text("SELECT name, seq FROM sqlite_sequence"))
        }
    given = {}
    for table in tables:
        sequence = _sequence(connection, table)
        if sequence is not None:
            last, called = connection.execute(text(f"SELECT last_value, is_called FROM {sequence}")).one()
            given[table.name] = last if called else 0
    return given


def set_last_id(connection: Connection, table: Table, last: int) -> None:
    """Let the next id of a table follow on `last`, and on every row's."""
    if "id" not in table.columns:
        return
    last = max(last, connection.scalar(select(func.max(table.c.id))) or 0)
    if connection.dialect.name == "postgresql":
        sequence = _sequence(connection, table)
        if sequence is not None and last:
            connection.execute(_SET, {"sequence": sequence, "last": last})
    elif "AUTOINCREMENT" in str(connection.scalar(_MADE_AS, {"name": table.name})).upper():
        counted = Table("sqlite_sequence", MetaData(), Column("name"), Column("seq"))
        here = counted.c.name == table.name
        if not connection.execute(update(counted).where(here).values(seq=last)).rowcount:
            connection.execute(insert(counted).values(name=table.name, seq=last))


_SET = text("SELECT setval(CAST(:sequence AS regclass), :last)")
_MADE_AS = text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :name")


def _sequence(connection: Connection, table: Table) -> str | None:
    if "id" not in table.columns:
        return None
    found: str | None = connection.scalar(select(func.pg_get_serial_sequence(table.name, "id")))
    return found
