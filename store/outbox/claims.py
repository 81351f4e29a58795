"""Claims: which deliveries a process takes, and all it has to know to send them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, exists, or_, select, update

from store.answers import Snapshot
from store.boards import Catalogue
from store.news.contents import read_contents
from store.news.live_boards import read_live_boards
from store.news.subscriptions import read_subscriptions
from store.news.tables import deliveries, live_boards, subscriptions, watches
from store.news.values import LiveBoard, Subscription, Watch
from store.news.watches import read_watches
from store.outbox.notices import read_notice
from store.outbox.planning import find_news
from store.outbox.shares import EVERYTHING, Share, own
from store.outbox.values import Delivery, Kind, State, Step

LEASE = timedelta(seconds=60)
"""How long a claim holds; a process that has not sent by then leaves it to others."""


def take_rows(
    connection: Connection,
    owner: str,
    now: datetime,
    limit: int,
    lease: timedelta = LEASE,
    share: Share = EVERYTHING,
) -> Sequence[Row[Any]]:
    """Claim what is due, the oldest first, as rows of how they were before.

    Of one subject the deliveries go out one after another: each tells what the one before did not.
    What is not in the `share` is left for a lease to whoever has it, who may be busy or dead.
    """
    earlier = deliveries.alias("earlier")
    pending = earlier.c.state.in_((State.PLANNED, State.CLAIMED))
    waits = exists().where(
        earlier.c.kind == deliveries.c.kind,
        earlier.c.subject == deliveries.c.subject,
        earlier.c.id < deliveries.c.id,
        pending,
    )
    ripe = or_(deliveries.c.due <= now - lease, own(share))
    due = and_(deliveries.c.state == State.PLANNED, deliveries.c.due <= now, ripe)
    left = and_(deliveries.c.state == State.CLAIMED, deliveries.c.claimed_at <= now - lease)
    rows = connection.execute(
        select(deliveries)
        .where(or_(due, left), ~waits)
        .order_by(deliveries.c.due, deliveries.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    taken = deliveries.c.id.in_([row.id for row in rows])
    claim = {"state": State.CLAIMED, "claimed_at": now, "claimed_by": owner, "tries": deliveries.c.tries + 1}
    connection.execute(update(deliveries).where(taken).values(claim))
    never = and_(taken, deliveries.c.tried_at.is_(None))
    connection.execute(update(deliveries).where(never).values(tried_at=now))
    return rows


def read_deliveries(
    connection: Connection, catalogue: Catalogue, rows: Sequence[Row[Any]], now: datetime
) -> tuple[Delivery, ...]:
    """Return claimed rows as deliveries, without those whose subject is gone.

    What a digest tells is settled here and stays, however often it is tried.
    """
    asked = _Asked(connection, rows)
    steps = _settle(connection, rows, asked.subscriptions)
    ids = {each for packed in steps.values() for older, newer, _ in packed for each in (older, newer) if each}
    contents = read_contents(connection, catalogue, ids)
    found = (_read(row, asked, _unpack(steps.get(row.id, []), contents), now) for row in rows)
    return tuple(each for each in found if each is not None)


class _Asked:
    """What the subjects of rows had asked for."""

    def __init__(self, connection: Connection, rows: Iterable[Row[Any]]) -> None:
        subjects: dict[str, list[int]] = defaultdict(list)
        for row in rows:
            subjects[row.kind].append(row.subject)
        digests = read_subscriptions(connection, subscriptions.c.id.in_(subjects[Kind.DIGEST]))
        lives = read_live_boards(connection, live_boards.c.id.in_(subjects[Kind.LIVE]))
        theirs = read_watches(connection, watches.c.user.in_(subjects[Kind.WATCH]))
        self.subscriptions: dict[int, Subscription] = {each.id: each for each in digests}
        self.live: dict[int, LiveBoard] = {each.id: each for each in lives}
        self.watches: dict[int, Watch] = {each.id: each for each in theirs}


def _settle(
    connection: Connection, rows: Sequence[Row[Any]], asked: dict[int, Subscription]
) -> dict[int, list[Any]]:
    """Return what each row tells, and keep it where it was not settled yet."""
    settled: dict[int, list[Any]] = {
        row.id: row.content["steps"] for row in rows if row.content and "steps" in row.content
    }
    open_ = [row for row in rows if row.kind == Kind.DIGEST and row.id not in settled]
    news = find_news(connection, [asked[row.subject] for row in open_ if row.subject in asked])
    for row in open_:
        settled[row.id] = [[older, newer, []] for older, newer in news.get(row.subject, ())]
    if open_:
        keep = (
            update(deliveries).where(deliveries.c.id == bindparam("this")).values(content=bindparam("told"))
        )
        connection.execute(keep, [{"this": row.id, "told": {"steps": settled[row.id]}} for row in open_])
    return settled


def _unpack(packed: Iterable[Any], contents: dict[int, Snapshot]) -> tuple[Step, ...]:
    return tuple(
        Step(contents.get(older) if older else None, contents[newer], tuple(about))
        for older, newer, about in packed
        if newer in contents
    )


def _read(row: Row[Any], asked: _Asked, steps: tuple[Step, ...], now: datetime) -> Delivery | None:
    kind, subject = Kind(row.kind), row.subject
    watched = tuple(asked.watches[each] for step in steps for each in step.watches if each in asked.watches)
    exists_still = {
        Kind.DIGEST: subject in asked.subscriptions,
        Kind.LIVE: subject in asked.live,
        Kind.WATCH: bool(watched),
        Kind.NOTICE: True,
    }
    if not exists_still[kind]:
        return None
    digest = asked.subscriptions.get(subject) if kind is Kind.DIGEST else None
    live = asked.live.get(subject) if kind is Kind.LIVE else None
    paused = any(each is not None and each.pause is not None for each in (digest, live))
    return Delivery(
        id=row.id,
        kind=kind,
        nonce=row.nonce,
        due=row.due,
        tried_at=row.tried_at,
        tries=row.tries + 1,
        late=row.expires <= now or paused,
        steps=steps,
        subscription=digest,
        live=live,
        person=subject if kind in (Kind.WATCH, Kind.NOTICE) else None,
        watches=watched,
        notice=read_notice(row.content) if kind is Kind.NOTICE else None,
    )
