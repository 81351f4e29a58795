"""Pauses of subscriptions and live boards as they are stored."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Table, update

from store.news.values import Pause

LENGTH = 200
"""Characters that are kept of what was found."""


def set_pause(connection: Connection, table: Table, which: ColumnElement[bool], pause: Pause | None) -> int:
    """Pause what `which` is true of in `table`, or let it go on (None), and return how many that was."""
    return connection.execute(update(table).where(which).values(pause_columns(pause))).rowcount


def pause_columns(pause: Pause | None) -> dict[str, str | None]:
    """Return a pause as values of columns."""
    if pause is None:
        return {"pause_code": None, "pause_found": None}
    return {"pause_code": pause.code, "pause_found": pause.found[:LENGTH]}


def read_pause(row: Row[Any]) -> Pause | None:
    """Return the pause of a row, None where there is none."""
    return Pause(row.pause_code, row.pause_found or "") if row.pause_code else None
