"""What a database holds, whatever numbers its rows have and whenever they were written."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine, Row, Table, select

from store.news.tables import metadata

NATURAL: dict[str, tuple[str, ...]] = {
    "boards": ("key",),
    "dimensions": ("key",),
    "models": ("key",),
    "names": ("text",),
    "terms": ("text",),
}
NATURAL |= {"snapshots": ("board_id", "digest")}
"""What tells a row of a table, where others refer to it."""
PASSING = {
    *("id", "nonce", "read_at", "tried_at", "succeeded_at", "not_before", "created_at", "added_at"),
    *("due", "expires", "claimed_at", "claimed_by", "done_at", "slot"),
}
"""Columns that differ from one run to another."""

CHANCE = {"edition"}
"""Facts whose values are made up anew each time."""

Contents = dict[str, list[str]]


def read_all(engine: Engine) -> Contents:
    """Return every row of every table, in an order of its own."""
    with engine.connect() as connection:
        known: dict[str, dict[int, Any]] = {}
        for name, columns in NATURAL.items():
            table = metadata.tables[name]
            known[name] = {row.id: _tell(table, row, known, columns) for row in _rows(connection, table)}
        return {
            name: sorted(str(_tell(table, row, known, _lasting(table))) for row in _rows(connection, table))
            for name, table in metadata.tables.items()
        }


def _lasting(table: Table) -> list[str]:
    return [column.name for column in table.columns if column.name not in PASSING]


def differences(one: Contents, other: Contents) -> list[str]:
    """Return in a few words what one holds and another does not."""
    found = []
    for name in one:
        missing, more = set(one[name]) - set(other[name]), set(other[name]) - set(one[name])
        count = len(other[name]) - len(one[name])
        if missing or more or count:
            found.append(f"{name}: {count:+} rows; missing {sorted(missing)[:2]}; more {sorted(more)[:2]}")
    return found


def _rows(connection: Connection, table: Table) -> list[Row[Any]]:
    kept = select(table).where(table.c.key.not_in(CHANCE)) if table.name == "facts" else select(table)
    return list(connection.execute(kept))


def _tell(table: Table, row: Row[Any], known: dict[str, dict[int, Any]], columns: Any) -> tuple[Any, ...]:
    told = []
    for name in columns:
        value = row._mapping[table.c[name]]
        target = next((each.column.table.name for each in table.c[name].foreign_keys), None)
        told.append(known[target].get(value) if target in known and value is not None else value)
    return tuple(told)
