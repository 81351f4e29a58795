"""Time: a wall clock a test can move forward, snowflakes made from it, and waiting on the real one."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

DISCORD_EPOCH = 1_420_070_400_000
"""Milliseconds since 1970 at which Discord's snowflakes begin (docs: reference#snowflakes)."""
ANSWER_SECONDS = 3.0
"""Real seconds until an unanswered interaction is unknown (docs: #responding-to-an-interaction)."""


class Clock:
    """Wall-clock time that a test can move forward with `advance`.

    It rules what lasts minutes: interaction tokens, nonces, the invalid-request ban. The three seconds an
    application has to answer, and rate limits, are always measured on the real monotonic clock.
    """

    def __init__(self) -> None:
        self._ahead = 0.0
        self._last = 0

    def now(self) -> float:
        """Return seconds since 1970, moved forward by every `advance`."""
        return time.time() + self._ahead

    def advance(self, seconds: float) -> None:
        """Move the clock forward without waiting."""
        self._ahead += seconds

    def iso(self) -> str:
        """Return the present as the ISO 8601 time stamp Discord prints."""
        return datetime.fromtimestamp(self.now(), UTC).isoformat()

    def snowflake(self, *, spread: bool = False) -> int:
        """Return an identifier greater than all before.

        With `spread` it is a millisecond after all before, so that guilds fall on different shards.
        """
        present = (int(self.now() * 1000) - DISCORD_EPOCH) << 22
        following = ((self._last >> 22) + 1) << 22 if spread else self._last + 1
        self._last = max(following, present)
        return self._last

    def made(self, snowflake: int) -> float:
        """Return the second since 1970 in which an identifier was made."""
        return ((snowflake >> 22) + DISCORD_EPOCH) / 1000

    def age(self, snowflake: int) -> float:
        """Return the seconds since an identifier was made."""
        return self.now() - self.made(snowflake)


@dataclass
class Patience:
    """How many real seconds a person waits.

    answer: for a sign of life; Discord's three, unless the machine may be busier than any bot's.
    deferred: for what a deferred answer promised. update: for the edit after a deferred update, which a bot
    may rightly leave out. refused: for an apology after Discord refused the answer, before giving up early.
    """

    answer: float = ANSWER_SECONDS
    deferred: float = 15.0
    update: float = 1.0
    refused: float = 1.0


class Signal:
    """Wakes those who wait for a condition whenever something may have changed."""

    def __init__(self) -> None:
        self._waiting: list[asyncio.Future[None]] = []

    def fire(self) -> None:
        """Let everybody who waits look again."""
        waiting, self._waiting = self._waiting, []
        for future in waiting:
            if not future.done():
                future.set_result(None)

    async def until(self, holds: Callable[[], object], seconds: float) -> bool:
        """Wait until `holds()` is true, at most `seconds`, and return whether it is."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + seconds
        while not holds():
            left = deadline - loop.time()
            if left <= 0:
                return False
            future: asyncio.Future[None] = loop.create_future()
            self._waiting.append(future)
            await asyncio.wait([future], timeout=left)
        return True
