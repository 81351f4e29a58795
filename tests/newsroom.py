"""A newsroom for tests: an archive whose clock a test moves, and pages of a small board."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from store.archive import Archive
from store.news.values import Subscription
from store.outbox.claims import LEASE
from store.outbox.outbox import Outbox
from store.outbox.values import Delivery, End, State
from tests.test_renames import page

BOARD = "arena-search"
MORNING = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
"""A Monday; at nine the digests go out."""
SERVER, CHANNEL, OWNER = 11, 22, 33


@dataclass
class Clock:
    """A clock that stands until it is moved."""

    now: datetime = MORNING

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class Newsroom:
    """An archive at a time that a test decides, and the outbox of one process."""

    archive: Archive
    clock: Clock
    outbox: Outbox

    @classmethod
    def of(cls, archive: Archive) -> Newsroom:
        clock = Clock()
        timed = Archive(archive.engine, archive.catalogue, archive.identities, clock)
        return cls(timed, clock, timed.outbox("one"))

    def store(self, day: int, *rows: tuple[str, float, int]) -> None:
        """Store the board's page of a day of January 2026."""
        ordered = sorted(rows, key=lambda row: -row[1])
        self.archive.intake.add(f"{day}.md", page(f"2026-01-{day:02}", *ordered), "test")

    def lead(self, day: int, leader: float) -> None:
        """Store a page with nova at the top, rated `leader`."""
        self.store(day, ("nova-2", leader, 3000 + day), *REST)

    def subscribe(self, **wanted: Any) -> Subscription:
        """Subscribe the channel to the board's news."""
        return self.archive.requests.subscribe(make_subscription(**wanted))

    def other_process(self, name: str = "two", lease: timedelta = LEASE) -> Outbox:
        return self.archive.outbox(name, lease)

    def end(self, delivery: Delivery, state: State, **more: Any) -> None:
        """Record what became of a delivery."""
        self.outbox.record([End(delivery, state, **more)])

    def sent(self, delivery: Delivery, message: int) -> None:
        self.end(delivery, State.SENT, message=message)

    def claim(self) -> Delivery:
        """Claim the one delivery that is due."""
        (delivery,) = self.outbox.claim(10)
        return delivery


REST = (("comet-1", 1400.0, 10_000), ("pulsar", 1350.0, 8000), ("quasar-7b", 1300.0, 7000))


def make_subscription(**wanted: Any) -> Subscription:
    given: dict[str, Any] = {"server": SERVER, "channel": CHANNEL, "by": OWNER, "boards": (BOARD,)}
    return Subscription(**(given | wanted))
