"""The outbox: processes claim what is due, send it, and say what became of it.

A claim is a lease. Who holds one sends and records; who dies lets it run out, and another takes over
with the same nonce. What was told is marked in the transaction that records it as sent, so that the
next digest goes on from there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine, and_, bindparam, delete, func, insert, select, tuple_, update

from store.boards import Catalogue
from store.database import claiming, writing
from store.news.pauses import set_pause
from store.news.tables import deliveries, live_boards, subscriptions, told
from store.news.values import Rhythm
from store.outbox.claims import LEASE, read_deliveries, take_rows
from store.outbox.notices import plan_notices
from store.outbox.planning import plan_next
from store.outbox.shares import EVERYTHING, Share
from store.outbox.values import Delivery, End, Kind, State

MEMORY = timedelta(days=60)
"""How long what became of a delivery is kept."""
FOUND = 200
"""Characters that are kept of what was found."""


class Outbox:
    """What is to be sent, for a process that names itself `owner` and sends for its `share` first."""

    def __init__(
        self,
        engine: Engine,
        catalogue: Catalogue,
        clock: Callable[[], datetime],
        owner: str,
        lease: timedelta = LEASE,
        share: Share = EVERYTHING,
    ) -> None:
        self.lease = lease
        self.share = share
        self._engine = engine
        self._catalogue = catalogue
        self._clock = clock
        self._owner = owner

    def claim(self, limit: int) -> tuple[Delivery, ...]:
        """Take up to `limit` deliveries that are due, for as long as the lease."""
        now = self._clock()
        with claiming(self._engine) as connection:
            rows = take_rows(connection, self._owner, now, limit, self.lease, self.share)
            found = read_deliveries(connection, self._catalogue, rows, now) if rows else ()
            orphans = {row.id for row in rows} - {each.id for each in found}
            if orphans:
                ended = {"state": State.FAILED, "code": "removed", "done_at": now}
                connection.execute(update(deliveries).where(deliveries.c.id.in_(orphans)).values(ended))
        return found

    def record(self, ends: Sequence[End]) -> None:
        """Record what became of deliveries; of those that another process took over, nothing."""
        now = self._clock()
        with writing(self._engine) as connection:
            mine = self._still_mine(connection, ends)
            if mine:
                connection.execute(ENDING, [_ending(each, now) for each in mine])
            told_now = [each for each in mine if each.state in (State.SENT, State.QUIET)]
            _mark_told(connection, [each.delivery for each in told_now])
            _keep_messages(connection, told_now)
            for each in mine:
                _pause(connection, each, now)
            plan_next(connection, [number for each in mine for number in _going_on(each)], now)

    def next_due(self) -> datetime | None:
        """Return when the next delivery is due or a lease runs out; None where nothing is planned."""
        planned = select(func.min(deliveries.c.due)).where(deliveries.c.state == State.PLANNED)
        left = select(func.min(deliveries.c.claimed_at)).where(deliveries.c.state == State.CLAIMED)
        with self._engine.connect() as connection:
            due, since = connection.scalar(planned), connection.scalar(left)
        times = [each for each in (due, since and since + self.lease) if each]
        return min(times, default=None)

    def forget_old(self) -> int:
        """Forget what became of old deliveries, and return of how many."""
        with writing(self._engine) as connection:
            old = deliveries.c.done_at < self._clock() - MEMORY
            return connection.execute(delete(deliveries).where(old)).rowcount

    def _still_mine(self, connection: Connection, ends: Sequence[End]) -> list[End]:
        claimed = and_(
            deliveries.c.id.in_([each.delivery.id for each in ends]),
            deliveries.c.state == State.CLAIMED,
            deliveries.c.claimed_by == self._owner,
        )
        mine = set(connection.scalars(select(deliveries.c.id).where(claimed).with_for_update()))
        return [each for each in ends if each.delivery.id in mine]


ENDING = (
    update(deliveries)
    .where(deliveries.c.id == bindparam("this"))
    .values(
        state=bindparam("becomes"),
        due=bindparam("again"),
        done_at=bindparam("ended"),
        message=bindparam("sent_as"),
        code=bindparam("why"),
        found=bindparam("what"),
    )
)


def _ending(end: End, now: datetime) -> dict[str, object]:
    """Return the end of a delivery as values; one that is put off is planned again."""
    again = end.state is State.PLANNED
    return {
        "this": end.delivery.id,
        "becomes": end.state,
        "again": now + end.wait if again else end.delivery.due,
        "ended": None if again else now,
        "sent_as": end.message,
        "why": end.pause.code if end.pause else end.code,
        "what": (end.pause.found if end.pause else end.found or "")[:FOUND] or None,
    }


def _going_on(end: End) -> Iterator[int]:
    """Give the subscription that may have more to tell.

    News at once that come too late or fail wait for others, else they would be tried again for ever.
    """
    asked = end.delivery.subscription
    told, again = end.state in (State.SENT, State.QUIET), end.state is State.PLANNED
    if asked is not None and not again and (told or asked.schedule.rhythm is not Rhythm.AT_ONCE):
        yield asked.id


def _mark_told(connection: Connection, done: Sequence[Delivery]) -> None:
    """Mark the contents that were told; of subscriptions and boards that were taken away since, nothing."""
    asked = {each.subscription.id: each.steps for each in done if each.subscription and each.steps}
    if not asked:
        return
    whole = select(subscriptions.c.id).where(subscriptions.c.id.in_(asked), subscriptions.c.everything)
    everything = set(connection.scalars(whole))
    listed = select(told.c.subscription_id, told.c.board).where(told.c.subscription_id.in_(asked))
    known = {(row.subscription_id, row.board) for row in connection.execute(listed)}
    rows = [
        {"subscription_id": number, "board": step.newer.board.key, "snapshot_id": step.newer.id}
        for number, steps in asked.items()
        for step in steps
        if number in everything or (number, step.newer.board.key) in known
    ]
    keys = [(row["subscription_id"], row["board"]) for row in rows]
    if rows:
        connection.execute(delete(told).where(tuple_(told.c.subscription_id, told.c.board).in_(keys)))
        connection.execute(insert(told), rows)


def _keep_messages(connection: Connection, ends: Sequence[End]) -> None:
    """Keep the messages of live boards, to edit them from now on."""
    for each in ends:
        if each.delivery.live is not None and each.message is not None:
            this = live_boards.c.id == each.delivery.live.id
            connection.execute(update(live_boards).where(this).values(message=each.message))


def _pause(connection: Connection, end: End, now: datetime) -> None:
    """Pause what cannot be sent, and plan to tell whoever asked for it."""
    delivery = end.delivery
    asked = delivery.subscription or delivery.live
    if end.pause is None or asked is None:
        return
    table = subscriptions if delivery.kind is Kind.DIGEST else live_boards
    set_pause(connection, table, table.c.id == asked.id, end.pause)
    plan_notices(connection, [asked], end.pause, now)
