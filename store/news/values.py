"""What people asked to be told, as values: when, of what, where, and in which language.

Servers, channels, roles and persons are Discord's ids.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Rhythm(StrEnum):
    """How often a channel is told."""

    DAILY = "daily"
    WEEKLY = "weekly"
    AT_ONCE = "at_once"
    """As soon as a change is seen."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a channel is told: at `minute` of the day (0-1439) in the IANA zone `zone`.

    `weekday` is 0 for Monday, and counts where the rhythm is weekly; both mean nothing at once.
    """

    rhythm: Rhythm = Rhythm.DAILY
    minute: int = 9 * 60
    zone: str = "UTC"
    weekday: int = 0


@dataclass(frozen=True, slots=True)
class Interest:
    """Which changes are wanted; the default is all of them.

    `top` keeps what concerns the first so many ranks, `vendors` (keys of organisations) those of some
    vendors, `open_only` models with open weights, and `importance` (0-100, see `store.changes.values`)
    what weighs at least that much.
    """

    top: int | None = None
    vendors: tuple[str, ...] = ()
    open_only: bool = False
    importance: int = 0


@dataclass(frozen=True, slots=True)
class Pause:
    """Why nothing is posted: a `code`, and what was `found`, such as the missing permission.

    The codes are "person" (somebody pressed pause), "forbidden", "gone" (the channel), "removed" (the bot,
    from the server) and "unscored" (the board or its dimension).
    """

    code: str
    found: str = ""


@dataclass(frozen=True, slots=True)
class Subscription:
    """The news of `boards` (keys; none: of every board) for a channel; `id` is 0 until it is stored.

    `quiet` posts also where nothing changed, `thread` opens a thread below each post, and `publish` sends
    posts of an announcement channel to those who follow it.
    """

    server: int
    channel: int
    by: int
    boards: tuple[str, ...] = ()
    schedule: Schedule = Schedule()
    interest: Interest = Interest()
    language: str = "en"
    role: int | None = None
    thread: bool = False
    publish: bool = False
    quiet: bool = False
    pause: Pause | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class LiveBoard:
    """A message that always shows the first `count` of a board in a dimension; None: yet to be sent."""

    server: int
    channel: int
    by: int
    board: str
    dimension: str
    count: int = 10
    language: str = "en"
    message: int | None = None
    pause: Pause | None = None
    id: int = 0


class Occasion(StrEnum):
    """When a person wants to hear of a model."""

    ANY = "any"
    """Any of the others."""
    OVERTAKEN = "overtaken"
    """A model that stood level or behind, or is new, stands before it."""
    TOP = "top"
    """It enters the first so many ranks."""
    MOVED = "moved"
    """Its score moves beyond the intervals of both days."""
    CHEAPER = "cheaper"
    """Its price falls."""
    FAMILY = "family"
    """A new model of its family is listed."""


@dataclass(frozen=True, slots=True)
class Watch:
    """What a person wants to hear of a model (a key), on one board or on any.

    `channel` is where they asked, and where they are told when their direct messages are closed; it has a
    `server`, or is a direct message itself.
    """

    user: int
    model: str
    occasion: Occasion = Occasion.ANY
    board: str | None = None
    top: int = 10
    server: int | None = None
    channel: int | None = None
    language: str = "en"
    since: datetime | None = None
    id: int = 0
