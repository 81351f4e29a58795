"""What people ask to be told, and decide about answers, as plain methods: each is one transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Engine, Row, Table, select

from store.database import writing
from store.news.live_boards import put_live_board, read_live_boards, remove_live_board
from store.news.pauses import set_pause
from store.news.subscriptions import (
    add_subscription,
    change_subscription,
    read_subscriptions,
    remove_subscription,
)
from store.news.tables import deliveries, live_boards, subscriptions, watches
from store.news.values import LiveBoard, Pause, Subscription, Watch
from store.news.watches import put_watch, read_watches, remove_watch
from store.outbox.notices import plan_notices
from store.outbox.planning import plan_live_boards, plan_next
from store.outbox.slots import forget_planned
from store.outbox.values import Kind, Record, State
from store.preferences import Preferences, set_preferences


class Requests:
    """Subscriptions, live boards and preferences of servers, and watches of persons."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._clock = clock

    def subscribe(self, wanted: Subscription) -> Subscription:
        """Store a new subscription; its first post tells what changes from now on.

        Raises TooManyRequests.
        """
        with writing(self._engine) as connection:
            number = add_subscription(connection, wanted, self._clock())
            plan_next(connection, [number], self._clock())
        return replace(wanted, id=number)

    def change(self, wanted: Subscription) -> None:
        """Store a subscription anew, and plan by what it says now."""
        with writing(self._engine) as connection:
            change_subscription(connection, wanted)
            plan_next(connection, [wanted.id], self._clock())

    def unsubscribe(self, number: int) -> None:
        """Forget a subscription."""
        with writing(self._engine) as connection:
            remove_subscription(connection, number)

    def subscriptions(self, server: int) -> tuple[Subscription, ...]:
        """Return a server's subscriptions, the oldest first."""
        with self._engine.connect() as connection:
            return read_subscriptions(connection, subscriptions.c.server == server)

    def active(self, limit: int) -> tuple[Subscription | LiveBoard, ...]:
        """Return up to `limit` subscriptions, and as many live boards, of any server that are not paused."""

        def some(table: Table) -> ColumnElement[bool]:
            unpaused = select(table.c.id).where(table.c.pause_code.is_(None))
            return table.c.id.in_(unpaused.order_by(table.c.id).limit(limit))

        with self._engine.connect() as connection:
            digests = read_subscriptions(connection, some(subscriptions))
            return (*digests, *read_live_boards(connection, some(live_boards)))

    def pin(self, wanted: LiveBoard) -> LiveBoard:
        """Store a live board, in place of the same one of its channel, and have it sent or edited.

        Raises TooManyRequests.
        """
        with writing(self._engine) as connection:
            number = put_live_board(connection, wanted, self._clock())
            (stored,) = read_live_boards(connection, live_boards.c.id == number)
            plan_live_boards(connection, [stored], self._clock())
        return stored

    def unpin(self, number: int) -> None:
        """Forget a live board; its message stays as it is."""
        with writing(self._engine) as connection:
            remove_live_board(connection, number)

    def live_boards(self, server: int) -> tuple[LiveBoard, ...]:
        """Return a server's live boards, the oldest first."""
        with self._engine.connect() as connection:
            return read_live_boards(connection, live_boards.c.server == server)

    def revive(self, messages: Sequence[int]) -> int:
        """Have the live boards sent again whose messages were deleted, and return how many that were."""
        deleted = live_boards.c.message.in_(messages) & live_boards.c.pause_code.is_(None)
        with self._engine.connect() as connection:  # most deleted messages are none of ours
            lost = read_live_boards(connection, deleted)
        if lost:
            with writing(self._engine) as connection:
                plan_live_boards(connection, lost, self._clock())
        return len(lost)

    def set_pause(self, asked: Subscription | LiveBoard, pause: Pause | None) -> None:
        """Pause a subscription or a live board, or let it go on (None) with what it has missed."""
        digest = isinstance(asked, Subscription)
        table = subscriptions if digest else live_boards
        with writing(self._engine) as connection:
            set_pause(connection, table, table.c.id == asked.id, pause)
            if pause is not None:
                forget_planned(connection, Kind.DIGEST if digest else Kind.LIVE, asked.id)
            elif isinstance(asked, LiveBoard):
                plan_live_boards(connection, [asked], self._clock())
            else:
                plan_next(connection, [asked.id], self._clock())

    def pause_server(self, server: int, pause: Pause) -> None:
        """Pause everything of a server that the bot was removed from."""
        self._pause_all(subscriptions.c.server == server, live_boards.c.server == server, pause)

    def pause_channel(self, channel: int, pause: Pause) -> None:
        """Pause everything of a channel that was deleted, and plan to tell whoever asked for it."""
        digests, lives = subscriptions.c.channel == channel, live_boards.c.channel == channel
        self._pause_all(digests, lives, pause, tell=True)

    def _pause_all(
        self, digests: ColumnElement[bool], lives: ColumnElement[bool], pause: Pause, *, tell: bool = False
    ) -> None:
        with self._engine.connect() as connection:  # most places are none that anything is posted in
            if not read_subscriptions(connection, digests) and not read_live_boards(connection, lives):
                return
        with writing(self._engine) as connection:
            asked: list[Subscription | LiveBoard] = []
            for kind, table, which in (
                (Kind.DIGEST, subscriptions, digests & subscriptions.c.pause_code.is_(None)),
                (Kind.LIVE, live_boards, lives & live_boards.c.pause_code.is_(None)),
            ):
                found: tuple[Subscription | LiveBoard, ...] = (
                    read_subscriptions(connection, which)
                    if kind is Kind.DIGEST
                    else read_live_boards(connection, which)
                )
                for each in found:
                    forget_planned(connection, kind, each.id)
                set_pause(connection, table, which, pause)
                asked += found
            if tell:
                plan_notices(connection, asked, pause, self._clock())

    def watch(self, wanted: Watch) -> Watch:
        """Store a watch, in place of the same person's same one; raises TooManyRequests."""
        with writing(self._engine) as connection:
            return replace(wanted, id=put_watch(connection, wanted, self._clock()))

    def watches(self, user: int) -> tuple[Watch, ...]:
        """Return a person's watches, the oldest first."""
        with self._engine.connect() as connection:
            return read_watches(connection, watches.c.user == user)

    def unwatch(self, user: int, number: int) -> bool:
        """Forget a person's watch, and return whether they had it."""
        with writing(self._engine) as connection:
            return remove_watch(connection, user, number)

    def prefer(self, server: int, channel: int, wanted: Preferences, by: int) -> None:
        """Store what a server (channel `WHOLE`) or one of its channels decides, in place of all before."""
        with writing(self._engine) as connection:
            set_preferences(connection, server, channel, wanted, by, self._clock())

    def records(self, kind: Kind, subjects: Sequence[int]) -> Mapping[int, Record]:
        """Return, for each subject that has any, its delivery that was done last."""
        done = select(deliveries).where(
            deliveries.c.kind == kind, deliveries.c.subject.in_(subjects), deliveries.c.done_at.is_not(None)
        )
        with self._engine.connect() as connection:
            rows = connection.execute(done.order_by(deliveries.c.done_at, deliveries.c.id)).all()
        return {row.subject: _record(row) for row in rows}

    def next_posts(self, subjects: Sequence[int]) -> Mapping[int, datetime]:
        """Return when the subscriptions that have something planned are told next."""
        planned = select(deliveries.c.subject, deliveries.c.due).where(
            deliveries.c.kind == Kind.DIGEST,
            deliveries.c.subject.in_(subjects),
            deliveries.c.state == State.PLANNED,
        )
        with self._engine.connect() as connection:
            return {row.subject: row.due for row in connection.execute(planned)}


def _record(row: Row[Any]) -> Record:
    return Record(Kind(row.kind), row.due, State(row.state), row.done_at, row.message, row.code, row.found)
