"""Watches as they are stored."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, delete, func, insert, select, update

from store.errors import TooManyRequests
from store.news.tables import watches
from store.news.values import Occasion, Watch
from store.schema import models

USER_LIMIT = 50
"""Watches that one person may have."""


def put_watch(connection: Connection, wanted: Watch, now: datetime) -> int:
    """Store a watch, in place of the same person's same one, and return its id.

    Raises TooManyRequests.
    """
    model = select(models.c.id).where(models.c.key == wanted.model).scalar_subquery()
    same = and_(
        watches.c.user == wanted.user,
        watches.c.model_id == model,
        watches.c.occasion == wanted.occasion,
        watches.c.board.is_(None) if wanted.board is None else watches.c.board == wanted.board,
    )
    place = {"server": wanted.server, "channel": wanted.channel}
    values = place | {"top": wanted.top, "language": wanted.language}
    known: int | None = connection.scalar(select(watches.c.id).where(same))
    if known is not None:
        connection.execute(update(watches).where(watches.c.id == known).values(values))
        return known
    if (connection.scalar(select(func.count()).where(watches.c.user == wanted.user)) or 0) >= USER_LIMIT:
        raise TooManyRequests(USER_LIMIT)
    what = {"user": wanted.user, "model_id": model, "occasion": wanted.occasion, "board": wanted.board}
    added = insert(watches).values(what | values | {"created_at": now}).returning(watches.c.id)
    number: int = connection.execute(added).scalar_one()
    return number


def read_watches(connection: Connection, which: ColumnElement[bool]) -> tuple[Watch, ...]:
    """Return the watches of which `which` is true, the oldest first."""
    query = select(watches, models.c.key).join_from(watches, models).where(which).order_by(watches.c.id)
    return tuple(map(_read, connection.execute(query)))


def remove_watch(connection: Connection, user: int, number: int) -> bool:
    """Forget a person's watch, and return whether they had it."""
    gone = delete(watches).where(watches.c.id == number, watches.c.user == user)
    return bool(connection.execute(gone).rowcount)


def _read(row: Row[Any]) -> Watch:
    return Watch(
        user=row.user,
        model=row.key,
        occasion=Occasion(row.occasion),
        board=row.board,
        top=row.top,
        server=row.server,
        channel=row.channel,
        language=row.language,
        since=row.created_at,
        id=row.id,
    )
