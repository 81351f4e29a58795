"""The pace of posts: Discord lets a bot make fifty requests a second, and counts those that it refuses."""

from __future__ import annotations

import asyncio
import time
from collections import deque

import aiohttp

RATE = 48
"""Requests a second: of Discord's fifty, some are left for what the bot does besides."""
SECOND = 1.05
"""The second that requests are counted over; longer, since they arrive unevenly: at 1.02, six of 10,000
posts were refused."""
EVENNESS = 0.85
"""Of an even step, what lies between two requests at least; what a step comes late is so made up for."""
WINDOW = 600.0
"""Seconds over which Discord counts refused requests."""
REFUSED = frozenset({401, 403, 429})
MOST = 500
"""Refused requests within the window from which posts rest; at 10,000 Discord shuts the bot out."""


class Pace:
    """Lets requests go one after another, evenly, and never more than `rate` in any second."""

    def __init__(self, rate: int = RATE) -> None:
        self._step = EVENNESS * SECOND / rate
        self._gone: deque[float] = deque(maxlen=rate)
        self._queue = asyncio.Lock()

    async def turn(self) -> None:
        """Wait for the turn of one request; who comes first goes first."""
        async with self._queue:
            wait = self._next() - time.monotonic()
            if wait > 0:
                await asyncio.sleep(wait)
            self._gone.append(time.monotonic())

    def _next(self) -> float:
        """Return when the next request may go: a step after the last, a second after the first it counts."""
        if not self._gone:
            return 0.0
        full = len(self._gone) == self._gone.maxlen
        return max(self._gone[-1] + self._step, self._gone[0] + SECOND if full else 0.0)


class Refusals:
    """Counts the requests of this process that Discord refused."""

    def __init__(self) -> None:
        self._times: deque[float] = deque()

    @property
    def recent(self) -> int:
        """How many there were within the window."""
        before = time.monotonic() - WINDOW
        while self._times and self._times[0] < before:
            self._times.popleft()
        return len(self._times)

    @property
    def too_many(self) -> bool:
        """Whether posts should rest."""
        return self.recent >= MOST

    def trace(self) -> aiohttp.TraceConfig:
        """Return what counts the answers to an HTTP client's requests."""
        config = aiohttp.TraceConfig()
        config.on_request_end.append(self._note)
        return config

    async def _note(
        self, session: aiohttp.ClientSession, context: object, end: aiohttp.TraceRequestEndParams
    ) -> None:
        if end.response.status in REFUSED:
            self._times.append(time.monotonic())
