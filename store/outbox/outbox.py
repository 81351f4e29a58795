"""The outbox: processes claim what is due, send it, and say what became of it.

A claim is a lease. Who holds one sends and records; who dies lets it run out, and another takes over
with the same nonce. What was told is marked in the transaction that records it as sent, so that the
next digest goes on from there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Engine, and_, delete, func, insert, select, update

from store.boards import Catalogue
from store.database import claiming, writing
from store.news.pauses import set_pause
from store.news.tables import deliveries, live_boards, subscriptions, told
from store.news.values import Pause
from store.outbox.claims import LEASE, pack_notice, read_deliveries, take_rows
from store.outbox.planning import plan_next
from store.outbox.slots import Slot, plan
from store.outbox.values import KEPT, Delivery, Kind, Notice, State, Step

MEMORY = timedelta(days=60)
"""How long what became of a delivery is kept."""


class Outbox:
    """What is to be sent, for a process that names itself `owner`."""

    def __init__(
        self,
        engine: Engine,
        catalogue: Catalogue,
        clock: Callable[[], datetime],
        owner: str,
        lease: timedelta = LEASE,
    ) -> None:
        self._engine = engine
        self._catalogue = catalogue
        self._clock = clock
        self._owner = owner
        self._lease = lease

    def claim(self, limit: int) -> tuple[Delivery, ...]:
        """Take up to `limit` deliveries that are due, for as long as the lease."""
        now = self._clock()
        with claiming(self._engine) as connection:
            rows = take_rows(connection, self._owner, now, limit, self._lease)
            found = read_deliveries(connection, self._catalogue, rows, now) if rows else ()
            orphans = {row.id for row in rows} - {each.id for each in found}
            ended = {"state": State.FAILED, "code": "removed", "done_at": now}
            connection.execute(update(deliveries).where(deliveries.c.id.in_(orphans)).values(ended))
        return found

    def sent(self, delivery: Delivery, message: int) -> None:
        """Record that a delivery is sent, as the message `message`."""
        with writing(self._engine) as connection:
            if self._end(connection, delivery, State.SENT, message=message):
                self._mark(connection, delivery, message)

    def quiet(self, delivery: Delivery) -> None:
        """Record that a delivery has nothing to tell."""
        with writing(self._engine) as connection:
            if self._end(connection, delivery, State.QUIET):
                self._mark(connection, delivery, None)

    def late(self, delivery: Delivery) -> None:
        """Record that a delivery's time has passed; its news come with the next one."""
        with writing(self._engine) as connection:
            if self._end(connection, delivery, State.LATE) and delivery.subscription:
                plan_next(connection, delivery.subscription.id, self._clock())

    def put_off(self, delivery: Delivery, wait: timedelta, code: str, found: str = "") -> None:
        """Record that a delivery failed for now, to be tried again after `wait`."""
        values = {"state": State.PLANNED, "due": self._clock() + wait, "code": code, "found": found[:200]}
        with writing(self._engine) as connection:
            connection.execute(update(deliveries).where(self._mine(delivery)).values(values))

    def give_up(self, delivery: Delivery, pause: Pause) -> None:
        """Record that a delivery cannot be sent; pause what asked for it, and plan to tell who did."""
        with writing(self._engine) as connection:
            ended = self._end(connection, delivery, State.FAILED, code=pause.code, found=pause.found)
            asked = delivery.subscription or delivery.live
            if not ended or asked is None:
                return
            table = subscriptions if delivery.subscription else live_boards
            set_pause(connection, table, table.c.id == asked.id, pause)
            notice = Notice(delivery.kind, asked.server, asked.channel, pause, asked.language)
            now, name = self._clock(), f"{delivery.kind}-{asked.id}-{delivery.id}"
            plan(connection, [Slot(Kind.NOTICE, asked.by, name, now, now + KEPT, pack_notice(notice))])

    def next_due(self) -> datetime | None:
        """Return when the next delivery is due or a lease runs out; None where nothing is planned."""
        planned = select(func.min(deliveries.c.due)).where(deliveries.c.state == State.PLANNED)
        left = select(func.min(deliveries.c.claimed_at)).where(deliveries.c.state == State.CLAIMED)
        with self._engine.connect() as connection:
            due, since = connection.scalar(planned), connection.scalar(left)
        times = [each for each in (due, since and since + self._lease) if each]
        return min(times, default=None)

    def forget_old(self) -> int:
        """Forget what became of old deliveries, and return of how many."""
        old = and_(deliveries.c.done_at < self._clock() - MEMORY, deliveries.c.due < self._clock() - MEMORY)
        with writing(self._engine) as connection:
            return connection.execute(delete(deliveries).where(old)).rowcount

    def _mine(self, delivery: Delivery) -> ColumnElement[bool]:
        return and_(
            deliveries.c.id == delivery.id,
            deliveries.c.state == State.CLAIMED,
            deliveries.c.claimed_by == self._owner,
        )

    def _end(
        self,
        connection: Connection,
        delivery: Delivery,
        state: State,
        *,
        message: int | None = None,
        code: str | None = None,
        found: str | None = None,
    ) -> bool:
        """Record the end of a delivery, and return whether it was still ours to end."""
        values = {"state": state, "done_at": self._clock(), "message": message, "code": code}
        ended = update(deliveries).where(self._mine(delivery))
        return bool(connection.execute(ended.values(values | {"found": found and found[:200]})).rowcount)

    def _mark(self, connection: Connection, delivery: Delivery, message: int | None) -> None:
        """Mark what a delivery told, and plan the next one where there is more already."""
        if delivery.live is not None and message is not None:
            this = live_boards.c.id == delivery.live.id
            connection.execute(update(live_boards).where(this).values(message=message))
        if delivery.subscription is not None:
            _mark_told(connection, delivery.subscription.id, delivery.steps)
            plan_next(connection, delivery.subscription.id, self._clock())


def _mark_told(connection: Connection, number: int, steps: Iterable[Step]) -> None:
    if connection.scalar(select(subscriptions.c.id).where(subscriptions.c.id == number)) is None:
        return  # it was removed while its post was sent
    for step in steps:
        same = and_(told.c.subscription_id == number, told.c.board == step.newer.board.key)
        content = {"snapshot_id": step.newer.id}
        if not connection.execute(update(told).where(same).values(content)).rowcount:
            key = {"subscription_id": number, "board": step.newer.board.key}
            connection.execute(insert(told).values(key | content))
