"""Live boards as they are stored."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, delete, func, insert, select, update

from store.errors import TooManyRequests
from store.news.pauses import pause_columns, read_pause
from store.news.tables import live_boards
from store.news.values import LiveBoard
from store.outbox.slots import forget_planned
from store.outbox.values import Kind

SERVER_LIMIT = 50
"""Live boards that one server may have."""


def put_live_board(connection: Connection, wanted: LiveBoard, now: datetime) -> int:
    """Store a live board, in place of the same one of its channel, and return its id.

    Raises TooManyRequests.
    """
    same = and_(
        live_boards.c.channel == wanted.channel,
        live_boards.c.board == wanted.board,
        live_boards.c.dimension == wanted.dimension,
    )
    values = {"shown": wanted.count, "language": wanted.language, **pause_columns(wanted.pause)}
    known: int | None = connection.scalar(select(live_boards.c.id).where(same))
    if known is not None:
        connection.execute(update(live_boards).where(live_boards.c.id == known).values(values))
        return known
    own = live_boards.c.server == wanted.server
    if (connection.scalar(select(func.count()).where(own)) or 0) >= SERVER_LIMIT:
        raise TooManyRequests(SERVER_LIMIT)
    place = {"server": wanted.server, "channel": wanted.channel, "created_by": wanted.by, "created_at": now}
    what = {"board": wanted.board, "dimension": wanted.dimension}
    added = insert(live_boards).values(place | what | values).returning(live_boards.c.id)
    number: int = connection.execute(added).scalar_one()
    return number


def read_live_boards(connection: Connection, which: ColumnElement[bool]) -> tuple[LiveBoard, ...]:
    """Return the live boards of which `which` is true, the oldest first."""
    return tuple(map(_read, connection.execute(select(live_boards).where(which).order_by(live_boards.c.id))))


def remove_live_board(connection: Connection, number: int) -> None:
    """Forget a live board, and what was planned for it."""
    forget_planned(connection, Kind.LIVE, number)
    connection.execute(delete(live_boards).where(live_boards.c.id == number))


def _read(row: Row[Any]) -> LiveBoard:
    return LiveBoard(
        server=row.server,
        channel=row.channel,
        by=row.created_by,
        board=row.board,
        dimension=row.dimension,
        count=row.shown,
        language=row.language,
        message=row.message,
        pause=read_pause(row),
        id=row.id,
    )
