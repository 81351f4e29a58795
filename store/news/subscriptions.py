"""Subscriptions as they are stored: added, listed, changed, paused and removed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, func, insert, select, update

from store.errors import TooManyRequests
from store.news.contents import current_contents
from store.news.pauses import pause_columns, read_pause
from store.news.tables import subscriptions, told
from store.news.values import Interest, Rhythm, Schedule, Subscription
from store.outbox.slots import forget_planned
from store.outbox.values import Kind

SERVER_LIMIT = 50
"""Subscriptions that one server may have."""


def add_subscription(connection: Connection, wanted: Subscription, now: datetime) -> int:
    """Store a subscription, and return its id; what its boards say now counts as told.

    Raises TooManyRequests.
    """
    own = subscriptions.c.server == wanted.server
    if (connection.scalar(select(func.count()).where(own)) or 0) >= SERVER_LIMIT:
        raise TooManyRequests(SERVER_LIMIT)
    origin = {"server": wanted.server, "created_by": wanted.by, "created_at": now}
    values = origin | _columns(wanted) | pause_columns(wanted.pause)
    added = insert(subscriptions).values(values).returning(subscriptions.c.id)
    number: int = connection.execute(added).scalar_one()
    _begin(connection, number, wanted, current_contents(connection))
    return number


def change_subscription(connection: Connection, wanted: Subscription) -> None:
    """Store a subscription's terms anew; boards that it had go on from where they were, a pause stays."""
    same = subscriptions.c.id == wanted.id
    connection.execute(update(subscriptions).where(same).values(_columns(wanted)))
    old = set(connection.scalars(select(told.c.board).where(told.c.subscription_id == wanted.id)))
    contents = current_contents(connection)
    kept = set(wanted.boards or contents)
    gone = told.c.board.in_(old - kept)
    connection.execute(delete(told).where(told.c.subscription_id == wanted.id, gone))
    _begin(connection, wanted.id, wanted, contents, old)
    forget_planned(connection, Kind.DIGEST, wanted.id)


def _begin(
    connection: Connection,
    number: int,
    wanted: Subscription,
    contents: Mapping[str, int],
    known: Iterable[str] = (),
) -> None:
    boards = [each for each in wanted.boards or contents if each not in set(known)]
    rows = [{"subscription_id": number, "board": each, "snapshot_id": contents.get(each)} for each in boards]
    if rows:
        connection.execute(insert(told), rows)


def read_subscriptions(connection: Connection, which: ColumnElement[bool]) -> tuple[Subscription, ...]:
    """Return the subscriptions of which `which` is true, the oldest first."""
    rows = connection.execute(select(subscriptions).where(which).order_by(subscriptions.c.id)).all()
    boards: dict[int, list[str]] = defaultdict(list)
    some = told.c.subscription_id.in_(select(subscriptions.c.id).where(which))
    for row in connection.execute(select(told.c.subscription_id, told.c.board).where(some)):
        boards[row.subscription_id].append(row.board)
    return tuple(_read(row, tuple(sorted(boards[row.id]))) for row in rows)


def remove_subscription(connection: Connection, number: int) -> None:
    """Forget a subscription, and what was planned for it."""
    forget_planned(connection, Kind.DIGEST, number)
    connection.execute(delete(told).where(told.c.subscription_id == number))
    connection.execute(delete(subscriptions).where(subscriptions.c.id == number))


def _columns(wanted: Subscription) -> dict[str, Any]:
    schedule, interest = wanted.schedule, wanted.interest
    return {
        "channel": wanted.channel,
        "everything": not wanted.boards,
        "rhythm": schedule.rhythm,
        "minute": schedule.minute,
        "zone": schedule.zone,
        "weekday": schedule.weekday,
        "top": interest.top,
        "vendors": list(interest.vendors),
        "open_only": interest.open_only,
        "importance": interest.importance,
        "language": wanted.language,
        "role": wanted.role,
        "thread": wanted.thread,
        "publish": wanted.publish,
        "quiet": wanted.quiet,
    }


def _read(row: Row[Any], boards: tuple[str, ...]) -> Subscription:
    return Subscription(
        server=row.server,
        channel=row.channel,
        by=row.created_by,
        boards=() if row.everything else boards,
        schedule=Schedule(Rhythm(row.rhythm), row.minute, row.zone, row.weekday),
        interest=Interest(row.top, tuple(row.vendors), row.open_only, row.importance),
        language=row.language,
        role=row.role,
        thread=row.thread,
        publish=row.publish,
        quiet=row.quiet,
        pause=read_pause(row),
        id=row.id,
    )
