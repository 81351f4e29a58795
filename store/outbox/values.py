"""A delivery as a value: what is to be sent to whom, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from store.answers import Snapshot
from store.news.values import LiveBoard, Pause, Subscription, Watch

PATIENCE = timedelta(hours=6)
"""How late a digest is still sent; after that its news come with the next one."""
KEPT = timedelta(days=7)
"""How late a person is still told."""


class Kind(StrEnum):
    """What is delivered."""

    DIGEST = "digest"
    """The news of a subscription, to a channel."""
    LIVE = "live"
    """A live board, whose message is edited."""
    WATCH = "watch"
    """What a person watches, to that person."""
    NOTICE = "notice"
    """That something was paused, to who asked for it."""


class State(StrEnum):
    """What became of a delivery."""

    PLANNED = "planned"
    CLAIMED = "claimed"
    SENT = "sent"
    QUIET = "quiet"
    """There was nothing to tell."""
    LATE = "late"
    """Its time had passed when the bot came to it."""
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Step:
    """A board's content went from `older` to `newer`; None where nothing was stored before.

    `watches` are the ids of those that it is about.
    """

    older: Snapshot | None
    newer: Snapshot
    watches: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """That the subscription or live board (a `kind`) of a channel was paused."""

    kind: Kind
    server: int
    channel: int
    pause: Pause
    language: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a process has claimed, and has to send within its lease.

    `nonce` is the same in every try; `tried_at` is when the first one began, None where this is it: what
    was tried before may have been sent. `late` ones are not to be sent any more, nor
    are those that were paused after a try.
    One of `subscription`, `live`, `watches` and `notice` is given, as its kind says, and `person` for the
    last two.
    """

    id: int
    kind: Kind
    nonce: str
    due: datetime
    tried_at: datetime | None = None
    tries: int = 1
    late: bool = False
    steps: tuple[Step, ...] = ()
    subscription: Subscription | None = None
    live: LiveBoard | None = None
    person: int | None = None
    watches: tuple[Watch, ...] = ()
    notice: Notice | None = None


@dataclass(frozen=True, slots=True)
class End:
    """What became of a claimed delivery: SENT (as `message`), QUIET, LATE, FAILED, or PLANNED again.

    One that is put off is tried again after `wait`; with a `pause`, what asked for it is paused, and
    whoever did is told. `code` and `found` tell why it failed.
    """

    delivery: Delivery
    state: State
    message: int | None = None
    code: str | None = None
    found: str | None = None
    wait: timedelta = timedelta()
    pause: Pause | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """What became of a delivery in the end."""

    kind: Kind
    due: datetime
    state: State
    done_at: datetime | None = None
    message: int | None = None
    code: str | None = None
    found: str | None = None
