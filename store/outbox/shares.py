"""Shares: whose posts a process sends first, where several send from one outbox."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select, true

from store.news.tables import deliveries, live_boards, subscriptions
from store.outbox.values import Kind

MOST = 100_000
"""Shards that a bot may be divided into; Discord's largest have some thousands."""
_APART = 1 << 22
"""Two servers made in the same millisecond are on the same shard; an id has that time above these bits."""
_WRITTEN = re.compile(r"(\d{1,6}(?:-\d{1,6})?(?:,\d{1,6}(?:-\d{1,6})?)*)/(\d{1,6})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Share:
    """Of `count` shards of all servers those with these `numbers`, as Discord deals servers to shards."""

    numbers: tuple[int, ...] = (0,)
    count: int = 1

    @property
    def whole(self) -> bool:
        """Whether it is every server."""
        return len(self.numbers) == self.count

    def has(self, server: int) -> bool:
        """Tell whether a server is among them."""
        return server // _APART % self.count in self.numbers

    def part_of(self, amount: int) -> int:
        """Return its part of an amount that is for all together, one at least."""
        return max(1, amount * len(self.numbers) // self.count)


EVERYTHING = Share()


def read_share(written: str) -> Share:
    """Return the share that `0,1/4` or `0-3/16` means: those shards of so many; raises ValueError."""
    found = _WRITTEN.fullmatch("".join(written.split()))
    if found is None:
        raise ValueError(written)
    count = int(found[2])
    numbers = tuple(sorted(set(_numbers(found[1]))))
    if not 1 <= count <= MOST or numbers[-1] >= count:
        raise ValueError(written)
    return Share(numbers, count)


def _numbers(written: str) -> Iterator[int]:
    for part in written.split(","):
        first, dash, last = part.partition("-")
        span = range(int(first), int(last if dash else first) + 1)
        if not span or span.stop > MOST:
            raise ValueError(part)
        yield from span


def own(share: Share) -> ColumnElement[bool]:
    """Return the condition of deliveries to a share's servers, and to persons, who are on no shard."""
    if share.whole:
        return true()
    servers = [
        select(table.c.server)
        .where(deliveries.c.kind == kind, deliveries.c.subject == table.c.id)
        .scalar_subquery()
        for kind, table in ((Kind.DIGEST, subscriptions), (Kind.LIVE, live_boards))
    ]
    server = func.coalesce(*servers)
    return or_(server.is_(None), (server // _APART % share.count).in_(share.numbers))
